"""How values are said to people, in the language of the page: dates, quantities, and the names of kinds. The words are data."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from recoupe.model import Number

LANGUAGES = ("en", "fr")
NARROW_BLANK = "\u202f"


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language."""

    lang: str
    table: dict[str, Any]

    def __call__(self, group: str, key: str) -> str:
        """The phrase of a key: a type's name, a section's title; the key itself where there is none."""
        return str(self.table[group].get(key, key))

    def say(self, key: str, *values: object) -> str:
        """A phrase with values in it."""
        return str(self.table["words"][key]).format(*values)

    def count(self, key: str, number: int) -> str:
        """ "1 dispatch", "12 dispatches"."""
        one, many = self.table["words"][key]
        return str(one if number == 1 else many.format(number))

    def quote(self, words: str) -> str:
        left, right = self.table["quotes"]
        return f"{left}{words}{right}"

    def number(self, value: Number) -> str:
        """A number with narrow blanks between thousands, which both languages read."""
        whole = float(value).is_integer()
        return f"{int(value) if whole else value:,}".replace(",", NARROW_BLANK)

    def quantity(
        self, value: Number | None, low: Number | None, high: Number | None, approx: bool, of: Number | None = None
    ) -> str:
        """A value with its bounds: "766 of 950", "about 200", "at least 54", "10–20", "hundreds"."""
        known = value if value is not None else low if low is not None else high
        if known is None:
            return "?"
        if approx and value is None and high is None and of is None and f"{known:.0f}" in self.table["vague"]:
            return str(self.table["vague"][f"{known:.0f}"])
        said = self.number(known)
        if value is None and low is not None and high is not None:
            said = f"{self.number(low)}–{self.number(high)}"
        said = self.table["about"].format(said) if approx else said
        if low is not None and high is None:
            said = self.table["at_least"].format(said)
        elif high is not None and low is None:
            said = self.table["at_most"].format(said)
        return self.table["of"].format(said, self.number(of)) if of is not None else said

    def days(self, start: str | None, end: str | None) -> str:
        """An interval of days: "24 July 2024", "1–10 August 2024", "July 2024", "2012"; empty where there is none."""
        first, last = _day(start), _day(end)
        if first and last:
            return self._interval(first, last)
        if first:
            return str(self.table["from"].format(self._full(first)))
        return str(self.table["until"].format(self._full(last))) if last else ""

    def _interval(self, first: dt.date, last: dt.date) -> str:
        after = last + dt.timedelta(days=1) if last < dt.date.max else last
        if first == last:
            return self._full(first)
        if (first.day, first.month, after.day, after.month) == (1, 1, 1, 1):
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        if first.day == after.day == 1:
            month = f"{self._month(last)} {last.year}"
            if (first.year, first.month) == (last.year, last.month):
                return month
            return f"{self._month(first)}{'' if first.year == last.year else f' {first.year}'}–{month}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{self._number_of(first)}–{self._full(last)}"
        if first.year == last.year:
            return f"{self._number_of(first)} {self._month(first)} – {self._full(last)}"
        return f"{self._full(first)} – {self._full(last)}"

    def _full(self, day: dt.date) -> str:
        return f"{self._number_of(day)} {self._month(day)} {day.year}"

    def _month(self, day: dt.date) -> str:
        return str(self.table["months"][day.month - 1])

    def _number_of(self, day: dt.date) -> str:
        return self.table["first_day"] if day.day == 1 else str(day.day)


@cache
def phrases(lang: str) -> Phrases:
    """The phrases of "en" or "fr"."""
    text = (files(__name__) / f"{lang}.toml").read_text(encoding="utf-8")
    return Phrases(lang, tomllib.loads(text))


def _day(iso: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None
