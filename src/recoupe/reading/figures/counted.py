"""Whether a quantity is a figure at all: names, years, ages, lengths, scores, «les deux pays» and «un» are not.

In doubt it is none: a false count costs more than a missing one.
"""

from __future__ import annotations

from recoupe.reading.figures.kinds import HARM
from recoupe.reading.figures.table import FigureTable
from recoupe.reading.figures.units import is_participle
from recoupe.reading.figures.wholes import Draft
from recoupe.reading.figures.words import Words

YEARS = range(1800, 2101)
SMALL = 10
SUBJECT_WITHIN = 1
BINDERS = ("-", "/", "#", "@")


def counted(words: Words, draft: Draft, before: Draft | None, table: FigureTable) -> bool:
    """Whether this draft counts something. before: the last figure that was accepted."""
    quantity, unit = draft.quantity, draft.unit
    if unit.kind == "measure" or _compound(words, draft) or _age(words, draft, table):
        return False
    if table.idioms.start(words, quantity.number[0]):
        return False
    if unit.kind == "money" and quantity.form == "article" and not quantity.bounded:
        return False
    if unit.kind in ("percent", "money") or draft.of is not None:
        return True
    if quantity.form == "article":
        if _pronoun(words, draft, table):
            return False
        prior = before is not None and words.sentences[before.quantity.number[0]] == words.sentences[quantity.number[0]]
        part = prior and table.parts.end(words, quantity.words[0]) is not None
        bounded = quantity.bounded and not quantity.approx and unit.head is not None
        return part or bounded or _one(words, draft, table)
    if quantity.form == "digits" and (_dated(words, draft, table) or (not quantity.bounded and _name(words, draft, table))):
        return False
    if quantity.form == "fraction":
        return unit.kind == "noun" or quantity.bounded
    if unit.kind == "elided":
        return _licensed(words, draft, before, table)
    return not _anaphoric(words, draft, table)


def _compound(words: Words, draft: Draft) -> bool:
    """A hyphen binds the number to a word or to another number: «AK-47», "a two-day visit", «49-3»."""
    i, j = draft.quantity.number
    if draft.unit.kind == "money" or draft.quantity.words[1] > j:
        return False
    after = words.low(j) == "-" and words.glued(j) and words.glued(j + 1)
    before = words.low(i - 1) in BINDERS and words.glued(i) and words.glued(i - 1)
    dotted = words.low(i - 1) in (".", ",") and words.glued(i) and words.kind(i - 2) in ("number", "glued", "code")
    return after or before or dotted


def _age(words: Words, draft: Draft, table: FigureTable) -> bool:
    """«âgés de 9 et 12 ans», "aged 9 and 12"."""
    start = draft.quantity.words[0]
    while words.low(start - 1) in table.joins and table.number_at(words, start - 2):
        start -= 2
    return table.not_after.end(words, start) is not None


def _pronoun(words: Words, draft: Draft, table: FigureTable) -> bool:
    """«l'un», "the one": no count."""
    i = draft.quantity.number[0]
    before = words.low(i - 2) if words.low(i - 1) == "'" else words.low(i - 1)
    return before in table.definite or (before in table.determiners and words.low(i - 1) == "'")


def _one(words: Words, draft: Draft, table: FigureTable) -> bool:
    """«un mort», «un soldat a été tué» are figures, «un homme a parlé» is none."""
    if draft.unit.head is None or draft.kind not in (*HARM, "kidnapped"):
        return False
    noun = words.low(draft.unit.head[0])
    if noun in table.nouns or is_participle(words, draft.unit.head[0], table):
        return True
    return noun in table.personnel and draft.verdict.basis == "syntax"


def _dated(words: Words, draft: Draft, table: FigureTable) -> bool:
    """A day after the name of its month, or a year that only an approximate or upper bound precedes."""
    i = draft.quantity.number[0]
    before = table.units.start(words, i - 1)
    if before and before[1] == "measure" and words.kind(i - 1) == "word" and draft.quantity.size <= 31:
        return draft.quantity.words[0] == i
    return draft.unit.head is None and _year(words, draft) and draft.quantity.low is None


def _year(words: Words, draft: Draft) -> bool:
    i, j = draft.quantity.number
    return j - i == 1 and words.at(i).isdigit() and len(words.at(i)) == 4 and int(words.at(i)) in YEARS


def _name(words: Words, draft: Draft, table: FigureTable) -> bool:
    i = draft.quantity.number[0]
    noun = words.low(draft.unit.head[0]) if draft.unit.head else ""
    known = table.known(noun) and not (draft.unit.head and words.capital(draft.unit.head[0]))
    if words.low(i - 1) in table.named_by:
        return not known or words.low(i - 1) == "n"
    if _year(words, draft) and (not known or (words.low(i - 1) in table.year_before and draft.verdict.link == "default")):
        return True
    named = words.capital(i - 1) and i - 1 > words.sentence(i)[0] and words.kind(i - 1) == "word"
    return named and not known and words.low(i - 1) not in table.function_words


def _licensed(words: Words, draft: Draft, before: Draft | None, table: FigureTable) -> bool:
    """Whether the words around a bare number show that it counts what was counted elsewhere."""
    quantity, unit = draft.quantity, draft.unit
    if quantity.bounded or draft.verdict.basis == "syntax" or unit.more:
        return True
    if quantity.form == "words" and quantity.size <= 2 and not table.parts.end(words, quantity.words[0]):
        return table.parts.start(words, unit.end) is not None
    prior = before is not None and words.sentences[before.quantity.number[0]] == words.sentences[quantity.number[0]]
    signed = words.low(quantity.words[0]) in ("+", "-")
    if table.parts.start(words, unit.end) or (prior and table.parts.end(words, quantity.words[0])):
        return True
    listed = words.low(unit.end) in table.joins and table.number_at(words, unit.end + 1)
    weak = table.licence_before.end(words, quantity.words[0]) is not None
    if table.strong.end(words, quantity.words[0]) or (listed and weak) or (signed and words.low(unit.end) == ")"):
        return True
    if _subject(words, draft, before, table):
        return True
    if before is None or not prior:
        return False
    between = [words.low(i) for i in range(before.end, quantity.words[0])]
    if between and len(between) <= 2 and all(word in table.mids for word in between):
        return True
    after = table.licence_after.start(words, unit.end) is not None or words.low(unit.end) in (".", ",", ")", ";", "")
    return after and (weak or words.low(quantity.words[0] - 1) in table.joins)


def _subject(words: Words, draft: Draft, before: Draft | None, table: FigureTable) -> bool:
    """A bare number that opens its clause as the subject of a verb counts what was counted a little before."""
    first, end = draft.quantity.words[0], draft.unit.end
    if before is None or before.kind in ("percent", "money") or before.unit.kind != "noun":
        return False
    if words.sentences[first] - words.sentences[before.quantity.number[0]] > SUBJECT_WITHIN:
        return False
    opens = first == words.sentence(first)[0] or words.low(first - 1) in (",", ";", ":") or words.low(first - 1) in table.joins
    verb = words.low(end) in table.copulas or any(cue.role == "subject" for _, cue in table.cues.all(words, end))
    return opens and verb and before.quantity.size >= draft.quantity.size


def _anaphoric(words: Words, draft: Draft, table: FigureTable) -> bool:
    """«les deux pays», "the two men": a small definite number with no complement says nothing that is new."""
    quantity, unit = draft.quantity, draft.unit
    if draft.kind != "other" or quantity.bounded or quantity.size > SMALL or unit.head is None:
        return False
    if words.low(quantity.words[0] - 1) not in table.definite:
        return False
    if quantity.size > 2 and table.of.start(words, unit.head[1]):
        return False
    follows = words.kind(unit.head[1]) == "word" and words.low(unit.head[1]) not in table.function_words
    return not follows or words.low(unit.head[1]) in table.copulas or quantity.size == 2
