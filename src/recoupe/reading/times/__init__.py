"""Time expressions and what they mean: the time grammar's readings as values of the contract.

Works on the text alone, so that an archive is read without the parser. Spans are page offsets; where two readings remain,
start and end are left out and the candidates are kept as an abstention.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from recoupe.model import Basis, Time, TimeKind
from recoupe.reading.page import Page
from recoupe.reading.times.narrative import Reading, read
from recoupe.reading.times.table import grammar

LATE = dt.timedelta(days=2)


def read_times(page: Page) -> tuple[Time, ...]:
    """Every time expression of the page, in order, spans in page offsets."""
    code = page.language.code
    readings = read(grammar(code), page.text, _written_on(page), page.dateline or (0, 0))
    times = tuple(_time(reading, number, code, page) for number, reading in enumerate(readings, 1))
    for time, reading in zip(times, readings, strict=True):
        if reading.dated.reason:
            page.abstain(time.id, reading.dated.left_open, reading.dated.reason, reading.dated.candidates)
    return times


def _written_on(page: Page) -> dt.date | None:
    """The day that the text counts from: that of its dateline, where it was published a day or two later."""
    published, line = page.published, page.dispatch.dateline
    written = dt.date.fromisoformat(line.date[:10]) if line and line.date else None
    late = published is not None and written is not None and dt.timedelta(0) < published - written <= LATE
    return written if late else published


def _time(reading: Reading, number: int, code: str, page: Page) -> Time:
    dated, span = reading.dated, (reading.start, reading.end)
    period = dated.period
    return Time(
        id=f"t{number}",
        span=span,
        text=page.words(span),
        kind=cast(TimeKind, reading.kind),
        start=period.start.isoformat() if period else None,
        end=period.end.isoformat() if period else None,
        open_start=dated.open_start,
        open_end=dated.open_end,
        clock=reading.clock,
        zone=reading.zone,
        grain=reading.grain,
        approx=dated.approx,
        edtf=reading.edtf,
        timex3=reading.timex3,
        anchor=cast(Literal["absolute", "publication", "narrative"], dated.anchor),
        anchor_id=f"t{reading.counted_from + 1}" if reading.counted_from is not None else None,
        rule=f"times.{code}.{reading.rule}",
        basis={"start": cast(Basis, dated.basis)} if period else {},
    )
