"""EDTF (ISO 8601-2) and TIMEX3 values of what was read."""

from __future__ import annotations

from recoupe.reading.times.calendar import Period
from recoupe.reading.times.meaning import Bounded, Calendar, Hour, Length, Meaning, OnDay, Shaded, Undated

EDTF_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
TIMEX_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}
TIMEX_PARTS = {"dawn": "TMO", "morning": "TMO", "noon": "T12:00", "midday": "TMI", "afternoon": "TAF", "evening": "TEV",
               "night": "TNI", "midnight": "T24:00", "day": "TDT"}  # fmt: skip
LETTERS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q",
           "half": "H", "year": "Y", "decade": "E", "century": "C", "fortnight": "F"}  # fmt: skip


def core(meaning: Meaning) -> Meaning:
    """What is shaded or bounded."""
    while isinstance(meaning, Shaded | Bounded):
        meaning = meaning.of
    return meaning


def hour_of(meaning: Meaning) -> Hour | None:
    """The hour or the part of a day that a meaning tells."""
    inner = core(meaning)
    if isinstance(inner, OnDay):
        return inner.hour
    return inner if isinstance(inner, Hour) else None


def season_of(meaning: Meaning) -> str | None:
    inner = core(meaning)
    return inner.season if isinstance(inner, Calendar) else None


def clock(hour: Hour | None) -> str | None:
    """HH:MM, where a clock is told."""
    return f"{hour.hour:02}:{hour.minute:02}" if hour and hour.hour is not None else None


def edtf(meaning: Meaning, period: Period | None, approx: bool, open_start: bool, open_end: bool) -> str | None:
    """The period in EDTF: as short as its grain allows, `~` where approximate, `..` at an open end."""
    if period is None:
        return None
    whole, season = _whole(period), season_of(meaning)
    if period.grain == "season" and season:
        whole = f"{period.start.year:04}-{EDTF_SEASONS[season]}"
    mark = "~" if approx else ""
    if whole:
        value = whole + mark
        return f"../{value}" if open_start else f"{value}/.." if open_end else value
    return f"{'..' if open_start else period.start.isoformat() + mark}/{'..' if open_end else period.end.isoformat() + mark}"


def _whole(period: Period) -> str | None:
    """The value of a period that is one day, month, year, decade or century."""
    first, last, year = period.start, period.end, f"{period.start.year:04}"
    days = (last - first).days + 1
    if days == 1:
        return first.isoformat()
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and period.grain == "month":
        return f"{year}-{first.month:02}"
    if first.month == first.day == 1 and (last.month, last.day) == (12, 31):
        span = last.year - first.year + 1
        return {1: year, 10: year[:3] + "X", 100: year[:2] + "XX"}.get(span)
    return None


def timex3(meaning: Meaning, period: Period | None) -> str | None:
    """The TIMEX3 value: the first day or whole unit of what was read; durations, sets and references as TimeML writes them."""
    inner = core(meaning)
    if isinstance(inner, Undated):
        return inner.value
    if isinstance(inner, Length):
        return duration(inner)
    if period is None:
        return None
    hour = hour_of(meaning)
    if hour is not None:
        said = clock(hour)
        part = f"T{said}" if said else TIMEX_PARTS.get(hour.part or "", "")
        return period.start.isoformat() + part
    year, season = f"{period.start.year:04}", season_of(meaning)
    match period.grain:
        case "season" if season:
            return f"{year}-{TIMEX_SEASONS[season]}"
        case "week" | "weekend":
            iso = period.start.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if period.grain == "weekend" else "")
        case "quarter":
            return f"{year}-Q{(period.start.month + 2) // 3}"
        case "half":
            return f"{year}-H{(period.start.month + 5) // 6}"
    return _whole(period) or period.start.isoformat()


def duration(length: Length) -> str:
    """PnX; X for a number that is not told."""
    letter = LETTERS[length.unit]
    number = "X" if length.number is None else f"{length.number:g}"
    if letter.startswith("T"):
        return f"PT{number}{letter[1]}"
    if letter in ("E", "C"):
        return f"P{number}{'0' * (1 if letter == 'E' else 2)}Y" if number != "X" else "PXY"
    return f"P{number}{letter}"
