"""Whom and what a mention stands for across dispatches and languages, as keys that compare equal for the same one.

A key is `kind:name`. A state, its organs and its nationals share the key of the country; a person is known by the whole
name, so that two who share a surname stay two; common nouns («gunmen») give no key.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from recoupe.ledger.groups import connected
from recoupe.ledger.ids import content_id
from recoupe.ledger.judgements import Decided
from recoupe.ledger.values import Tie
from recoupe.letters import unaccented
from recoupe.model import Actor, Place, Reading

TOKEN = re.compile(r"[^\W_]+")
SPELLING = 0.84


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """A name without case, accents and punctuation."""
    plain = unaccented(text, "NFKD")
    return " ".join(TOKEN.findall(plain.lower()))


def same_spelling(a: str, b: str) -> bool:
    """Are two folded words one name in two transcriptions («Sani», «Sanni»; «Kiaou», «Kyaw» is not)?"""
    if a == b:
        return True
    return min(len(a), len(b)) >= 4 and a[0] == b[0] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SPELLING


def person_key(name: str) -> str | None:
    """Key of a person named in full: given name and surname, in two words or more."""
    words = fold(name).split()
    return "person:" + " ".join(words) if len(words) >= 2 else None


def same_person(a: str, b: str) -> bool:
    """Are two full names one person: one surname, and given names that agree, or one name within the other?"""
    first, second = fold(a).split(), fold(b).split()
    if len(first) < 2 or len(second) < 2:
        return False
    if not same_spelling(first[-1], second[-1]):
        return False
    short, long = sorted((first[:-1], second[:-1]), key=len)
    return all(any(same_given(x, y) for y in long) for x in short)


def same_given(a: str, b: str) -> bool:
    """One given name, an initial of it, or its short form («Ken», «Kenneth»)."""
    short, long = sorted((a, b), key=len)
    return same_spelling(a, b) or (len(short) == 1 and long.startswith(short)) or (len(short) >= 3 and long.startswith(short))


def actor_keys(actor: Actor, proper: Collection[str]) -> frozenset[str]:
    """Keys that two mentions of one actor share: its own name where that is one, and, of a state and its organs, the country.

    proper: the folded names of the dispatch; «Islamic militants» is none.
    """
    keys = {f"country:{code}" for code in actor.countries or (actor.country,) if code}
    if actor.kind == "person":
        keys.add(person_key(actor.name) or "")
    elif actor.kind in ("organisation", "armed_group"):
        acronyms = set(_acronyms(actor.name))
        if acronyms or fold(actor.name) in proper:
            keys.update(f"body:{name}" for name in (fold(actor.name), *acronyms))
    return frozenset(keys - {"", "body:"})


def place_key(place: Place) -> str:
    """Key of a place: its GeoNames number, else its name in its country."""
    if place.kind == "country" and place.country:
        return f"land:{place.country}"
    return f"geo:{place.geonames}" if place.geonames else f"at:{fold(place.name)}"


def _acronyms(name: str) -> Iterable[str]:
    words = [w for w in TOKEN.findall(name) if w]
    for word in words:
        if 2 <= len(word) <= 8 and word.isupper():
            yield fold(word)
    capitals = "".join(w[0] for w in words if w[0].isupper())
    if len(capitals) >= 3:
        yield fold(capitals)


def find_ties(readings: Iterable[Reading], decisions: Decided) -> tuple[Tie, ...]:
    """Persons of these dispatches that are one person, named states and bodies that are one.

    Namesakes are never merged: a surname alone ties nothing, and a full name ties only where neither country nor given
    names disagree with any other mention. What people tied or untied, by `dispatch/actor`, comes first.
    """
    mentions = sorted(
        (
            _Mention(f"{reading.dispatch.id}/{actor.id}", actor)
            for reading in readings
            for actor in reading.actors
            if actor.kind != "group"
        ),
        key=lambda m: (m.actor.kind, fold(m.actor.name), m.where),
    )
    tied, untied = decisions.pairs("tie"), set(decisions.pairs("untie"))
    bound = {name: group for group in connected(tied) for name in group}
    found: list[list[_Mention]] = []
    blocks: dict[tuple[str, str], list[list[_Mention]]] = {}
    for mention in mentions:
        block = blocks.setdefault(_block(mention.actor), [])
        for group in found if mention.where in bound else block:
            if _belongs(mention, group, bound, untied):
                group.append(mention)
                break
        else:
            found.append([mention])
            block.append(found[-1])
    return tuple(_tie(group) for group in found if len({m.where.split("/")[0] for m in group}) > 1)


@dataclass(frozen=True)
class _Mention:
    where: str
    actor: Actor


def _block(actor: Actor) -> tuple[str, str]:
    """What two mentions of one must have in common: the kind, and the name, or of persons the surname's first letter."""
    folded = fold(actor.name)
    return actor.kind, folded.split()[-1][0] if actor.kind == "person" and folded else folded


def _belongs(
    mention: _Mention, group: Sequence[_Mention], bound: Mapping[str, tuple[str, ...]], untied: Collection[tuple[str, str]]
) -> bool:
    if any((min(mention.where, m.where), max(mention.where, m.where)) in untied for m in group):
        return False
    if any(m.where in bound.get(mention.where, ()) for m in group):
        return True
    return all(_same(mention.actor, m.actor) for m in group)


def _same(a: Actor, b: Actor) -> bool:
    if a.kind != b.kind or (a.country and b.country and a.country != b.country):
        return False
    return same_person(a.name, b.name) if a.kind == "person" else fold(a.name) == fold(b.name)


def _tie(group: Sequence[_Mention]) -> Tie:
    names = sorted({m.actor.name for m in group})
    countries = sorted({m.actor.country for m in group if m.actor.country})
    where = sorted(m.where for m in group)
    return Tie(
        id=content_id("t", where[0]),
        name=max(names, key=len),
        kind=group[0].actor.kind,
        country=countries[0] if countries else None,
        names=tuple(names),
        mentions=tuple(where),
    )
