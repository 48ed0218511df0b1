"""What pairs of states and groups did to each other, week by week: cooperation above the line, conflict below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from recoupe.ledger.values import Relation
from recoupe.web.drawing.scale import Tick, day, scale_of

HALF = 15  # of a row's height, above and below its line
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a pair: bars above and below the line. broken: an envoy called back, an accord denounced."""

    x: float
    up: float
    down: float
    broken: bool
    hint: str
    href: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair: its names, its sums, its weeks."""

    a: str
    b: str
    href: str
    cooperative: int
    conflictual: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows over one axis. more: pairs that are not shown."""

    rows: tuple[Pair, ...]
    ticks: tuple[Tick, ...]
    more: int


def pairs(
    relations: Iterable[Relation],
    *,
    name: Callable[[str], str],
    months: Sequence[str],
    hint: Callable[[Relation], str],
    href: Callable[[str, str], str],
    week_href: Callable[[str, str], str],
) -> Pairs | None:
    """The drawing of these relations, the pairs with most events first; None where there are none."""
    rows: dict[tuple[str, str], list[Relation]] = {}
    for relation in relations:
        rows.setdefault((relation.a, relation.b), []).append(relation)
    weeks = [(monday, monday + dt.timedelta(days=6)) for row in rows.values() for r in row if (monday := day(r.week))]
    scale = scale_of(weeks)
    if scale is None:
        return None
    most = max(max(r.cooperative, r.conflictual) for row in rows.values() for r in row) or 1
    ordered = sorted(rows.items(), key=lambda item: (-sum(r.cooperative + r.conflictual for r in item[1]), item[0]))

    def week(r: Relation) -> Week:
        monday = dt.date.fromisoformat(r.week)
        sunday = monday + dt.timedelta(days=6)
        at = (scale.at(monday) + scale.at(sunday)) / 2
        up, down = (round(HALF * count / most, 1) for count in (r.cooperative, r.conflictual))
        return Week(round(at, 2), up, down, bool(r.breaks), hint(r), week_href(monday.isoformat(), sunday.isoformat()))

    drawn = tuple(
        Pair(
            a=name(a),
            b=name(b),
            href=href(a, b),
            cooperative=sum(r.cooperative for r in row),
            conflictual=sum(r.conflictual for r in row),
            weeks=tuple(week(r) for r in row),
        )
        for (a, b), row in ordered[:SHOWN]
    )
    return Pairs(drawn, scale.ticks(months), max(0, len(rows) - SHOWN))
