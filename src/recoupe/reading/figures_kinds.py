"""What happened to those who are counted, and their state, by the noun itself and by the verbs of its clause.

A cue has a role: of a participle the voice decides («12 soldats ont été tués», «ont tué 12 civils»), a subject cue has the
counted before it, an object cue has them after it, a near cue anywhere in the clause. Voice and agreement are read from the
words around, not from a parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from recoupe.model import Basis, FigureKind
from recoupe.reading.figures_bounds import Quantity
from recoupe.reading.figures_table import Cue, FigureTable
from recoupe.reading.figures_units import Unit
from recoupe.reading.figures_words import Range, Words

AUXILIARY_WITHIN = 4
OBJECT_WITHIN = 7
NEAR_WITHIN = 30
HARM = ("dead", "injured", "missing")

Link = Literal["noun", "left", "right", "default"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind and a state, and what each rests on. link: the side of the cue, for what a coordinated figure may share."""

    kind: FigureKind
    basis: Basis
    link: Link
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Where the cues of one figure may stand: left up to the figure, right after it."""

    left: int
    right: int


def read_kind(words: Words, quantity: Quantity, unit: Unit, clause: Clause, table: FigureTable) -> Verdict:
    """The kind of one figure."""
    if unit.kind in ("percent", "money"):
        return Verdict(cast(FigureKind, unit.kind), "stated", "noun")
    noun = words.low(unit.head[0]) if unit.head else ""
    state = _first(words, _cued(words, quantity, unit, clause, table, "state"))
    kind = _modifying(words, quantity, unit, table) or table.nouns.get(noun)
    if kind and unit.head:
        return Verdict(_both(words, kind, unit.head[1], table), "stated", "noun", state)
    for cue, at, link in _cued(words, quantity, unit, clause, table, "kind"):
        if cue.value in HARM and noun in table.things:
            continue
        return Verdict(_both(words, cue.value, at, table), "syntax", link, state)
    near = _near(words, unit, noun, clause, table)
    if near:
        return Verdict(near, "discourse", "default", state)
    default: FigureKind = "troops" if noun in table.personnel and noun not in table.people else "other"
    return Verdict(default, "stated" if default == "troops" else "default", "default", state)


def _first(words: Words, cues: Iterator[tuple[Cue, int, Link]]) -> str | None:
    return next((cue.value for cue, _, _ in cues), None)


def _modifying(words: Words, quantity: Quantity, unit: Unit, table: FigureTable) -> str | None:
    """The kind that an adjective before the noun gives: "14 wounded soldiers"."""
    if unit.head is None:
        return None
    for i in range(quantity.number[1], unit.head[0]):
        for _, cue in table.cues.all(words, i):
            if cue.field == "kind" and cue.role == "participle":
                return cue.value
    return None


def _both(words: Words, kind: str, at: int, table: FigureTable) -> FigureKind:
    """«tués ou blessés» is casualties: another harm is joined to the first with no number of its own."""
    if kind in HARM and words.low(at) in (*table.joins, *table.mids):
        for i in range(at + 1, at + 4):
            other = table.nouns.get(words.low(i))
            if other is None:
                other = next((cue.value for _, cue in table.cues.all(words, i) if cue.role == "participle" and cue.field == "kind"), None)
            if other in HARM and other != kind:
                return "casualties"
            if words.kinds[i : i + 1] != ["word"] or words.low(i) in table.number_words:
                break
    return cast(FigureKind, kind)


def _cued(
    words: Words, quantity: Quantity, unit: Unit, clause: Clause, table: FigureTable, field: str
) -> Iterator[tuple[Cue, int, Link]]:
    """The cues that govern the figure, the surest first: a finite verb after it, a verb or noun before it, a bare participle."""
    noun = words.low(unit.head[0]) if unit.head else ""
    many = quantity.size >= 2
    bare: list[tuple[Cue, int, Link]] = []
    start = unit.head[1] if unit.head else quantity.words[1]
    for i in range(start, clause.right):
        for j, cue in table.cues.all(words, i):
            if cue.field != field or not _fits(words, cue, noun, unit, table):
                continue
            if cue.role == "subject":
                yield cue, j, "right"
            elif cue.role == "participle" and cue.plural in (None, many):
                if _auxiliary(words, i, start, table.passive):
                    yield cue, j, "right"
                elif not _auxiliary(words, i, start, table.active) and (cue.plural or not _object_follows(words, j, table)):
                    bare.append((cue, j, "right"))
    yield from _governing(words, quantity, noun, unit, clause, table, field)
    yield from bare


def _fits(words: Words, cue: Cue, noun: str, unit: Unit, table: FigureTable) -> bool:
    if cue.only == "personnel":
        return noun in table.personnel or unit.head is None
    if cue.only == "people":
        return noun in table.personnel or noun in table.people or unit.head is None or words.capital(unit.head[0])
    return True


def _auxiliary(words: Words, i: int, start: int, forms: frozenset[str]) -> bool:
    """Whether one of these forms stands before the participle at i, with no more than adverbs or another participle between."""
    return any(words.low(k) in forms for k in range(max(start, i - AUXILIARY_WITHIN), i))


def _object_follows(words: Words, j: int, table: FigureTable) -> bool:
    """Whether a noun phrase begins at j, so that the participle before it is an active verb."""
    low = words.low(j)
    return words.kinds[j : j + 1] == ["number"] or low in table.determiners or low in table.number_words or low in table.people


def _governing(
    words: Words, quantity: Quantity, noun: str, unit: Unit, clause: Clause, table: FigureTable, field: str
) -> Iterator[tuple[Cue, int, Link]]:
    """Cues before the figure that have it as their object: «a tué 12 civils», «la mort de 12 civils»."""
    first = quantity.words[0]
    for i in range(first - 1, max(clause.left, first - OBJECT_WITHIN) - 1, -1):
        for j, cue in table.cues.all(words, i):
            if cue.field != field or j > first or not _fits(words, cue, noun, unit, table):
                continue
            gap = range(j, first)
            if any(words.low(k) in table.prepositions or words.low(k) in table.copulas for k in gap):
                continue
            if cue.role == "object" and len(gap) <= 5:
                yield cue, unit.end, "left"
            elif cue.role == "participle" and not cue.plural and not _auxiliary(words, i, clause.left, table.passive):
                if _auxiliary(words, i, clause.left, table.active) or len(gap) <= 1 or cue.plural is None:
                    yield cue, unit.end, "left"


def _near(words: Words, unit: Unit, noun: str, clause: Clause, table: FigureTable) -> FigureKind | None:
    for i in range(max(0, clause.left - NEAR_WITHIN), min(clause.right + NEAR_WITHIN, len(words))):
        if words.sentences[i] != words.sentences[unit.end - 1]:
            continue
        for _, cue in table.cues.all(words, i):
            if cue.role == "near" and cue.field == "kind" and noun and _fits(words, cue, noun, unit, table):
                return cast(FigureKind, cue.value)
    return None


def clause_of(words: Words, quantity: Quantity, unit: Unit, before: int, after: int, table: FigureTable) -> Clause:
    """The clause of a figure. before, after: where the figure before it ends and the one after it begins.

    To the right a comma ends it once its verb has come.
    """
    first, last = words.sentence(quantity.number[0])
    left = quantity.words[0]
    while left > max(first, before) and words.low(left - 1) not in table.fences:
        left -= 1
    right = max(unit.end, quantity.words[1])
    verb = False
    while right < min(last, after):
        low = words.low(right)
        if (low in table.fences and (verb or low not in table.relatives)) or (low == "," and verb):
            break
        verb = verb or low in table.copulas
        right += 1
    return Clause(left, right)


def gap(words: Words, a: Range, b: Range) -> list[str]:
    """The words between two ranges, in lower case."""
    return [words.low(i) for i in range(a[1], b[0])]
