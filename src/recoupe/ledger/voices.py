"""Who tells what in one dispatch, sentence by sentence, with what it denies and whom it blames.

A voice is what one origin says in one sentence: a statement, an accusation, or what the dispatch tells in its own words. The
patterns of `disputes.toml` find what a reading makes no statement of: «le syndicat parle de 23 arrestations», «Kampala dément».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recoupe.ledger.cues import Denial, Denying, denying, tally
from recoupe.ledger.entities import actor_keys, fold
from recoupe.ledger.matters import matters, stems
from recoupe.ledger.origins import house, origin_of, origin_of_actor
from recoupe.ledger.units import concepts
from recoupe.ledger.values import Report
from recoupe.ledger.whenwhere import overlap, trimmed
from recoupe.model import Actor, Dispatch, Event, Reading, Span, Statement

CLAUSE = re.compile(r"[,;:.]\s")
VIOLENT = ("ASSAULT", "COERCE")
SPOKEN = frozenset({"ACCUSE", "REJECT"})
AHEAD = frozenset({"planned", "demanded", "threatened", "hypothetical"})
DEED_REACH = 2
BEFORE_CUE = 60
AFTER_CUE = 25


@dataclass(frozen=True)
class Voice:
    """What one origin says in one sentence. at: where it is said, in the text; denies: whether it holds something to be untrue.

    words, matters: what it says; of a denial what it denies, where that is told. blamed: keys of whom it blames, and their
    names; deed: the event that it blames them for.
    """

    report: Report
    origin: str
    sentence: int
    at: int
    attributed: bool
    words: frozenset[str]
    matters: frozenset[str]
    denies: Denial | None = None
    blamed: frozenset[str] = frozenset()
    blamed_names: tuple[str, ...] = ()
    deed: str | None = None


def voices(reading: Reading, first: Dispatch) -> tuple[Voice, ...]:
    """The voices of a text, in its order. first: the dispatch that its copies were first seen in."""
    heard = _Heard(reading, first)
    found = [*heard.statements(), *heard.accusations(), *heard.own_words(), *heard.denials()]
    return tuple(sorted(found, key=lambda v: (v.sentence, v.report.span, v.report.item)))


def teller(reading: Reading, span: Span, first: Dispatch) -> str | None:
    """The origin that a count is laid to where no statement holds it: who stands before a tally, or speaks in its sentence."""
    sentence = next((s for s in reading.sentences if s[0] <= span[0] < s[1]), None)
    if sentence is None:
        return None
    text = reading.dispatch.text
    start = max(sentence[0], text.rfind(";", sentence[0], span[0]) + 1)
    who = tally(text[start : span[0]], reading.dispatch.lang)
    if who is not None:
        before = [(m[1], a.id, a) for a in reading.actors for m in a.mentions if start <= m[0] and m[1] <= span[0]]
        named = [(end, id_, a) for end, id_, a in before if len(fold(text[start:end]).split()) <= len(who.split())]
        return origin_of_actor(max(named, key=lambda n: n[:2])[2], first) if named else f"source:{who.strip()}@{house(first)}"
    speakers = [
        s
        for s in reading.statements
        if s.in_ == "text" and s.speaker_span is not None and sentence[0] <= s.speaker_span[0] and s.speaker_span[1] <= span[0]
    ]
    origins = {origin_of(reading, s.id, first) for s in speakers}
    return origins.pop() if len(origins) == 1 else None


class _Heard:
    """One reading, for its voices."""

    def __init__(self, reading: Reading, first: Dispatch) -> None:
        self.reading, self.first = reading, first
        self.lang, self.text = reading.dispatch.lang, reading.dispatch.text
        self.actors = {a.id: a for a in reading.actors}
        self.people = frozenset(stem for noun in concepts(self.lang) for stem in stems(noun))
        self.proper = frozenset(fold(n.text) for n in reading.names)
        self.said = [s for s in reading.statements if s.in_ == "text" and s.parent is None]
        self.denying: dict[int, Denying] = {}
        for n, (start, end) in enumerate(reading.sentences):
            found = denying(self.text[start:end], self.lang)
            if found is not None:
                self.denying[n] = Denying(found.kind, (start + found.span[0], start + found.span[1]))

    def statements(self) -> Iterator[Voice]:
        """What is reported, denials apart."""
        denials = {s.id for n in self.denying if (s := self.denial_in(n)) is not None}
        for s in self.said:
            if s.id not in denials:
                at, origin = self.sentence_of(s.cue or s.span), origin_of(self.reading, s.id, self.first)
                yield self.voice(s.id, s.span, at, origin, blamed=self.blamed_in(s))

    def denials(self) -> Iterator[Voice]:
        """What is held to be untrue, and by whom: the statement's speaker, else who stands by the words of denial."""
        for n, found in self.denying.items():
            sentence = self.reading.sentences[n]
            statement, actor = self.denial_in(n), self.denier(found.span, sentence)
            if statement is None and actor is None:
                continue
            origin = origin_of(self.reading, statement.id, self.first) if statement else ""
            if actor is not None and (statement is None or not origin):
                origin = origin_of_actor(actor, self.first)
            inside = (e.id for e in self.reading.events if e.in_ == "text" and sentence[0] <= e.trigger[0] < sentence[1])
            item = statement.id if statement else next(inside, f"sentence:{sentence[0]}")
            told_first = statement is not None and statement.span[1] <= found.span[0] and found.kind == "flat"
            start = found.span[0] if statement is None or told_first else min(found.span[0], statement.span[0])
            yield self.voice(item, trimmed(sentence, self.text), n, origin, start=start, denies=found)

    def denial_in(self, n: int) -> Statement | None:
        """The statement that denies: the one whose words of saying are those of denial, or that makes a flat denial itself; where
        nobody stands by these words, the last of the sentence.
        """
        found = self.denying[n]
        denier = self.denier(found.span, self.reading.sentences[n])
        for s in self.said:
            if (found.kind == "untrue" and overlap(s.span, found.span)) or (s.cue is not None and overlap(s.cue, found.span)):
                return s
        near = [s for s in self.said if self.sentence_of(s.cue or s.span) == n and s.span[0] >= found.span[1]]
        return near[-1] if near and denier is None else None

    def denier(self, cue: Span, sentence: Span) -> Actor | None:
        """Who stands right before the words of denial, or right after."""
        mentions = [(m, a) for a in self.reading.actors for m in a.mentions if sentence[0] <= m[0] and m[1] <= sentence[1]]
        before = [(cue[0] - m[1], a.id) for m, a in mentions if 0 <= cue[0] - m[1] <= BEFORE_CUE]
        after = [(m[0] - cue[1], a.id) for m, a in mentions if 0 <= m[0] - cue[1] <= AFTER_CUE]
        nearest = min(before or after, default=None)
        return self.actors[nearest[1]] if nearest else None

    def accusations(self) -> Iterator[Voice]:
        """Who accuses whom, where the event says both, or answers the accusation before it: «celles-ci accusent l'armée»."""
        last: Event | None = None
        for event in self.told("ACCUSE"):
            accuser = self.actors.get(event.actors[0]) if event.actors else self.answering(event, last)
            last = event
            if accuser is not None:
                blamed = [self.actors[i] for i in event.recipients if i in self.actors]
                at, origin = self.sentence_of(event.trigger), origin_of_actor(accuser, self.first)
                yield self.voice(event.id, event.evidence, at, origin, blamed=blamed)

    def answering(self, event: Event, last: Event | None) -> Actor | None:
        """Whom the accusation before it blames, where this one, of the same sentence, blames its accuser."""
        if last is None or len(last.recipients) != 1 or self.sentence_of(last.trigger) != self.sentence_of(event.trigger):
            return None
        back = {self.actors[i].name for i in last.actors if i in self.actors} & {
            self.actors[i].name for i in event.recipients if i in self.actors
        }
        return self.actors.get(last.recipients[0]) if back else None

    def own_words(self) -> Iterator[Voice]:
        """What the dispatch tells without a source."""
        for event in self.told():
            if event.statement is None and event.type not in SPOKEN:
                at = self.sentence_of(event.trigger)
                yield self.voice(event.id, event.evidence, at, house(self.first), attributed=False)

    def told(self, *types: str) -> Iterator[Event]:
        """The events of the text that are told as facts."""
        for event in self.reading.events:
            if event.in_ == "text" and event.modality == "asserted" and (not types or event.type in types):
                yield event

    def voice(
        self,
        item: str,
        span: Span,
        sentence: int,
        origin: str,
        *,
        start: int | None = None,
        denies: Denying | None = None,
        blamed: Sequence[Actor] = (),
        attributed: bool = True,
    ) -> Voice:
        told = span
        if denies is not None and denies.kind != "retort":
            stop = CLAUSE.search(self.text, denies.span[1], span[1])
            end = stop.start() if stop else span[1]
            told = (denies.span[1], end if denies.kind == "content" else denies.span[1])
        words = self.without_times(told)
        return Voice(
            report=Report(dispatch=self.reading.dispatch.id, item=item, span=span),
            origin=origin,
            sentence=sentence,
            at=span[0] if start is None else start,
            attributed=attributed,
            words=stems(words) - self.people,
            matters=matters(words, self.lang),
            denies=denies.kind if denies else None,
            blamed=frozenset(key for actor in blamed for key in self.blamed_keys(actor)),
            blamed_names=tuple(a.name for a in blamed),
            deed=self.deed(sentence) if blamed else None,
        )

    def deed(self, sentence: int) -> str | None:
        """What an accusation is about: the violence told in its sentence, else the last that was told shortly before."""
        violent = [e for e in self.reading.events if e.in_ == "text" and e.type in VIOLENT and e.modality not in AHEAD]
        placed = [(self.sentence_of(e.trigger), e) for e in violent]
        same = [e for n, e in placed if n == sentence]
        before = [e for n, e in placed if sentence - DEED_REACH <= n < sentence and e.type == "ASSAULT"]
        return same[0].id if same else before[-1].id if before else None

    def without_times(self, span: Span) -> str:
        """The words of a span but those that say when."""
        words = self.text[span[0] : span[1]]
        for time in self.reading.times:
            if time.in_ == "text" and overlap(time.span, span):
                words = words.replace(time.text, " ")
        return words

    def blamed_in(self, statement: Statement) -> list[Actor]:
        """Whom a statement has do violence, by name, the speaker apart."""
        speakers = {statement.speaker, *statement.speakers}
        ids = [i for e in self.told(*VIOLENT) if e.statement == statement.id for i in e.actors if i not in speakers]
        return [self.actors[i] for i in dict.fromkeys(ids) if i in self.actors and self.actors[i].kind != "group"]

    def blamed_keys(self, actor: Actor) -> frozenset[str]:
        """A group («des hommes en uniforme») is known by its words, whatever its country."""
        keys = actor_keys(actor, self.proper) if actor.kind != "group" else frozenset()
        return keys or frozenset({f"named:{fold(actor.name)}"})

    def sentence_of(self, span: Span) -> int:
        return next((n for n, (start, end) in enumerate(self.reading.sentences) if start <= span[0] < end), -1)
