"""What a brief shows, as values: lines in the order they are read, each with the words it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.views.chart import Chart
from recoupe.views.phrases import Phrases
from recoupe.views.quotes import Quote


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence of the timeline. shade: done | ahead | denied | contested; main: worth a short list."""

    id: str
    when: str
    year: str
    what: str
    who: str
    where: str
    status: str
    shade: str
    sources: int
    weight: str
    main: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a course. replaced: a later value took its place."""

    when: str
    said: str
    replaced: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One quantity over time. checks: sums worked out, and whether they agree."""

    id: str
    title: str
    values: tuple[Value, ...]
    checks: tuple[tuple[str, bool], ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Pledge:
    """One commitment, and what came of it. main: it has a date or an outcome."""

    id: str
    who: str
    what: str
    kind: str
    due: str
    made_on: str
    status: str
    state: str
    main: bool
    outcome: str
    quotes: tuple[Quote, ...]
    outcome_quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """One side of a disagreement."""

    value: str
    weight: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Values for one thing that cannot all be right."""

    id: str
    about: str
    field: str
    scope: str
    note: str
    sides: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """One statement. how: what kind of saying it is; via: who passed it on."""

    id: str
    how: str
    via: str
    when: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker and what he or she said."""

    speaker: str
    speeches: tuple[Speech, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One dispatch. basis: what its date rests on; copy: where the same copy was printed first, where it is a reprint."""

    id: str
    outlet: str
    agency: str
    when: str
    basis: str
    lang: str
    title: str
    url: str
    copy: str


@dataclass(frozen=True, slots=True)
class Fold:
    """A group of copies: one source. first: who had it first."""

    id: str
    agency: str
    outlets: tuple[str, ...]
    first: str


@dataclass(frozen=True)
class Brief:
    """Everything a renderer shows, in order."""

    say: Phrases
    title: str
    period: str
    as_of: str
    counts: tuple[str, ...]
    headline: tuple[tuple[str, str], ...] = ()
    timeline: tuple[Line, ...] = ()
    courses: tuple[Course, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    voices: tuple[Voice, ...] = ()
    folds: tuple[Fold, ...] = ()
    sources: tuple[Source, ...] = ()
