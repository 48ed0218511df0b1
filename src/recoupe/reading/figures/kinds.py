"""What happened to those who are counted, and their state, by the noun itself and by the verbs of its clause.

A cue has a role: of a participle the voice decides («12 soldats ont été tués», «ont tué 12 civils»), a subject cue has the
counted before it, an object cue has them after it, a near cue anywhere in the sentence. Voice and agreement are read from the
words around, not from a parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from recoupe.model import Basis, FigureKind
from recoupe.reading.figures.bounds import Quantity
from recoupe.reading.figures.table import Cue, FigureTable
from recoupe.reading.figures.units import Unit
from recoupe.reading.figures.words import Range, Words

AUXILIARY_WITHIN = 4
OBJECT_WITHIN = 14
OBJECT_GAP = 5
ACTING_WITHIN = 3
HARM = ("dead", "injured", "missing")
OVERCOME = ("injured", "missing", "kidnapped", "arrested", "displaced")
BESIDE = 2
INSERT = 15
CLAUSE = 80
CLOSERS = {"(": ")", "–": "–", "—": "—"}

Link = Literal["noun", "left", "right", "default"]
Found = tuple[Cue, int, Link]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind and a state, and what the kind rests on. link: the side of the cue, for what a coordinated figure may share."""

    kind: FigureKind
    basis: Basis
    link: Link
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One figure among its words. left, right: the clause in which its cues may stand."""

    words: Words
    table: FigureTable
    quantity: Quantity
    unit: Unit
    left: int
    right: int

    @property
    def noun(self) -> str:
        return self.words.low(self.unit.head[0]) if self.unit.head else ""

    @property
    def end(self) -> int:
        """Where the words of the figure end."""
        return self.unit.head[1] if self.unit.head else self.quantity.words[1]

    def read(self) -> Verdict:
        """The kind of the figure."""
        if self.unit.kind in ("percent", "money"):
            return Verdict(cast(FigureKind, self.unit.kind), "stated", "noun")
        state = next((cue.value for cue, _, _ in self._cues("state")), None)
        kind = self._modifier() or self.table.nouns.get(self.noun) or self._participle() or self._predicate()
        if kind == "casualties":
            kind = next((cue.value for cue, _, _ in self._cues("kind") if cue.value in HARM), kind)
        if kind in OVERCOME and any(cue.value == "dead" and link == "right" for cue, _, link in self._cues("kind")):
            kind = "dead"
        if kind and self.unit.head:
            return Verdict(self._joined_harm(kind, self.unit.head[1]), "stated", "noun", state)
        for cue, at, link in self._cues("kind"):
            return Verdict(self._joined_harm(cue.value, at), "syntax", link, state)
        if self.unit.head and any(
            self.table.agents.start(self.words, i) for i in range(self.end, min(self.end + ACTING_WITHIN, self.right))
        ):
            return Verdict("other", "syntax", "default", state)
        if self.noun and self._near():
            return Verdict("troops", "discourse", "default", state)
        if self.noun in self.table.personnel and self.noun not in self.table.people:
            return Verdict("troops", "stated", "default", state)
        return Verdict("other", "default", "default", state)

    def _kind_at(self, i: int) -> str | None:
        """The kind that a participle at i gives."""
        cues = self.table.cues.all(self.words, i)
        return next((cue.value for _, cue in cues if cue.field == "kind" and cue.role == "participle"), None)

    def _modifier(self) -> str | None:
        """The kind that an adjective before the noun gives: "14 wounded soldiers"."""
        before = range(self.quantity.number[1], self.unit.head[0]) if self.unit.head else range(0)
        return next((kind for i in before if (kind := self._kind_at(i))), None)

    def _participle(self) -> str | None:
        """The kind of a participle that stands for a noun: «une blessée»."""
        return self._kind_at(self.unit.head[0]) if self.unit.head else None

    def _predicate(self) -> str | None:
        """The kind of an adjective right after the noun: "11 people dead"."""
        kind = self.table.nouns.get(self.words.low(self.end)) if self.unit.head else None
        return kind if kind in HARM else None

    def _joined_harm(self, kind: str, at: int) -> FigureKind:
        """«tués ou blessés» is casualties: another harm is joined to the first with no number of its own."""
        words, table = self.words, self.table
        if kind in HARM and words.low(at) in (*table.joins, *table.mids):
            for i in range(at + 1, at + 4):
                other = table.nouns.get(words.low(i)) or self._kind_at(i)
                if other in HARM and other != kind:
                    return cast(FigureKind, kind if self._counts(i + 1) else "casualties")
                if words.kind(i) != "word" or words.low(i) in table.number_words:
                    break
        return cast(FigureKind, kind)

    def _counts(self, i: int) -> bool:
        """Whether an object of its own begins at i: a number, a bound, an article."""
        words, table = self.words, self.table
        return table.number_at(words, i) or words.low(i) in table.determiners or table.before.start(words, i) is not None

    def _cues(self, field: str) -> Iterator[Found]:
        """The cues that govern the figure, surest first: a finite verb after it, what it is an object of, a bare participle."""
        words, table = self.words, self.table
        bare: list[Found] = []
        for i in range(self.end, self.right):
            for j, cue in table.cues.all(words, i):
                if cue.field != field or not self._fits(cue):
                    continue
                if cue.role == "subject":
                    yield cue, j, "right"
                elif cue.role == "participle" and cue.plural in (None, self.quantity.size >= 2):
                    if self._auxiliary(i, self.end, table.passive):
                        yield cue, j, "right"
                    elif not self._auxiliary(i, self.end, table.active) and (cue.plural or not self._object_follows(j)):
                        if i - self.end < BESIDE and cue.value in HARM:
                            yield cue, j, "right"
                        bare.append((cue, j, "right"))
        yield from self._governing(field)
        yield from bare

    def _governing(self, field: str) -> Iterator[Found]:
        """Cues before the figure that have it as their object: «a tué 12 civils», «la mort de 12 civils»."""
        words, table, first = self.words, self.table, self.quantity.words[0]
        for i in range(first - 1, max(self.left, first - OBJECT_WITHIN) - 1, -1):
            for j, cue in table.cues.all(words, i):
                if cue.field != field or j > first or not self._fits(cue):
                    continue
                gap = range(j, first)
                inserted = len(gap) > 2 and words.low(j) == words.low(first - 1) == ","
                if not inserted and words.low(j) == ",":
                    continue
                if not inserted and any(words.low(k) in table.prepositions or words.low(k) in table.copulas for k in gap):
                    continue
                near = inserted or len(gap) <= OBJECT_GAP
                if (cue.role == "object" and near) or (cue.role == "participle" and near and self._is_active(cue, i, len(gap))):
                    yield cue, self.end, "left"

    def _is_active(self, cue: Cue, i: int, gap: int) -> bool:
        """Whether the participle at i is an active verb: never after the passive's auxiliary, nor in agreement with a plural."""
        if cue.plural or self._auxiliary(i, self.left, self.table.passive):
            return False
        return cue.plural is None or gap <= 1 or self._auxiliary(i, self.left, self.table.active)

    def _fits(self, cue: Cue) -> bool:
        """Whether a cue can hold of what is counted: «trois maisons» die no death."""
        noun, table = self.noun, self.table
        if cue.only is None or not self.unit.head:
            return cue.only != "stated"
        if cue.only == "personnel":
            return noun in table.personnel
        people = noun in table.personnel or noun in table.people or self.words.capital(self.unit.head[0])
        return people or (cue.only == "living" and noun not in table.things)

    def _auxiliary(self, i: int, start: int, forms: frozenset[str]) -> bool:
        """Whether one of these forms stands a little before the participle at i."""
        return any(self.words.low(k) in forms for k in range(max(start, i - AUXILIARY_WITHIN), i))

    def _object_follows(self, j: int) -> bool:
        """Whether a noun phrase begins at j, so that the participle before it is an active verb."""
        words, table = self.words, self.table
        return self._counts(j) or words.low(j) in table.people

    def _near(self) -> bool:
        """Whether the sentence speaks of a force, so that its «hommes» and «membres» are troops."""
        first, last = self.words.sentence(self.quantity.number[0])
        around = range(max(first, self.left - CLAUSE), min(last, self.right + CLAUSE))
        cues = (cue for i in around for _, cue in self.table.cues.all(self.words, i))
        return any(cue.role == "near" and self._fits(cue) for cue in cues)


def scene(words: Words, quantity: Quantity, unit: Unit, before: int, starts: Sequence[int], table: FigureTable) -> Scene:
    """A figure with its clause. before: where the figure before it ends; starts: where those after it begin.

    To the right a comma ends the clause once its verb has come; an insert between dashes or in parentheses is passed over.
    """
    first, last = words.sentence(quantity.number[0])
    first, last = max(first, quantity.words[0] - CLAUSE), min(last, unit.end + CLAUSE)
    left = quantity.words[0]
    while left > max(first, before) and words.low(left - 1) not in table.fences:
        left -= 1
    right = max(unit.end, quantity.words[1])
    verb = False
    after = next((start for start in starts if start >= right), last)
    while right < min(last, after):
        low = words.low(right)
        closer = _closer(words, right, last) if not verb else None
        if closer:
            right = closer
            after = next((start for start in starts if start >= right), last)
            continue
        if (low in table.fences and (verb or low not in table.relatives)) or (low == "," and verb):
            break
        verb = verb or low in table.copulas
        right += 1
    return Scene(words, table, quantity, unit, left, right)


def _closer(words: Words, opener: int, last: int) -> int | None:
    """Where an insert that opens here ends."""
    mark = CLOSERS.get(words.low(opener))
    return next((i + 1 for i in range(opener + 1, min(opener + INSERT, last)) if words.low(i) == mark), None) if mark else None


def gap(words: Words, a: Range, b: Range) -> list[str]:
    """The words between two ranges, in lower case."""
    return [words.low(i) for i in range(a[1], b[0])]
