"""Who was named before and is now called by the sort they are of: «le syndicat», «les jihadistes», «le diplomate».

Invariant: only where one of those named fits; what a description adds must not gainsay what was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recoupe.reading.actors.chains import Chain
from recoupe.reading.actors.scene import Phrase, Scene
from recoupe.reading.actors.words import fold

REACH = 2
TAKEN_UP = ("definite", "demonstrative")
BODIES = ("organisation", "armed_group")
COMMON = frozenset(("GOV", "MIL", "COP", "CVL"))
PRIVATE = frozenset(("BUS", "NGO", "LAB", "PTY", "MED"))


def bodies_of_sort(scene: Scene, recent: Sequence[tuple[Phrase, Chain]], phrase: Phrase) -> list[Chain]:
    """The organisations and armed groups named a moment before of which a definite noun is the sort."""
    role = phrase.role
    assert role is not None
    if role.kind not in BODIES or phrase.determiner not in TAKEN_UP or phrase.count:
        return []
    if role.kind == "organisation" and phrase.number == "p":
        return []
    tells, here = set(role.sectors) - COMMON, scene.words.sentence[phrase.head]
    regional = {fold(word) for word in scene.grammar.regional}
    found: dict[int, Chain] = {}
    for earlier, chain in reversed(recent):
        distance = here - scene.words.sentence[earlier.head]
        if distance > REACH:
            break
        if chain.kind not in BODIES or chain.phrases[0].form != "name" or _differ(phrase, chain):
            continue
        sort = scene.grammar.sorts.get(role.base, frozenset())
        called = {*chain.sectors, *chain.heads, fold(chain.name.split()[0])}
        armed = role.kind == chain.kind == "armed_group" and role.name == "militia"
        known = tells & set(chain.sectors) or role.base in chain.heads or sort & called or armed
        unknown = not chain.sectors and distance <= 1 and role.kind == "organisation" and bool(tells & PRIVATE)
        described = chain.words | {fold(word) for word in chain.name.split()} | regional
        if (known or unknown) and phrase.modifiers <= described:
            found[id(chain)] = chain
    return list(found.values())


def people_of_sort(scene: Scene, people: Iterable[Chain], phrase: Phrase) -> list[Chain]:
    """The people named before of whom a definite noun tells no more than what sort of people they are."""
    role = phrase.role
    assert role is not None
    sort = scene.grammar.sorts.get(role.base)
    if sort is None or phrase.determiner not in TAKEN_UP or phrase.number != "s":
        return []
    here = scene.words.sentence[phrase.head]
    return [
        chain
        for chain in people
        if chain.phrases
        and chain.phrases[0].head < phrase.head
        and any(0 <= here - scene.words.sentence[p.head] <= REACH for p in chain.phrases)
        and sort & {*chain.sectors, *chain.heads}
        and not _differ(phrase, chain)
    ]


def _differ(phrase: Phrase, chain: Chain) -> bool:
    """Whether a phrase and a chain are of two states or two genders."""
    if phrase.countries and chain.countries and phrase.countries != chain.countries:
        return True
    return chain.kind == "person" and bool(phrase.gender and chain.gender and phrase.gender != chain.gender)
