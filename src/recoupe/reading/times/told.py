"""What a text has told so far, and which of it a narrative time is counted from."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.model import Span
from recoupe.reading.times.calendar import Period

FRESH_SENTENCES = 4
REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A time already read, as one that later ones may be counted from. index: that of its reading; end: where its words end.

    qualifies: it is told of a noun («l'attaque de lundi»); background: of a flashback; speech: of who said it.
    bounded: it says until when, or from when, and no day on which something happened.
    """

    index: int
    period: Period
    sentence: int
    end: int
    qualifies: bool
    background: bool
    speech: bool
    bounded: bool

    @property
    def aside(self) -> bool:
        """Whether it stands off the main line."""
        return self.qualifies or self.background or self.bounded


@dataclass
class Memory:
    """The times told so far, in order. Those of the dateline are never counted from."""

    dateline: Span
    times: list[Told] = field(default_factory=list)

    def add(self, told: Told) -> None:
        if not self.dateline[0] < told.end <= self.dateline[1]:
            self.times.append(told)

    def latest(self, sentence: int, *, fresh: bool = False, days: bool = False, nearest: int | None = None) -> Told | None:
        """The last time told: of the same sentence, else of the main line.

        fresh: only if told a few sentences ago; days: only a day; nearest: before the main line, the last time that was told,
        be it in a flashback: 0 wherever it stands («ce jour-là»), 1 in the sentence before («deux jours plus tard»).
        """
        usable = [t for t in self.times[-REMEMBERED:] if not days or t.period.grain == "day"]
        here = [t for t in usable if t.sentence == sentence]
        if here:
            return ([t for t in here if not t.aside] or here)[-1]
        if fresh:
            usable = [t for t in usable if sentence - t.sentence <= FRESH_SENTENCES]
        if nearest == 0:
            return usable[-1] if usable else None
        before = [t for t in usable if sentence - t.sentence == 1 and not t.qualifies and not t.bounded]
        if nearest and before:
            return ([t for t in before if not t.speech] or before)[-1]
        line = [t for t in usable if not t.aside]
        main = [t for t in line if not t.speech] or line
        return main[-1] if main else None

    def day(self, sentence: int) -> Told | None:
        """The day that an hour belongs to."""
        found = self.latest(sentence, days=True)
        return found if found and found.period.start == found.period.end else None

    def day_of(self, sentence: int) -> Told | None:
        """The one day on which the sentence says so far that something happened."""
        here = [t for t in self.times[-REMEMBERED:] if t.sentence == sentence and t.period.grain == "day" and not t.aside]
        return here[0] if len(here) == 1 else None

    def year_at(self, end: int) -> int | None:
        """The year whose words end there, give or take a blank."""
        years = [t for t in self.times[-REMEMBERED:] if t.period.grain == "year" and 0 <= end - t.end <= 2]
        return years[-1].period.start.year if years else None
