"""One reading as rows of plain words: what a table, a page or a notebook shows of each item."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.model import Event, Figure, Part, Reading, Span, Statement, Time
from recoupe.views.phrases import phrases

SAID = phrases("en")


@dataclass(frozen=True, slots=True)
class Fact:
    """One item: its id, what it says in columns, and the words it rests on."""

    id: str
    cells: tuple[str, ...]
    words: str
    span: Span
    part: Part
    rule: str


@dataclass(frozen=True, slots=True)
class Table:
    """The items of one kind. kind is that of their marks."""

    kind: str
    title: str
    columns: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Facts:
    """The tables of one reading, those that are empty left out."""

    reading: Reading

    @property
    def tables(self) -> tuple[Table, ...]:
        reading = self.reading
        said = tuple(self._said(statement) for statement in reading.statements)
        tables = (
            Table("event", "Events", ("what", "who to whom", "where", "when"), tuple(map(self._event, reading.events))),
            Table(
                "figure", "Figures", ("how many", "of what", "whose", "where", "as of"), tuple(map(self._figure, reading.figures))
            ),
            Table("statement", "Statements", ("who says", "how", "when", "where"), said),
            Table("time", "Times", ("words", "when", "kind"), tuple(map(self._time, reading.times))),
        )
        return tuple(table for table in tables if table.facts)

    def words(self, span: Span, part: Part = "text") -> str:
        """The words of a span, on one line."""
        dispatch = self.reading.dispatch
        return " ".join((dispatch.text if part == "text" else dispatch.title)[slice(*span)].split())

    def _event(self, event: Event) -> Fact:
        what = event.type + (f"/{event.mode}" if event.mode else "")
        how = "" if event.modality == "asserted" else f" ({event.modality})"
        where = self._place(event.place) or event.country or ""
        arrow = " → " if event.recipients else ""
        who = self._actors(event.actors) + arrow + self._actors(event.recipients)
        cells = (what + how, who.strip(), where, SAID.days(event.start, event.end))
        return Fact(event.id, cells, self.words(event.evidence, event.in_), event.evidence, event.in_, event.rule)

    def _figure(self, figure: Figure) -> Fact:
        what = " ".join(part for part in (figure.unit or figure.kind, figure.state and f"({figure.state})") if part)
        many = SAID.quantity(figure.value, figure.low, figure.high, figure.approx, figure.of)
        whose, where = self._actors((figure.actor,) if figure.actor else ()), self._place(figure.place)
        cells = (many, what, whose, where, SAID.days(figure.as_of, figure.as_of))
        return Fact(figure.id, cells, self.words(figure.span, figure.in_), figure.span, figure.in_, figure.rule)

    def _said(self, statement: Statement) -> Fact:
        who = statement.speaker_text or ""
        via = ", ".join(source.text for source in statement.via)
        when = next((time for time in self.reading.times if time.id == statement.time), None)
        place = self._place(statement.place)
        said = self._actors((statement.speaker,)) if statement.speaker else who
        how = f"{statement.kind}, {statement.force}" if statement.force != "say" else statement.kind
        cells = (said + (f" (via {via})" if via else ""), how, SAID.days(when.start, when.end) if when else "", place)
        words = " … ".join(self.words(part, statement.in_) for part in statement.parts)
        return Fact(statement.id, cells, words, statement.span, statement.in_, statement.rule)

    def _time(self, time: Time) -> Fact:
        cells = (self.words(time.span, time.in_), self._when(time), time.kind)
        return Fact(time.id, cells, self.words(time.span, time.in_), time.span, time.in_, time.rule)

    @staticmethod
    def _when(time: Time) -> str:
        start, end = (None if time.open_start else time.start), (None if time.open_end else time.end)
        when = SAID.days(start, end) + (f" {time.clock}" if time.clock else "")
        return f"about {when}" if time.approx and when else when or (time.timex3 or "")

    def _actors(self, ids: tuple[str, ...]) -> str:
        names = {actor.id: actor.name for actor in self.reading.actors}
        return ", ".join(names.get(actor, actor) for actor in ids)

    def _place(self, place: str | None) -> str:
        return next((found.name for found in self.reading.places if found.id == place), "")
