"""How far a noun's phrase reaches, left to its determiner and right over its complements, and what stands in it."""

from __future__ import annotations

from recoupe.reading.actors.scene import Determiner, Scene
from recoupe.reading.actors.words import NOMINAL, fold

LONGEST = 14


def left_of(scene: Scene, start: int) -> tuple[int, Determiner, str]:
    """First token of the phrase, its kind of determiner, its number as written."""
    words, grammar = scene.words, scene.grammar
    first, j, count = words.first(start), start - 1, ""
    while j >= first and start - j < LONGEST:
        lower, pos = words.lower[j], words.pos[j]
        if lower in grammar.contracted:
            apart = (j > first and words.pos[j - 1] in ("NOUN", "PROPN", "ADJ")) or lower not in grammar.indefinite
            return (j + 1 if apart else j), ("definite" if apart else "indefinite"), count
        if lower in grammar.definite:
            return j, "definite", count
        if lower in grammar.demonstrative:
            return j, "demonstrative", count
        if lower in grammar.possessives:
            return j, "possessive", count
        if pos == "NUM" or lower.isdigit():
            count = count or lower
        elif lower in grammar.indefinite:
            if lower in grammar.of and (j + 1 == start or count):
                break
            return j, "indefinite", count
        elif grammar.head_last:
            person = scene.covered(j, "person")
            if not (pos in ("ADJ", "NOUN", "PROPN", "PART") or (pos == "PUNCT" and lower == "-") or words.dep[j] == "amod"):
                break
            if person and words.pos[j + 1] != "PART":
                break
        elif not (pos == "ADJ" or lower in grammar.neutral):
            break
        j -= 1
    return j + 1, ("indefinite" if count else "bare"), count


def right_of(scene: Scene, end: int) -> int:
    """The token after the adjectives and complements that follow a noun."""
    words, grammar = scene.words, scene.grammar
    limit, j = min(words.limit(end - 1), end + LONGEST), end
    while j < limit:
        lower, pos = words.lower[j], words.pos[j]
        if not grammar.head_last and (pos == "ADJ" or grammar.nations.demonym(lower)) and not scene.covered(j, "person"):
            j += 1
        elif lower in grammar.of and (after := _complement(scene, j + 1, limit)):
            j = after
        else:
            break
    return j


def _complement(scene: Scene, j: int, limit: int) -> int:
    """The token after the noun that begins at or near j, or 0."""
    words = scene.words
    while j < limit and (words.pos[j] in ("DET", "NUM", "ADJ") or words.lower[j] in scene.grammar.determiners):
        j += 1
    if j >= limit or words.pos[j] not in NOMINAL:
        return 0
    name = scene.named.get(j)
    j += 1
    while j < limit and (
        scene.named.get(j) is name if name else words.pos[j] in ("PROPN",) or (scene.grammar.head_last and words.pos[j] == "NOUN")
    ):
        j += 1
    return j


def content_of(scene: Scene, start: int, end: int, skip: int, until: int) -> tuple[tuple[str, ...], frozenset[str]]:
    """The states that a phrase names, and its other words of content."""
    words, grammar = scene.words, scene.grammar
    codes: dict[str, None] = {}
    modifiers = set()
    j = start
    while j < end:
        lower = words.lower[j]
        inside = skip <= j < until
        if found := grammar.nations.compounds.at(words.lower, j):
            codes.update(dict.fromkeys(found[1][:1]))
            j = found[0]
            continue
        if demonym := grammar.nations.demonym(lower):
            if len(demonym) == 1:
                codes[demonym[0]] = None
        elif named := scene.state_at(j):
            if len(named[1]) == 1:
                codes[named[1][0]] = None
            j = named[0]
            continue
        elif (place := scene.located.get(j)) and place.country:
            codes[place.country] = None
            modifiers.add(fold(lower))
        elif not inside and words.pos[j] in ("NOUN", "PROPN", "ADJ", "VERB") and lower not in grammar.neutral:
            modifiers.add(fold(lower))
        j += 1
    return tuple(codes), frozenset(modifiers)


def number_of(scene: Scene, i: int) -> str:
    words, grammar = scene.words, scene.grammar
    before = words.lower[i - 1] if i > words.first(i) else ""
    if before in grammar.plural_articles or (i > words.first(i) and words.pos[i - 1] == "NUM"):
        return "p"
    if before in grammar.definite or before in grammar.indefinite:
        return "s"
    return "s" if scene.page.doc[i].morph.get("Number", []) == ["Sing"] else "p"


def gender_of(scene: Scene, left: int, start: int) -> str:
    """The gender that the words before a noun of either gender show: «une ministre», «l'ancien ministre»."""
    for i in range(left, start):
        if scene.words.pos[i] in ("DET", "ADJ") and (gender := scene.page.doc[i].morph.get("Gender", [])):
            return gender[0][:1].lower()
    return ""
