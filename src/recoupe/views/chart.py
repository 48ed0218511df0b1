"""The course of a figure as a drawing: where each value stands in a box, over its days. No text is drawn that was not read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recoupe.ledger.values import Point

WIDTH, HEIGHT, MARGIN = 640.0, 150.0, 26.0
FEWEST = 2
ROOM = 96.0  # what a day needs to be written under its dot


@dataclass(frozen=True, slots=True)
class Dot:
    """One value. low, high: the ends of its bounds, where it has any; label, day: empty where there is no room to write them."""

    x: float
    y: float
    low: float | None
    high: float | None
    label: str
    day: str
    approx: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Dots in a box of WIDTH × HEIGHT, and the line through them. base: where the whole that they are counted of stands."""

    dots: tuple[Dot, ...]
    base: float | None = None
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def path(self) -> str:
        return "M" + " L".join(f"{dot.x:.1f} {dot.y:.1f}" for dot in self.dots)


def chart(points: Sequence[Point], labels: Sequence[str], days: Sequence[str]) -> Chart | None:
    """The chart of a series' points, or None where fewer than two are dated. labels, days: how each is said."""
    dated = [
        (day, known, point, label, said)
        for point, label, said in zip(points, labels, days, strict=True)
        if (day := _day(point.as_of)) and (known := _known(point)) is not None
    ]
    if len({day for day, *_ in dated}) < FEWEST:
        return None
    first, last = min(day for day, *_ in dated), max(day for day, *_ in dated)
    whole = next((float(point.of) for *_, point, _, _ in reversed(dated) if point.of is not None), None)
    top = max(whole or 0.0, *(max(known, float(point.high or 0)) for _, known, point, *_ in dated)) or 1.0

    def x(day: dt.date) -> float:
        return MARGIN * 2 + (WIDTH - MARGIN * 4) * (day - first).days / (last - first).days

    def y(value: float) -> float:
        return HEIGHT - MARGIN - (HEIGHT - MARGIN * 2) * value / top

    dots: list[Dot] = []
    for day, known, point, label, said in sorted(dated, key=lambda row: row[:2]):
        at, same = x(day), dots[-1:] and dots[-1].label == label
        named = next((dot.x for dot in reversed(dots) if dot.day), None)
        crowded = dots[-1:] and at - dots[-1].x < ROOM / 2
        dots.append(
            Dot(
                x=at,
                y=y(known),
                low=y(float(point.low)) if point.low is not None and point.low != known else None,
                high=y(float(point.high)) if point.high is not None and point.high != known else None,
                label="" if crowded and same else label,
                day=said if named is None or at - named >= ROOM else "",
                approx=point.approx,
            )
        )
    return Chart(tuple(dots), y(whole) if whole is not None else None)


def _known(point: Point) -> float | None:
    if point.value is not None:
        return float(point.value)
    ends = [float(end) for end in (point.low, point.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso[:10]) if iso else None
