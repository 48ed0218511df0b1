"""Stories: dispatches that tell of the same people in the same places, found and not declared.

Each dispatch has weighted keys: whom it names, where it takes place, what happened there on a day. Two dispatches are linked
when the keys they share weigh enough, rare keys more than common ones, and when they appeared near each other in time; a
story is what such links connect, and copies are always linked.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from recoupe.ledger.entities import fold, person_key
from recoupe.ledger.groups import connected
from recoupe.ledger.values import Story
from recoupe.model import Reading

WEIGHT = {"person": 0.8, "place": 1.0, "body": 1.0, "surname": 0.7, "country": 0.4, "deed": 0.8}
TITLE = 1.2
LINKED = 1.2
DAYS_APART = 75
PRIOR = 1000
COMMON = 1000


@dataclass(frozen=True)
class Keyed:
    """One dispatch as stories see it."""

    id: str
    day: str | None
    keys: dict[str, float]


class Holder(NamedTuple):
    """A dispatch that holds a key, and with what weight."""

    id: str
    day: str | None
    weight: float


def keys(reading: Reading) -> dict[str, float]:
    """Whom and where a dispatch is about, each with its weight. The dateline and the credited agency are no subject."""
    found: dict[str, float] = {}
    taken = reading.dispatch
    unwanted = {fold(name) for name in (taken.agency, taken.outlet, *taken.agencies) if name}
    located = {place.text: place for place in reading.places if not place.dateline}
    dateline_end = taken.dateline.span[1] if taken.dateline else 0

    def add(kind: str, name: str, factor: float) -> None:
        folded = fold(name)
        if len(folded) > 2 and folded not in unwanted:
            found[f"{kind}:{folded}"] = max(found.get(f"{kind}:{folded}", 0.0), WEIGHT[kind] * factor)

    for name in reading.names:
        if name.in_ == "text" and name.span[1] <= dateline_end:
            continue
        factor = TITLE if name.in_ == "title" else 1.0
        place = located.get(name.text)
        if name.kind == "person":
            words = fold(name.text).split()
            if person_key(name.text):
                add("person", name.text, factor)
            if words:
                add("surname", words[-1], factor)
        elif place is not None and place.kind == "country":
            add("country", place.country or place.name, factor)
        elif name.kind == "place":
            add("place", place.name if place is not None else name.text, factor)
        elif name.kind == "organisation":
            add("body", name.text, factor)
    for actor in reading.actors:
        if actor.country:
            add("country", actor.country, 1.0)
    places = {place.id: place for place in reading.places if place.kind not in ("country", "region")}
    for event in reading.events:
        place = places.get(event.place or "")
        if place is not None and event.modality == "asserted" and event.time and event.start == event.end:
            found[f"deed:{event.type} {fold(place.name)} {event.start}"] = WEIGHT["deed"]
    return found


def rarity(holders: int, dispatches: int) -> float:
    """How much a key tells, 1 for one that nobody else holds: the logarithm of its share, with PRIOR dispatches supposed."""
    total = dispatches + PRIOR
    return math.log(total / max(1, holders)) / math.log(total)


def near(a: str | None, b: str | None) -> bool:
    """Did two dispatches appear near each other? One without a date is near to all."""
    if not a or not b:
        return True
    return abs((dt.date.fromisoformat(a) - dt.date.fromisoformat(b)).days) <= DAYS_APART


def linked(told: Keyed, holders: Mapping[str, Sequence[Holder]], dispatches: int) -> tuple[str, ...]:
    """The dispatches that this one is linked to. holders: who holds each of its keys, itself among them."""
    weights: dict[str, float] = {}
    for key in sorted(told.keys):
        held = holders.get(key, ())
        if len(held) > COMMON:
            continue
        rare = rarity(len(held), dispatches)
        for other in held:
            if other.id != told.id and near(told.day, other.day):
                weights[other.id] = weights.get(other.id, 0.0) + min(told.keys[key], other.weight) * rare
    return tuple(sorted(other for other, weight in weights.items() if weight >= LINKED))


def find_stories(dispatches: Sequence[Keyed], same: Iterable[tuple[str, str]] = ()) -> tuple[Story, ...]:
    """The stories of these dispatches. same: pairs that belong together whatever their keys (copies, judgements)."""
    holders: dict[str, list[Holder]] = {}
    for told in dispatches:
        for key, weight in told.keys.items():
            holders.setdefault(key, []).append(Holder(told.id, told.day, weight))
    pairs = [(told.id, other) for told in dispatches for other in (told.id, *linked(told, holders, len(dispatches)))]
    by_id = {told.id: told for told in dispatches}
    held = [(a, b) for a, b in same if a in by_id and b in by_id]
    stories = (story_of([by_id[name] for name in group]) for group in connected([*pairs, *held]))
    return tuple(sorted(stories, key=lambda story: (story.start or "9999", story.id)))


def story_of(members: Sequence[Keyed]) -> Story:
    """These dispatches as one story, with the names that it is most about."""
    ordered = sorted(members, key=lambda told: (told.day or "9999", told.id))
    dated = [told.day for told in ordered if told.day]
    weight: dict[str, float] = {}
    for told in ordered:
        for key in sorted(told.keys):
            weight[key] = weight.get(key, 0.0) + told.keys[key]
    common = sorted(
        (key for key in weight if not key.startswith(("surname:", "deed:"))), key=lambda key: (-round(weight[key], 6), key)
    )
    return Story(
        id=story_id(ordered[0].id),
        dispatches=tuple(told.id for told in ordered),
        names=tuple(key.split(":", 1)[1] for key in common)[:6],
        start=dated[0] if dated else None,
        end=dated[-1] if dated else None,
    )


def story_id(dispatch: str) -> str:
    """The id of the story that begins with this dispatch."""
    return "y" + dispatch
