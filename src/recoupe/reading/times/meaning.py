"""What a time expression says, before it is counted from any day. Every meaning is frozen plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

GRAINS = {
    "feast": "day", "nth": "day", "day": "day", "weekday": "day", "month": "month", "season": "season", "quarter": "quarter",
    "half": "half",
}  # fmt: skip


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
        return next((grain for name, grain in GRAINS.items() if getattr(self, name)), "year")

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
class Inside:
    """A place in the calendar within a year or a week («en mars de l'an dernier», «mardi de la semaine dernière»)."""

    of: Calendar
    unit: Shifted


@dataclass(frozen=True, slots=True)
class Bounded:
    """Bounded on one side. how: since, by, until, from, before, after."""

    of: Meaning
    how: str


Meaning = (
    Calendar | Shifted | Counted | Window | Hour | Era | Length | Undated | Shaded | OnDay | Between | Bounded | Either | Inside
)


def family(meaning: Meaning) -> str:
    """What may stand beside it: day, period, timed (an hour on a day), hour, part (a bare one), span, bound, length, undated."""
    match meaning:
        case Calendar():
            return "day" if meaning.grain == "day" else "period"
        case Either():
            return "day"
        case Inside():
            return family(meaning.of)
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


def parts(meaning: Meaning) -> Iterator[Meaning]:
    """A meaning and those that it is made of."""
    yield meaning
    match meaning:
        case Shaded() | Bounded():
            yield from parts(meaning.of)
        case OnDay():
            yield from parts(meaning.day)
        case Inside():
            yield from parts(meaning.unit)
        case Between():
            yield from parts(meaning.first)
            yield from parts(meaning.last)
        case _:
            pass


def years(meaning: Meaning) -> list[int]:
    """The years that it names."""
    return [part.year for part in parts(meaning) if isinstance(part, Calendar) and part.year is not None]


def day_of_month(meaning: Meaning) -> Calendar | None:
    """The day of a month that it names, if it names one."""
    found = [part for part in parts(meaning) if isinstance(part, Calendar) and part.day and part.month]
    return found[0] if len(found) == 1 else None


def needs_told(meaning: Meaning) -> Meaning | None:
    """The part of it that is counted from what was told, if one is."""
    for part in parts(meaning):
        match part:
            case Shifted(narrative=True) | Counted(narrative=True) | Hour() | Bounded(how="before"):
                return part
            case Calendar(turn=2) | Calendar(turn=-2):
                return part
            case _:
                pass
    return None


def needs_day(meaning: Meaning) -> bool:
    """Whether it can only be counted from a day."""
    if isinstance(meaning, Shifted | Counted):
        return meaning.unit in ("second", "minute", "hour", "day", "week", "fortnight")
    return isinstance(meaning, Calendar) and meaning.bare_weekday


def kind(meaning: Meaning) -> str:
    """Its kind in the contract: date | time | interval | duration | set."""
    match meaning:
        case Undated():
            return meaning.kind
        case Length():
            return "duration"
        case Hour() | OnDay():
            return "time"
        case Between() | Window() | Bounded():
            return "interval"
        case _:
            return "date"
