"""Numerals and their values: digits in any grouping, number words, both mixed, dozens and halves.

Pure runs of number words are text2num's; it reads no digits with a scale («1,5 million»), no half («2 millions et demi»), no
approximate noun («une centaine», "dozens") and no article as one ("a hundred"): those are read here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from text_to_num import text2num

from recoupe.model import Number
from recoupe.reading.figures.table import FigureTable
from recoupe.reading.figures.words import Words

Form = Literal["digits", "words", "article", "about", "vague", "fraction"]
LONGEST_RUN = 50
LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Numeral:
    """The words i to j (exclusive) and their value; of «des centaines» the value is the least that it may be.

    head: the value before its last scale («1,5» of «1,5 million»), scale: that scale, 1 where there is none.
    """

    i: int
    j: int
    value: Number
    form: Form
    head: Number = 0
    scale: Number = 1

    @property
    def approx(self) -> bool:
        return self.form in ("about", "vague")


def read_numerals(words: Words, table: FigureTable) -> list[Numeral]:
    """Every numeral of a text, in order, the longest reading of each."""
    found: list[Numeral] = []
    i = 0
    while i < len(words):
        numeral = _numeral(words, i, table)
        if numeral and numeral.value <= LARGEST:
            if found and numeral.i < found[-1].j:
                found.pop()
            found.append(numeral)
        i = numeral.j if numeral else i + 1
    return found


def digits(written: str, decimal: str) -> Number:
    """The value of a number in digits: a mark before groups of three parts thousands, else it is the decimal mark.

    «2,500» is 2500 and «0,500» a half in either language; one point before three digits is what the language's decimal mark says.
    """
    plain = written.replace(" ", "").replace("'", "")
    marks = [c for c in plain if not c.isdigit()]
    if not marks:
        return int(plain)
    whole, mark, rest = plain.rpartition(marks[-1])
    grouped = len(rest) == 3 and whole.lstrip("0") != "" and len(set(marks)) == 1 and plain == written
    if grouped and (len(marks) > 1 or mark == "," or decimal == ","):
        return int(plain.replace(mark, ""))
    return _tidy(float(whole.replace(",", "").replace(".", "") + "." + rest))


def _numeral(words: Words, i: int, table: FigureTable) -> Numeral | None:
    low = words.lows[i]
    if words.kind(i) == "number":
        return _half(words, _scaled(words, i, table), table)
    fraction = table.fractions.start(words, i)
    if fraction:
        return _fraction(words, i, *fraction, table)
    if low in table.about or low in table.vague:
        return _collective(words, i, table)
    if low in table.articles and words.low(i + 1) in table.article_scales:
        scale = table.article_scales[words.low(i + 1)]
        return _half(words, Numeral(i, i + 2, scale, "words", 1, scale), table)
    if low in table.number_words:
        return _half(words, _spelled(words, i, table), table)
    return None


def _scaled(words: Words, i: int, table: FigureTable) -> Numeral:
    """Digits and the scale words after them: «1 000 milliards», «5M€», «600 mille»."""
    written = words.at(i)
    j, scale = i + 1, 1
    while words.low(j) in table.scales and not (words.glued(j) and words.glued(j + 1) and words.low(j + 1) == "'"):
        scale *= table.scales[words.low(j)]
        j += 1
    if scale == 1 and words.low(j) == "-" and words.glued(j) and words.glued(j + 1) and words.low(j + 1) in table.scales:
        scale, j = table.scales[words.low(j + 1)], j + 2
    if scale == 1 and words.glued(j) and words.at(j) in table.glued_scales and _priced(words, i, j, table):
        scale = table.glued_scales[words.at(j)]
        j += 1
    value = digits(written, table.decimal)
    if scale > 1 and "," in written and " " not in written and written.count(",") == 1:
        value = _tidy(float(written.replace(",", "."))) if table.decimal == "," else value
    number = Numeral(i, j, _tidy(value * scale), "digits", value, scale)
    more = words.low(j) in table.dozens
    return replace(number, j=j + 1, value=value * table.dozens[words.low(j)], form="about") if more else number


def _priced(words: Words, i: int, j: int, table: FigureTable) -> bool:
    """Whether a currency stands at one side of the digits, so that «5m» is five million and no length."""
    return words.low(i - 1) in table.signs or words.low(j + 1) in table.signs or words.at(j) in table.clear_scales


def _spelled(words: Words, i: int, table: FigureTable) -> Numeral | None:
    """The longest run of number words from i that is one number."""
    ends = []
    j = i
    while j < len(words) and j - i < LONGEST_RUN and words.low(j) in table.number_words:
        j += 1
        ends.append(j)
        joined = words.low(j) in table.joiners or (words.low(j) == "-" and words.glued(j) and words.glued(j + 1))
        while joined and j + 1 < len(words) and words.low(j + 1) in (*table.joiners, "-"):
            j += 1
        if joined and words.low(j + 1) in table.number_words:
            j += 1
    for end in reversed(ends):
        try:
            value = text2num(words.said((i, end)).lower(), table.lang)
        except ValueError:
            continue
        return _spelled_form(words, i, end, value, table)
    return None


def _spelled_form(words: Words, i: int, j: int, value: int, table: FigureTable) -> Numeral:
    if j - i == 1 and words.low(i) in table.ones:
        return Numeral(i, j, 1, "article", 1)
    if j - i == 1 and words.low(i) in table.article_scales and words.low(i - 1) in table.several:
        return Numeral(i - 1, j, 2 * value, "vague", 2 * value)
    if words.low(j) in table.dozens:
        return Numeral(i, j + 1, value * table.dozens[words.low(j)], "about", value)
    scale = table.scales.get(words.low(j - 1), 1)
    return Numeral(i, j, value, "words", _tidy(value / scale), scale)


def _collective(words: Words, i: int, table: FigureTable) -> Numeral | None:
    """«une centaine», «des centaines de milliers», "dozens": about that many, or at least two of them."""
    low, start = words.low(i), i
    several = words.low(i - 1) in table.several and words.low(i - 1) not in table.articles
    several = several and low in table.about and low in table.dozens
    vague = low in table.vague or several
    value = 2 * (table.vague.get(low) or table.dozens[low]) if vague else table.about[low]
    j = i + 1
    of = table.of.start(words, j)
    if of and words.low(of[0]) in table.multiples:
        value *= table.multiples[words.low(of[0])]
        j = of[0] + 1
        of = table.of.start(words, j)
    if several:
        return Numeral(i - 1, j, value, "vague", value)
    while start > 0 and words.low(start - 1) in table.qualities:
        start -= 1
    if words.low(start - 1) in (table.several if vague else table.articles | table.ones):
        start -= 1
    elif not of or (start < i and not vague):
        return None
    return Numeral(start, j, value, "vague" if vague else "about", value)


def _fraction(words: Words, i: int, j: int, value: float, table: FigureTable) -> Numeral:
    """«la moitié», «les deux tiers»; "half a million" is a number."""
    if words.low(j) in table.articles and words.low(j + 1) in table.article_scales:
        return Numeral(i, j + 2, _tidy(value * table.article_scales[words.low(j + 1)]), "words")
    if value == 1:
        return Numeral(i, j, 1, "article", 1)
    of = table.of.start(words, j)
    if of and words.low(of[0]) in table.scales:
        scale = table.scales[words.low(of[0])]
        return Numeral(i, of[0] + 1, _tidy(value * scale), "words", value, scale)
    return Numeral(i, j, value, "fraction") if value < 1 else Numeral(i, j, _tidy(value), "words", 1, _tidy(value))


def _half(words: Words, numeral: Numeral | None, table: FigureTable) -> Numeral | None:
    """«2 millions et demi», "two and a half million"."""
    found = table.halves.start(words, numeral.j) if numeral else None
    if numeral is None or found is None:
        return numeral
    scale = table.scales.get(words.low(found[0]), 1)
    if numeral.scale == 1 and scale > 1:
        return replace(numeral, j=found[0] + 1, value=_tidy((numeral.value + 0.5) * scale), head=numeral.value + 0.5, scale=scale)
    value = _tidy(numeral.value + numeral.scale / 2)
    return replace(numeral, j=found[0], value=value, head=numeral.head + 0.5)


def _tidy(value: Number) -> Number:
    """A whole number as int, another without the noise of binary fractions."""
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded
