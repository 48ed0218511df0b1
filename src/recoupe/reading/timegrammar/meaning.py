"""What a time expression says, before it is counted from any day. Every meaning is frozen plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Values = Mapping[str, Any]
LATER_DATED = {"feast": "day", "nth": "day", "day": "day", "weekday": "day", "month": "month", "season": "season", "quarter": "quarter", "half": "half"}


@dataclass(frozen=True, slots=True)
class Calendar:
    """A place in the calendar, perhaps without its year. turn: -1 the last one, 0 this one, 1 the next one, 2 the one after
    what was told, -2 the one before it. weekday: 1 Monday … 7 Sunday; nth: the nth such weekday of the month."""

    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    feast: str | None = None
    turn: int | None = None

    @property
    def grain(self) -> str:
        return next((grain for name, grain in LATER_DATED.items() if getattr(self, name)), "year")

    @property
    def bare_weekday(self) -> bool:
        return bool(self.weekday) and not (self.day or self.month or self.feast or self.nth)


@dataclass(frozen=True, slots=True)
class Shifted:
    """So many units from the day of publication, or from what was told («hier», «la semaine prochaine», «la veille»)."""

    unit: str
    offset: int
    narrative: bool = False
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A length counted off («il y a trois jours», «deux ans plus tôt»). number None: a few."""

    number: int | None
    unit: str
    direction: int
    narrative: bool = False
    event: str | None = None
    approx: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The last or the next few of a unit («ces derniers jours»)."""

    number: int | None
    unit: str
    direction: int


@dataclass(frozen=True, slots=True)
class Hour:
    """A part of a day, or a time by the clock, whatever the day. bare: read only beside a day («soir»)."""

    part: str | None = None
    hour: int | None = None
    minute: int = 0
    zone: str | None = None
    approx: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Era:
    """A decade or a century."""

    first: int
    grain: str


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. number None: unknown («quelques jours»)."""

    number: float | None
    unit: str
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Undated:
    """What has a TIMEX3 value and no day: a set («chaque lundi»), a reference to now («désormais»)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Shaded:
    """The beginning, the middle or the end of something. near: give or take («vers 2020»)."""

    of: Meaning
    shade: str


@dataclass(frozen=True, slots=True)
class OnDay:
    """An hour or a part of a day, on a day."""

    day: Meaning
    hour: Hour


@dataclass(frozen=True, slots=True)
class Between:
    """From one time to another."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class Either:
    """Two ways to read one expression («04/05/2024» where the order of day and month is not told)."""

    first: Meaning
    other: Meaning


@dataclass(frozen=True, slots=True)
class Bounded:
    """Bounded on one side. how: since, by, until, from, before, after."""

    of: Meaning
    how: str


Meaning = Calendar | Shifted | Counted | Window | Hour | Era | Length | Undated | Shaded | OnDay | Between | Bounded | Either


def family(meaning: Meaning) -> str:
    """What may stand beside it: day, period, timed (an hour on a day), hour, part (a bare one), span, bound, length, undated."""
    match meaning:
        case Calendar():
            return "day" if meaning.grain == "day" else "period"
        case Either():
            return "day"
        case Shifted() | Counted():
            return "day" if meaning.unit == "day" else "period"
        case Era() | Shaded():
            return "period"
        case OnDay():
            return "timed"
        case Hour():
            return "part" if meaning.bare else "hour"
        case Length():
            return "length"
        case Undated():
            return "undated"
        case Between() | Window():
            return "span"
        case Bounded():
            return "bound"


def inherit(first: Meaning, last: Meaning) -> tuple[Meaning, Meaning]:
    """Two times told together: what one leaves out it takes from the other («de juin à août 2023»)."""
    if isinstance(first, OnDay):
        day, last = inherit(first.day, last)
        return OnDay(day, first.hour), last
    if isinstance(last, OnDay):
        first, day = inherit(first, last.day)
        return first, OnDay(day, last.hour)
    if not (isinstance(first, Calendar) and isinstance(last, Calendar)):
        return first, last
    if first.grain != "year" and not first.bare_weekday and first.year is None and last.year is not None:
        late = (first.month or 0, first.day or 0) > (last.month or 12, last.day or 31)
        first = replace(first, year=last.year - late)
    if first.year is not None and last.year is None and last.grain != "year" and not last.bare_weekday:
        early = (last.month or 12, last.day or 31) < (first.month or 0, first.day or 0)
        last = replace(last, year=first.year + early)
    return first, last


def full_year(written: str, century: int = 1900) -> int:
    """A year of two or four digits: 00–39 are of this century, 40–99 of the last one."""
    digits = written.lstrip("'")
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 40 else century)


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
        return Calendar(year=v.get("year"), **{name: v.get(name + mark, v.get(name) if name == "month" else None) for name in names})

    first, last = side(""), side("_2")
    return Between(first, last) if (first.day or 0) < (last.day or 0) or first.month != last.month else None


def _length(v: Values) -> tuple[int | None, str]:
    """A number of units as whole units: a half is six months, thirty minutes."""
    if "term" in v:
        return int(v["term"][0]), str(v["term"][1])
    number, unit = v.get("n"), v["unit"]
    if number is None:
        return None, "week" if unit == "weekend" else "day" if unit == "fortnight" else unit
    halves = {"year": (12, "month"), "decade": (10, "year"), "century": (100, "year"), "hour": (60, "minute"), "day": (24, "hour")}
    if v.get("and_half"):
        number += 0.5
    if number != int(number) and unit in halves:
        size, unit = halves[unit]
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
    letters = {"second": "PT1S", "minute": "PT1M", "hour": "PT1H", "day": "P1D", "week": "P1W", "weekend": "P1W", "month": "P1M",
               "quarter": "P3M", "half": "P6M", "year": "P1Y", "decade": "P10Y", "century": "P100Y", "fortnight": "P2W"}  # fmt: skip
    if "part" in v:
        return Undated("set", "P1D")
    return Undated("set", letters[v["unit"]])


MEANINGS: dict[str, Callable[[Values], Meaning | None]] = {
    "calendar": _calendar,
    "numeric": _numeric,
    "days": _days,
    "shifted": lambda v: Shifted(v["unit"], v["offset"], v.get("narrative", False), v.get("event")),
    "counted": _counted,
    "window": lambda v: Window(*_length(v), v["direction"]),
    "hour": _hour,
    "part": lambda v: Hour(v["part"], bare=True),
    "last_night": lambda v: OnDay(Between(Shifted("day", -1), Shifted("day", 0)), Hour("night")),
    "era": _era,
    "length": _duration,
    "repeat": _repeat,
    "vague": lambda v: Undated("date", v["value"]),
    "shaded_unit": lambda v: Shaded(Shifted(v["unit"], 0), v["shade"]),
    "part_on": lambda v: OnDay(Shifted("day", v["offset"]), Hour(v["part"])),
}
JOINS: dict[str, Callable[[Meaning, Meaning], Meaning]] = {
    "day_hour": lambda left, right: OnDay(left, right) if isinstance(right, Hour) else left,
    "hour_day": lambda left, right: OnDay(right, left) if isinstance(left, Hour) else right,
    "between": lambda left, right: Between(*inherit(left, right)),
    "same": lambda left, right: left,
    "latter": lambda left, right: right,
}
