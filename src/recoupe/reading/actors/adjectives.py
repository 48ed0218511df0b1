"""States that an adjective names beside a noun that is no actor: «le retrait américain», “Russian missiles”.

A last pass, after coreference: such an adjective joins the chain of its state, or opens one, and is nobody's antecedent.
"""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.reading.actors.coreference import Resolver
from recoupe.reading.actors.scene import Phrase, Scene


def read_adjectives(scene: Scene, phrases: Sequence[Phrase], resolver: Resolver) -> list[Phrase]:
    """The adjectives that name a state, each put in its chain."""
    inside = {i for phrase in phrases for i in range(phrase.left, phrase.end)}
    found = []
    for i, lower in enumerate(scene.words.lower):
        codes = scene.grammar.nations.demonym(lower)
        if len(codes) != 1 or i in inside or i in scene.located or i in scene.named or not _describes(scene, i):
            continue
        phrase = Phrase("state", i, i, i, i + 1, countries=codes)
        resolver.chains.put(phrase, resolver.state(codes[0]))
        found.append(phrase)
    return found


def _describes(scene: Scene, i: int) -> bool:
    """Whether a word stands beside the common noun that it depends on."""
    words, head = scene.words, scene.words.head[i]
    return words.pos[i] in ("ADJ", "PROPN", "NOUN") and words.pos[head] == "NOUN" and head != i and abs(head - i) <= 3
