"""Days as a language writes them in the front matter of copy: «mercredi 24 juillet», "Aug. 5, 2024", 24/07/2024.

Only what dates a dispatch is read here; the times of a text are a stage of the reading.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from recoupe.language import language

NUMERIC = r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<d2>\d{1,2})(?P<sep>[/.])(?P<m2>\d{1,2})(?P=sep)(?P<y2>(?:19|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Written:
    """A day as written. weekday: Monday is 0."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The day, where its year is written, it exists, and its weekday is right."""
        return None if self.year is None else self.within(self.year)

    @property
    def exists(self) -> bool:
        """Whether the calendar has the day, whatever its weekday."""
        return self.year is not None and replace(self, weekday=None).date is not None

    def within(self, year: int) -> dt.date | None:
        """The day of that year, or None where the calendar has none such, or not on that weekday."""
        try:
            date = dt.date(year, self.month, self.day)
        except ValueError:
            return None
        return date if self.weekday in (None, date.weekday()) else None


@dataclass(frozen=True)
class Calendar:
    """How one language writes days."""

    pattern: re.Pattern[str]
    years: re.Pattern[str]
    other_days: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]

    def written(self, text: str) -> Iterator[Written]:
        """Every day written in a text, in order."""
        for m in self.pattern.finditer(text):
            if m["iso"]:
                year, month, day = map(int, m["iso"].split("-"))
            elif m["d2"]:
                day, month, year = int(m["d2"]), int(m["m2"]), int(m["y2"])
            else:
                day, month = int(m["d0"] or m["d1"]), self.months[(m["mo0"] or m["mo1"]).lower()]
                year = int(m["y0"] or m["y1"] or 0)
            if 1 <= month <= 12 and 1 <= day <= 31:
                weekday = self.weekdays[m["wd"].lower()] if m["wd"] else None
                yield Written(m.start(), m.end(), day, month, year or None, weekday)

    def years_named(self, text: str) -> set[int]:
        """The years that a text names: in a date, or after a word that a year follows."""
        dated = {written.year for written in self.written(text) if written.year}
        return dated | {int(m["year"]) for m in self.years.finditer(text)}

    def is_another(self, text: str, offset: int) -> bool:
        """Whether the words just before an offset, in its clause, say that the day is to come, or of old."""
        before = text[max(0, offset - 60) : offset]
        return bool(self.other_days.search(re.split(r"[.!?;:,\n]\s", before)[-1]))


@cache
def calendar(code: str) -> Calendar:
    """The calendar of a language that is read."""
    table = language(code).table("intake")
    months = {form.lower(): i for i, forms in enumerate(table["months"], start=1) for form in forms}
    weekdays = {form.lower(): i for i, form in enumerate(table["weekdays"])}
    month, link, ordinal = any_of(months), any_of(table["month_links"]), any_of(table["ordinals"])
    year = r"(?:19|20)\d\d(?!\d)"
    day_first = rf"(?P<d0>\d{{1,2}})(?:{ordinal})?\s+(?:{link}\s*)?(?P<mo0>{month})\b\.?(?:,?\s+(?P<y0>{year}))?"
    month_first = rf"(?P<mo1>{month})\b\.?\s+(?P<d1>\d{{1,2}})(?!\d)(?:{ordinal})?(?:,?\s+(?P<y1>{year}))?"
    weekday = rf"(?:(?P<wd>{any_of(weekdays)})\b[,\s(]{{1,3}}(?:(?:{any_of(table['articles'])})\s+)?)?"
    return Calendar(
        pattern=re.compile(rf"\b{weekday}(?<![\d/.])(?:{NUMERIC}|{day_first}|{month_first})(?!\d)", re.I),
        years=re.compile(rf"\b(?:{any_of([*table['year_cues'], *months])})\.?[\s-]+(?P<year>{year})(?!\s*%)", re.I),
        other_days=re.compile(rf"\b(?:{any_of(table['other_days'])})(?!\w)", re.I),
        months=months,
        weekdays=weekdays,
    )


def any_of(forms: object) -> str:
    """A regular expression of the forms, the longest first; a blank in one is any white space."""
    assert isinstance(forms, list | dict | tuple | set)
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)
