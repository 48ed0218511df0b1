"""A story at a glance: how it stands, its events on a line of days and on a map, figures, commitments, disagreements,
relations, and who said what. Everything that is shown leads to its words, and choosing one thing filters the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from recoupe.ledger.values import Occurrence, Relation, Series
from recoupe.model import Place
from recoupe.views.brief import Brief, Course, Dispute, Line, Pledge, Source, Voice, brief_of
from recoupe.views.countries import country
from recoupe.web.asked import MANY, Asked, counted
from recoupe.web.drawing.pairs import Pairs, pairs
from recoupe.web.drawing.timeline import Timeline, timeline
from recoupe.web.drawing.world import Spot, World, world
from recoupe.web.indexed import Index, canonical, nation
from recoupe.web.pages.frame import Link
from recoupe.web.say import Say
from recoupe.web.shelf import Told

T = TypeVar("T")
SHOWN = {"timeline": 60, "figures": 8, "commitments": 12, "disagreements": 12, "statements": 8, "sources": 40}
OPTIONS = 9


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: how many events it leaves, and the address that adds it or takes it away."""

    label: str
    href: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values, the most told first."""

    name: str
    label: str
    options: tuple[Option, ...]
    rest: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An event in the list. choose: the address that leaves what is about it; page: its permanent address."""

    line: Line
    choose: str
    page: str
    chosen: bool
    judged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A course of values. base: the whole that it counts against, where one is stated; left: what remains of it."""

    course: Course
    choose: str
    page: str
    chosen: bool
    base: str
    left: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment. who: empty where its words begin with the name."""

    pledge: Pledge
    who: str
    choose: str
    page: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A disagreement."""

    dispute: Dispute
    choose: str
    page: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks. choose: the address that leaves what concerns this speaker."""

    voice: Voice
    choose: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: how many things it has, and the address that shows them all where some are left out."""

    name: str
    label: str
    count: int
    all: str


@dataclass(frozen=True)
class StoryPage:
    """One story as of a day, with what the filters leave. chips: what is filtered, each a link that lifts it.

    undated: events that no day is known of and that few tell; kept: the other filters, for a form that sets the period;
    zoomed: the address of the whole period; empty: the filters leave nothing; hidden: for sections that are cut, the address
    that shows them whole; place_links, countries, country_links: for the map, by place, by country's code.
    """

    id: str
    title: str
    period: str
    as_of: str
    as_of_iso: str
    counts: tuple[str, ...]
    asked: Asked
    kept: tuple[tuple[str, str], ...]
    chips: tuple[Link, ...]
    clear: str
    facets: tuple[Facet, ...]
    headline: tuple[tuple[str, str], ...]
    timeline: Timeline | None
    zoomed: str
    map: World | None
    place_links: dict[str, str]
    countries: dict[str, str]
    country_links: dict[str, str]
    rows: tuple[Row, ...]
    undated: tuple[Row, ...]
    figures: tuple[Figure, ...]
    promises: tuple[Promise, ...]
    differences: tuple[Difference, ...]
    relations: Pairs | None
    speakers: tuple[Speaker, ...]
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    hidden: dict[str, str]
    empty: bool


def story_page(told: Told, index: Index, asked: Asked, say: Say) -> StoryPage:
    """The page of a story. told: all of it; index: its objects by what they can be chosen by."""
    return _Maker(told, index, asked, say).page()


def filters(told: Told, index: Index, asked: Asked, say: Say) -> tuple[tuple[Facet, ...], tuple[Link, ...]]:
    """The filters of a story, and what is filtered, for a page that shows no more of it."""
    maker = _Maker(told, index, asked, say)
    return maker.facets, maker.chips


@dataclass(frozen=True)
class _Maker:
    told: Told
    index: Index
    asked: Asked
    say: Say

    def page(self) -> StoryPage:
        say, asked = self.say, self.asked
        whole = self.index.brief(say.lang)
        narrowed = self.index.narrowed(asked)
        brief = brief_of(narrowed.view, narrowed.readings, narrowed.said, lang=say.lang) if asked.narrows else whole
        view = narrowed.view
        by_id = {o.id: o for o in view.occurrences}
        spots = self._spots(view.occurrences)
        drawn = world(spots)
        dated = [line for line in brief.timeline if line.year or line.main or line.id == asked.about]
        sources = tuple(source for source in brief.sources if source.id in {d.id for d in narrowed.dispatches})
        counts = self._counts(brief, sources)
        return StoryPage(
            id=self.told.name,
            title=whole.title,
            period=whole.period,
            as_of=whole.as_of,
            as_of_iso=self.told.view.as_of or "",
            counts=whole.counts,
            asked=asked,
            kept=tuple((name, value) for name, value in asked.pairs if name not in ("from", "to", "as_of")),
            chips=self.chips,
            clear=asked.query(**_NOTHING),
            facets=self.facets,
            headline=brief.headline,
            timeline=timeline(
                view.occurrences,
                brief.timeline,
                months=_months(say.lang),
                href=self._choose,
                chosen=asked.about,
                since=asked.since,
                until=asked.until,
                as_of=view.as_of,
            ),
            zoomed=asked.query(since=None, until=None) or "?",
            map=drawn,
            place_links={spot.name: self._toggled("place", _one(canonical([spot.name]))) for spot in spots},
            countries={land.code: nation(land.code, say.lang) for land in drawn.lands if land.named or land.told}
            if drawn
            else {},
            country_links={s.country: self._toggled("place", nation(s.country)) for s in spots if s.country},
            rows=tuple(self._row(line, by_id[line.id]) for line in self._cut("timeline", dated)),
            undated=tuple(self._row(line, by_id[line.id]) for line in brief.timeline if line not in dated),
            figures=tuple(self._figure(c, s) for c, s in self._cut("figures", self._courses(brief, view.series))),
            promises=tuple(Promise(p, _named(p, say.lang), *self._links(p.id)) for p in self._cut("commitments", brief.pledges)),
            differences=tuple(Difference(d, *self._links(d.id)) for d in self._cut("disagreements", brief.disputes)),
            relations=self._relations(view.relations),
            speakers=tuple(
                Speaker(voice, self._toggled("actor", _one(canonical([voice.speaker]))))
                for voice in self._cut("statements", brief.voices)
            ),
            sources=self._cut("sources", sources),
            sections=tuple(Section(*section) for section in counts),
            hidden={name: href for name, _, count, href in counts if href},
            empty=not any((brief.timeline, brief.courses, brief.pledges, brief.disputes, brief.voices)),
        )

    def _counts(self, brief: Brief, sources: Sequence[Source]) -> list[tuple[str, str, int, str]]:
        say = self.say
        named = [
            ("timeline", say("Events"), len(brief.timeline)),
            ("figures", say("Figures"), len(brief.courses)),
            ("commitments", say("Commitments"), len(brief.pledges)),
            ("disagreements", say("Disagreements"), len(brief.disputes)),
            ("statements", say("Who said what"), sum(len(v.speeches) for v in brief.voices)),
            ("sources", say("Dispatches"), len(sources)),
        ]
        lengths = {"statements": len(brief.voices)}
        full = self.asked.full
        return [
            (name, label, count, self.asked.query(full=(*full, name)) if self._over(name, lengths.get(name, count)) else "")
            for name, label, count in named
        ]

    def _over(self, section: str, count: int) -> bool:
        return count > SHOWN[section] and section not in self.asked.full

    def _cut(self, section: str, things: Iterable[T]) -> tuple[T, ...]:
        kept = tuple(things)
        return kept[: SHOWN[section]] if self._over(section, len(kept)) else kept

    def _choose(self, id_: str) -> str:
        """The address that leaves what is about one thing, or all again where it is chosen already."""
        return self.asked.query(about=None if self.asked.about == id_ else id_) or "?"

    def _toggled(self, name: str, value: str) -> str:
        return self.asked.toggled(name, value) or "?"

    def _links(self, id_: str) -> tuple[str, str, bool]:
        return self._choose(id_), f"/stories/{self.told.name}/{id_}", self.asked.about == id_

    def _row(self, line: Line, told: Occurrence) -> Row:
        choose, page, chosen = self._links(line.id)
        return Row(line, choose, page, chosen, told.judged)

    def _courses(self, brief: Brief, series: Iterable[Series]) -> list[tuple[Course, Series]]:
        by_id = {s.id: s for s in series}
        return [(course, by_id[course.id]) for course in brief.courses]

    def _figure(self, course: Course, series: Series) -> Figure:
        """What remains is worked out where the last value is counted of a stated whole, and both are exact."""
        phrases = self.say.phrases
        last = next((p for p in reversed(series.points) if p.of is not None), None)
        exact = last is not None and last.value is not None and last.low == last.high == last.value and not last.approx
        left = last.of - last.value if exact and last and last.of is not None and last.value is not None else None
        choose, page, chosen = self._links(course.id)
        return Figure(
            course=course,
            choose=choose,
            page=page,
            chosen=chosen,
            base=phrases.number(last.of) if last and last.of is not None else "",
            left=phrases.number(left) if left is not None and left >= 0 and series.kind != "percent" else "",
        )

    def _relations(self, relations: Iterable[Relation]) -> Pairs | None:
        say = self.say

        def name(key: str) -> str:
            return nation(key, say.lang) or key

        def hint(r: Relation) -> str:
            parts = [
                say.many("{number} cooperative", "{number} cooperative", r.cooperative) if r.cooperative else "",
                say.many("{number} conflictual", "{number} conflictual", r.conflictual) if r.conflictual else "",
                say("a break") if r.breaks else "",
            ]
            week = say("week of {day}", day=say.phrases.days(r.week, r.week))
            return f"{week}: {', '.join(filter(None, parts))}"

        return pairs(
            relations,
            name=name,
            months=_months(say.lang),
            hint=hint,
            href=lambda a, b: self.asked.query(actor=tuple(nation(k) or k for k in (a, b))),
            week_href=lambda since, until: self.asked.query(since=since, until=until),
        )

    def _spots(self, occurrences: Iterable[Occurrence]) -> tuple[Spot, ...]:
        """Where the events are, each counted once, at the most precise of the places that its reports name."""
        found: Counter[tuple[str, float | None, float | None, str | None, str]] = Counter()
        for told in occurrences:
            places = [p for report in told.reports for p in self._places(report.dispatch, report.item)]
            named = [p for p in places if country(p.name, "en") == country(told.place or p.name, "en")] or places
            best = min(named, key=lambda p: (PRECISION.index(p.precision or "country"), p.name), default=None)
            if best is not None and best.lat is not None and best.precision != "country":
                found[best.name, best.lat, best.lon, best.country, best.precision or "vicinity"] += 1
            elif code := told.country or (best.country if best else None):
                found[nation(code, self.say.lang), None, None, code, "country"] += 1
        return tuple(Spot(*key, count=count) for key, count in sorted(found.items(), key=lambda item: (-item[1], item[0][0])))

    def _places(self, dispatch: str, item: str) -> list[Place]:
        reading = self.told.readings[dispatch]
        event = next((e for e in reading.events if e.id == item), None)
        if event is None:
            return []
        wanted = {p.id for p in event.places if p.role == "at"} or {event.place or ""}
        return [p for p in reading.places if p.id in wanted and (p.lat is not None or p.country)]

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The filters, each with how many events each of its values would leave beside the other filters."""
        say, phrases = self.say, self.say.phrases
        near = self.index.near(self.asked.about)
        traits = [self.index.traits[o.id] for o in self.told.view.occurrences]
        labels: dict[str, tuple[str, Callable[[str], str]]] = {
            "actor": (say("Actor"), lambda v: country(v, say.lang)),
            "place": (say("Place"), lambda v: country(v, say.lang)),
            "type": (say("What"), lambda v: phrases("types", v)),
            "status": (say("Status"), lambda v: phrases("status", v)),
            "modality": (say("Told as"), lambda v: phrases("modality", v)),
            "outlet": (say("Outlet"), lambda v: v),
            "lang": (say("Language"), lambda v: _language(v, say.lang)),
        }
        facets = []
        for name, (label, called) in labels.items():
            counts = counted(getattr(t, name) for t in traits if self.asked.admits(t, but=name, near=near))
            on = getattr(self.asked, name)
            kept = {value: counts.get(value, 0) for value in (*on, *counts)}
            ranked = sorted(kept.items(), key=lambda item: (item[0] not in on, -item[1], item[0]))
            options = [Option(called(v), self._toggled(name, v), count, v in on) for v, count in ranked]
            if len(options) > 1 or on:
                facets.append(Facet(name, label, tuple(options[:OPTIONS]), tuple(options[OPTIONS:60])))
        return tuple(facets)

    @cached_property
    def chips(self) -> tuple[Link, ...]:
        """What is filtered: each a link that lifts it."""
        asked, phrases, say = self.asked, self.say.phrases, self.say
        chips = []
        if asked.about:
            label = self.index.title(asked.about, say.lang) or asked.about
            chips.append(Link(say("about: {what}", what=label), asked.query(about=None) or "?"))
        if asked.since or asked.until:
            chips.append(Link(phrases.days(asked.since, asked.until), asked.query(since=None, until=None) or "?"))
        if asked.q:
            chips.append(Link(phrases.quote(asked.q), asked.query(q="") or "?"))
        for facet in self.facets:
            chips += [Link(f"{facet.label.lower()}{phrases.table['colon']}{o.label}", o.href) for o in facet.options if o.on]
        return tuple(chips)


PRECISION = ("exact", "vicinity", "region", "country")
_NOTHING = {**dict.fromkeys(MANY, ()), "since": None, "until": None, "about": None, "q": ""}


def _named(pledge: Pledge, lang: str) -> str:
    """Who commits, where the words do not begin with that name in one language or the other."""
    words = pledge.what.split()
    begins = {country(" ".join(words[:n]), lang).casefold() for n in range(1, 5)}
    return "" if pledge.who.casefold() in begins or pledge.who.casefold() in pledge.what.casefold() else pledge.who


def _one(names: frozenset[str]) -> str:
    return next(iter(names), "")


@cache
def _months(lang: str) -> tuple[str, ...]:
    """The months as an axis names them."""
    from babel import Locale

    named = Locale(lang).months["stand-alone"]["abbreviated"]
    return tuple(str(named[n]).rstrip(".") for n in range(1, 13))


def _language(code: str, lang: str) -> str:
    from babel import Locale

    return str(Locale(lang).languages.get(code, code))
