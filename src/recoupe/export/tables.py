"""A ledger as flat tables: what csv, xlsx and parquet write. A cell is text, a number, a day or nothing; «; » joins lists.

Ids lead from one table to another: a report's is that of the occurrence, series, commitment or disagreement it stands for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from recoupe.errors import ExportError
from recoupe.export.bundle import Bundle
from recoupe.ledger.values import Report
from recoupe.model import Event, Number, Statement

Cell = str | Number | dt.date | None
Row = tuple[Cell, ...]
SEPARATOR = "; "
DAYS = frozenset({"published", "start", "end", "as_of", "made_on", "due_start", "due_end", "outcome_date", "week"})
COUNTS = frozenset({"reports", "independent_sources", "cooperative", "conflictual", "span_start", "span_end",
                    "evidence_start", "evidence_end"})  # fmt: skip
AMOUNTS = frozenset({"value", "low", "high", "of"})


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the same number of cells in each row as there are columns. A column's kind is that of its name."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table(bundle: Bundle, name: str) -> Table:
    """One table by name. Raises ExportError, naming those that there are."""
    if name not in TABLES:
        raise ExportError(f"there is no table {name!r}; these are: {', '.join(TABLES)}")
    columns, rows = TABLES[name]
    return Table(name, columns, tuple(rows(bundle)))


def tables(bundle: Bundle) -> tuple[Table, ...]:
    """Every table, the occurrences first."""
    return tuple(table(bundle, name) for name in TABLES)


def joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(values)


def day(value: str | None) -> dt.date | None:
    """A day of the ledger, or of a moment; None where it is coarser than a day."""
    return dt.date.fromisoformat(value[:10]) if value and len(value) >= 10 else None


def _dispatches(bundle: Bundle) -> Iterator[Row]:
    for d in bundle.view.dispatches:
        yield (d.id, d.ref, d.lang, d.title, day(d.published), d.outlet, d.agency, d.url, d.status, d.story, d.copy)


def _occurrences(bundle: Bundle) -> Iterator[Row]:
    for o in bundle.view.occurrences:
        who = (joined(o.actors), joined(o.recipients), o.place, o.country)
        told = (len(o.reports), o.independent_sources, joined(o.origins))
        yield (o.id, o.type, o.mode, *who, day(o.start), day(o.end), o.status, *told, o.summary, o.story, joined(o.judged))


def _reports(bundle: Bundle) -> Iterator[Row]:
    view = bundle.view
    kept: list[tuple[str, str, Iterable[Report]]] = [("occurrence", o.id, o.reports) for o in view.occurrences]
    kept += [("series", s.id, (r for p in s.points for r in p.reports)) for s in view.series]
    kept += [("commitment", c.id, c.reports) for c in view.commitments]
    kept += [("outcome", c.id, c.outcome.reports) for c in view.commitments if c.outcome]
    kept += [("disagreement", d.id, (r for side in d.sides for r in side.reports)) for d in view.disagreements]
    for kind, name, reports in kept:
        for r in reports:
            yield (name, kind, r.dispatch, bundle.outlet(r.dispatch), r.item, r.in_, *r.span, bundle.words(r))


def _series(bundle: Bundle) -> Iterator[Row]:
    for s in bundle.view.series:
        for p in s.points:
            approx = "about" if p.approx else None
            outlets = joined(dict.fromkeys(bundle.outlet(r.dispatch) for r in p.reports))
            values = (day(p.as_of), p.value, p.low, p.high, approx, p.of, p.superseded_by)
            yield (s.id, s.measure, s.kind, s.unit, s.scope, *values, outlets, s.occurrence, s.story)


def _commitments(bundle: Bundle) -> Iterator[Row]:
    for c in bundle.view.commitments:
        due = (day(c.made_on), day(c.due_start), day(c.due_end))
        outcome = (day(c.outcome.date), c.outcome.occurrence, c.outcome.note) if c.outcome else (None, None, None)
        yield (c.id, c.kind, joined(c.who), c.what, c.type, *due, c.status, *outcome, c.story)


def _disagreements(bundle: Bundle) -> Iterator[Row]:
    for d in bundle.view.disagreements:
        for side in d.sides:
            outlets = joined(dict.fromkeys(bundle.outlet(r.dispatch) for r in side.reports))
            yield (d.id, d.about, d.field, d.scope, side.value, side.independent_sources, outlets, d.note, d.story)


def _statements(bundle: Bundle) -> Iterator[Row]:
    for d in bundle.view.dispatches:
        reading = bundle.readings[d.id]
        names = {actor.id: actor for actor in reading.actors}
        for s in reading.statements:
            speaker = names.get(s.speaker or "")
            who = (speaker.name, speaker.role, speaker.country) if speaker else (s.speaker_text, None, None)
            yield (f"{d.id}/{s.id}", d.id, day(d.published), bundle.outlet(d.id), *who, s.kind, s.force, _said(bundle, d.id, s))


def _said(bundle: Bundle, dispatch: str, statement: Statement) -> str:
    whole = bundle.readings[dispatch].dispatch
    text = whole.title if statement.in_ == "title" else whole.text
    return " ".join(" … ".join(text[slice(*part)] for part in statement.parts).split())


def _events(bundle: Bundle) -> Iterator[Row]:
    for d in bundle.view.dispatches:
        reading = bundle.readings[d.id]
        names = {a.id: a.name for a in reading.actors} | {p.id: p.name for p in reading.places}
        for e in reading.events:
            who = (joined(names[a] for a in e.actors), joined(names[a] for a in e.recipients))
            where = (names.get(e.place or ""), e.country)
            yield (f"{d.id}/{e.id}", d.id, e.type, e.mode, *who, *where, day(e.start), day(e.end), *_told(bundle, d.id, e))


def _told(bundle: Bundle, dispatch: str, event: Event) -> Row:
    whole = bundle.readings[dispatch].dispatch
    text = whole.title if event.in_ == "title" else whole.text
    return (event.modality, event.salience, *event.evidence, " ".join(text[slice(*event.evidence)].split()), event.rule)


def _relations(bundle: Bundle) -> Iterator[Row]:
    for r in bundle.view.relations:
        yield (r.a, r.b, day(r.week), r.cooperative, r.conflictual, joined(r.events), joined(r.breaks))


TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Bundle], Iterator[Row]]]] = {
    "occurrences": (
        ("id", "type", "mode", "actors", "recipients", "place", "country", "start", "end", "status", "reports",
         "independent_sources", "origins", "summary", "story", "judged"),
        _occurrences,
    ),
    "series": (
        ("id", "measure", "kind", "unit", "scope", "as_of", "value", "low", "high", "approx", "of", "superseded_by", "outlets",
         "occurrence", "story"),
        _series,
    ),
    "commitments": (
        ("id", "kind", "who", "what", "type", "made_on", "due_start", "due_end", "status", "outcome_date",
         "outcome_occurrence", "outcome_note", "story"),
        _commitments,
    ),
    "disagreements": (
        ("id", "about", "field", "scope", "side", "independent_sources", "outlets", "note", "story"),
        _disagreements,
    ),
    "relations": (("a", "b", "week", "cooperative", "conflictual", "occurrences", "breaks"), _relations),
    "statements": (
        ("id", "dispatch", "published", "outlet", "speaker", "role", "country", "kind", "force", "words"),
        _statements,
    ),
    "events": (
        ("id", "dispatch", "type", "mode", "actors", "recipients", "place", "country", "start", "end", "modality", "salience",
         "evidence_start", "evidence_end", "words", "rule"),
        _events,
    ),
    "reports": (("id", "kind", "dispatch", "outlet", "item", "in", "span_start", "span_end", "words"), _reports),
    "dispatches": (
        ("id", "ref", "lang", "title", "published", "outlet", "agency", "url", "status", "story", "copy"),
        _dispatches,
    ),
}  # fmt: skip
