"""What readings say, made comparable: each event and figure with its days, places, actors and origin as keys.

A claim follows from one reading and from the dispatch that its copies were first seen in (`scene.py`); nothing here compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recoupe.ledger.units import concept
from recoupe.ledger.values import Report
from recoupe.ledger.whenwhere import Days, Spot
from recoupe.model import Event, Figure, Span, Time

REAL = frozenset({"asserted", "denied", "rumoured"})
AHEAD = frozenset({"planned", "demanded", "threatened"})
HARM = frozenset({"dead", "injured", "casualties", "kidnapped", "missing"})


@dataclass(frozen=True)
class Count:
    """One figure as told. attributed: to a source; earlier: its sentence tells it as one that no longer stands."""

    dispatch: str
    copy: str
    lang: str
    figure: Figure
    report: Report
    day: dt.date | None
    as_of: str | None
    origin: str
    actor: frozenset[str]
    place: Spot | None
    sentence: Span
    events: frozenset[str]
    attributed: bool = False
    sentence_number: int = 0
    names: frozenset[str] = frozenset()
    earlier: bool = False
    text: str = ""
    days: frozenset[dt.date] = frozenset()

    @property
    def dated(self) -> bool:
        """Does the text say of which day it is?"""
        return self.figure.as_of is not None and self.figure.basis.get("as_of") in ("stated", "syntax")

    @property
    def past(self) -> frozenset[dt.date]:
        """Of the days that its sentence names, those that are no later than publication."""
        return frozenset(d for d in self.days if self.day is None or d <= self.day)

    @property
    def value(self) -> float | None:
        return self.figure.value

    @property
    def unit(self) -> str:
        return concept(self.figure.unit, self.lang)


@dataclass(frozen=True)
class Told:
    """One event as told. further: other words for it in the same text; alluded: it is called to mind or denied, not
    told; restraint: it is promised not to be done;
    news: when it must have been, as news without a day."""

    dispatch: str
    copy: str
    lang: str
    event: Event
    report: Report
    day: dt.date | None
    days: Days | None
    time: Time | None
    spots: tuple[Spot, ...]
    country: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    actor_names: tuple[str, ...]
    recipient_names: tuple[str, ...]
    counts: tuple[Count, ...]
    names: frozenset[str]
    words: frozenset[str]
    matters: frozenset[str]
    text: str
    around: str
    origin: str
    ahead: bool
    due: Days | None
    sentence: Span
    mentioned: frozenset[str]
    recalled: bool = False
    alluded: bool = False
    further: tuple[Report, ...] = ()
    restraint: bool = False
    news: Days | None = None

    @property
    def real(self) -> bool:
        """Is it told as having happened, or denied, or rumoured?"""
        return not self.ahead and self.event.modality in REAL

    @property
    def key(self) -> tuple[str, str]:
        return self.dispatch, self.event.id

    @property
    def order(self) -> tuple[str, str, int, str]:
        """By day of publication, dispatch, and place in it."""
        return str(self.day or "9999"), self.dispatch, self.event.trigger[0], self.event.id


@dataclass(frozen=True)
class DueSentence:
    """A sentence that names a day to come, whatever it says of it, or that promises. restraint: something is not to be done."""

    dispatch: str
    copy: str
    lang: str
    report: Report
    day: dt.date | None
    due: Days | None
    dates: frozenset[dt.date]
    names: frozenset[str]
    words: frozenset[str]
    actors: frozenset[str]
    actor_names: tuple[str, ...]
    values: frozenset[float]
    force: str | None
    text: str
    sentence: Span
    restraint: bool = False


@dataclass(frozen=True)
class Claims:
    """What one reading says, as claims."""

    told: tuple[Told, ...]
    counts: tuple[Count, ...]
    due: tuple[DueSentence, ...]


def reports(told: Sequence[Told]) -> tuple[Report, ...]:
    """Their reports, in order, each once, further words for the same event among them."""
    return tuple(sorted({r for t in told for r in (t.report, *t.further)}))
