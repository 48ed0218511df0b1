"""Which way a time lies, as the verb forms near it tell: past or future. No parse: inflected forms of the language's table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from recoupe.reading.times.table import Grammar

FAR = 110
NEAR = 30
MARGIN = 20
CLAUSE = 25
AFTER = 8
ADJACENT = 4
FIRM = 40
DONE = ("past", "background", "participle")


@dataclass(frozen=True, slots=True)
class Verb:
    """The verb form that governs a time, as near as can be told. leaning: past | future | None.

    speech: a verb of saying; background: the past of a past («avait signé»).
    firm: a past form so near that it leaves no doubt («prise en janvier»).
    """

    leaning: str | None = None
    speech: bool = False
    background: bool = False
    firm: bool = False


NONE = Verb()
WEAK = {"participle": 12, "infinitive": 60}
KINDS = {
    "future": Verb("future"),
    "speech": Verb("past", speech=True),
    "background": Verb("past", background=True),
    "past": Verb("past"),
    "participle": Verb("past"),
    "infinitive": Verb("future"),
    "present": Verb(),
}


def governing(grammar: Grammar, low: str, span: tuple[int, int], sentence: tuple[int, int], of_noun: bool = False) -> Verb:
    """The nearest verb form in the sentence. Clause marks between it and the time put it further away.

    of_noun: the time qualifies a noun («le recensement de mars»), so that only a verb near by says anything of it.
    """
    best, lowest = NONE, NEAR if of_noun else FAR
    marks: list[int] = []
    forms: list[tuple[int, int, str]] = []
    left, right = max(sentence[0], span[0] - FAR - MARGIN), min(sentence[1], span[1] + FAR + MARGIN)
    for match in grammar.tenses.finditer(low, left, right):
        if match.lastgroup in ("clause", "stop"):
            marks.append(match.start())
        elif match.lastgroup and (match.start() < span[0] or match.start() >= span[1]):
            end = match.end() if match.start() >= span[1] else min(match.end(), span[0])
            forms.append((match.start(), end, match.lastgroup))
    for start, end, kind in forms:
        before = end <= span[0]
        gap = span[0] - end if before else start - span[1]
        low_end, high = (end, span[0]) if before else (span[1], start)
        cost = gap + CLAUSE * sum(low_end <= mark < high for mark in marks) + (0 if before else AFTER)
        cost += 0 if kind == "participle" and before and gap <= ADJACENT else WEAK.get(kind, 0)
        if cost < lowest:
            best, lowest = replace(KINDS[kind], firm=kind in DONE and cost <= FIRM), cost
    return best
