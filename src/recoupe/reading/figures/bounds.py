"""Numerals with what bounds them: «au moins 17», «de 10 à 20», «supérieur à 20 et inférieur à 35» as one quantity each.

The encoding is that of `model.Figure`. Two numerals of a change («passé de 8 à 54») are two
quantities, and a descending pair is no range.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from recoupe.model import Number
from recoupe.reading.figures.numbers import Form, Numeral
from recoupe.reading.figures.table import BoundRule, FigureTable
from recoupe.reading.figures.words import Range, Words

UNDONE_WITHIN = 5
PREFIXES = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A bounded number. words: with its bound's words; number: the numerals alone; bounded: whether any word bounds it."""

    words: Range
    number: Range
    form: Form
    scale: Number
    value: Number | None
    low: Number | None
    high: Number | None
    approx: bool
    rule: str
    bounded: bool = False

    @property
    def size(self) -> Number:
        """The number that stands for it in comparisons."""
        return next((n for n in (self.value, self.high, self.low) if n is not None), 0)

    def scaled(self, scale: Number) -> Quantity:
        """The quantity in another unit of number: the «20» of «20 des 40 millions»."""
        value, low, high = (None if n is None else n * scale for n in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high, scale=scale)

    def bound(self, rule: BoundRule) -> Quantity:
        """The quantity with one more bound; a range keeps its two ends."""
        if rule.bound == "exact" or (self.low is not None and self.high is not None and self.value is None):
            return replace(self, bounded=True)
        size = self.size
        if rule.bound == "low":
            return replace(self, value=size, low=size, high=None, approx=False, rule=rule.name, bounded=True)
        if rule.bound == "high":
            return replace(self, value=size, low=None, high=size, approx=False, rule=rule.name, bounded=True)
        if self.bounded and (self.low is None) != (self.high is None):
            return self
        if self.form == "vague":
            return replace(self, bounded=True)
        return replace(self, value=size, low=None, high=None, approx=True, rule=rule.name, bounded=True)


def read_quantities(words: Words, numerals: list[Numeral], table: FigureTable) -> list[Quantity]:
    """Every quantity of a text, in order: each numeral is part of exactly one."""
    found: list[Quantity] = []
    k = 0
    while k < len(numerals):
        pair = numerals[k : k + 2]
        quantity = _range(words, pair[0], pair[1], table) if len(pair) == 2 else None
        k += 2 if quantity and quantity.rule == "range" else 1
        quantity = _with_bounds(words, quantity or _single(words, pair[0], table), table)
        joined = _joined(words, found[-1], quantity, table) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(quantity)
    return found


def bounded_after(words: Words, quantity: Quantity, at: int, table: FigureTable) -> tuple[Quantity, int]:
    """The quantity with a bound that follows it («17 au moins»), and where the words go on."""
    found = table.after.start(words, at)
    if found is None or words.kinds[found[0] : found[0] + 1] == ["number"] or _opens(words, at, found[0], table):
        return quantity, at
    if words.sentences[found[0] - 1] != words.sentences[at - 1]:
        return quantity, at
    return replace(quantity.bound(found[1]), words=(quantity.words[0], max(quantity.words[1], found[0]))), found[0]


def _opens(words: Words, at: int, end: int, table: FigureTable) -> bool:
    """Whether the words from at begin a bound of the next number: «et plus de 40» is none of this one."""
    ahead = (table.before.start(words, i) for i in range(at, end))
    return any(found is not None and found[0] > end and table.number_at(words, found[0]) for found in ahead)


def _single(words: Words, n: Numeral, table: FigureTable) -> Quantity:
    value = -n.value if _negative(words, n, table) else n.value
    start = n.i - 1 if value != n.value or words.low(n.i - 1) in table.signs or _plus(words, n) else n.i
    quantity = Quantity((start, n.j), (n.i, n.j), n.form, n.scale, value, value, value, False, _rule(n))
    if n.form == "vague":
        return replace(quantity, value=None, high=None, approx=True)
    if n.form == "about":
        return replace(quantity, low=None, high=None, approx=True)
    return quantity


def _rule(n: Numeral) -> str:
    return {"article": "one", "digits": "digits", "words": "number_words"}.get(n.form, n.form)


def _plus(words: Words, n: Numeral) -> bool:
    return words.low(n.i - 1) == "+" and (words.glued(n.i) or words.low(n.i - 2) == "(")


def _negative(words: Words, n: Numeral, table: FigureTable) -> bool:
    """A minus stands right before the digits and right after a blank or a parenthesis: no hyphen, no dash."""
    if n.form != "digits" or words.low(n.i - 1) != "-":
        return False
    before = words.text[: words.starts[n.i - 1]][-1:]
    return before == "(" or (before.isspace() and words.glued(n.i) and _minus_makes_sense(words, n, table))


def _minus_makes_sense(words: Words, n: Numeral, table: FigureTable) -> bool:
    unit = table.units.start(words, n.j)
    return (unit is not None and unit[1] == "percent") or table.before.end(words, n.i - 1) is not None


def _range(words: Words, a: Numeral, b: Numeral, table: FigureTable) -> Quantity | None:
    """«de 10 à 20», «entre 10 et 20», «trois ou quatre», «10-20»: two rising numerals that a word of the table joins.

    Of a change («passe de 10 à 20 millions») the first numeral alone, with the scale of the second.
    """
    if words.sentences[a.i] != words.sentences[b.i] or not 1 <= b.i - a.j <= 4 or a.form == "vague" or b.form == "article":
        return None
    mid = a.j
    unit = table.units.start(words, mid)
    if unit and words.low(mid) == words.low(b.j):
        mid = unit[0]
    elif words.low(mid) == words.low(b.j):
        mid += 1
    word = words.low(mid)
    opened = word in table.opens.get(words.low(a.i - 1), ()) and not table.before.end(words, a.i)
    again = table.before.start(words, mid + 1)
    after = again[0] if again and again[1].bound == "approx" else mid + 1
    if words.low(after) in table.signs:
        after += 1
    if after != b.i or not (opened or word in table.mids):
        return None
    if not word.isalpha() and not (words.glued(mid) and words.glued(b.i)):
        return None
    if word in table.mids and opened and any(words.low(i) in table.changes for i in range(a.i - UNDONE_WITHIN, a.i - 1)):
        return _single(words, replace(a, value=_distributed(words, a, b)), table)
    low, high = _distributed(words, a, b), b.value
    start = a.i - 1 if opened or words.low(a.i - 1) in table.signs else a.i
    if low >= high:
        return None
    return Quantity((start, b.j), (a.i, b.j), b.form, b.scale, None, low, high, True, "range", opened)


def _distributed(words: Words, a: Numeral, b: Numeral) -> Number:
    """The first value of a range with the scale that only the second has: «5 à 10 millions», «20 à 30 000»."""
    if a.scale == 1 and b.scale > 1 and a.value < b.head:
        return a.value * b.scale
    grouped = a.form == b.form == "digits" and b.scale == 1 and {" ", "."} & set(words.said((b.i, b.j)))
    if grouped and b.value % 1000 == 0 and a.value < b.value / 1000:
        return a.value * 1000
    return a.value


def _with_bounds(words: Words, quantity: Quantity, table: FigureTable) -> Quantity:
    start = quantity.words[0]
    for _ in range(PREFIXES):
        found = table.before.end(words, start)
        if found is None and words.low(start - 1) in table.definite:
            found = table.before.end(words, start - 1)
        if found is None or words.sentences[found[0]] != words.sentences[start]:
            break
        ahead = {words.low(i) for i in range(found[0] - UNDONE_WITHIN, found[0])}
        if found[1].needs and not found[1].needs & ahead:
            break
        start, rule = found
        if rule.unless & ahead:
            continue
        quantity = replace(quantity.bound(rule), words=(start, quantity.words[1]))
    return bounded_after(words, quantity, quantity.words[1], table)[0]


def _joined(words: Words, first: Quantity, second: Quantity, table: FigureTable) -> Quantity | None:
    """«supérieur à 20 et inférieur à 35» is one quantity where nothing is counted between and the two bounds leave room."""
    low, high = (first, second) if first.low is not None else (second, first)
    if (first.low, first.high).count(None) != 1 or (second.low, second.high).count(None) != 1:
        return None
    if low.low is None or high.high is None or not low.low < high.high or first.approx or second.approx:
        return None
    gap = range(first.words[1], second.words[0])
    if len(gap) > 2 or any(words.low(i) not in table.joins for i in gap):
        return None
    return replace(
        second,
        words=(first.words[0], second.words[1]),
        number=(first.number[0], second.number[1]),
        value=None,
        low=low.low,
        high=high.high,
        rule="range",
    )
