"""Stretches of the calendar: pure functions of days. Both ends of a period are included; weeks run Monday to Sunday."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
FINER = ("second", "minute", "hour")
ORDER = (*FINER, "part", "day", "weekend", "week", "fortnight", "month", "season", "quarter", "half", "year", "decade", "century")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
FIRST_YEAR, LAST_YEAR = 1, 9990


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, and the grain that it was named at."""

    start: dt.date
    end: dt.date
    grain: str

    def distance(self, day: dt.date) -> int:
        """Days from `day` to this period: negative where the period is over, 0 where it holds the day."""
        if self.end < day:
            return (self.end - day).days
        return max(0, (self.start - day).days)

    @property
    def middle(self) -> dt.date:
        return self.start + (self.end - self.start) // 2


def coarser(one: str, other: str) -> bool:
    """Whether one grain is coarser than another."""
    return ORDER.index(one) > ORDER.index(other)


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """That day, or None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def months_on(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on; the month's last day where it is shorter."""
    count = min(max(day.year * 12 + day.month - 1 + months, FIRST_YEAR * 12), LAST_YEAR * 12 + 11)
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def days_on(day: dt.date, days: int) -> dt.date:
    """The day so many days on, kept within the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date(LAST_YEAR, 12, 31).toordinal()))


def on(day: dt.date, count: int, unit: str) -> dt.date:
    """The day so many units on. Hours and less count as whole days only."""
    if unit in FINER:
        seconds = count * {"second": 1, "minute": 60, "hour": 3600}[unit]
        return days_on(day, int(seconds / 86400))
    if unit in DAYS:
        return days_on(day, count * DAYS[unit])
    return months_on(day, count * MONTHS[unit])


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - DAY


def months_from(year: int, month: int, count: int, grain: str) -> Period:
    """So many months from the first of that one."""
    start = dt.date(year, month, 1)
    return Period(start, months_on(start, count) - DAY, grain)


def year_of(year: int) -> Period:
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def years_from(year: int, count: int, grain: str) -> Period:
    return Period(dt.date(year, 1, 1), dt.date(year + count - 1, 12, 31), grain)


def season_of(year: int, season: str) -> Period:
    """A season of the northern half, in whole months; winter begins in the year's last month."""
    return months_from(year, SEASONS[season], 3, "season")


def by_the_sun(year: int, season: str) -> Period:
    """A season from its equinox or solstice, to the day or so."""
    return Period(dt.date(year, SEASONS[season], 20), months_on(dt.date(year, SEASONS[season], 19), 3), "season")


def around(day: dt.date, unit: str) -> Period:
    """The calendar's own unit that holds a day: its week, its month, its quarter …"""
    if unit in FINER or unit == "day":
        return Period(day, day, "day")
    monday = days_on(day, -day.weekday())
    if unit in ("week", "fortnight"):
        return Period(monday, days_on(monday, 6), "week")
    if unit == "weekend":
        return Period(days_on(monday, 5), days_on(monday, 6), "weekend")
    if unit in ("decade", "century"):
        size = MONTHS[unit] // 12
        return years_from(max(day.year // size * size, 1), size, unit)
    size = MONTHS[unit]
    return months_from(day.year, (day.month - 1) // size * size + 1, size, unit)


def nth_weekday(within: Period, weekday: int, nth: int) -> dt.date | None:
    """The nth such day of the week in a period (-1: the last), or None."""
    if nth < 0:
        day = days_on(within.end, -((within.end.isoweekday() - weekday) % 7))
    else:
        day = days_on(within.start, (weekday - within.start.isoweekday()) % 7 + 7 * (nth - 1))
    return day if within.start <= day <= within.end else None


def shaded(period: Period, shade: str) -> Period:
    """The early, middle or late part of a period.

    A month: 1–10, 10–20, 21–end. A year: its first and last quarter, June and July between.
    A week: two days, two, three. A decade: four years, three, three. Others: thirds.
    """
    first, last = period.start, period.end
    if period.grain == "month":
        cuts = {"early": (1, 10), "mid": (10, 20), "late": (21, last.day)}[shade]
        return Period(first.replace(day=cuts[0]), first.replace(day=cuts[1]), "day")
    if period.grain == "year":
        cuts = {"early": (1, 3), "mid": (6, 7), "late": (10, 12)}[shade]
        return Period(first.replace(month=cuts[0]), month_end(first.year, cuts[1]), "month")
    if period.grain == "week":
        cuts = {"early": (0, 1), "mid": (2, 3), "late": (4, 6)}[shade]
        return Period(days_on(first, cuts[0]), days_on(first, cuts[1]), "day")
    if period.grain == "decade":
        cuts = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[shade]
        return Period(first.replace(year=first.year + cuts[0]), last.replace(year=first.year + cuts[1]), "year")
    third = ((last - first).days + 1) / 3
    begin = {"early": 0, "mid": third, "late": 2 * third}[shade]
    start, end = days_on(first, round(begin)), days_on(first, round(begin + third) - 1)
    if period.grain == "century":
        return Period(dt.date(start.year, 1, 1), dt.date(max(end.year, start.year), 12, 31), "year")
    if period.grain in ("quarter", "half", "season"):
        return Period(start.replace(day=1), month_end(end.year, end.month), "month")
    return Period(start, max(start, end), "day")
