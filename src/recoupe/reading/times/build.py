"""Meanings out of what a rule captured: one builder for each word that a rule's `means` may be.

The values are those of the rule's slots, by class name, and what the rule sets. None: the words cannot mean that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from recoupe.reading.times.meaning import (
    Between,
    Bounded,
    Calendar,
    Counted,
    Either,
    Era,
    Hour,
    Inside,
    Length,
    Meaning,
    OnDay,
    Shaded,
    Shifted,
    Undated,
    Window,
    inherit,
)

Values = Mapping[str, Any]
HALVED = {"year": (12, "month"), "decade": (10, "year"), "century": (100, "year"), "hour": (60, "minute"), "day": (24, "hour")}
EVERY = {
    "second": "PT1S", "minute": "PT1M", "hour": "PT1H", "day": "P1D", "week": "P1W", "weekend": "P1W", "month": "P1M",
    "quarter": "P3M", "half": "P6M", "year": "P1Y", "decade": "P10Y", "century": "P100Y", "fortnight": "P2W",
}  # fmt: skip


def full_year(written: str) -> int:
    """A year of two or four digits: 00–39 are of this century, 40–99 of the last one."""
    digits = written.lstrip("'")
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 40 else 1900)


def _calendar(v: Values) -> Meaning | None:
    year = v.get("year", full_year(v["yy"]) if v.get("yy") else None)
    last_year = int(v["last_year"]) if v.get("last_year") else None
    if year is not None and last_year is not None and last_year < 100:
        last_year += year // 100 * 100
    if last_year is not None and not (year is not None and year < last_year <= year + 100):
        return None
    names = ("month", "day", "weekday", "nth", "season", "quarter", "half", "feast", "turn")
    return Calendar(year=year, last_year=last_year, **{name: v[name] for name in names if name in v})


def _numeric(v: Values) -> Meaning | None:
    """Day and month in figures, in the language's order unless only the other one can be; order none: either."""
    if "numeric" not in v:
        return _calendar(v)
    first, second = v["numeric"], v["numeric_2"]
    ways = [Calendar(v["year"], day=day, month=month) for day, month in ((first, second), (second, first)) if month <= 12]
    if not ways:
        return None
    if v["order"] == "mdy":
        ways.reverse()
    return Either(*ways) if v["order"] == "either" and len(ways) == 2 and first != second else ways[0]


def _days(v: Values) -> Meaning | None:
    def side(mark: str) -> Calendar:
        names = ("month", "day", "weekday")
        return Calendar(
            year=v.get("year"), **{name: v.get(name + mark, v.get(name) if name == "month" else None) for name in names}
        )

    first, last = side(""), side("_2")
    return Between(first, last) if (first.day or 0) < (last.day or 0) or first.month != last.month else None


def _length(v: Values) -> tuple[int | None, str]:
    """A number of units as whole units: a half is six months, thirty minutes."""
    number, unit = v.get("n"), v["unit"]
    if number is None:
        return None, "week" if unit == "weekend" else "day" if unit == "fortnight" else unit
    if v.get("and_half"):
        number += 0.5
    if number != int(number) and unit in HALVED:
        size, unit = HALVED[unit]
        number *= size
    if unit == "weekend":
        unit = "week"
    if unit == "fortnight":
        number, unit = number * 14, "day"
    if unit == "half":
        number, unit = number * 6, "month"
    if unit == "quarter":
        number, unit = number * 3, "month"
    return round(number), unit


def _counted(v: Values) -> Meaning | None:
    number, unit = _length(v)
    return Counted(number, unit, v["direction"], v.get("narrative", False), v.get("event"), bool(v.get("about")), "exact" in v)


def _window(v: Values) -> Meaning | None:
    """The last days, hours …; the last minutes are those of a match."""
    number, unit = _length(v)
    return Window(number, unit, v["direction"]) if unit not in ("second", "minute") else None


def _hour(v: Values) -> Meaning | None:
    hour, minute = v.get("hour"), v.get("minute", 0)
    if hour is not None:
        if v.get("half_day") == "pm" and hour < 12:
            hour += 12
        if v.get("half_day") == "am" and hour == 12:
            hour = 0
        if hour == 24:
            hour = 0
        if v.get("half_past"):
            minute = v["half_past"]
    return Hour(v.get("part"), hour, minute, v.get("zone") or None, bool(v.get("about")))


def _era(v: Values) -> Meaning | None:
    if "century" in v:
        return Era((v["century"] - 1) * 100 + (0 if v["century"] > 1 else 1), "century") if 0 < v["century"] < 23 else None
    decade = v["decade"]
    return Era(decade if decade > 99 else decade + (1900 if decade >= 20 else 2000), "decade")


def _duration(v: Values) -> Meaning | None:
    number, unit = _length(v)
    return Length(number, unit, bool(v.get("about")))


def _repeat(v: Values) -> Meaning | None:
    if "weekday" in v:
        return Undated("set", f"XXXX-WXX-{v['weekday']}")
    if "part" in v:
        return Undated("set", "P1D")
    return Undated("set", EVERY[v["unit"]]) if "unit" in v else None


MEANINGS: dict[str, Callable[[Values], Meaning | None]] = {
    "calendar": _calendar,
    "numeric": _numeric,
    "days": _days,
    "shifted": lambda v: Shifted(v["unit"], v["offset"], v.get("narrative", False), v.get("event")),
    "counted": _counted,
    "window": _window,
    "hour": _hour,
    "part": lambda v: Hour(v["part"], bare=True),
    "last_night": lambda v: OnDay(Between(Shifted("day", -1), Shifted("day", 0)), Hour("night")),
    "era": _era,
    "length": _duration,
    "term": lambda v: Length(v["term"][0], v["term"][1]),
    "within": lambda v: Bounded(Length(*_length(v), bool(v.get("about"))), "by"),
    "repeat": _repeat,
    "vague": lambda v: Undated("date", v["value"]),
    "shaded_unit": lambda v: Shaded(Shifted(v["unit"], 0), v["shade"]),
    "part_on": lambda v: OnDay(Shifted("day", v["offset"]), Hour(v["part"])),
}
NEEDS: dict[str, tuple[str, ...]] = {
    "days": ("day", "day_2", "month"), "shifted": ("unit", "offset"), "counted": ("unit", "direction"), "term": ("term",),
    "window": ("unit", "direction"), "length": ("unit",), "within": ("unit",), "vague": ("value",), "part": ("part",),
    "shaded_unit": ("unit", "shade"), "part_on": ("part", "offset"),
}  # fmt: skip


def _inside(left: Meaning, right: Meaning) -> Meaning | None:
    if not (isinstance(left, Calendar) and isinstance(right, Shifted)) or left.turn is not None:
        return None
    in_year = right.unit == "year" and left.year is None and left.grain != "year" and not left.bare_weekday
    in_week = right.unit == "week" and left.bare_weekday
    return Inside(left, right) if in_year or in_week else None


def _refine(left: Meaning, right: Meaning) -> Meaning | None:
    """A part of a day, then the hour by the clock."""
    if isinstance(left, OnDay) and left.hour.hour is None and isinstance(right, Hour) and right.hour is not None:
        return OnDay(left.day, right)
    return None


JOINS: dict[str, Callable[[Meaning, Meaning], Meaning | None]] = {
    "inside": _inside,
    "refine": _refine,
    "day_hour": lambda left, right: OnDay(left, right) if isinstance(right, Hour) else left,
    "hour_day": lambda left, right: OnDay(right, left) if isinstance(left, Hour) else right,
    "between": lambda left, right: Between(*inherit(left, right)),
    "same": lambda left, right: left,
    "latter": lambda left, right: right,
}


def build(means: str, values: Values) -> Meaning | None:
    """The meaning of captured values, or None where they do not make one."""
    if any(name not in values for name in NEEDS.get(means, ())):
        return None
    return MEANINGS[means](values)
