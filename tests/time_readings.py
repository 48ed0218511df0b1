"""How the tests of the time grammar write what they expect."""

from __future__ import annotations

import re

from recoupe.reading.times.narrative import Reading

MARK = re.compile(r"[\[\]]")


def value(reading: Reading) -> str | None:
    """A day, first..last, day and clock, a TIMEX3 value where there is no day, or «?» where two readings remain."""
    period = reading.dated.period
    if period is None:
        return "?" if reading.dated.reason else reading.timex3
    if reading.clock:
        return f"{period.start}T{reading.clock}"
    return str(period.start) if period.start == period.end else f"{period.start}..{period.end}"


def unbracketed(words: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its brackets, and the spans that they held."""
    marks = [m.start() - n for n, m in enumerate(MARK.finditer(words))]
    return MARK.sub("", words), list(zip(marks[::2], marks[1::2], strict=True))


def whole(readings: list[Reading]) -> list[Reading]:
    """Readings without the second ends of intervals."""
    return [r for r in readings if not r.rule.startswith("second_end")]
