"""The events that frames see in a parsed document, before they are tied to actors, times and places: what, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from recoupe.reading.arguments import Candidate, best_candidate
from recoupe.reading.frames import Lexicon
from recoupe.reading.stance import Stance, StanceRules

VOID = frozenset({"none", "failed"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """One candidate and how it is told."""

    candidate: Candidate
    stance: Stance


def scan(doc: Doc, lexicon: Lexicon, rules: StanceRules) -> list[Sighting]:
    """Every frame that stands in a document, in order: one a word, none inside the words of another's trigger."""
    found: list[Candidate] = []
    for token, triggers in lexicon.triggers(doc):
        if found and (token.i <= found[-1].trigger.last.i or token.i == found[-1].trigger.token.i):
            continue
        best = best_candidate(triggers, lexicon, rules.governors)
        if best is not None:
            found.append(best)
    contents = {
        t.i: (c.trigger.frame.content, c.trigger.token) for c in found if c.trigger.frame.content for t in c.of("content")
    }
    sightings = [Sighting(c, rules.stance(c, contents)) for c in found]
    return [s for s in sightings if s.stance.modality not in VOID]
