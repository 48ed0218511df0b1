"""What a meaning comes to, told on a day of publication and in a narrative. Pure: the same scene gives the same days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import singledispatch

from recoupe.reading.times import calendar
from recoupe.reading.times.calendar import DAY, Period, around, coarser, days_on, months_on, on
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
)
from recoupe.reading.times.place import UNDATED, Dated, Scene, fixed, place, years_about

FEW = {"second": 1, "minute": 1, "hour": 1, "day": 7, "week": 5, "month": 6, "year": 8}
RECENT = {"second": 1, "minute": 1, "hour": 24, "day": 7, "week": 5}
SOME = 4


@singledispatch
def resolve(meaning: Meaning, scene: Scene) -> Dated:
    """The days that a meaning comes to."""
    return UNDATED


@resolve.register
def _(meaning: Calendar, scene: Scene) -> Dated:
    return place(meaning, scene)


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
        near, far = (
            on(day, meaning.direction, meaning.unit),
            on(day, meaning.direction * FEW.get(meaning.unit, SOME), meaning.unit),
        )
        return Dated(Period(min(near, far), max(near, far), "day"), basis, anchor, approx=True)
    count = meaning.direction * meaning.number
    if meaning.narrative:
        return Dated(_moved(base, count, meaning.unit), basis, anchor, approx=meaning.approx)
    there = on(day, count, meaning.unit)
    if meaning.exact:
        return Dated(Period(there, there, "day"), basis, anchor)
    period, approx = _about(there, meaning.number, meaning.unit)
    return Dated(period, basis, anchor, approx=approx or meaning.approx)


def _moved(base: Period, count: int, unit: str) -> Period:
    """What was told, moved by so many units, as coarse as it was; months and more leave the day open."""
    grain = "month" if unit in calendar.MONTHS else "day"
    if base.grain in calendar.MONTHS and coarser(base.grain, grain):
        grain = base.grain
    first, last = around(on(base.start, count, unit), grain), around(on(base.end, count, unit), grain)
    return Period(first.start, max(first.end, last.end), grain)


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
    number = meaning.number if meaning.number is not None else RECENT.get(meaning.unit, SOME)
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
def _(meaning: Inside, scene: Scene) -> Dated:
    unit = resolve(meaning.unit, scene)
    if unit.period is None:
        return unit
    if meaning.unit.unit == "year":
        return replace(unit, period=place(replace(meaning.of, year=unit.period.start.year), scene).period)
    day = days_on(unit.period.start, (meaning.of.weekday or 1) - 1)
    return replace(unit, period=Period(day, day, "day"))


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
    if meaning.shade in ("earlier", "later"):
        return replace(inner, period=_so_far(inner.period, meaning.shade, scene.published))
    if meaning.shade == "week":
        return replace(inner, period=around(inner.period.start, "week"))
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


def _so_far(period: Period, shade: str, today: dt.date | None) -> Period:
    """«earlier this month»: what is past of a period; «later»: what is left of it."""
    if today is None or period.distance(today) != 0:
        return period
    return Period(period.start, today, "day") if shade == "earlier" else Period(today, period.end, "day")


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
        if scene.published and end > scene.published and scene.leaning == "past":
            start, end = days_on(start, -7), days_on(end, -7)
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
    inner = resolve(meaning.of, replace(scene, leaning=_bound_leaning(meaning, scene.leaning)))
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
        late = isinstance(meaning.of, Shaded) and meaning.of.shade == "late"
        return _before(inner, days_on(period.end, 1) if late else period.start, scene)
    after = days_on(period.end, 1)
    return replace(inner, period=Period(after, after, "day"), open_end=True)


def _bound_leaning(meaning: Bounded, leaning: str | None) -> str | None:
    """Which way a bound looks, whatever its verb: «depuis» back, «d'ici» and «jusqu'à» ahead («a été prolongé jusqu'à»)."""
    ahead = meaning.how in ("by", "until") or (meaning.how == "before" and leaning is None)
    return "past" if meaning.how == "since" else "future" if ahead else leaning


def _begun(of: Meaning, period: Period, today: dt.date | None) -> Period:
    """Since a month or a feast without a year: the last one that has begun."""
    if today is None or period.start <= today or not isinstance(of, Calendar) or of.year is not None or of.turn:
        return period
    earlier = [p for year in years_about(today, 2) for p in fixed(of, year) if p.start <= today]
    return max(earlier, key=lambda p: p.start, default=period)


def _before(inner: Dated, limit: dt.date, scene: Scene) -> Dated:
    """Until the day before: from publication where that is ahead, else from what was told, else open."""
    end = days_on(limit, -1)
    if scene.published is not None and scene.published <= end:
        return replace(inner, period=Period(scene.published, end, "day"))
    if scene.told is not None and scene.told.start <= end and (end - scene.told.start).days < 400:
        return replace(inner, period=Period(scene.told.start, end, "day"))
    return replace(inner, period=Period(end, end, "day"), open_start=True)


def _within(length: Length, scene: Scene) -> Dated:
    """«d'ici dix ans»: from publication on."""
    if scene.published is None:
        return Dated(anchor="publication", reason="the day of publication is not known")
    number = round(length.number) if length.number is not None else FEW.get(length.unit, SOME)
    end = on(scene.published, number, length.unit)
    return Dated(Period(scene.published, end, "day"), anchor="publication", approx=length.approx or length.number is None)


@resolve.register(Length)
@resolve.register(Undated)
def _(meaning: Length | Undated, scene: Scene) -> Dated:
    return UNDATED
