"""Days, places and spans as claims compare them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from recoupe.ledger.entities import fold
from recoupe.model import Span

APART_KM = 12.0


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days, both included. exact: the words name one day."""

    start: dt.date
    end: dt.date
    exact: bool = False

    @property
    def width(self) -> int:
        return (self.end - self.start).days + 1

    def apart(self, other: Days) -> int:
        """Days between the two, 0 where they meet."""
        return max(0, (other.start - self.end).days, (self.start - other.end).days)

    def slip(self, other: Days) -> bool:
        """A day or two of two years, or such a day and its month in another, as a mistaken year leaves it?"""
        if self.start.year == other.start.year or max(self.width, other.width) > 31 or min(self.width, other.width) > 2:
            return False
        moved = replace_year(self, other.start.year)
        return moved is not None and moved.apart(other) == 0


def replace_year(days: Days, year: int) -> Days | None:
    """The same days of another year; None for an interval that the year does not hold."""
    by = year - days.start.year
    try:
        return Days(days.start.replace(year=year), days.end.replace(year=days.end.year + by), days.exact)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is compared, and the words that name it. stated: the event's own sentence puts it there; else it is taken
    over from what was told before.
    """

    key: str
    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    span: Span
    in_: str
    stated: bool = True

    @property
    def exact(self) -> bool:
        return self.kind in ("city", "facility")

    def same(self, other: Spot) -> bool:
        """One key, or one name within the other («Téra-Dolbel», «Dolbel»)."""
        one, two = fold(self.name), fold(other.name)
        return self.key == other.key or one == two or (min(len(one), len(two)) > 4 and (one in two or two in one))

    def elsewhere(self, other: Spot) -> bool:
        """Another place, and neither within the other as far as is known: two cities or two sites, measured or named apart."""
        if self.same(other) or self.kind != other.kind:
            return False
        far = self.far(other)
        return far is None or far > APART_KM

    def far(self, other: Spot) -> float | None:
        """Kilometres between the two, or None where unknown."""
        if self.lat is None or self.lon is None or other.lat is None or other.lon is None:
            return None
        half = sin(radians(other.lat - self.lat) / 2) ** 2
        half += cos(radians(self.lat)) * cos(radians(other.lat)) * sin(radians(other.lon - self.lon) / 2) ** 2
        return 12742 * asin(sqrt(min(1.0, half)))


def day_of(text: str | None) -> dt.date | None:
    """The day of an ISO date, a month or a year by its first day; None where it is none."""
    if not text:
        return None
    for form in (text[:10], f"{text[:7]}-01", f"{text[:4]}-01-01"):
        try:
            return dt.date.fromisoformat(form)
        except ValueError:
            continue
    return None


def days_between(start: str | None, end: str | None, *, exact: bool) -> Days | None:
    """The interval of two ISO days, either of which may be absent."""
    first, last = day_of(start or end), day_of(end or start)
    if first is None or last is None or last < first:
        return None
    return Days(first, last, exact and first == last)


def overlap(a: Span, b: Span) -> bool:
    """Do two spans share a letter?"""
    return a[0] < b[1] and b[0] < a[1]


def trimmed(span: Span, text: str) -> Span:
    """The span without the white space at its ends."""
    words = text[span[0] : span[1]]
    return span[0] + len(words) - len(words.lstrip()), span[1] - len(words) + len(words.rstrip())
