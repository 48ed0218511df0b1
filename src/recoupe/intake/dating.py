"""When a dispatch was published: what was given, else its page's metadata, its address, its dateline, its own words.

Two answers left mean none: a dispatch that is dated wrong dates all that it tells.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from recoupe.intake.calendar import Written, calendar
from recoupe.intake.dateline import Head

PublishedBasis = Literal["url", "dateline", "text", "unknown"]
IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/\-_.]?)(\d\d)\2(\d\d)(?!\d)")


def work_out(text: str, url: str | None, head: Head | None, code: str) -> tuple[dt.date | None, PublishedBasis]:
    """The day of publication where nobody says it, and what it rests on."""
    in_address = date_in_url(url or "")
    if in_address:
        return in_address, "url"
    in_text = date_in_text(text, code)
    if head and head.written:
        # a dateline without a year takes it from what the text tells, nearby
        date = head.date(in_text)
        if date and (head.written.year or (in_text and abs(date - in_text) <= dt.timedelta(days=10))):
            return date, "dateline"
    return (in_text, "text") if in_text else (None, "unknown")


def date_in_url(url: str) -> dt.date | None:
    """The one day that a web address names: /2024/07/24/, /20240724-, -2024-07-24."""
    days = {day for m in IN_ADDRESS.finditer(url) if (day := _day(int(m[1]), int(m[3]), int(m[4])))}
    return days.pop() if len(days) == 1 else None


def date_in_text(text: str, code: str) -> dt.date | None:
    """The latest day that a text names with its weekday and does not say to be another, or None.

    A weekday with a day and a month leaves one year in five or six; taken is the one nearest to a year that the text
    names: that year, or the one after the latest.
    """
    when = calendar(code)
    days = [written for written in when.written(text) if written.weekday is not None and not when.is_another(text, written.start)]
    named = when.years_named(text) if days else set()
    found = [date for written in days if (date := _resolved(written, named))]
    return max(found, default=None)


def _resolved(written: Written, named: set[int]) -> dt.date | None:
    if written.year is not None:
        return written.date
    in_named = [date for year in sorted(named) if (date := written.within(year))]
    if in_named:
        return in_named[0] if len(in_named) == 1 else None
    return written.within(max(named) + 1) if named else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
