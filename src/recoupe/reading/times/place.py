"""Where a place in the calendar lies: years that the words leave out, days of the week, the nearest that fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from recoupe.reading.times import calendar, feasts
from recoupe.reading.times.calendar import Period, days_on
from recoupe.reading.times.meaning import Calendar

AGAINST_TENSE = 6
AGAINST_FIRM = 40
MISFIT = 800
RECENT_DAYS = 30
OTHER_YEAR = 300


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a time is told. leaning: which way the verb looks, firm: with no doubt; told: what a narrative time is counted
    from; year: the year that the sentence gives; weekdays: days that the text names in full; years: the years that it names."""

    published: dt.date | None
    leaning: str | None = None
    firm: bool = False
    told: Period | None = None
    year: int | None = None
    weekdays: Mapping[int, dt.date] = field(default_factory=dict)
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Dated:
    """A period, or none and why. basis: what the choice of it rests on; left_open: the field that the reason is about."""

    period: Period | None = None
    basis: str = "stated"
    anchor: str = "absolute"
    approx: bool = False
    open_start: bool = False
    open_end: bool = False
    candidates: tuple[str, ...] = ()
    reason: str = ""
    left_open: str = "start"


UNDATED = Dated()


def place(meaning: Calendar, scene: Scene) -> Dated:
    """The days that a place in the calendar comes to."""
    certain = feasts.exact(meaning.feast) if meaning.feast else True
    if meaning.year is not None and meaning.last_year is not None:
        return Dated(calendar.years_from(meaning.year, meaning.last_year - meaning.year + 1, "year"))
    if meaning.year is not None:
        named = fixed(meaning, meaning.year)
        if not named:
            return Dated(reason="the calendar has no such day")
        return replace(_checked(meaning, named[0]), approx=not certain)
    if meaning.feast in feasts.ONCE:
        return Dated(fixed(meaning, 1)[0])
    if meaning.turn is not None and abs(meaning.turn) == 2:
        return _after_told(meaning, scene)
    if meaning.bare_weekday:
        return _weekday(meaning, scene)
    if scene.year is not None and (named := fixed(meaning, scene.year)):
        return Dated(named[0], basis="syntax", anchor="narrative", approx=not certain)
    if scene.published is None:
        return _among_years(meaning, scene)
    if meaning.day and meaning.weekday and not meaning.month:
        return _day_of_some_month(meaning.weekday, meaning.day, scene.published, scene.leaning)
    return replace(_nearest(meaning, scene, scene.published), approx=not certain)


def fixed(meaning: Calendar, year: int) -> tuple[Period, ...]:
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
        reason = "the calendar has another day of the week"
        return Dated(period, candidates=(period.start.isoformat(),), reason=reason, left_open="weekday")
    return Dated(period)


def _after_told(meaning: Calendar, scene: Scene) -> Dated:
    """«le samedi suivant», «en mars de l'année suivante»: counted from what was told."""
    told = scene.told
    if told is None:
        return Dated(anchor="narrative", reason="what it is counted from is not dated")
    forward = meaning.turn == 2
    if meaning.bare_weekday and meaning.weekday:
        ahead = (meaning.weekday - told.end.isoweekday()) % 7 or 7
        back = (told.start.isoweekday() - meaning.weekday) % 7 or 7
        day = days_on(told.end, ahead) if forward else days_on(told.start, -back)
        return Dated(Period(day, day, "day"), "discourse", "narrative")
    near = [p for year in years_about(told.start, 2) for p in fixed(meaning, year)]
    fit = [p for p in near if (p.start > told.end if forward else p.end < told.start)]
    nearest = (min if forward else max)(fit, key=lambda p: p.start, default=None)
    return Dated(nearest, "discourse", "narrative")


def _weekday(meaning: Calendar, scene: Scene) -> Dated:
    """A bare day of the week: that of publication itself, else the tense decides, else the past is taken."""
    if meaning.weekday is None:
        return UNDATED
    if scene.published is None:
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


def _day_of_some_month(weekday: int, day: int, today: dt.date, leaning: str | None) -> Dated:
    """«jeudi 9»: the nearest such day."""
    near = [days_on(today, n) for n in range(-MISFIT // 2, MISFIT // 2)]
    fit = [d for d in near if d.day == day and d.isoweekday() == weekday]
    ahead = leaning == "future"
    best = min(fit, key=lambda d: (abs((d - today).days), (d > today) != ahead), default=None)
    return Dated(Period(best, best, "day") if best else None, "stated", "publication")


def years_about(day: dt.date, reach: int) -> range:
    return range(max(day.year - reach, 2), min(day.year + reach, calendar.LAST_YEAR - 1) + 1)


def _nearest(meaning: Calendar, scene: Scene, today: dt.date) -> Dated:
    """A date without its year: the nearest one; one that the verb looks away from must be six times nearer."""
    found = [p for year in years_about(today, 2) for p in fixed(meaning, year)]
    if not found:
        found = [p for year in years_about(today, 8) for p in fixed(meaning, year)]
    if meaning.turn == -1:
        found = [p for p in found if p.end < today]
    elif meaning.turn == 1:
        found = [p for p in found if p.start > today]
    if not found:
        return Dated(anchor="publication", reason="the calendar has no such day")

    whole_month = bool(meaning.month) and not (meaning.day or meaning.nth)

    def cost(period: Period) -> tuple[int, bool]:
        distance = period.distance(today)
        against = (distance < 0 and scene.leaning == "future") or (distance > 0 and scene.leaning == "past")
        weight = AGAINST_FIRM if scene.firm and whole_month else AGAINST_TENSE
        return abs(distance) * (weight if against else 1), distance > 0

    best = min(found, key=cost)
    basis = "stated" if meaning.turn else "syntax" if scene.leaning else "default"
    if meaning.weekday and meaning.day and best.start.isoweekday() != meaning.weekday:
        fit = [p for y in years_about(today, 12) for p in fixed(meaning, y) if p.start.isoweekday() == meaning.weekday]
        nearest = min(fit, key=lambda p: abs(p.distance(today)), default=None)
        slip = abs(best.distance(today)) <= RECENT_DAYS and nearest is not None and abs(nearest.distance(today)) > OTHER_YEAR
        if nearest is None or slip or abs(nearest.distance(today)) > MISFIT:
            both = tuple(p.start.isoformat() for p in (best, nearest) if p)
            return Dated(anchor="publication", candidates=both, reason="the year that is near has another day of the week")
        best, basis = nearest, "stated"
    return Dated(best, basis=basis, anchor="publication")


def _among_years(meaning: Calendar, scene: Scene) -> Dated:
    """Without a day of publication: the one year that the text names and that fits, if there is one."""
    found = [p for year in sorted(scene.years) for p in fixed(meaning, year)]
    if meaning.weekday and meaning.day:
        found = [p for p in found if p.start.isoweekday() == meaning.weekday]
    if len(found) == 1:
        return Dated(found[0], basis="discourse", anchor="narrative")
    return Dated(candidates=tuple(p.start.isoformat() for p in found), reason="the year is not told")
