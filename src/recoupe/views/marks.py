"""A dispatch's words with what was read in them: the spans of a reading, cut where they overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from recoupe.model import Part, Reading, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of one item. kind: time, place, actor, figure, statement, event."""

    span: Span
    kind: str
    item: str


def marks(reading: Reading, part: Part) -> tuple[Mark, ...]:
    """The marks in the text, or in the title, in order."""
    found = [
        *(Mark(time.span, "time", time.id) for time in reading.times if time.in_ == part),
        *(Mark(place.span, "place", place.id) for place in reading.places if place.in_ == part),
        *(Mark(figure.span, "figure", figure.id) for figure in reading.figures if figure.in_ == part),
        *(Mark(span, "statement", said.id) for said in reading.statements if said.in_ == part for span in said.parts),
        *(Mark(event.trigger, "event", event.id) for event in reading.events if event.in_ == part),
    ]
    for actor in reading.actors:
        spans = actor.mentions if part == "text" else actor.title_mentions
        found += [Mark(span, "actor", actor.id) for span in spans]
    return tuple(sorted(found, key=lambda mark: (mark.span, mark.kind, mark.item)))


def segments(text: str, marked: Iterable[Mark]) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """The text in pieces, each with the marks that cover it; the pieces joined are the text."""
    kept = [mark for mark in marked if mark.span[0] < mark.span[1] <= len(text)]
    cuts = sorted({0, len(text), *(edge for mark in kept for edge in mark.span)})
    for start, end in pairwise(cuts):
        yield text[start:end], tuple(mark for mark in kept if mark.span[0] <= start and end <= mark.span[1])
