"""One reading as claims: the events, figures and pledges that it tells, with what the sentences around them say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from recoupe.ledger.allusions import Allusion, allusions, end_of_own_words
from recoupe.ledger.claims import AHEAD, HARM, REAL, Claims, Count, DueSentence, Told
from recoupe.ledger.cues import earlier_count
from recoupe.ledger.entities import actor_keys, fold, place_key
from recoupe.ledger.matters import matters, stems
from recoupe.ledger.numbers import agree, comparable
from recoupe.ledger.origins import origin_of
from recoupe.ledger.promises import restrains
from recoupe.ledger.units import concept, same_thing
from recoupe.ledger.values import Report
from recoupe.ledger.voices import teller
from recoupe.ledger.whenwhere import Days, Spot, day_of, days_between, overlap, trimmed
from recoupe.model import Dispatch, Event, Figure, Place, Reading, Span, Statement, Time

SPEECH = frozenset({"REQUEST", "THREATEN", "AGREE", "ACCUSE", "REJECT", "SUPPORT"})
SPOKEN_DAYS = 2
EXACT = ("day", "hour", "minute", "second")
NEARBY = 600
REACH = 12
OLDER_DAYS = 3
RECALLED_DAYS = 21


def tell(reading: Reading, first: Dispatch) -> Claims:
    """The claims of a reading. first: the dispatch that its copies were first seen in."""
    scene = _Scene(reading, first)
    counts = tuple(scene.count(figure) for figure in reading.figures if not scene.repeated(figure))
    by_figure = {c.figure.id: c for c in counts}
    alluded = scene.alluded
    told = [scene.told(event, by_figure, alluded) for event in reading.events if not scene.announced(event)]
    told += [replace(scene.told(a.event, {}), alluded=True) for a in alluded if a.told is None]
    return Claims(tuple(told), counts, tuple(scene.due_sentences()))


class _Scene:
    """One reading with its items by id."""

    def __init__(self, reading: Reading, first: Dispatch) -> None:
        self.reading, self.first = reading, first
        self.times = {t.id: t for t in reading.times}
        self.places = {p.id: p for p in reading.places}
        self.actors = {a.id: a for a in reading.actors}
        self.statements = {s.id: s for s in reading.statements}
        self.dated = [(t.span, t.in_) for t in reading.times]
        self.proper = frozenset(fold(n.text) for n in reading.names)
        self.mentioned = frozenset(fold(p.name) for p in reading.places)
        self.day = day_of(reading.dispatch.published)
        self.alluded = allusions(reading)
        self.called_to_mind = [a.event.evidence for a in self.alluded if a.told is None]

    def words(self, span: Span, in_: str) -> str:
        source = self.reading.dispatch.title if in_ == "title" else self.reading.dispatch.text
        return source[span[0] : span[1]]

    def report(self, item: str, span: Span, in_: str) -> Report:
        return Report(dispatch=self.reading.dispatch.id, item=item, span=span, in_="title" if in_ == "title" else "text")

    def spot(self, place: Place, stated: bool = True) -> Spot:
        return Spot(place_key(place), place.name, place.kind, place.country, place.lat, place.lon, place.span, place.in_, stated)

    def keys(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(k for i in ids if i in self.actors for k in actor_keys(self.actors[i], self.proper))

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.actors[i].name for i in ids if i in self.actors))

    def sentence(self, span: Span, in_: str) -> Span:
        if in_ == "title":
            return 0, len(self.reading.dispatch.title)
        for start, end in self.reading.sentences:
            if start <= span[0] < end:
                return start, end
        return span

    def days_in(self, sentence: Span, in_: str) -> frozenset[dt.date]:
        """The single days that a sentence names."""
        times = (t for t in self.reading.times if t.in_ == in_ and sentence[0] <= t.span[0] < sentence[1] and t.start == t.end)
        return frozenset(day for t in times if t.grain in EXACT and (day := day_of(t.start)) is not None)

    def number_of(self, sentence: Span) -> int:
        """Its place among the sentences of the text; -1 in the headline."""
        return next((n for n, s in enumerate(self.reading.sentences) if s == sentence), -1)

    def repeated(self, figure: Figure) -> bool:
        """Does the headline give a count that the text gives again?"""
        others = (f for f in self.reading.figures if f.in_ == "text" and f.kind == figure.kind)
        return figure.in_ == "title" and any(agree(f, figure) for f in others)

    def announced(self, event: Event) -> bool:
        """Does the headline tell an event of a type that the text tells?"""
        return event.in_ == "title" and any(e.in_ == "text" and e.type == event.type for e in self.reading.events)

    def count(self, figure: Figure) -> Count:
        place = self.places.get(figure.place or "")
        sentence = self.sentence(figure.span, figure.in_)
        told = teller(self.reading, figure.span, self.first) if figure.statement is None and figure.in_ == "text" else None
        return Count(
            dispatch=self.reading.dispatch.id,
            copy=self.first.id,
            lang=self.reading.dispatch.lang,
            figure=figure,
            report=self.report(figure.id, figure.span, figure.in_),
            day=self.day,
            as_of=figure.as_of,
            origin=told or origin_of(self.reading, figure.statement, self.first),
            attributed=told is not None or figure.statement is not None,
            actor=self.keys([figure.actor] if figure.actor else []),
            place=self.spot(place) if place else None,
            sentence=sentence,
            sentence_number=self.number_of(sentence),
            events=self.counted(figure),
            names=self.named(sentence, figure.in_),
            earlier=earlier_count(self.words(sentence, figure.in_), self.reading.dispatch.lang, figure.text),
            text=" ".join(self.words(sentence, figure.in_).split()),
            days=self.days_in(sentence, figure.in_),
        )

    def counted(self, figure: Figure) -> frozenset[str]:
        """The events that a figure counts: those it names or that name it; else the one attack of its sentence."""
        events = self.reading.events
        tied = {e.id for e in events if (figure.id in e.figures or e.id in figure.events) and not self.before(figure, e)}
        if tied or figure.kind not in HARM:
            return frozenset(tied)
        sentence = self.sentence(figure.span, figure.in_)
        attacks = {e.id for e in events if self.attack(e, figure) and sentence[0] <= e.trigger[0] < sentence[1]}
        if not attacks and figure.of is None:
            attacks = self.told_before(figure, sentence)
        return frozenset(attacks) if len(attacks) == 1 else frozenset()

    def before(self, figure: Figure, event: Event) -> bool:
        """Is the count of days before the event, as its own words say? Then it counts another."""
        known = figure.basis.get("as_of") in ("stated", "syntax")
        of, since = day_of(figure.as_of), day_of(event.start)
        return known and of is not None and since is not None and (since - of).days > OLDER_DAYS

    def attack(self, event: Event, figure: Figure) -> bool:
        return event.type == "ASSAULT" and event.in_ == figure.in_ and event.modality in REAL

    def told_before(self, figure: Figure, sentence: Span) -> set[str]:
        """The one attack whose toll of this kind was told shortly before, where nothing in the sentence is older than it."""
        lang = self.reading.dispatch.lang
        unit = concept(figure.unit, lang)
        like = (f for f in self.reading.figures if f.kind == figure.kind and f.in_ == figure.in_ and f.id != figure.id)
        tolls = {f.id for f in like if comparable(f, figure) and same_thing(concept(f.unit, lang), unit)}
        counted = [e for e in self.reading.events if self.attack(e, figure) and tolls.intersection(e.figures)]
        near = [e for e in counted if 0 < sentence[0] - e.trigger[0] < NEARBY]
        near = [e for e in near if e.modality == "asserted"] or near
        if len(near) != 1:
            return set()
        days = days_between(near[0].start, near[0].end, exact=False)
        told = [day_of(t.end) for t in self.reading.times if t.in_ == figure.in_ and sentence[0] <= t.span[0] < sentence[1]]
        older = days is not None and any(d is not None and (days.start - d).days > OLDER_DAYS for d in told)
        return set() if older else {near[0].id}

    def told(self, event: Event, counts: dict[str, Count], alluded: Sequence[Allusion] = ()) -> Told:
        taken = self.reading.dispatch
        time = self.time_within(event) if self.said_then(event) else self.times.get(event.time or "")
        exact = time is not None and time.grain in EXACT and not time.approx
        words = self.words(event.evidence, event.in_)
        start, end = (event.start, event.end) if time is None or time.id == event.time else (time.start, time.end)
        days = days_between(start, end, exact=exact) if time is not None or self.elsewhen(event) else None
        to_come = time is not None and days is not None and self.to_come(days)
        sentence = self.sentence(event.evidence, event.in_)
        around = self.words(sentence, event.in_)
        restrained = (event.modality in AHEAD or (event.modality == "denied" and not event.denied_by)) and restrains(
            around, taken.lang
        )
        return Told(
            dispatch=taken.id,
            copy=self.first.id,
            lang=taken.lang,
            event=event,
            report=self.report(event.id, self.own_words(event), event.in_),
            day=self.day,
            days=None if to_come and event.type in SPEECH else days,
            time=time,
            spots=self.spots(event),
            country=event.country,
            actors=self.keys(event.actors),
            recipients=self.keys(event.recipients),
            actor_names=self.names(event.actors),
            recipient_names=self.names(event.recipients),
            counts=tuple(c for c in counts.values() if event.id in c.events),
            names=self.named(sentence, event.in_),
            words=stems(words),
            matters=matters(words, taken.lang),
            text=" ".join(words.split()),
            around=around,
            origin=origin_of(self.reading, event.statement, self.first),
            restraint=restrained,
            news=self.news(event) if days is None else None,
            ahead=restrained
            or event.modality in AHEAD
            or (event.modality == "asserted" and to_come and event.type not in SPEECH),
            due=days if event.modality in AHEAD or to_come else None,
            sentence=sentence,
            mentioned=self.mentioned,
            recalled=not to_come and self.recalled(sentence, event.in_),
            further=self.further(event, alluded),
            alluded=event.modality == "denied"
            and days is None
            and not (event.mode or event.recipients)
            and bool(event.denied_by),
        )

    def further(self, event: Event, alluded: Sequence[Allusion]) -> tuple[Report, ...]:
        """Where the text tells or calls to mind the same event again."""
        others = [a.event.trigger for a in alluded if a.told != event.id]
        own, trigger = self.own_words(event), event.trigger
        mentions = [m for m in event.mentions if not any(overlap(m, noun) for noun in others)]
        mentions = [m for m in mentions if overlap(m, own) or not overlap(m, (trigger[0], event.evidence[1]))]
        again = [(span, event.in_) for span in mentions] + [(span, "title") for span in event.title_mentions]
        again += [(a.event.evidence, "text") for a in alluded if a.told == event.id]
        return tuple(self.report(event.id, span, in_) for span, in_ in again)

    def news(self, event: Event) -> Days | None:
        """The days of publication, for what the dispatch tells first of all and without a day."""
        told_as_news = event.salience == "main" and event.modality == "asserted" and event.time is None
        return days_between(event.start, event.end, exact=False) if told_as_news and not self.elsewhen(event) else None

    def said_then(self, event: Event) -> bool:
        """Is its time that of the saying: «…, ont-ils dit dimanche»?"""
        said = self.statements.get(event.statement or "")
        time = self.times.get(event.time or "")
        return said is not None and time is not None and said.time == time.id and not overlap(said.span, time.span)

    def time_within(self, event: Event) -> Time | None:
        """The one day that what is said names, where the event's own is that of the saying."""
        said = self.statements[event.statement or ""]
        inside = [t for t in self.reading.times if t.in_ == said.in_ and overlap(t.span, said.span) and t.grain in EXACT]
        return inside[0] if len(inside) == 1 and inside[0].start is not None else None

    def own_words(self, event: Event) -> Span:
        """Its evidence; from its trigger on, where the words of an event told before hold or reach what comes before that:
        «a libéré les otages | pris lundi», and up to where it is dated by another: «enlevés | cinq jours après l'assaut».
        A denial goes with the words that deny.
        """
        start, end = event.evidence
        said = self.statements.get(event.statement or "")
        if event.modality == "denied" and said is not None and said.cue is not None and said.in_ == event.in_:
            return min(start, said.cue[0]), max(end, said.cue[1])
        before = [e.evidence for e in self.reading.events if e.in_ == event.in_ and e.trigger[0] < event.trigger[0]]
        before += [span for span in self.called_to_mind if event.in_ == "text" and span[0] < event.trigger[0]]
        shared = any(overlap(span, (start, event.trigger[0])) or self.reaches(span, event.in_, start) for span in before)
        return (event.trigger[0] if shared else start), end_of_own_words(self.reading, event)

    def reaches(self, told: Span, in_: str, start: int) -> bool:
        """Do words go on, without a stop, to what starts here: «nine | of the | workers»?"""
        between = self.words((told[1], start), in_) if told[1] <= start else "."
        return len(between) <= REACH and all(c.isalpha() or c.isspace() for c in between)

    def recalled(self, sentence: Span, in_: str) -> bool:
        """Are all the days that its sentence names long past?"""
        told = [day_of(t.end) for t in self.reading.times if t.in_ == in_ and sentence[0] <= t.span[0] < sentence[1]]
        days = [d for d in told if d is not None]
        return bool(days) and self.day is not None and (self.day - max(days)).days > RECALLED_DAYS

    def to_come(self, days: Days) -> bool:
        """Does it lie after publication? «D'ici à», «avant» begin with the day of speech."""
        return self.day is not None and days.end > self.day and (self.day - days.start).days <= SPOKEN_DAYS

    def due_sentences(self) -> Iterable[DueSentence]:
        """The sentences of the text that name a day to come, of two such days the last; then those that promise without a day."""
        found: dict[Span, Time] = {}
        for time in self.reading.times:
            days = days_between(time.start, time.end, exact=True)
            if time.in_ == "text" and time.kind in ("date", "time", "interval") and days is not None and self.to_come(days):
                found[self.sentence(time.span, time.in_)] = time
        for sentence, time in sorted(found.items()):
            days = days_between(time.start, time.end, exact=True)
            if days is not None:
                yield self.due_sentence(sentence, days, time)
        for said in self.reading.statements:
            sentence = self.sentence(said.span, said.in_)
            if said.force == "promise" and said.in_ == "text" and sentence not in found:
                yield self.due_sentence(sentence, None, said)

    def due_sentence(self, sentence: Span, due: Days | None, item: Time | Statement) -> DueSentence:
        def within(span: Span) -> bool:
            return sentence[0] <= span[0] and span[1] <= sentence[1]

        said = next((s for s in self.reading.statements if s.span[0] <= item.span[0] and item.span[1] <= s.span[1]), None)
        speaker = [said.speaker] if said is not None and said.speaker else []
        ids = speaker or [a.id for a in self.reading.actors if a.kind != "group" and any(within(m) for m in a.mentions)]
        words = self.words(sentence, "text")
        return DueSentence(
            dispatch=self.reading.dispatch.id,
            copy=self.first.id,
            lang=self.reading.dispatch.lang,
            report=self.report(said.id if said else item.id, trimmed(sentence, self.reading.dispatch.text), "text"),
            day=self.day,
            due=due,
            dates=frozenset(d for t in self.reading.times if within(t.span) and (d := day_of(t.end)) is not None),
            names=self.named(sentence, "text"),
            words=stems(words),
            actors=self.keys(ids),
            actor_names=self.names(speaker),
            values=frozenset(f.value for f in self.reading.figures if f.in_ == "text" and within(f.span) and f.value is not None),
            force=said.force if said else None,
            text=" ".join(words.split()),
            sentence=sentence,
            restraint=restrains(words, self.reading.dispatch.lang),
        )

    def elsewhen(self, event: Event) -> bool:
        """Is it dated apart from its publication, though no time is tied to it? A supposed date says nothing."""
        end = day_of(event.end)
        return event.basis.get("start") != "default" and end is not None and self.day is not None and (self.day - end).days > 2

    def spots(self, event: Event) -> tuple[Spot, ...]:
        """Where it was: the place that its own words hold, where the reading only takes one over from what was told before."""
        ids = [p.id for p in event.places if p.role == "at"] or ([event.place] if event.place else [])
        places = [self.places[i] for i in dict.fromkeys(ids) if i in self.places and not self.in_a_date(self.places[i])]
        stated = event.basis.get("place") != "discourse"
        if not stated:
            own = [p for p in self.reading.places if p.in_ == event.in_ and overlap(p.span, event.evidence) and not p.metonym]
            exact = [p for p in own if p.kind in ("city", "facility") and not self.in_a_date(p)]
            if len({place_key(p) for p in exact}) == 1:
                places, stated = exact[:1], True
        return tuple(self.spot(p, stated) for p in places)

    def in_a_date(self, place: Place) -> bool:
        return any(place.in_ == in_ and overlap(place.span, span) for span, in_ in self.dated)

    def named(self, span: Span, in_: str) -> frozenset[str]:
        """Names within a sentence but those of countries, as words of four letters or more."""
        countries = {(p.span, p.in_) for p in self.reading.places if p.kind == "country"}
        names = (n for n in self.reading.names if n.in_ == in_ and (n.span, n.in_) not in countries)
        inside = (n for n in names if span[0] <= n.span[0] and n.span[1] <= span[1])
        return frozenset(w for n in inside for w in fold(n.text).split() if len(w) > 3)
