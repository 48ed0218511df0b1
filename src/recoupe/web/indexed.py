"""The objects of a story by what they can be chosen by, and the story with only those that a filter admits.

Objects are linked through the items that they rest on: an event, its figures and the statement that tells it are one
neighbourhood, so that choosing one thing leaves what is about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from msgspec.structs import replace

from recoupe.ledger.relations import cooperative
from recoupe.ledger.values import Commitment, Disagreement, LedgerView, ListedDispatch, Occurrence, Relation, Report, Series
from recoupe.model import Event, Figure, Reading, Statement
from recoupe.views.brief import Brief, brief_of
from recoupe.views.countries import country
from recoupe.web.asked import Asked, Traits, folded
from recoupe.web.shelf import Told

Item = tuple[str, str]


@dataclass(frozen=True)
class Index:
    """A story's objects with their traits, by id; statements by `dispatch/item`."""

    told: Told
    _briefs: dict[str, Brief] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names across dispatches, by `dispatch/actor`."""
        return {mention: tie.name for tie in self.told.view.ties for mention in tie.mentions}

    def title(self, id_: str, lang: str) -> str:
        """What an object is called; "" where it is none of these."""
        brief = self.brief(lang)
        found = {line.id: f"{line.what} {line.who}".strip() for line in brief.timeline}
        found |= {course.id: course.title for course in brief.courses}
        found |= {pledge.id: pledge.what for pledge in brief.pledges}
        found |= {dispute.id: dispute.about for dispute in brief.disputes}
        return found.get(id_, "")

    def brief(self, lang: str) -> Brief:
        """The brief of all of it."""
        if lang not in self._briefs:
            self._briefs[lang] = brief_of(self.told.view, self.told.readings, self.told.said, lang=lang)
        return self._briefs[lang]

    @cached_property
    def traits(self) -> dict[str, Traits]:
        view = self.told.view
        found = {o.id: self._occurrence(o) for o in view.occurrences}
        found |= {s.id: self._series(s, found) for s in view.series}
        found |= {c.id: self._commitment(c) for c in view.commitments}
        found |= {d.id: self._disagreement(d, found) for d in view.disagreements}
        return found | {f"{d.id}/{s.id}": self._statement(d, s) for d, s in self.told.said}

    @cached_property
    def listed(self) -> dict[str, ListedDispatch]:
        return {d.id: d for d in self.told.view.dispatches}

    def near(self, about: str | None) -> frozenset[Item] | None:
        """The items that belong with an object; None where none is chosen, or none that is here."""
        if about is None:
            return None
        if about in self.traits:
            return self.traits[about].items
        return frozenset(self._linked(*about.split("/", 1))) if about.count("/") == 1 else None

    def admitted(self, asked: Asked, *, but: str = "") -> frozenset[str]:
        """Ids of what passes the filters."""
        near = self.near(asked.about)
        return frozenset(id_ for id_, traits in self.traits.items() if asked.admits(traits, but=but, near=near))

    def narrowed(self, asked: Asked) -> Told:
        """The story with what passes the filters."""
        if not asked.narrows:
            return self.told
        kept, view = self.admitted(asked), self.told.view
        occurrences = tuple(o for o in view.occurrences if o.id in kept)
        telling = {dispatch for id_ in kept for dispatch, _ in self.traits[id_].items}
        narrowed = LedgerView(
            as_of=view.as_of,
            dispatches=view.dispatches,
            stories=view.stories,
            occurrences=occurrences,
            series=tuple(s for s in view.series if s.id in kept),
            commitments=tuple(c for c in view.commitments if c.id in kept),
            disagreements=tuple(d for d in view.disagreements if d.id in kept),
            copies=view.copies,
            relations=tuple(r for r in (_of(r, occurrences) for r in view.relations) if r.events),
            ties=view.ties,
            judgements=view.judgements,
        )
        said = tuple((d, s) for d, s in self.told.said if f"{d.id}/{s.id}" in kept)
        shown = tuple(d for d in view.dispatches if d.id in telling and not (asked.lang and d.lang not in asked.lang))
        return _Narrowed(narrowed, self.told.readings, said, shown)

    def _occurrence(self, told: Occurrence) -> Traits:
        found = self._reports(told.reports)
        return replaced(
            found,
            start=told.start or told.end,
            end=told.end or told.start,
            actor=canonical((*told.actors, *told.recipients)),
            place=canonical([name for name in (told.place, nation(told.country)) if name]),
            type=frozenset({told.type}),
            status=frozenset({told.status}),
        )

    def _series(self, series: Series, known: dict[str, Traits]) -> Traits:
        found = self._reports(report for point in series.points for report in point.reports)
        days = sorted(point.as_of for point in series.points if point.as_of)
        of = known.get(series.occurrence or "")
        return replaced(
            found,
            start=days[0] if days else None,
            end=days[-1] if days else None,
            actor=found.actor | (of.actor if of else frozenset()),
            place=found.place | (of.place if of else frozenset()),
            type=of.type if of else found.type,
        )

    def _commitment(self, made: Commitment) -> Traits:
        outcome = made.outcome.reports if made.outcome else ()
        found = self._reports((*made.reports, *outcome))
        days = sorted(day for day in (made.made_on, made.due_start, made.due_end) if day)
        return replaced(
            found,
            start=days[0] if days else None,
            end=days[-1] if days else None,
            actor=canonical(made.who) | found.actor,
            type=frozenset({made.type} if made.type else ()),
            status=frozenset({made.status}),
        )

    def _disagreement(self, found: Disagreement, known: dict[str, Traits]) -> Traits:
        own = self._reports(report for side in found.sides for report in side.reports)
        about = [traits for traits in known.values() if traits.status and traits.items & own.items]
        days = sorted(day for traits in about for day in (traits.start, traits.end) if day)
        return replaced(own, start=days[0] if days else None, end=days[-1] if days else None)

    def _statement(self, listed: ListedDispatch, said: Statement) -> Traits:
        reading = self.told.readings[listed.id]
        day = (listed.published or "")[:10] or None
        own = self._reports([Report(dispatch=listed.id, item=said.id, span=said.span, in_=said.in_)])
        speakers = [self.named(reading, actor) for actor in (said.speaker, *said.speakers) if actor]
        return replaced(own, start=day, end=day, actor=own.actor | canonical(speakers or [said.speaker_text or ""]))

    def _reports(self, reports: Iterable[Report]) -> Traits:
        """What the items of these reports say, and the words that they stand in."""
        items: set[Item] = set()
        events: list[tuple[Reading, Event]] = []
        figures: list[tuple[Reading, Figure]] = []
        dispatches, words = set(), []
        for report in reports:
            reading = self.told.readings[report.dispatch]
            dispatches.add(report.dispatch)
            items |= self._linked(report.dispatch, report.item)
            events += [(reading, e) for e in reading.events if (report.dispatch, e.id) in items]
            figures += [(reading, f) for f in reading.figures if f.id == report.item]
            words.append(_sentence(reading, report))
        ids = [(r, a) for r, e in events for a in (*e.actors, *e.recipients)] + [(r, f.actor) for r, f in figures if f.actor]
        spots = [(r, p) for r, e in events for p in (e.place,)] + [(r, f.place) for r, f in figures]
        listed = [self.listed[name] for name in dispatches]
        return Traits(
            actor=canonical(self.named(r, a) for r, a in ids),
            place=canonical(name for r, p in spots for name in _places(r, p)),
            type=frozenset(e.type for _, e in events),
            modality=frozenset(e.modality for _, e in events),
            outlet=frozenset(d.publisher for d in listed),
            lang=frozenset(d.lang for d in listed),
            items=frozenset(items),
            words=folded(" ".join(words)),
        )

    def _linked(self, dispatch: str, item: str) -> set[Item]:
        """An item with those that it names or that name it."""
        reading = self.told.readings.get(dispatch)
        found = {item}
        for event in reading.events if reading else ():
            own = {event.id, *event.figures, *((event.statement,) if event.statement else ())}
            if item in own:
                found |= own if item == event.id else {item, event.id}
        for figure in reading.figures if reading else ():
            if item == figure.id:
                found |= {*figure.events, *((figure.statement,) if figure.statement else ())}
        return {(dispatch, one) for one in found}

    def named(self, reading: Reading, actor: str) -> str:
        """An actor's name across dispatches, else in this one."""
        own = {a.id: a.name for a in reading.actors}
        return self.names.get(f"{reading.dispatch.id}/{actor}") or own.get(actor, "")


@dataclass(frozen=True)
class _Narrowed(Told):
    """A filtered story: what is said in it was filtered too, and which dispatches are shown; its view still names them all."""

    statements: tuple[tuple[ListedDispatch, Statement], ...] = ()
    shown: tuple[ListedDispatch, ...] = ()

    @property
    def said(self) -> tuple[tuple[ListedDispatch, Statement], ...]:
        return self.statements

    @property
    def dispatches(self) -> tuple[ListedDispatch, ...]:
        return self.shown


def replaced(traits: Traits, **changes: object) -> Traits:
    return Traits(**{**{name: getattr(traits, name) for name in Traits.__dataclass_fields__}, **changes})


def canonical(names: Iterable[str]) -> frozenset[str]:
    """Names as addresses write them: countries in English, whatever the dispatch's language."""
    return frozenset(country(" ".join(name.split()), "en") for name in names if name)


def nation(code: str | None, lang: str = "en") -> str:
    """A country's name by its ISO 3166 alpha-3 code."""
    import pycountry
    from babel import Locale

    found = pycountry.countries.get(alpha_3=code) if code else None
    return str(Locale(lang).territories.get(found.alpha_2, found.name)) if found else ""


def _places(reading: Reading, place: str | None) -> list[str]:
    return [name for p in reading.places if p.id == place for name in (p.name, nation(p.country)) if name]


def _sentence(reading: Reading, report: Report) -> str:
    if report.in_ == "title":
        return reading.dispatch.title
    start = max((s for s, _ in reading.sentences if s <= report.span[0]), default=report.span[0])
    end = min((e for _, e in reading.sentences if e >= report.span[1]), default=report.span[1])
    return reading.dispatch.text[start:end]


def _of(relation: Relation, kept: tuple[Occurrence, ...]) -> Relation:
    """A week's row with these occurrences alone."""
    events = [o for o in kept if o.id in relation.events]
    ids = tuple(o.id for o in events)
    friendly = sum(cooperative(o) for o in events)
    breaks = tuple(b for b in relation.breaks if b in ids)
    return replace(relation, events=ids, breaks=breaks, cooperative=friendly, conflictual=len(events) - friendly)
