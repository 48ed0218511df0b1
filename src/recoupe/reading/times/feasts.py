"""Feasts that news dates by: fixed days, days counted from Easter, and days of the Islamic calendar.

Easter: Butcher's algorithm (Meeus, Astronomical Algorithms, ch. 8); Orthodox Easter: Meeus's Julian algorithm. Islamic
days: the tabular calendar (civil epoch), which may be a day off what is announced where the moon is watched for.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from recoupe.reading.times.calendar import Period, days_on, nth_weekday

FIXED = {
    "new_year": (1, 1), "epiphany": (1, 6), "valentine": (2, 14), "womens_day": (3, 8), "labour_day": (5, 1), "bastille": (7, 14),
    "assumption": (8, 15), "halloween": (10, 31), "all_saints": (11, 1), "armistice": (11, 11), "christmas_eve": (12, 24),
    "christmas": (12, 25), "new_year_eve": (12, 31), "independence_us": (7, 4), "boxing_day": (12, 26),
}  # fmt: skip
FROM_EASTER = {
    "shrove_tuesday": -47, "ash_wednesday": -46, "palm_sunday": -7, "maundy_thursday": -3, "good_friday": -2, "easter": 0,
    "easter_monday": 1, "ascension": 39, "pentecost": 49, "pentecost_monday": 50,
}  # fmt: skip
FROM_MUHARRAM = {
    "islamic_new_year": (1, 1, 1), "ashura": (1, 10, 1), "mawlid": (3, 12, 1), "ramadan": (9, 1, 29), "fitr": (10, 1, 1),
    "adha": (12, 10, 1), "hajj": (12, 8, 6),
}  # fmt: skip
ISLAMIC_EPOCH = dt.date(622, 7, 19).toordinal()
ONCE = {"september_11": dt.date(2001, 9, 11)}


def feast(name: str, year: int) -> tuple[Period, ...]:
    """The feast as it falls in a year: once, rarely twice or not at all. A feast of one history is given whatever the year."""
    if name in ONCE:
        return (Period(ONCE[name], ONCE[name], "day"),)
    if name in FIXED:
        day = dt.date(year, *FIXED[name])
        return (Period(day, day, "day"),)
    if name in FROM_EASTER:
        day = days_on(easter(year), FROM_EASTER[name])
        return (Period(day, day, "day"),)
    if name == "orthodox_easter":
        day = orthodox_easter(year)
        return (Period(day, day, "day"),)
    if name == "lent":
        return (Period(days_on(easter(year), -46), days_on(easter(year), -1), "day"),)
    if name == "thanksgiving":
        november = Period(dt.date(year, 11, 1), dt.date(year, 11, 30), "month")
        fourth = nth_weekday(november, 4, 4)
        return (Period(fourth, fourth, "day"),) if fourth else ()
    return tuple(p for p in _islamic(name, year) if p.start.year == year)


def exact(name: str) -> bool:
    """Whether the feast's day is certain: those of the moon are computed, and announced a day off now and then."""
    return name not in FROM_MUHARRAM


def _islamic(name: str, year: int) -> tuple[Period, ...]:
    month, day, length = FROM_MUHARRAM[name]
    first = int((year - 622) * 33 / 32)
    found = []
    for hijri in range(max(first - 1, 1), first + 3):
        start = islamic_day(hijri, month, day)
        found.append(Period(start, days_on(start, length - 1), "day"))
    return tuple(found)


def islamic_day(year: int, month: int, day: int) -> dt.date:
    """A day of the tabular Islamic calendar."""
    days = 354 * (year - 1) + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    return dt.date.fromordinal(ISLAMIC_EPOCH + days)


@cache
def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    fourth, left = divmod(rest, 4)
    sunday = (32 + 2 * skipped + 2 * fourth - moon - left) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the Julian calendar, as a Gregorian day (right from 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return days_on(dt.date(year, month, day + 1), 13)
