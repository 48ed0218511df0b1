"""Who printed what: outlets, agencies, copies folded as one source, who had it first, and how many origins each event has."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from recoupe.ledger.values import ListedDispatch, Occurrence
from recoupe.views.brief import SHADES, Brief, Source, brief_of
from recoupe.web.asked import Asked
from recoupe.web.indexed import Index
from recoupe.web.say import Say
from recoupe.web.shelf import Told

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Outlet:
    """One who prints. own: dispatches that are no copy of an earlier one; firsts: events that nobody told before it;
    lone: events that no one else tells; bars: own and copied dispatches in hundredths of the busiest outlet's.
    """

    name: str
    href: str
    dispatches: int
    own: int
    copied: int
    firsts: int
    lone: int
    langs: str
    since: str
    until: str
    own_bar: float
    copied_bar: float


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency and who reprints it."""

    name: str
    dispatches: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """One dispatch of a group of copies: lag says how much later than the first it is dated."""

    id: str
    outlet: str
    when: str
    title: str
    lag: str


@dataclass(frozen=True, slots=True)
class Group:
    """Dispatches that are one copy, the first of them first."""

    id: str
    agency: str
    first: Copied
    others: tuple[Copied, ...]


@dataclass(frozen=True, slots=True)
class Witnessed:
    """An event with its origins. reports: how many dispatches tell it; first: who had it first, and when."""

    id: str
    page: str
    when: str
    what: str
    status: str
    shade: str
    sources: int
    reports: int
    origins: tuple[str, ...]
    first: str
    first_when: str


@dataclass(frozen=True)
class SourcesPage:
    """The sources of a story. spread: how many events have one origin, two, three or more, each with its share."""

    id: str
    title: str
    counts: tuple[str, ...]
    outlets: tuple[Outlet, ...]
    agencies: tuple[Agency, ...]
    groups: tuple[Group, ...]
    spread: tuple[tuple[str, int, float], ...]
    events: tuple[Witnessed, ...]
    more: int
    dispatches: tuple[Source, ...]
    more_dispatches: int


def sources_page(told: Told, index: Index, asked: Asked, say: Say) -> SourcesPage:
    """The page of a story's sources, of what the filters leave."""
    narrowed, whole = index.narrowed(asked), index.brief(say.lang)
    brief = brief_of(narrowed.view, narrowed.readings, (), lang=say.lang) if asked.narrows else whole
    return _Maker(told, narrowed, say, brief, whole.title).page()


@dataclass(frozen=True)
class _Maker:
    whole: Told
    told: Told
    say: Say
    brief: Brief
    title: str

    @cached_property
    def listed(self) -> dict[str, ListedDispatch]:
        return {d.id: d for d in self.whole.view.dispatches}

    def page(self) -> SourcesPage:
        view, say = self.told.view, self.say
        outlets, ids = self.outlets(), {d.id for d in self.told.dispatches}
        shown = tuple(source for source in self.brief.sources if source.id in ids)
        events = tuple(
            self.witnessed(o) for o in sorted(view.occurrences, key=lambda o: (-o.independent_sources, o.start or "9999", o.id))
        )
        return SourcesPage(
            id=self.whole.name,
            title=self.title,
            counts=(
                say.phrases.count("outlets", len(outlets)),
                say.phrases.count("dispatches", len(self.told.dispatches)),
                say.many("{number} group of copies", "{number} groups of copies", len(self.groups())),
            ),
            outlets=outlets,
            agencies=self.agencies(),
            groups=self.groups(),
            spread=self.spread(),
            events=events[:SHOWN],
            more=max(0, len(events) - SHOWN),
            dispatches=shown[:SHOWN],
            more_dispatches=max(0, len(shown) - SHOWN),
        )

    def first_of(self, told: Occurrence) -> ListedDispatch | None:
        """The dispatch that told an event first; None where two outlets did on one day, or none is dated."""
        telling = [self.listed[name] for name in dict.fromkeys(r.dispatch for r in told.reports)]
        dated = sorted((d for d in telling if d.published), key=lambda d: (str(d.published), d.id))
        if not dated:
            return None
        ties = {d.publisher for d in dated if str(d.published)[:10] == str(dated[0].published)[:10]}
        return dated[0] if len(ties) == 1 else None

    def outlets(self) -> tuple[Outlet, ...]:
        say, view = self.say, self.told.view
        first = {copy.id: copy.first for copy in view.copies}
        by_name: dict[str, list[ListedDispatch]] = {}
        for listed in self.told.dispatches:
            by_name.setdefault(listed.publisher, []).append(listed)
        listed_of = {d.id: d.publisher for d in self.whole.view.dispatches}
        firsts = Counter(d.publisher for o in view.occurrences if (d := self.first_of(o)) is not None)
        lone = Counter(next(iter(who)) for o in view.occurrences if len(who := {listed_of[r.dispatch] for r in o.reports}) == 1)
        busiest = max(map(len, by_name.values()), default=1)
        found = []
        for name, held in by_name.items():
            copied = sum(d.copy is not None and first.get(d.copy) != d.id for d in held)
            days = sorted(d.published for d in held if d.published)
            found.append(
                Outlet(
                    name=name,
                    href=f"/stories/{self.whole.name}{Asked(outlet=(name,)).query()}",
                    dispatches=len(held),
                    own=len(held) - copied,
                    copied=copied,
                    firsts=firsts[name],
                    lone=lone[name],
                    langs=", ".join(sorted({d.lang for d in held})),
                    since=say.phrases.days(days[0], days[0]) if days else "",
                    until=say.phrases.days(days[-1], days[-1]) if days else "",
                    own_bar=round(100 * (len(held) - copied) / busiest, 1),
                    copied_bar=round(100 * copied / busiest, 1),
                )
            )
        return tuple(sorted(found, key=lambda o: (-o.dispatches, -o.firsts, o.name)))

    def agencies(self) -> tuple[Agency, ...]:
        credited: dict[str, list[ListedDispatch]] = {}
        for listed in self.told.dispatches:
            if listed.agency:
                credited.setdefault(listed.agency, []).append(listed)
        ordered = sorted(credited.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(Agency(name, len(held), tuple(dict.fromkeys(d.publisher for d in held))) for name, held in ordered)

    def groups(self) -> tuple[Group, ...]:
        listed, found = self.listed, []
        shown = {d.copy for d in self.told.dispatches}
        for copy in (c for c in self.told.view.copies if c.id in shown):
            first = listed[copy.first]
            others = [self.copied(listed[name], first) for name in copy.dispatches if name != copy.first]
            found.append(Group(copy.id, copy.agency or "", self.copied(first, first), tuple(others)))
        return tuple(sorted(found, key=lambda g: (-len(g.others), g.id)))

    def copied(self, listed: ListedDispatch, first: ListedDispatch) -> Copied:
        say, lag = self.say, ""
        if listed.published and first.published and listed.id != first.id:
            days = (dt.date.fromisoformat(listed.published[:10]) - dt.date.fromisoformat(first.published[:10])).days
            lag = say.many("{number} day later", "{number} days later", days) if days else say("the same day")
        when = say.phrases.days(listed.published, listed.published) or say.phrases.table["no_date"]
        title = listed.title or " ".join(self.whole.readings[listed.id].dispatch.text[:90].split()) + "…"
        return Copied(listed.id, listed.publisher, when, title, lag)

    def spread(self) -> tuple[tuple[str, int, float], ...]:
        say = self.say
        counts = Counter(min(o.independent_sources, 3) for o in self.told.view.occurrences)
        total = sum(counts.values()) or 1
        labels = {
            3: say("three origins or more"),
            2: say("two origins"),
            1: say("one origin"),
            0: say("announced, not yet told as done"),
        }
        return tuple((labels[n], counts[n], round(100 * counts[n] / total, 1)) for n in (3, 2, 1, 0) if counts[n])

    def witnessed(self, told: Occurrence) -> Witnessed:
        phrases, first = self.say.phrases, self.first_of(told)
        return Witnessed(
            id=told.id,
            page=f"/stories/{self.whole.name}/{told.id}",
            when=phrases.days(told.start, told.end) or phrases.table["no_date"],
            what=" ".join(told.summary.split()) or phrases("types", told.type),
            status=phrases("status", told.status),
            shade=SHADES.get(told.status, "done"),
            sources=told.independent_sources,
            reports=len({r.dispatch for r in told.reports}),
            origins=told.origins,
            first=first.publisher if first else "",
            first_when=phrases.days(first.published, first.published) if first else "",
        )
