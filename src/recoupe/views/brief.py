"""The brief of a story: what a ledger says of it, as lines that a reader can check, each with the words it comes from.

`make_brief` decides what is shown and in what order; the renderers (terminal, Markdown, page) decide nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from recoupe.ledger import Ledger, LedgerView, derive
from recoupe.ledger.values import Commitment, Copy, Disagreement, ListedDispatch, Occurrence, Report, Series
from recoupe.model import Event, Reading, Statement
from recoupe.views.chart import chart
from recoupe.views.countries import country
from recoupe.views.focus import Focus, changed, focused
from recoupe.views.lines import Brief, Course, Dispute, Fold, Line, Pledge, Source, Speech, Stand, Value, Voice
from recoupe.views.phrases import Phrases, phrases
from recoupe.views.quotes import Quoter

SHADES = {"announced": "ahead", "denied": "denied", "contested": "contested"}
STATUS_ORDER = ("overdue", "missed", "broken", "open", "met_late", "met", "met_early", "superseded")
NEWSWORTHY = ("missed", "broken", "met_early", "met_late", "met", "overdue", "open")
HEADLINES = 3
__all__ = [
    "SHADES", "Brief", "Course", "Dispute", "Fold", "Line", "Pledge", "Source", "Speech", "Stand", "Value", "Voice",
    "brief_of", "make_brief",
]  # fmt: skip
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def make_brief(
    ledger: Ledger,
    *,
    lang: str = "en",
    story: str | None = None,
    as_of: str | None = None,
    focus: Focus | None = None,
    changes: str | None = None,
) -> Brief:
    """The brief of a ledger, or of one of its stories, as of a day; in English or French ("en", "fr").

    focus: what is asked for, all where it is None; changes: a day, and only what the dispatches published since then changed.
    """
    view = ledger.view(as_of=as_of, story=story)
    readings = {reading.dispatch.id: reading for reading in ledger.readings(d.id for d in view.dispatches)}
    said: Sequence[tuple[ListedDispatch, Statement]] = ledger.statements(story=story)
    if changes is not None:
        before = derive(
            (r for r in readings.values() if (r.dispatch.published or "9999")[:10] <= changes), view.judgements, changes
        )
        view, said = changed(before, view, said)
    if focus:
        view, said = focused(view, readings, said, focus)
    made = brief_of(view, readings, said, lang=lang)
    if changes is None:
        return made
    since = made.say.say("changes", made.say.days(changes, changes))
    return replace(made, period=" · ".join(part for part in (since, made.period) if part))


def brief_of(
    view: LedgerView, readings: Mapping[str, Reading], said: Sequence[tuple[ListedDispatch, Statement]], *, lang: str
) -> Brief:
    """The brief of what is viewed. readings: by dispatch; said: the statements to show."""
    return _Maker(view, readings, phrases(lang)).brief(said)


@dataclass(frozen=True)
class _Maker:
    view: LedgerView
    readings: Mapping[str, Reading]
    say: Phrases
    quoter: Quoter = field(init=False)
    tied: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        listed = {dispatch.id: dispatch for dispatch in self.view.dispatches}
        object.__setattr__(self, "quoter", Quoter(self.readings, listed, self.say))
        object.__setattr__(self, "tied", {mention: tie.name for tie in self.view.ties for mention in tie.mentions})

    def brief(self, said: Sequence[tuple[ListedDispatch, Statement]]) -> Brief:
        view, say = self.view, self.say
        timeline = tuple(self._line(o) for o in sorted(view.occurrences, key=lambda o: (o.start or "9999", o.end or "", o.id)))
        courses = tuple(self._course(s) for s in _longest_and_latest(view.series))
        by_status = sorted(view.commitments, key=lambda c: (STATUS_ORDER.index(c.status), c.due_end or "9999", c.id))
        pledges = tuple(self._pledge(c) for c in by_status)
        disputes = tuple(self._dispute(d) for d in view.disagreements)
        days = sorted(d.published[:10] for d in view.dispatches if d.published)
        outlets = {self.quoter.outlet(d.id) for d in view.dispatches}
        return Brief(
            say=say,
            title=self._title(),
            period=say.days(days[0], days[-1]) if days else "",
            as_of=say.days(view.as_of, view.as_of),
            counts=(
                say.count("dispatches", len(view.dispatches)),
                say.count("outlets", len(outlets)),
                say.count("events", len(timeline)),
            ),
            headline=self._headline(courses, pledges, disputes),
            timeline=timeline,
            courses=courses,
            pledges=pledges,
            disputes=disputes,
            voices=self._voices(said),
            folds=tuple(self._fold(copy) for copy in view.copies),
            sources=tuple(self._source(dispatch) for dispatch in view.dispatches),
        )

    def _title(self) -> str:
        """Who is told of most, and what they do most: "Niger, United States: withdrawal"."""
        names: Counter[str] = Counter()
        types: Counter[str] = Counter()
        for told in self.view.occurrences:
            types[told.type] += len(told.reports)
            for name in self._named((*told.actors, *told.recipients)):
                names[name] += len(told.reports) if name[:1].isupper() else 0
        most = [name for name, count in sorted(names.items(), key=lambda item: (-item[1], item[0])) if count][:2]
        what = min(types, key=lambda kind: (-types[kind], kind), default="")
        return self.say.table["colon"].join(
            part for part in (", ".join(most), self.say("types", what) if what else "") if part
        ) or self.say("sections", "brief")

    def _headline(
        self, courses: Sequence[Course], pledges: Sequence[Pledge], disputes: Sequence[Dispute]
    ) -> tuple[tuple[str, str], ...]:
        """How the longest courses stand, what came of the commitments and what is due, how many things are in dispute."""
        lines = [(c.title, f"{c.values[-1].said} ({c.values[-1].when})") for c in courses if len(c.values) > 1][:HEADLINES]
        told = [p for p in pledges if p.main and p.what and p.state in NEWSWORTHY]
        for pledge in _of_each_state(told)[:HEADLINES]:
            due = f" ({self.say.say('due', pledge.due)})" if pledge.due else ""
            lines.append((_told(pledge.who, pledge.what.rstrip(".")) + due, pledge.status))
        for dispute in disputes[:1]:
            sides = " ≠ ".join(f"{side.value} ({side.weight})" for side in dispute.sides)
            more = f", {self.say.count('more', len(disputes) - 1)}" if len(disputes) > 1 else ""
            lines.append((f"{dispute.field}{self.say.table['colon']}{dispute.about}", sides + more))
        return tuple(lines)

    def _named(self, names: Iterable[str]) -> tuple[str, ...]:
        """Names as the page writes them, each once."""
        return tuple(dict.fromkeys(country(name, self.say.lang) for name in names))

    def _line(self, told: Occurrence) -> Line:
        say, events = self.say, self._events(told.reports)
        actors, recipients = ", ".join(self._named(told.actors)), ", ".join(self._named(told.recipients))
        arrow = f"{actors} → {recipients}" if recipients else actors
        dated = bool(told.start or told.end)
        main = told.independent_sources > 1 or (dated and any(event.salience == "main" for event in events))
        return Line(
            id=told.id,
            when=say.days(told.start, told.end) or say.table["no_date"],
            year=(told.start or told.end or "")[:4],
            what=say("types", told.type),
            who=arrow.strip(),
            where=country(told.place or "", say.lang),
            status=say("status", told.status),
            shade=SHADES.get(told.status, "done"),
            sources=told.independent_sources,
            weight=say.count("sources", told.independent_sources) if told.independent_sources else "",
            main=main,
            quotes=self.quoter.quotes(told.reports),
        )

    def _course(self, series: Series) -> Course:
        say = self.say
        values = [say.quantity(p.value, p.low, p.high, p.approx, p.of) for p in series.points]
        days = [say.days(p.as_of, p.as_of) or say.table["no_date"] for p in series.points]
        return Course(
            id=series.id,
            title=self._measure(series),
            values=tuple(
                Value(day, said, point.superseded_by is not None, self.quoter.quotes(point.reports))
                for day, said, point in zip(days, values, series.points, strict=True)
            ),
            checks=tuple(dict.fromkeys((check.text, check.ok) for check in series.checks)),
            chart=chart(series.points, values, days),
        )

    def _measure(self, series: Series) -> str:
        """What a series counts: its kind, in which state, of what occurrence, else whose and where."""
        kind, _, state = series.measure.partition(" ")
        known = kind == series.kind
        measure = self.say("kinds", kind) if known else series.measure
        told = {occurrence.id: occurrence for occurrence in self.view.occurrences}.get(series.occurrence or "")
        if told:
            scope = [self.say("types", told.type), told.place or "", self.say.days(told.start, told.end)]
        else:
            scope = self._scope(report for point in series.points for report in point.reports)
        if known and kind == "troops" and not told and scope and scope[0]:
            measure, scope = country(scope[0], self.say.lang), scope[1:]
        details = ", ".join(self._named(filter(None, scope)))
        said = " ".join(part for part in (measure, self.say("states", state) if known and state else "") if part)
        return f"{said} ({details})" if details else said

    def _scope(self, reports: Iterable[Report]) -> list[str]:
        """Whose and where the figures of these reports are, as most of them say."""
        whose: Counter[str] = Counter()
        where: Counter[str] = Counter()
        for report in reports:
            reading = self.readings[report.dispatch]
            actors, places = {a.id: a.name for a in reading.actors}, {p.id: p.name for p in reading.places}
            for figure in reading.figures:
                if figure.id == report.item:
                    whose[actors.get(figure.actor or "", "")] += 1
                    where[places.get(figure.place or "", "")] += 1
        return [name for counted in (whose, where) for name, _ in counted.most_common(1)]

    def _pledge(self, made: Commitment) -> Pledge:
        say, outcome = self.say, made.outcome
        return Pledge(
            id=made.id,
            who=", ".join(self._named(made.who)),
            what=made.what,
            kind=say("kinds", made.kind),
            due=say.days(made.due_start if made.due_start != made.made_on else made.due_end, made.due_end),
            made_on=say.days(made.made_on, made.made_on),
            status=say("status", made.status),
            state=made.status,
            main=bool(made.due_end or outcome or made.status != "open"),
            outcome=" · ".join(part for part in (say.days(outcome.date, outcome.date), outcome.note) if part) if outcome else "",
            quotes=self.quoter.quotes(made.reports),
            outcome_quotes=self.quoter.quotes(outcome.reports) if outcome else (),
        )

    def _dispute(self, found: Disagreement) -> Dispute:
        say = self.say
        sides = sorted(found.sides, key=lambda side: (-side.independent_sources, side.value))
        stands = (
            Stand(self._days(s.value), say.count("sources", s.independent_sources), self.quoter.quotes(s.reports)) for s in sides
        )
        scope = say.say(found.scope.replace(" ", "_"))
        note = say("notes", found.note)
        return Dispute(found.id, found.about, say("fields", found.field), scope, note, tuple(stands))

    def _days(self, value: str) -> str:
        """A side's value; where it is one day or two, as the page writes them."""
        start, _, end = value.partition(" to ")
        return (self.say.days(start, end or start) if DAY.fullmatch(start) else "") or value

    def _voices(self, said: Iterable[tuple[ListedDispatch, Statement]]) -> tuple[Voice, ...]:
        """Speakers by how much they say, each one's statements by day; what nobody is named for is left out."""
        spoken: dict[str, list[Speech]] = {}
        for dispatch, statement in said:
            speaker = self._speaker(self.readings[dispatch.id], statement)
            if speaker:
                spoken.setdefault(speaker, []).append(self._speech(dispatch, statement))
        ordered = sorted(spoken.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(Voice(speaker, tuple(speeches)) for speaker, speeches in ordered)

    def _speech(self, dispatch: ListedDispatch, statement: Statement) -> Speech:
        spans = statement.parts or (statement.span,)
        report = Report(dispatch=dispatch.id, item=statement.id, span=(spans[0][0], spans[-1][1]), in_=statement.in_)
        times = {time.id: time for time in self.readings[dispatch.id].times}
        time = times.get(statement.time or "")
        return Speech(
            id=f"{dispatch.id}/{statement.id}",
            how=self.say("force", statement.force),
            via=", ".join(source.text for source in statement.via),
            when=self.say.days(time.start, time.end) if time else self.say.days(dispatch.published, dispatch.published),
            quote=self.quoter.quotes([report])[0],
        )

    def _speaker(self, reading: Reading, statement: Statement) -> str:
        """A speaker's name across dispatches, else in this one, else the words that stand for him or her."""
        names = {actor.id: actor.name for actor in reading.actors}
        name = self.tied.get(f"{reading.dispatch.id}/{statement.speaker}") or names.get(statement.speaker or "", "")
        return country(name or " ".join((statement.speaker_text or "").split()), self.say.lang)

    def _fold(self, copy: Copy) -> Fold:
        outlets = tuple(self.quoter.outlet(name) for name in copy.dispatches)
        return Fold(copy.id, copy.agency or "", outlets, self.quoter.outlet(copy.first))

    def _source(self, listed: ListedDispatch) -> Source:
        first = {copy.id: copy.first for copy in self.view.copies}.get(listed.copy or "")
        outlet = self.quoter.outlet(listed.id)
        return Source(
            id=listed.id,
            outlet=outlet,
            agency=listed.agency if listed.agency and listed.agency != outlet else "",
            when=self.say.days(listed.published, listed.published) or self.say.table["no_date"],
            basis=self.say.say(listed.published_basis),
            lang=listed.lang,
            title=listed.title or " ".join(self.readings[listed.id].dispatch.text[:120].split()) + "…",
            url=listed.url if listed.url and listed.url.startswith(("https://", "http://")) else "",
            copy=self.say.say("first_in", self.quoter.outlet(first)) if first and first != listed.id else "",
        )

    def _events(self, reports: Iterable[Report]) -> list[Event]:
        wanted = {(report.dispatch, report.item) for report in reports}
        dispatches = sorted({dispatch for dispatch, _ in wanted})
        return [e for name in dispatches for e in self.readings[name].events if (name, e.id) in wanted]


def _of_each_state(pledges: Sequence[Pledge]) -> list[Pledge]:
    """The most told of each state before the second of any, in the order that states make news."""
    ranked = sorted(pledges, key=lambda p: (NEWSWORTHY.index(p.state), -len(p.quotes)))
    seen: Counter[str] = Counter()
    places = [(seen.update([pledge.state]) or seen[pledge.state], n) for n, pledge in enumerate(ranked)]
    return [ranked[n] for _, n in sorted(places)]


def _longest_and_latest(series: Iterable[Series]) -> list[Series]:
    """Those of most values first, and of these the ones whose last value is latest."""
    by_id = sorted(series, key=lambda s: s.id)
    return sorted(by_id, key=lambda s: (len(s.points), s.points[-1].as_of or "" if s.points else ""), reverse=True)


def _told(who: str, what: str) -> str:
    """What somebody means to do, the name said once: the words may hold it whole, or begin with its last word."""
    if not who or who.casefold() in what.casefold():
        return what
    first, _, rest = what.partition(" ")
    return f"{who} {rest}" if who.split()[-1].casefold() == first.casefold() else f"{who}: {what}"
