"""A dispatch against the calendar: «samedi 8 juillet» where the 8th of July was a Monday."""

from __future__ import annotations

import datetime as dt
from functools import cache

from babel.dates import format_date, get_day_names

from recoupe.ledger.entities import fold
from recoupe.ledger.ids import content_id
from recoupe.ledger.values import Disagreement, Report, Side
from recoupe.ledger.whenwhere import day_of
from recoupe.model import Reading, Time

RECENT_DAYS = 31


def against_the_calendar(reading: Reading, story: str | None) -> tuple[Disagreement, ...]:
    """The dates of a dispatch whose weekday is another in their year, or, where no year is named, in that of publication."""
    published = day_of(reading.dispatch.published)
    made = []
    for time in reading.times:
        day = _slip(time, reading.dispatch.lang, published)
        if day is not None:
            item = next((e.id for e in reading.events if e.time == time.id), time.id)
            report = Report(dispatch=reading.dispatch.id, item=item, span=time.span, in_=time.in_)
            known = Side(value=format_date(day, "EEEE d MMMM y", locale=reading.dispatch.lang), independent_sources=0)
            made.append(
                Disagreement(
                    id=content_id("d", "calendar", reading.dispatch.id, time.id),
                    about=time.text,
                    field="date",
                    scope="with the calendar",
                    sides=(Side(value=time.text, reports=(report,), independent_sources=1), known),
                    story=story,
                )
            )
    return tuple(made)


def _slip(time: Time, lang: str, published: dt.date | None) -> dt.date | None:
    """The day that is meant, where the weekday beside it is not its own."""
    told = [n for name, n in weekdays(lang).items() if name in fold(time.text).split()]
    day = day_of(time.start)
    if len(told) != 1 or day is None or time.start != time.end or not any(c.isdigit() for c in time.text):
        return None
    if day.weekday() == told[0]:
        if published is None or str(day.year) in time.text or abs((published - day).days) <= RECENT_DAYS:
            return None
        near = [d for d in _same_day_near(day, published) if abs((published - d).days) <= RECENT_DAYS]
        return near[0] if near and near[0].weekday() != told[0] else None
    return day


def _same_day_near(day: dt.date, published: dt.date) -> list[dt.date]:
    """That day and month in the years around publication."""
    if (day.month, day.day) == (2, 29):
        return []
    years = (published.year - 1, published.year, published.year + 1)
    return sorted((day.replace(year=year) for year in years), key=lambda d: abs((published - d).days))


@cache
def weekdays(lang: str) -> dict[str, int]:
    """Folded names of the days of the week, Monday 0."""
    return {fold(name): n for n, name in get_day_names("wide", locale=lang).items()}
