"""Whose, where, as of when: a figure tied to the actors, places, times, events and statements of its clause.

A tie is made where one candidate stands nearest in the same clause, else in the same sentence; of two left none is taken and
both are kept as an abstention. Works without a parse too, by what stands between one figure and the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import replace
from spacy.tokens import Token

from recoupe.model import Basis, Event, Figure, Place, Span, Statement, Time
from recoupe.reading.cast import Cast
from recoupe.reading.page import Page

CLIMB = 25
PRECISION = {"facility": 0, "city": 1, "water": 2, "admin": 3, "region": 4, "country": 5}
T = TypeVar("T", Place, Time)


def tie_figures(
    page: Page,
    figures: Sequence[Figure],
    cast: Cast,
    times: Sequence[Time],
    places: Sequence[Place],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Figure, ...]:
    """The figures with whose, where, as of when, and the events and the statement they belong to."""
    ties = Ties(page, figures, cast, times, places, statements, events)
    tied: dict[str, Figure] = {}
    for figure in figures:
        tied[figure.id] = ties.tie(figure, tied.get(figure.of_figure or ""))
    return tuple(tied.values())


@dataclass
class Ties:
    """What the stages before have found on one page. starts, ends: where each figure begins and ends, in order."""

    page: Page
    figures: Sequence[Figure]
    cast: Cast
    times: Sequence[Time]
    places: Sequence[Place]
    statements: Sequence[Statement]
    events: Sequence[Event]
    starts: list[int] = field(init=False)
    ends: list[int] = field(init=False)
    sentences: list[int] = field(init=False)
    clauses: dict[int, list[Token | None]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = sorted(f.span[0] for f in self.figures)
        self.ends = sorted(f.span[1] for f in self.figures)
        self.sentences = [sentence.start_char for sentence in self.page.sentences]

    def tie(self, figure: Figure, whole: Figure | None) -> Figure:
        """One figure; whole: the tied figure of which it is a part."""
        basis: dict[str, Basis] = dict(figure.basis)
        statement = self._statement(figure)
        events = self._events(figure)
        actor = self._actor(figure, basis) or self._inherited(whole.actor if whole else None, "actor", basis)
        place = self._place(figure, events, basis) or self._inherited(whole.place if whole else None, "place", basis)
        return replace(
            figure,
            actor=actor,
            place=place,
            as_of=self._as_of(figure, statement, basis),
            events=tuple(event.id for event in events),
            statement=statement.id if statement else None,
            basis=basis,
        )

    def _inherited(self, value: str | None, name: str, basis: dict[str, Basis]) -> str | None:
        if value:
            basis[name] = "discourse"
        return value

    def _statement(self, figure: Figure) -> Statement | None:
        """The innermost statement whose content holds the figure."""
        holding = [s for s in self.statements if any(_within(figure.span, part) for part in s.parts or (s.span,))]
        return min(holding, key=lambda s: s.span[1] - s.span[0], default=None)

    def _events(self, figure: Figure) -> list[Event]:
        """Events that name the figure or whose trigger is a word of its clause, else those whose evidence holds it."""
        clause = self._clause_of(figure.span)
        sharing = [event for event in self.events if figure.id in event.figures or self._shares(event, figure.span, clause)]
        holding = (event for event in self.events if _within(figure.span, event.evidence))
        return sharing or [event for event in holding if self._same_sentence(figure.span, event.trigger)]

    def _shares(self, event: Event, span: Span, clause: Token | None) -> bool:
        return _meets(event.trigger, span) or (clause is not None and self._clause_of(event.trigger) == clause)

    def _actor(self, figure: Figure, basis: dict[str, Basis]) -> str | None:
        """The actor that the counted noun stands for, or the one that it is said to belong to."""
        head = self._head(figure)
        if head is None:
            return None
        actor = self.cast.at(head)
        if actor:
            basis["actor"] = "stated"
            return actor
        own = {self.cast.at(t) for t in head.subtree if _below(t, head) and figure.span[0] <= t.idx} - {None}
        if len(own) == 1:
            basis["actor"] = "syntax"
            return own.pop()
        if len(own) > 1:
            self.page.abstain(figure.id, "actor", "several actors complete the counted noun", tuple(sorted(a for a in own if a)))
        return None

    def _head(self, figure: Figure) -> Token | None:
        """The counted noun, where it stands in the figure's own words."""
        at = self.page.text.rfind(figure.unit, *figure.span) if figure.unit else -1
        return self.page.token_at(at) if at >= 0 and self.parsed else None

    def _place(self, figure: Figure, events: Sequence[Event], basis: dict[str, Basis]) -> str | None:
        """The place of its stretch of the sentence, the most precise of those told one after another, else that of its event."""
        usable = [p for p in self.places if not p.dateline and not p.metonym and not _within(p.span, figure.span)]
        clause = self._clause_of(figure.span)
        local = [p for p in usable if self._same_sentence(p.span, figure.span)]
        near = self._stretch(figure, [p for p in local if clause is not None and self._clause_of(p.span) == clause] or local)
        if near:
            basis["place"] = "syntax"
            return min(near, key=lambda p: PRECISION[p.kind]).id
        told = {event.place for event in events if event.place and event.basis.get("place") in ("stated", "syntax")}
        if len(told) == 1:
            basis["place"] = "discourse"
            return told.pop()
        return None

    def _as_of(self, figure: Figure, statement: Statement | None, basis: dict[str, Basis]) -> str | None:
        """The last day of the time that governs its clause, else of its statement's time, else the day of publication."""
        dated = [t for t in self.times if t.end and t.kind != "duration" and self._same_sentence(t.span, figure.span)]
        for clause in self._clauses_above(figure.span):
            here = [t for t in dated if self._clause_of(t.span) == clause]
            if len({t.end for t in here}) > 1:
                here = self._stretch(figure, here)
            days = {t.end for t in here if t.end}
            if len(days) == 1:
                basis["as_of"] = "syntax"
                return days.pop()[:10]
            if days:
                self.page.abstain(figure.id, "as_of", "two times govern the clause", tuple(t.id for t in here))
                return None
        said = next((t.end for t in self.times if statement and t.id == statement.time and t.end), None)
        if said:
            basis["as_of"] = "discourse"
            return said[:10]
        published = self.page.published
        if published:
            basis["as_of"] = "default"
        return published.isoformat() if published else None

    def _stretch(self, figure: Figure, items: Sequence[T]) -> list[T]:
        """Of these, those between the figure and the next one; where there is none, those between it and the one before."""
        later = bisect_right(self.starts, figure.span[0])
        after = self.starts[later] if later < len(self.starts) else len(self.page.text)
        earlier = bisect_right(self.ends, figure.span[0])
        before = self.ends[earlier - 1] if earlier else 0
        following = [item for item in items if figure.span[0] < item.span[0] < after]
        preceding = [item for item in items if before <= item.span[0] < figure.span[0]]
        alone = [item for item in items if len(items) == 1 and item.span[0] < figure.span[0]]
        return following or preceding or alone

    @property
    def parsed(self) -> bool:
        return bool(self.page.doc.has_annotation("DEP"))

    def _clause_of(self, span: Span) -> Token | None:
        """The verb of the clause in which a span stands; None without a parse."""
        return next(iter(self._clauses_above(span)), None)

    def _clauses_above(self, span: Span) -> list[Token | None]:
        """The verbs that govern a span, nearest first, up to a coordination; [None] without a parse or a verb."""
        if span[0] in self.clauses:
            return self.clauses[span[0]]
        token = self.page.token_at(span[0]) if self.parsed else None
        verbs: list[Token | None] = []
        for _ in range(CLIMB):
            if token is None:
                break
            if token.pos_ in ("VERB", "AUX") and not (token.dep_.startswith("aux") or token.dep_ == "cop"):
                verbs.append(token)
                if token.dep_ == "conj":
                    break
            token = token.head if token.head.i != token.i else None
        return self.clauses.setdefault(span[0], verbs or [None])

    def _same_sentence(self, a: Span, b: Span) -> bool:
        return bisect_right(self.sentences, a[0]) == bisect_right(self.sentences, b[0])


def _below(token: Token, head: Token) -> bool:
    """Whether a token completes a noun with no verb between."""
    for _ in range(CLIMB):
        if token.i == head.i:
            return True
        if token.pos_ in ("VERB", "AUX"):
            return False
        token = token.head
    return False


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _meets(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
