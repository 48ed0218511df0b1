"""What a quantity counts: the noun, sign or measure that stands with it, or nothing where the noun is elided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recoupe.reading.figures.bounds import Quantity
from recoupe.reading.figures.table import FigureTable
from recoupe.reading.figures.words import Range, Words

UnitKind = Literal["noun", "percent", "money", "measure", "name", "elided"]
LONGEST_MODIFIERS = 5


@dataclass(frozen=True, slots=True)
class Unit:
    """head: the words of the unit, None where elided; end: where the phrase ends; more: «autres», «de plus» beside it."""

    kind: UnitKind
    head: Range | None
    end: int
    more: str | None = None


def read_unit(words: Words, quantity: Quantity, table: FigureTable) -> Unit:
    """The unit of a quantity."""
    k = max(quantity.words[1], quantity.number[1])
    signed = quantity.number[0] - 1
    if words.low(signed) in table.signs:
        return Unit("money", (signed, signed + 1), k)
    more, k = _more(words, k, table)
    unit = _listed(words, k, table)
    if unit and unit.kind == "percent":
        return _share(words, unit, table)
    if unit is None:
        k = _past_of(words, quantity, k, table)
        unit = _listed(words, k, table)
    if unit:
        return unit
    if more == "others":
        return Unit("elided", None, k, "other")
    again, k = _more(words, k, table)
    measured = k
    while words.low(measured) in table.adjectives:
        measured += 1
    unit = _listed(words, measured, table)
    if unit and unit.kind == "measure":
        return unit
    through = table.through.start(words, k)
    k = through[0] if through else k
    head = _head(words, k, quantity, table)
    group = table.wholes.start(words, k) if head is None else None
    if group and group[1] == "near":
        head = _head(words, group[0], quantity, table)
    if head is None:
        return Unit("elided", None, k if again else max(quantity.words[1], quantity.number[1]), more or again)
    after, end = _more(words, head[1], table)
    return Unit("noun", head, end if after else head[1], more or again or after)


def is_participle(words: Words, i: int, table: FigureTable) -> bool:
    return any(cue.role == "participle" for j, cue in table.cues.all(words, i) if j == i + 1)


def _more(words: Words, k: int, table: FigureTable) -> tuple[str | None, int]:
    found = table.more.start(words, k)
    return (found[1], found[0]) if found else (None, k)


def _listed(words: Words, k: int, table: FigureTable) -> Unit | None:
    if words.low(k) == "-" and words.glued(k) and words.glued(k + 1):
        bound = table.units.start(words, k + 1)
        return Unit("money", (k + 1, bound[0]), bound[0]) if bound and bound[1] == "money" else None
    found = table.units.start(words, k)
    if found is None:
        return None
    kind: UnitKind = "money" if found[1] == "money" else "percent" if found[1] == "percent" else "measure"
    return Unit(kind, (k, found[0]), found[0])


def _share(words: Words, unit: Unit, table: FigureTable) -> Unit:
    """Of a share, what it is a share of: «64 % des suffrages»."""
    of = table.of.start(words, unit.end)
    if of is None:
        return unit
    k = of[0] + 1 if words.low(of[0]) in table.determiners else of[0]
    if words.low(k) == "'":
        k += 1
    while words.low(k) in table.adjectives:
        k += 1
    if words.kind(k) != "word" or words.low(k) in table.function_words:
        return unit
    return Unit("percent", (k, k + 1), k + 1)


def _past_of(words: Words, quantity: Quantity, k: int, table: FigureTable) -> int:
    """Past the «de» that follows a noun of quantity, and past the article after a share."""
    if quantity.form not in ("about", "vague", "fraction") and quantity.scale < 1000:
        return k
    of = table.of.start(words, k)
    if of is None and not (quantity.form == "fraction" and table.of.end(words, k)):
        return k
    k = of[0] if of else k
    if words.low(k) in table.determiners or words.low(k) in table.definite:
        k += 2 if words.low(k + 1) == "'" else 1
    return k


def _acceptable(words: Words, k: int, quantity: Quantity, table: FigureTable) -> bool:
    """Whether the word at k may be the counted noun."""
    low = words.low(k)
    if not _plain(words, k, table):
        return False
    if table.known(low):
        return True
    if is_participle(words, k, table):
        return quantity.form == "article"
    if quantity.size < 2 or quantity.form == "fraction":
        return len(low) > 2
    if words.capital(k):
        return len(low) > 2 or words.at(k).isupper()
    return low.endswith(table.plural) and not low.endswith(table.not_heads) and len(low) > 2


def _plain(words: Words, k: int, table: FigureTable) -> bool:
    """Whether a word that may stand in a noun phrase is at k."""
    low = words.low(k)
    acronym = len(low) > 1 and words.at(k).isupper()
    return words.kind(k) == "word" and low not in table.number_words and (acronym or low not in table.function_words)


def _head(words: Words, k: int, quantity: Quantity, table: FigureTable) -> Range | None:
    head = _last_head(words, k, quantity, table) if table.heads_last else _first_head(words, k, quantity, table)
    return head if head and words.sentences[head[0]] == words.sentences[quantity.number[0]] else None


def _first_head(words: Words, k: int, quantity: Quantity, table: FigureTable) -> Range | None:
    """The noun comes first, save for a few adjectives."""
    start = k
    while k - start < LONGEST_MODIFIERS and words.low(k) in table.adjectives:
        k += 1
    if words.low(k) == "[":
        k += 1
    if _acceptable(words, k, quantity, table):
        return k, k + 1
    back = k - 1
    return (back, k) if back >= start and _acceptable(words, back, quantity, table) else None


def _last_head(words: Words, k: int, quantity: Quantity, table: FigureTable) -> Range | None:
    """The noun comes last: the last plural of an unbroken run of words."""
    best = None
    start = k
    while k - start < LONGEST_MODIFIERS + 1 and k < len(words):
        if words.low(k) in ("-", "'") and words.glued(k):
            k += 1
            continue
        low = words.low(k)
        if best is None and k > start and low in table.joins and _plain(words, k + 1, table):
            k += 1
            continue
        if not _plain(words, k, table) or words.sentences[k] != words.sentences[start - 1]:
            break
        settled = best is not None and table.known(words.low(best[0])) and (low in table.nouns or not table.known(low))
        if settled or (best is not None and is_participle(words, k, table) and low not in table.nouns):
            break
        if _acceptable(words, k, quantity, table):
            adverb = quantity.size < 2 and best is not None and is_participle(words, k, table)
            if not adverb:
                best = (k, k + 1)
        elif best is not None:
            break
        k += 1
    return best
