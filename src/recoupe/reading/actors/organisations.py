"""Organisations by name: which names are one organisation's, its kind, its state and its sectors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from recoupe.model import ActorKind
from recoupe.reading.actors.chains import Chain, Chains
from recoupe.reading.actors.scene import Phrase, Scene
from recoupe.reading.actors.words import fold
from recoupe.reading.names.bodies import field_of_minister
from recoupe.reading.names.lexicon import lexicon, organisations

TRANSNATIONAL = frozenset(("igo", "armed_group"))


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of ontology/organisations.toml."""

    name: str
    kind: str
    country: str
    sectors: tuple[str, ...]


@cache
def known() -> dict[str, Organisation]:
    """Organisations by each of their forms, folded, in every language."""
    forms: dict[str, Organisation] = {}
    for row in organisations():
        organisation = Organisation(row["name"], row["kind"], row["country"], tuple(row["sectors"]))
        for form in (row["name"], *row["forms_fr"], *row["forms_en"]):
            forms.setdefault(key(form), organisation)
    return forms


def key(name: str) -> str:
    """A name for comparing: folded, without its article."""
    words = [fold(word) for word in name.replace("’", "'").replace("'", "' ").split()]
    while len(words) > 1 and words[0] in ("le", "la", "les", "l", "the"):
        words = words[1:]
    return " ".join(words)


def read_organisations(scene: Scene, phrases: list[Phrase], chains: Chains) -> None:
    """A chain for every organisation named, its acronym with it."""
    by_key: dict[str, Chain] = {}
    for phrase in phrases:
        if phrase.form != "name" or phrase.name is None or phrase.name.kind != "organisation":
            continue
        if field_of_minister(scene.words.lower, phrase.start, lexicon(scene.grammar.code)):
            continue
        text = scene.text(phrase.start, phrase.end)
        folded = key(text)
        organisation = known().get(folded)
        if organisation is not None:
            folded = key(organisation.name)
        chain = by_key.get(folded) or _bracketed(scene, phrase, phrases, chains) or _initials(folded, text, by_key)
        if chain is None:
            chain = chains.new(_chain(scene, phrase, text, organisation))
        by_key.setdefault(folded, chain)
        chains.put(phrase, chain)
        _take_noun(scene, phrase, chain, chains)


def _take_noun(scene: Scene, phrase: Phrase, chain: Chain, chains: Chains) -> None:
    """The noun right before the name of which it is: «le journal Le Monde», “the emergency agency SEMA”."""
    noun = next((scene.nouns[i] for i in range(phrase.left - 1, phrase.left - 5, -1) if i in scene.nouns), None)
    if noun is None or noun.role is None or noun.end != phrase.left or noun.role.kind not in ("organisation", "armed_group"):
        return
    if chains.at(noun.head) is None and scene.words.sentence[noun.head] == scene.words.sentence[phrase.head]:
        chains.put(noun, chain)
        chain.sectors = chain.sectors or noun.role.sectors
        chain.told(noun.countries, "stated")
        chain.national = chain.national and noun.role.national


def _chain(scene: Scene, phrase: Phrase, text: str, organisation: Organisation | None) -> Chain:
    if organisation is not None:
        kind: ActorKind = "armed_group" if organisation.kind == "armed_group" else "organisation"
        chain = Chain(kind, text, "actors.organisation", sectors=organisation.sectors)
        chain.national = organisation.kind not in TRANSNATIONAL and (organisation.kind != "ngo" or organisation.country != "")
        if chain.national and organisation.country:
            chain.told((organisation.country,), "stated")
        return chain
    chain = Chain("organisation", text, "actors.organisation")
    lower, grammar = scene.words.lower, scene.grammar
    codes: dict[str, None] = {}
    for i in range(phrase.start, phrase.end):
        if not chain.sectors and (match := grammar.roles.at(lower, i)) and (role := match[1]):
            chain.sectors, chain.national, chain.gender = role.sectors, role.national, role.gender
            chain.cls, chain.organ, chain.heads = role.cls, True, {role.base}
            if role.kind == "armed_group":
                chain.kind = "armed_group"
        if demonym := grammar.nations.demonym(lower[i]):
            codes[demonym[0]] = None
        elif (named := scene.state_at(i)) and len(named[1]) == 1:
            codes[named[1][0]] = None
    chain.told(tuple(codes)[:1], "stated")
    return chain


def _bracketed(scene: Scene, phrase: Phrase, phrases: list[Phrase], chains: Chains) -> Chain | None:
    """The organisation whose acronym or expansion stands right before, in or out of brackets."""
    words = scene.words
    if phrase.start < 2 or words.lower[phrase.start - 1] != "(" or words.lower[phrase.end : phrase.end + 1] != [")"]:
        return None
    before = next((p for p in phrases if p.end == phrase.start - 1 and p.form == "name"), None)
    if before is None or before.name is None or before.name.kind != "organisation":
        return None
    return chains.at(before.head)


def _initials(folded: str, text: str, by_key: dict[str, Chain]) -> Chain | None:
    """The organisation of which an acronym has the initials."""
    if not text.isupper() or not 2 <= len(folded) <= 8 or " " in folded:
        return None
    for other, chain in by_key.items():
        words = [word for word in other.split() if len(word) > 2]
        if len(words) >= 2 and "".join(word[0] for word in words) == folded:
            return chain
    return None
