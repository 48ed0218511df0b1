"""What people are said to be: descriptions that stand beside a name, and whose they are.

Invariant: a title or a function is never part of a name; it is kept as the person's title and role, as stated.
"""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.reading.actors.chains import Chain, Chains
from recoupe.reading.actors.scene import Phrase, Scene
from recoupe.reading.actors.words import NOMINAL

LONGEST_ROLE = 16
DASHES = frozenset("-–—")
INSIDE = frozenset(("NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "PART", "CCONJ"))


@dataclass(frozen=True, slots=True)
class Body:
    """Whose someone is: the organisation or the people that a description names."""

    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    national: bool
    chain: Chain | None = None


def read_titles(scene: Scene, chains: Chains, chain: Chain, name: Phrase, before: int) -> None:
    """Takes the descriptions beside one mention by name into its chain. before: the token at which its title begins."""
    for phrase in (_before(scene, name, before), _after(scene, name), _copular(scene, name)):
        if phrase is not None and chains.at(phrase.head) is None:
            chains.put(phrase, chain)
            describe(scene, chains, chain, phrase, before if phrase.head < name.start else None)
    words = scene.words
    bracketed = scene.state_at(name.end + 1) if words.lower[name.end : name.end + 1] == ["("] else None
    if bracketed and len(bracketed[1]) == 1 and words.lower[bracketed[0] : bracketed[0] + 1] == [")"]:
        chain.told(bracketed[1], "stated")


def national_before(scene: Scene, chains: Chains, chain: Chain, before: int, nationals: dict[int, Phrase]) -> None:
    """«le Brésilien Thiago Braz»: the state of one who is called by it."""
    phrase = nationals.get(before)
    if phrase is not None and phrase.number == "s" and chains.at(phrase.head) is None:
        chains.put(phrase, chain)
        chain.told(phrase.countries, "stated")


def _before(scene: Scene, name: Phrase, before: int) -> Phrase | None:
    """«le Premier ministre arménien, Nikol Pachinian», “Benue governor's spokesman Tersoo Kula”."""
    words, grammar = scene.words, scene.grammar
    first, edge = words.first(name.start), before
    comma = edge > first + 1 and words.lower[edge - 1] == ","
    if comma:
        edge -= 1
    elif edge == first or words.pos[edge - 1] == "ADP":
        return None
    found: list[Phrase] = []
    j = edge - 1
    while j >= first and edge - j < LONGEST_ROLE:
        phrase, lower = scene.nouns.get(j), words.lower[j]
        if scene.covered(j, "person") and not (grammar.head_last and words.pos[j + 1] == "PART"):
            break
        if phrase is not None and one(phrase):
            found.append(phrase)
        elif words.pos[j] not in INSIDE and lower != "-":
            break
        opens = lower in grammar.determiners and lower not in grammar.contracted and lower not in grammar.of
        if opens and (j == first or words.pos[j - 1] != "ADP"):
            break
        if words.pos[j] == "CCONJ" and words.lower[j + 1] in grammar.determiners:
            break
        j -= 1
    if not found:
        return None
    if not comma:
        phrase = found[0]
        return phrase if phrase.end == edge or (not grammar.head_last and phrase.determiner != "indefinite") else None
    phrase = found[-1]
    fronted = phrase.left > first and words.pos[phrase.left - 1] == "ADP" and phrase.left - 1 == first
    anchored = phrase.determiner in ("definite", "possessive", "demonstrative") or phrase.left == first or bool(phrase.heads)
    closed = name.end >= words.limit(name.head) or words.pos[name.end] == "PUNCT" or words.lower[name.end] in grammar.relatives
    return phrase if anchored and (closed or (not fronted and words.head[name.head] == phrase.head)) else None


def _after(scene: Scene, name: Phrase) -> Phrase | None:
    """«Brice Oligui Nguema, chef de la garde républicaine.», “Felix Iorakaa, a farmer who lost three relatives”."""
    words = scene.words
    end, limit = name.end, words.limit(name.head)
    if end >= limit or words.lower[end] not in (",", "(", "-", "–", "—"):
        return None
    j = end + 1
    if j + 2 < limit and (words.pos[j] == "NUM" or words.lower[j].isdigit()):
        comma = next((k for k in range(j, min(j + 4, limit)) if words.lower[k] == ","), None)
        j = comma + 1 if comma else j
    phrase = scene.opening.get(j)
    if phrase is None:
        lead = next((k for k in range(j, min(j + 4, limit)) if k in scene.opening), None)
        if lead is None or any(words.pos[i] not in ("ADV", "ADJ", "NUM") for i in range(j, lead)):
            return None
        phrase = scene.opening[lead]
    if not one(phrase):
        return None
    after = stretch(scene, phrase)
    if words.lower[end] == "(" or phrase.determiner in ("bare", "indefinite"):
        return phrase
    closed = after >= limit or words.pos[after] in ("PUNCT", "PRON", "SCONJ")
    closed = closed or words.lower[after] in DASHES or words.lower[after] in scene.grammar.relatives
    return phrase if closed else None


def _copular(scene: Scene, name: Phrase) -> Phrase | None:
    """«Alassane Ouattara est le président de la Côte d'Ivoire», “Smith was a farmer”."""
    words, grammar = scene.words, scene.grammar
    if words.dep[name.head] not in grammar.subjects:
        return None
    governor = words.head[name.head]
    if grammar.head_last:
        if words.lower[governor] not in grammar.copulas:
            return None
        found = [scene.nouns[j] for j in range(governor + 1, min(governor + 8, words.limit(governor))) if j in scene.nouns]
        phrase = next((p for p in found if words.dep[p.head] == "attr" and words.head[p.head] == governor), None)
    else:
        phrase = scene.nouns.get(governor)
        between = words.lower[name.end : governor]
        if phrase is None or not any(word in grammar.copulas for word in between):
            return None
    if (
        phrase is None
        or phrase.head < name.head
        or not one(phrase)
        or any(word in grammar.negations for word in words.lower[name.end : phrase.head])
    ):
        return None
    return phrase


def one(phrase: Phrase) -> bool:
    """Whether a description is of one person."""
    return phrase.role is not None and phrase.role.person and phrase.number == "s"


def stretch(scene: Scene, phrase: Phrase) -> int:
    """Where a description that stands alone ends: at a comma, a verb, a pronoun, a person's name."""
    words = scene.words
    limit, j = min(words.limit(phrase.head), phrase.start + LONGEST_ROLE), phrase.end
    while j < limit and words.pos[j] in INSIDE and not scene.covered(j, "person"):
        if words.pos[j] == "DET" and words.pos[j - 1] not in ("ADP", "CCONJ"):
            break
        if words.pos[j] == "NOUN" and words.pos[j - 1] in NOMINAL and not scene.grammar.head_last:
            break
        j += 1
    while j > phrase.end and words.pos[j - 1] in ("ADP", "DET", "CCONJ"):
        j -= 1
    return j


def body_of(scene: Scene, chains: Chains, phrase: Phrase, end: int) -> Body | None:
    """The nearest organisation or people that a description names beside its head."""
    region = [*range(phrase.head + 1, end), *(range(phrase.start, phrase.head) if scene.grammar.head_last else ())]
    for i in region:
        chain = chains.at(i)
        if (
            chain is not None
            and chain.kind in ("organisation", "armed_group")
            and chain.phrases
            and chain.phrases[0].form == "name"
        ):
            return Body(chain.sectors, chain.countries, chain.national, chain)
    for i in region:
        noun = scene.nouns.get(i)
        if noun is not None and noun.role is not None and noun is not phrase and not noun.role.anaphoric:
            return Body(noun.role.sectors, noun.countries, noun.role.national and not noun.regional)
    return None


def describe(scene: Scene, chains: Chains, chain: Chain, phrase: Phrase, edge: int | None = None) -> None:
    """What a description tells of the one it describes: role, sectors, country, gender. edge: the token at which it must end."""
    role = phrase.role
    if role is None:
        return
    words = scene.words
    alone = edge is None and words.lower[phrase.left - 1 : phrase.left] in ([","], ["("], ["-"], ["–"], ["—"])
    end = max(stretch(scene, phrase), phrase.end) if alone or (edge is not None and edge > phrase.end) else phrase.end
    start = phrase.left if phrase.heads else phrase.start
    while start > phrase.left and words.pos[start - 1] in ("ADJ", "NOUN", "PROPN", "PART"):
        start -= 1
    if chain.kind == "person":
        text = scene.text(start, end)
        if chain.role is None or (len(text.split()) > len(chain.role.split()) and role.base in chain.heads):
            chain.role = text
    function = scene.grammar.functions.at(words.lower, min(phrase.start, phrase.head))
    if function:
        chain.functions.add(function[1])
    chain.heads |= {role.base} if function and function[1] == "head_of_government" else {role.base, role.noun}
    chain.words |= phrase.modifiers
    affiliate(scene, chains, chain, phrase, end)
    chain.gender = chain.gender or phrase.gender


def affiliate(scene: Scene, chains: Chains, chain: Chain, phrase: Phrase, end: int) -> None:
    """The sectors and the state of one who is described as somebody's."""
    role = phrase.role
    if role is None:
        return
    body = body_of(scene, chains, phrase, end)
    sectors = role.sectors
    if body is not None and role.generic and body.sectors:
        sectors = body.sectors
    elif body is not None and not body.national:
        sectors = (*sectors, *body.sectors)
    chain.sectors = tuple(dict.fromkeys((*chain.sectors, *sectors)))
    chain.told(phrase.countries, "stated")
    if not role.national or phrase.regional:
        chain.national = False
    if body is not None:
        chain.told(body.countries, "syntax")
        chain.part_of = chain.part_of or body.chain
        if not body.national and not phrase.countries:
            chain.national = False
