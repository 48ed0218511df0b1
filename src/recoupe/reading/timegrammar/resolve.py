"""What a meaning comes to, told on a day of publication and in a narrative. Pure: the same scene gives the same days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch

from recoupe.reading.timegrammar import calendar, feasts
from recoupe.reading.timegrammar.calendar import DAY, Period, around, coarser, days_on, months_on, on
from recoupe.reading.timegrammar.meaning import (
    Between,
    Bounded,
    Calendar,
    Counted,
    Either,
    Era,
    Hour,
    Length,
    Meaning,
    OnDay,
    Shaded,
    Shifted,
    Undated,
    Window,
)

AGAINST_TENSE = 6
FEW = {"second": 1, "minute": 1, "hour": 1, "day": 7, "week": 5, "month": 6, "year": 8, "decade": 5, "century": 4}
RECENT = {"second": 1, "minute": 1, "hour": 24, "day": 7, "week": 5, "weekend": 3, "month": 4, "year": 4, "decade": 4, "century": 3}
MISFIT = 800


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a time is told. leaning: which way the verb looks; told: what a narrative time is counted from; year: the year
    that the sentence gives; weekdays: days that the text names in full; years: the years that it names."""

    published: dt.date | None
    leaning: str | None = None
    told: Period | None = None
    year: int | None = None
    weekdays: Mapping[int, dt.date] = field(default_factory=dict)
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Dated:
    """A period, or none and why. basis: what the choice of it rests on."""

    period: Period | None = None
    basis: str = "stated"
    anchor: str = "absolute"
    approx: bool = False
    open_start: bool = False
    open_end: bool = False
    candidates: tuple[str, ...] = ()
    reason: str = ""


UNDATED = Dated()


@singledispatch
def resolve(meaning: Meaning, scene: Scene) -> Dated:
    """The days that a meaning comes to."""
    return UNDATED


@resolve.register
def _(meaning: Calendar, scene: Scene) -> Dated:
    certain = feasts.exact(meaning.feast) if meaning.feast else True
    if meaning.year is not None and meaning.last_year is not None:
        return Dated(calendar.years_from(meaning.year, meaning.last_year - meaning.year + 1, "year"))
    if meaning.year is not None:
        fixed = _fixed(meaning, meaning.year)
        if not fixed:
            return Dated(reason="the calendar has no such day")
        return replace(_checked(meaning, fixed[0]), approx=not certain)
    if meaning.feast in feasts.ONCE:
        return Dated(_fixed(meaning, 1)[0])
    if meaning.turn is not None and abs(meaning.turn) == 2:
        return _after_told(meaning, scene)
    if meaning.bare_weekday:
        return _weekday(meaning, scene)
    if scene.year is not None and (fixed := _fixed(meaning, scene.year)):
        return Dated(fixed[0], basis="syntax", anchor="narrative", approx=not certain)
    if scene.published is None:
        return _among_years(meaning, scene)
    return replace(_nearest(meaning, scene, scene.published), approx=not certain)


def _fixed(meaning: Calendar, year: int) -> tuple[Period, ...]:
    """The periods that a meaning names in one year: none where the calendar has no such day."""
    if not 1 < year < calendar.LAST_YEAR and not meaning.feast:
        return ()
    if meaning.feast:
        return feasts.feast(meaning.feast, year)
    if meaning.season and meaning.nth and meaning.weekday:
        day = calendar.nth_weekday(calendar.by_the_sun(year, meaning.season), meaning.weekday, meaning.nth)
        return (Period(day, day, "day"),) if day else ()
    if meaning.season:
        return (calendar.season_of(year, meaning.season),)
    if meaning.quarter:
        return (calendar.months_from(year, meaning.quarter * 3 - 2, 3, "quarter"),)
    if meaning.half:
        return (calendar.months_from(year, meaning.half * 6 - 5, 6, "half"),)
    if meaning.month is None:
        return (calendar.year_of(year),)
    month = calendar.months_from(year, meaning.month, 1, "month")
    if meaning.nth and meaning.weekday:
        day = calendar.nth_weekday(month, meaning.weekday, meaning.nth)
    elif meaning.day:
        day = calendar.day_of(year, meaning.month, meaning.day)
    else:
        return (month,)
    return (Period(day, day, "day"),) if day else ()


def _checked(meaning: Calendar, period: Period) -> Dated:
    """A full date whose day of the week is another one is kept, and the conflict said."""
    if meaning.weekday and not meaning.nth and meaning.day and period.start.isoweekday() != meaning.weekday:
        return Dated(period, candidates=(period.start.isoformat(),), reason="weekday: the calendar has another day of the week")
    return Dated(period)


def _after_told(meaning: Calendar, scene: Scene) -> Dated:
    """«le samedi suivant», «en mars de l'année suivante»: counted from what was told."""
    if scene.told is None:
        return Dated(anchor="narrative", reason="what it is counted from is not dated")
    forward = meaning.turn == 2
    if meaning.bare_weekday and meaning.weekday:
        base = scene.told.end if forward else scene.told.start
        step = (meaning.weekday - base.isoweekday()) % 7 or 7 if forward else -((base.isoweekday() - meaning.weekday) % 7 or 7)
        day = days_on(base, step)
        return Dated(Period(day, day, "day"), basis="discourse", anchor="narrative")
    found = [p for year in _years_about(scene.told.start, 2) for p in _fixed(meaning, year)]
    fit = [p for p in found if (p.start > scene.told.end if forward else p.end < scene.told.start)]
    return Dated(min(fit, key=lambda p: abs(p.distance(scene.told.start))) if fit and scene.told else None, "discourse", "narrative")


def _weekday(meaning: Calendar, scene: Scene) -> Dated:
    """A bare day of the week: that of publication itself, else the tense decides, else the past is taken."""
    if scene.published is None or meaning.weekday is None:
        if meaning.weekday in scene.weekdays:
            day = scene.weekdays[meaning.weekday]
            return Dated(Period(day, day, "day"), basis="discourse")
        return Dated(anchor="publication", reason="the day of publication is not known")
    today = scene.published
    last = days_on(today, -((today.isoweekday() - meaning.weekday) % 7))
    following = days_on(today, (meaning.weekday - today.isoweekday()) % 7)
    if meaning.turn == -1:
        day, basis = (last if last < today else days_on(last, -7)), "stated"
    elif meaning.turn == 1:
        day, basis = (following if following > today else days_on(following, 7)), "stated"
    elif last == today:
        day, basis = today, "stated"
    elif scene.leaning:
        day, basis = (following if scene.leaning == "future" else last), "syntax"
    elif meaning.weekday in scene.weekdays and abs((scene.weekdays[meaning.weekday] - today).days) < 8:
        day, basis = scene.weekdays[meaning.weekday], "discourse"
    elif meaning.turn == 0:
        day, basis = (following if following - today < today - last else last), "default"
    else:
        day, basis = last, "default"
    return Dated(Period(day, day, "day"), basis=basis, anchor="publication")


def _years_about(day: dt.date, reach: int) -> range:
    return range(max(day.year - reach, 2), min(day.year + reach, calendar.LAST_YEAR - 1) + 1)


def _nearest(meaning: Calendar, scene: Scene, today: dt.date) -> Dated:
    """A date without its year: the nearest one; one that the verb looks away from must be six times nearer."""
    found = [p for year in _years_about(today, 2) for p in _fixed(meaning, year)]
    if not found:
        found = [p for year in _years_about(today, 8) for p in _fixed(meaning, year)]
    if meaning.turn == -1:
        found = [p for p in found if p.end < today]
    elif meaning.turn == 1:
        found = [p for p in found if p.start > today]
    if not found:
        return Dated(anchor="publication", reason="the calendar has no such day")

    def cost(period: Period) -> tuple[int, bool]:
        distance = period.distance(today)
        against = (distance < 0 and scene.leaning == "future") or (distance > 0 and scene.leaning == "past")
        return abs(distance) * (AGAINST_TENSE if against else 1), distance > 0

    best = min(found, key=cost)
    basis = "stated" if meaning.turn else "syntax" if scene.leaning else "default"
    if meaning.weekday and meaning.day and best.start.isoweekday() != meaning.weekday:
        fit = [p for y in _years_about(today, 12) for p in _fixed(meaning, y) if p.start.isoweekday() == meaning.weekday]
        nearest = min(fit, key=lambda p: abs(p.distance(today)), default=None)
        if nearest is None or abs(nearest.distance(today)) > MISFIT:
            both = tuple(p.start.isoformat() for p in (best, nearest) if p)
            return Dated(anchor="publication", candidates=both, reason="no near year has that day of the week")
        best, basis = nearest, "stated"
    return Dated(best, basis=basis, anchor="publication")


def _among_years(meaning: Calendar, scene: Scene) -> Dated:
    """Without a day of publication: the one year that the text names and that fits, if there is one."""
    found = [p for year in sorted(scene.years) for p in _fixed(meaning, year)]
    if meaning.weekday and meaning.day:
        found = [p for p in found if p.start.isoweekday() == meaning.weekday]
    if len(found) == 1:
        return Dated(found[0], basis="discourse", anchor="narrative")
    return Dated(candidates=tuple(p.start.isoformat() for p in found), reason="the year is not told")


@resolve.register
def _(meaning: Shifted, scene: Scene) -> Dated:
    anchor = "narrative" if meaning.narrative else "publication"
    base = scene.told if meaning.narrative else _today(scene)
    if base is None:
        return Dated(anchor=anchor, reason="what it is counted from is not dated")
    basis = "discourse" if meaning.narrative else "stated"
    if meaning.unit == "weekend" and meaning.offset == 0:
        return Dated(_weekend(base.start, scene.leaning), basis, anchor)
    day = base.end if meaning.offset > 0 else base.start
    if meaning.offset == 0 and meaning.unit == "day":
        return Dated(base, basis, anchor)
    return Dated(around(on(day, meaning.offset, meaning.unit), meaning.unit), basis, anchor)


def _weekend(today: dt.date, leaning: str | None) -> Period:
    """This week-end: the one that is on, or the nearest; early in the week the one just past, unless the verb looks ahead."""
    this = around(today, "weekend")
    before = days_on(today, -7)
    back = leaning == "past" or (leaning is None and today.isoweekday() < 3)
    return around(before, "weekend") if back and this.start > today else this


def _today(scene: Scene) -> Period | None:
    return Period(scene.published, scene.published, "day") if scene.published else None


@resolve.register
def _(meaning: Counted, scene: Scene) -> Dated:
    anchor = "narrative" if meaning.narrative else "publication"
    base = scene.told if meaning.narrative else _today(scene)
    if base is None:
        return Dated(anchor=anchor, reason="what it is counted from is not dated")
    basis = "discourse" if meaning.narrative else "stated"
    day = base.end if meaning.direction > 0 else base.start
    if meaning.number is None:
        near, far = on(day, meaning.direction, meaning.unit), on(day, meaning.direction * FEW[meaning.unit], meaning.unit)
        return Dated(Period(min(near, far), max(near, far), "day"), basis, anchor, approx=True)
    there = on(day, meaning.direction * meaning.number, meaning.unit)
    if meaning.narrative:
        return Dated(_at_grain(there, meaning.unit, base.grain), basis, anchor, approx=meaning.approx)
    if meaning.exact:
        return Dated(Period(there, there, "day"), basis, anchor)
    period, approx = _about(there, meaning.number, meaning.unit)
    return Dated(period, basis, anchor, approx=approx or meaning.approx)


def _at_grain(day: dt.date, unit: str, told: str) -> Period:
    """As coarse as what it is counted from; months and more leave the day open."""
    grain = "month" if unit in calendar.MONTHS else "day"
    if told in calendar.MONTHS and coarser(told, grain):
        grain = told
    return around(day, grain)


def _about(day: dt.date, number: int, unit: str) -> tuple[Period, bool]:
    """So long ago, give or take half a unit; days and a single week are exact."""
    if unit in calendar.FINER or unit == "day" or (unit == "week" and number == 1):
        return Period(day, day, "day"), False
    if unit == "week":
        return Period(days_on(day, -3), days_on(day, 3), "day"), True
    if unit == "month":
        return Period(days_on(day, -15), days_on(day, 15), "day"), True
    half = calendar.MONTHS[unit] // 2
    return Period(months_on(day, -half), months_on(day, half), "month"), True


@resolve.register
def _(meaning: Window, scene: Scene) -> Dated:
    if scene.published is None:
        return Dated(anchor="publication", reason="the day of publication is not known")
    number = meaning.number if meaning.number is not None else RECENT[meaning.unit]
    far = on(scene.published, number * meaning.direction, meaning.unit)
    if meaning.unit in calendar.FINER and far == scene.published:
        far = days_on(far, meaning.direction)
    ends = sorted([scene.published, far])
    return Dated(Period(ends[0], ends[1], "day"), anchor="publication", approx=meaning.number is None)


@resolve.register
def _(meaning: Either, scene: Scene) -> Dated:
    found = [dated.period.start.isoformat() for m in (meaning.first, meaning.other) if (dated := resolve(m, scene)).period]
    return Dated(candidates=tuple(found), reason="day and month may stand in either order")


@resolve.register
def _(meaning: Era, scene: Scene) -> Dated:
    return Dated(calendar.years_from(max(meaning.first, 1), calendar.MONTHS[meaning.grain] // 12, meaning.grain))


@resolve.register
def _(meaning: Hour, scene: Scene) -> Dated:
    base = scene.told or _today(scene)
    if base is None:
        return Dated(anchor="narrative", reason="its day is not told")
    return Dated(base, "discourse", "narrative" if scene.told else "publication", approx=meaning.approx)


@resolve.register
def _(meaning: OnDay, scene: Scene) -> Dated:
    day = resolve(meaning.day, scene)
    return replace(day, approx=day.approx or meaning.hour.approx)


@resolve.register
def _(meaning: Shaded, scene: Scene) -> Dated:
    inner = resolve(meaning.of, scene)
    if inner.period is None:
        return inner
    if meaning.shade == "near":
        half = calendar.MONTHS.get(inner.period.grain, 0) // 2
        if half:
            wide = Period(months_on(inner.period.start, -half), months_on(inner.period.end + DAY, half) - DAY, inner.period.grain)
            return replace(inner, period=wide, approx=True)
        return replace(inner, approx=True)
    period = calendar.shaded(inner.period, meaning.shade)
    if isinstance(meaning.of, Shifted) and meaning.of.offset == 0 and scene.published and scene.leaning:
        period = _on_the_tense_side(period, meaning, scene.published, scene.leaning)
    return replace(inner, period=period)


def _on_the_tense_side(period: Period, meaning: Shaded, today: dt.date, leaning: str) -> Period:
    """«à la fin du mois»: this one, unless the verb looks the other way."""
    if not isinstance(meaning.of, Shifted):
        return period
    step = -1 if leaning == "past" and period.start > today else 1 if leaning == "future" and period.end < today else 0
    return calendar.shaded(around(on(today, step, meaning.of.unit), meaning.of.unit), meaning.shade) if step else period


@resolve.register
def _(meaning: Between, scene: Scene) -> Dated:
    first, last = resolve(meaning.first, scene), resolve(meaning.last, scene)
    if first.period is None or last.period is None:
        return first if first.period is None else last
    start, end = first.period.start, last.period.end
    last_day = meaning.last.day if isinstance(meaning.last, OnDay) else meaning.last
    if isinstance(last_day, Calendar) and last_day.bare_weekday and last_day.weekday:
        end = days_on(start, (last_day.weekday - start.isoweekday()) % 7)
        if scene.published and end > scene.published and scene.leaning != "future" and start <= scene.published:
            past = days_on(start, -7)
            if start < scene.published or scene.leaning == "past":
                start, end = (past, days_on(end, -7)) if end > days_on(scene.published, 1) or scene.leaning == "past" else (start, end)
    if end < start and isinstance(last_day, Calendar) and last_day.year is None:
        end = months_on(end, 12)
    if end < start:
        return Dated(anchor=first.anchor, reason="it ends before it begins", candidates=(start.isoformat(), end.isoformat()))
    return replace(last, period=Period(start, end, last.period.grain), anchor=last.anchor, approx=first.approx or last.approx)


@resolve.register
def _(meaning: Bounded, scene: Scene) -> Dated:
    how, today = meaning.how, scene.published
    if isinstance(meaning.of, Length):
        return _within(meaning.of, scene)
    leaning = {"since": "past", "by": "future", "before": scene.leaning or "future", "until": scene.leaning or "future"}
    inner = resolve(meaning.of, replace(scene, leaning=leaning.get(how, scene.leaning)))
    period = inner.period
    if period is None:
        return inner
    if how == "since":
        period = _begun(meaning.of, period, today)
        if today is None or today < period.start:
            return replace(inner, period=period, open_end=True)
        return replace(inner, period=Period(period.start, today, period.grain))
    if how == "by" and today is not None and period.end >= today:
        return replace(inner, period=Period(min(today, period.end), period.end, period.grain))
    if how in ("by", "until"):
        return replace(inner, open_start=True)
    if how == "from":
        return replace(inner, open_end=True)
    if how == "before":
        return _before(inner, period, scene)
    after = days_on(period.end, 1)
    return replace(inner, period=Period(after, after, "day"), open_end=True)


def _begun(of: Meaning, period: Period, today: dt.date | None) -> Period:
    """Since a month or a feast without a year: the last one that has begun."""
    if today is None or period.start <= today or not isinstance(of, Calendar) or of.year is not None or of.turn:
        return period
    earlier = [p for year in _years_about(today, 2) for p in _fixed(of, year) if p.start <= today]
    return max(earlier, key=lambda p: p.start, default=period)


def _before(inner: Dated, period: Period, scene: Scene) -> Dated:
    """Until the day before: from publication where that is ahead, else from what was told, else open."""
    end = days_on(period.start, -1)
    if scene.published is not None and scene.published <= end:
        return replace(inner, period=Period(scene.published, end, "day"))
    if scene.told is not None and scene.told.start <= end and (end - scene.told.start).days < 400:
        return replace(inner, period=Period(scene.told.start, end, "day"))
    return replace(inner, period=Period(end, end, "day"), open_start=True)


def _within(length: Length, scene: Scene) -> Dated:
    """«d'ici dix ans»: from publication on."""
    if scene.published is None:
        return Dated(anchor="publication", reason="the day of publication is not known")
    number = round(length.number) if length.number is not None else FEW[length.unit]
    end = on(scene.published, number, length.unit)
    return Dated(Period(scene.published, end, "day"), anchor="publication", approx=length.approx or length.number is None)


@resolve.register(Length)
@resolve.register(Undated)
def _(meaning: Length | Undated, scene: Scene) -> Dated:
    return UNDATED
