"""A story's events on one line of days: a dot for a day, a bar for a vague date, packed in rows where nothing covers anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from recoupe.ledger.values import Occurrence
from recoupe.views.brief import SHADES, Line
from recoupe.web.drawing.scale import Tick, day, scale_of

ROW, TOP, FOOT = 22, 10, 26
ROWS = 16
GLYPH = 0.62  # of a letter's width, in hundredths of the line, as wide as a desk shows it
NARROW = 0.9  # a bar is at least that wide
DOT = 2.0  # the room that a dot and its gap take
LONGEST = 34


@dataclass(frozen=True, slots=True)
class Mark:
    """One event. x, width: in hundredths of the line; a dot where width is 0. shade: done | ahead | denied | contested."""

    id: str
    href: str
    x: float
    width: float
    y: int
    shade: str
    label: str
    label_at: float
    side: str
    hint: str
    chosen: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Marks in rows over an axis. first, last: the days between which it is drawn; wider, closer: where zooming leads."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[tuple[float, float], ...]
    height: int
    axis: int
    edges: str
    first: str
    last: str
    today: float | None


def timeline(
    occurrences: Sequence[Occurrence],
    lines: Iterable[Line],
    *,
    months: Sequence[str],
    href: Callable[[str], str],
    chosen: str | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
) -> Timeline | None:
    """The drawing of these events, or None where none of them has a day."""
    said = {line.id: line for line in lines}
    dated = [(o, span) for o in occurrences if o.id in said and (span := days_of(o))]
    scale = scale_of((span for _, span in dated), day(since), day(until))
    if scale is None or not dated:
        return None
    marks: list[Mark] = []
    rows: list[list[tuple[float, float]]] = []
    for told, (start, end) in sorted(dated, key=lambda pair: (not said[pair[0].id].main, pair[1], pair[0].id)):
        line = said[told.id]
        x, right = scale.at(start), scale.at(end + dt.timedelta(days=1))
        vague = (end - start).days > 0
        width = max(right - x, NARROW) if vague else 0.0
        if not vague:
            x = (x + right) / 2
        label = _cut(f"{line.what} {line.who}".strip()) if line.main else ""
        room = len(label) * GLYPH
        before = x + width + DOT + room > 100 and x - DOT - room > 0
        taken = (x - DOT - (room if before else 0), x + width + DOT + (0 if before else room))
        row = _row(rows, taken)
        if row is None:
            label, row = "", _row(rows, (x - DOT, x + width + DOT))
        if row is None:
            row = ROWS - 1
        marks.append(
            Mark(
                id=told.id,
                href=href(told.id),
                x=round(x, 2),
                width=round(width, 2),
                y=TOP + row * ROW,
                shade=SHADES.get(told.status, "done"),
                label=label,
                label_at=round(x - DOT / 2 if before else x + width + (0.3 if vague else DOT / 2), 2),
                side="end" if before else "start",
                hint=" · ".join(part for part in (line.when, line.what, line.who, line.where, line.status) if part),
                chosen=told.id == chosen,
                open=not (told.start and told.end),
            )
        )
    axis = TOP + max(len(rows), 2) * ROW
    seen = day(as_of)
    return Timeline(
        marks=tuple(sorted(marks, key=lambda mark: (mark.x, mark.y, mark.id))),
        ticks=scale.ticks(months),
        breaks=scale.breaks,
        height=axis + FOOT,
        axis=axis,
        edges=" ".join(f"{edge.isoformat()}:{place:.2f}" for edge, place in zip(scale.edges, scale.places, strict=True)),
        first=scale.edges[0].isoformat(),
        last=(scale.edges[-1] - dt.timedelta(days=1)).isoformat(),
        today=round(scale.at(seen), 2) if seen and scale.edges[0] < seen < scale.edges[-1] else None,
    )


def days_of(told: Occurrence) -> tuple[dt.date, dt.date] | None:
    """The days of an event, where it has any."""
    start, end = day(told.start), day(told.end)
    first = start or end
    last = end or start
    return (first, max(first, last)) if first and last else None


def _row(rows: list[list[tuple[float, float]]], taken: tuple[float, float]) -> int | None:
    """The first row with room, which is then taken."""
    for n, row in enumerate(rows):
        if all(taken[1] <= a or b <= taken[0] for a, b in row):
            row.append(taken)
            return n
    if len(rows) < ROWS:
        rows.append([taken])
        return len(rows) - 1
    return None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
