"""What a brief is asked for: a period, actors, places, types; and what a ledger says that it did not say on an earlier day.

An object is shown where one of its reports is about what was asked, and where it, or what reports it, falls within the period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from recoupe.ledger import LedgerView
from recoupe.ledger.entities import fold
from recoupe.ledger.values import Commitment, Disagreement, ListedDispatch, Occurrence, Report, Series
from recoupe.ledger.whenwhere import overlap
from recoupe.model import Event, Reading, Statement
from recoupe.views.countries import country, country_name

Object = Occurrence | Series | Commitment | Disagreement
Shown = TypeVar("Shown", Occurrence, Series, Commitment, Disagreement)
Said = Sequence[tuple[ListedDispatch, Statement]]


@dataclass(frozen=True)
class Focus:
    """since, until: ISO days, both included; the others: any of these, all where there are none."""

    since: str | None = None
    until: str | None = None
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.actors or self.places or self.types)

    def within(self, days: Iterable[str | None]) -> bool:
        """Does one of these days fall within the period?"""
        known = [day[:10] for day in days if day]
        return any((self.since or "") <= day <= (self.until or "9999") for day in known)


def focused(view: LedgerView, readings: Mapping[str, Reading], said: Said, focus: Focus) -> tuple[LedgerView, Said]:
    """The view with what the focus admits, and the statements that it does."""
    traits = _Traits(readings, focus)
    published = {d.id: d.published for d in view.dispatches}

    def admitted(shown: Iterable[Shown], days: Callable[[Shown], Iterable[str | None]]) -> tuple[Shown, ...]:
        return tuple(s for s in shown if any(map(traits.about, _reports(s))) and focus.within(days(s)))

    def reported(value: Object) -> list[str | None]:
        return [published.get(r.dispatch) for r in _reports(value)]

    kept = msgspec.structs.replace(
        view,
        occurrences=admitted(view.occurrences, lambda o: [o.start, o.end] if o.start or o.end else reported(o)),
        series=admitted(view.series, lambda s: [p.as_of for p in s.points]),
        commitments=admitted(view.commitments, lambda c: [c.made_on, c.due_end, c.outcome.date if c.outcome else None]),
        disagreements=admitted(view.disagreements, reported),
    )
    spoken = [(d, s) for d, s in said if focus.within([d.published]) and traits.about(_report_of(d, s))]
    return _with_their_dispatches(kept, spoken), spoken


def changed(before: LedgerView, after: LedgerView, said: Said) -> tuple[LedgerView, Said]:
    """The later view with what it did not hold before, or holds otherwise; and what was said since."""
    known = {d.id for d in before.dispatches}
    occurrences = {r: o for o in before.occurrences for r in o.reports}
    commitments = {r: c for c in before.commitments for r in c.reports}
    counted = {(r, p.superseded_by) for s in before.series for p in s.points for r in p.reports}
    against = [{r for side in d.sides for r in side.reports} for d in before.disagreements]

    def told_otherwise(now: Occurrence) -> bool:
        held = [occurrences[r] for r in now.reports if r in occurrences]
        return all((o.status, o.type, o.start, o.place) != (now.status, now.type, now.start, now.place) for o in held)

    def stands_otherwise(now: Commitment) -> bool:
        return all(commitments[r].status != now.status for r in now.reports if r in commitments)

    kept = msgspec.structs.replace(
        after,
        occurrences=tuple(o for o in after.occurrences if told_otherwise(o)),
        series=tuple(s for s in after.series if any((r, p.superseded_by) not in counted for p in s.points for r in p.reports)),
        commitments=tuple(c for c in after.commitments if stands_otherwise(c)),
        disagreements=tuple(d for d in after.disagreements if not any(set(_reports(d)) <= held for held in against)),
    )
    spoken = [(d, s) for d, s in said if d.id not in known]
    return _with_their_dispatches(kept, spoken, new={d.id for d in after.dispatches} - known), spoken


def _with_their_dispatches(view: LedgerView, said: Said, new: Iterable[str] = ()) -> LedgerView:
    """The view with the dispatches that its lines rest on, those of their copies, and the new ones."""
    shown: tuple[Object, ...] = (*view.occurrences, *view.series, *view.commitments, *view.disagreements)
    quoted = {r.dispatch for value in shown for r in _reports(value)} | {d.id for d, _ in said} | set(new)
    copies = tuple(c for c in view.copies if quoted.intersection(c.dispatches))
    names = quoted.union(*(c.dispatches for c in copies))
    return msgspec.structs.replace(view, dispatches=tuple(d for d in view.dispatches if d.id in names), copies=copies)


def _reports(value: Object) -> tuple[Report, ...]:
    if isinstance(value, Series):
        return tuple(r for p in value.points for r in p.reports)
    if isinstance(value, Disagreement):
        return tuple(r for side in value.sides for r in side.reports)
    outcome = value.outcome.reports if isinstance(value, Commitment) and value.outcome else ()
    return (*value.reports, *outcome)


def _report_of(dispatch: ListedDispatch, statement: Statement) -> Report:
    return Report(dispatch=dispatch.id, item=statement.id, span=statement.span, in_=statement.in_)


@dataclass(frozen=True)
class _Traits:
    """Who, where and what the words of a report are about, against what was asked."""

    readings: Mapping[str, Reading]
    focus: Focus

    def about(self, report: Report) -> bool:
        reading = self.readings[report.dispatch]
        events = [e for e in reading.events if e.in_ == report.in_ and self._of(e, report)]
        types = {e.type for e in events}
        if self.focus.types and types.isdisjoint(kind.upper() for kind in self.focus.types):
            return False
        if self.focus.actors and not self._named(self._actors(reading, report, events), self.focus.actors):
            return False
        return not self.focus.places or self._named(self._places(reading, report, events), self.focus.places)

    @staticmethod
    def _of(event: Event, report: Report) -> bool:
        return report.item in (event.id, event.statement, *event.figures) or overlap(event.evidence, report.span)

    @staticmethod
    def _actors(reading: Reading, report: Report, events: Sequence[Event]) -> list[str]:
        ids = {i for e in events for i in (*e.actors, *e.recipients)}
        ids |= {f.actor for f in reading.figures if f.id == report.item and f.actor}
        ids |= {i for s in reading.statements if s.id == report.item for i in (s.speaker, *s.speakers) if i}
        found = [a for a in reading.actors if a.id in ids]
        return [name for a in found for name in (a.name, a.country or "", country_name(a.country, "en") if a.country else "")]

    @staticmethod
    def _places(reading: Reading, report: Report, events: Sequence[Event]) -> list[str]:
        ids = {p.id for e in events for p in e.places} | {e.place for e in events}
        ids |= {f.place for f in reading.figures if f.id == report.item}
        near = [p for p in reading.places if p.id in ids or (p.in_ == report.in_ and overlap(p.span, report.span))]
        codes = {e.country for e in events if e.country} | {p.country for p in near if p.country}
        return [*(p.name for p in near), *codes, *(country_name(code, "en") for code in sorted(codes))]

    @staticmethod
    def _named(names: Iterable[str], wanted: Iterable[str]) -> bool:
        """Is one of the wanted among the names: the whole of one, or words of one? Countries by any of their names."""
        told = [f" {fold(country(name, 'en'))} " for name in names if name]
        return any(f" {fold(country(want, 'en'))} " in name for want in wanted for name in told)
