"""When two counts can both be right: roundings, bounds and shares are no disagreement."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from recoupe.model import Figure

RISING = frozenset({"dead", "injured", "casualties", "missing", "displaced", "arrested"})
ROUNDED = 0.12
ROUND = 0.05
SMALL = 3
VERSIONS = 4


@dataclass(frozen=True, slots=True)
class Range:
    """What a count says: from, to."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        return self.low <= other.high and other.low <= self.high


ANYTHING = Range(-inf, inf)


def said(figure: Figure) -> Range:
    """The values that a figure leaves open. «environ 200» is within 12 %, an unmarked round number within 5 %."""
    value, low, high = figure.value, figure.low, figure.high
    if value is None and low is None and high is None:
        return ANYTHING
    if figure.approx:
        middle_low, middle_high = (value, value) if value is not None else (low, high)
        slack = max(SMALL if (value or low or 0) > 9 else 1, ROUNDED * (value or low or 0))
        return Range(-inf if middle_low is None else middle_low - slack, inf if middle_high is None else middle_high + slack)
    if value is not None and (low is None) != (high is None):
        return Range(low if low is not None else -inf, high if high is not None else inf)
    if value is None:
        return Range(low if low is not None else -inf, high if high is not None else inf)
    slack = ROUND * value if is_round(value) else 0.0
    return Range(value - slack, value + slack)


def is_round(value: float) -> bool:
    """Two figures at most, then zeros: 800, 1,500, 240,000."""
    if value < 100 or value != int(value):
        return False
    digits = str(int(value)).rstrip("0")
    return len(digits) <= 2 and len(str(int(value))) - len(digits) >= 2


def agree(a: Figure, b: Figure) -> bool:
    """Can both be right of one thing at one time?"""
    return said(a).meets(said(b))


def words(figure: Figure) -> str:
    """A figure as its value and bounds, for people."""
    if figure.value is not None:
        number = f"{figure.value:g}" if abs(figure.value) < 1e6 else f"{figure.value:,.0f}"
        if figure.approx:
            return f"about {number}"
        if figure.low is not None and figure.high is None:
            return f"at least {number}"
        return f"at most {number}" if figure.high is not None and figure.low is None else number
    return f"{figure.low if figure.low is not None else '…'} to {figure.high if figure.high is not None else '…'}"


def comparable(a: Figure, b: Figure, versions: float = VERSIONS) -> bool:
    """Could two figures be two versions of one count? Versions seldom differ by more than VERSIONS times."""
    low, high = sorted((a.value or a.low or a.high or 0, b.value or b.low or b.high or 0))
    return low * versions >= high
