"""Days on a line, from 0 to 100, with room where much happens: a story of one spring may recall a treaty of twelve years before.

The line is cut into steps (days, months or years, by its length); a step is as wide as what falls in it asks for, and a long
run of empty steps is drawn as a short break.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from math import log2

EMPTY = 0.3
RUN = 2.0  # what a run of empty steps takes at most
DAYS, MONTHS = 75, 1_500  # the longest line of days, of months
VAGUE = 4  # steps that a span covers before it no longer asks for room
ROOM = 7.5  # between two labels
NARROW_ROOM = 24.0  # the same on a phone
BREAK = 6  # empty steps that are drawn as a break


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the axis. label: empty where there is no room; strong: a year begins; wide: its label needs a desk's width."""

    at: float
    label: str
    strong: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """edges: the first day of each step and the day after the last; places: where each stands."""

    edges: tuple[dt.date, ...]
    places: tuple[float, ...]
    breaks: tuple[tuple[float, float], ...] = ()

    def at(self, day: dt.date) -> float:
        """Where a day begins."""
        if day <= self.edges[0]:
            return 0.0
        if day >= self.edges[-1]:
            return 100.0
        n = bisect_right(self.edges, day) - 1
        start, end = self.edges[n], self.edges[n + 1]
        share = (day - start).days / max((end - start).days, 1)
        return self.places[n] + (self.places[n + 1] - self.places[n]) * share

    def _broken(self, at: float) -> bool:
        return any(a < at < b for a, b in self.breaks)

    def ticks(self, months: Sequence[str]) -> tuple[Tick, ...]:
        """The steps' beginnings, labelled where there is room: years first, then the rest in order."""
        days = (self.edges[1] - self.edges[0]).days == 1
        yearly = self.edges[0].day == self.edges[0].month == 1 and (self.edges[1] - self.edges[0]).days > 300
        begin = [(at, edge) for edge in self.edges[:-1] if not self._broken(at := self.at(edge))]
        shown: list[tuple[float, dt.date]] = []
        by_weight = sorted(begin, key=lambda b: (b[0] > 0, b[1].month != 1 or b[1].day != 1, b[1].day != 1, -b[1].toordinal()))
        for at, edge in by_weight:
            if all(abs(at - other) >= ROOM for other, _ in shown) and at <= 100 - ROOM / 2:
                shown.append((at, edge))
        labelled = {edge for _, edge in shown}
        ticks: list[Tick] = []
        year, last = 0, -NARROW_ROOM
        for at, edge in begin:
            label = ""
            if edge in labelled:
                name = months[edge.month - 1]
                label = str(edge.year) if yearly else f"{edge.day} {name}" if days else name
                if not yearly and edge.year != year:
                    label += f" {edge.year}"
                year = edge.year
            wide = at - last < NARROW_ROOM or at > 100 - NARROW_ROOM / 2
            ticks.append(Tick(round(at, 2), label, (edge.month, edge.day) == (1, 1), wide))
            last = at if label and not wide else last
        return tuple(ticks)


def scale_of(spans: Iterable[tuple[dt.date, dt.date]], first: dt.date | None = None, last: dt.date | None = None) -> Scale | None:
    """The line of these spans of days, from and to given days where they are; None where there is no day."""
    spans = list(spans)
    days = [day for span in spans for day in span]
    start, end = first or min(days, default=None), last or max(days, default=None)
    if start is None or end is None or start > end:
        return None
    edges = _steps(start, end)
    weights = [0.0] * (len(edges) - 1)
    covered = [False] * (len(edges) - 1)
    for a, b in spans:
        for step in range(bisect_right(edges, max(a, edges[0])) - 1, bisect_right(edges, min(b, edges[-2]))):
            covered[step] = True
        touched = [bisect_right(edges, max(day, edges[0])) - 1 for day in (a, b) if edges[0] <= day < edges[-1]]
        if touched and touched[-1] - touched[0] < VAGUE:
            for step in range(touched[0], touched[-1] + 1):
                weights[step] += 1 / (touched[-1] - touched[0] + 1)
    widths = [EMPTY + log2(1 + weight) for weight in weights]
    breaks = []
    n = 0
    for (empty, bare), group in groupby(zip(weights, covered, strict=True), key=lambda step: (not step[0], not step[1])):
        size = len(list(group))
        if empty and size * EMPTY > RUN:
            widths[n : n + size] = [RUN / size] * size
            breaks += [(n, n + size)] if bare else []
        n += size
    total = sum(widths)
    places = tuple(round(100 * at / total, 3) for at in accumulate(widths, initial=0.0))
    cut = tuple((places[a], places[b]) for a, b in breaks if b - a >= BREAK)
    return Scale(tuple(edges), places, cut)


def _steps(start: dt.date, end: dt.date) -> list[dt.date]:
    """Edges of days, months or years that hold both days."""
    length = (end - start).days
    if length <= DAYS:
        return [start + dt.timedelta(days=n) for n in range(-1, length + 3)]
    if length <= MONTHS * 30:
        months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month + 1)
        return [dt.date(m // 12, m % 12 + 1, 1) for m in months]
    return [dt.date(year, 1, 1) for year in range(start.year, min(end.year + 2, dt.MAXYEAR))]


def day(iso: str | None) -> dt.date | None:
    """A day of an ISO date; None for what is none."""
    try:
        return dt.date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None
