"""Counts of one thing that cannot both be right.

A source's side is its last count with those that it took the place of; a toll that rises is no disagreement, nor are two
numbers that one source tells together, for they count two things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from recoupe.ledger.claims import Count
from recoupe.ledger.numbers import ANYTHING, RISING, agree, comparable, said, words
from recoupe.ledger.series import MEASURED_BY_UNIT, Scope, known_on, many_valued, superseded
from recoupe.ledger.sides import Voice, disagreement
from recoupe.ledger.units import same_thing
from recoupe.ledger.values import Disagreement


def rival_counts(about: Mapping[str, str], gathered: Mapping[Scope, Sequence[Count]], story: str | None) -> list[Disagreement]:
    """Of each scope its rival counts, then those of people counted on one day. about: summaries of occurrences by id."""
    found = [_of_scope(about.get(scope.occurrence) or scope.words(), scope, counts, story) for scope, counts in gathered.items()]
    made = [d for d in found if d is not None]
    known = [{r for side in d.sides for r in side.reports} for d in made]
    of_one_day = _of_one_day([c for counts in gathered.values() for c in counts], story)
    return made + [d for d in of_one_day if not any({r for s in d.sides for r in s.reports} <= reports for reports in known)]


def _of_scope(about: str, scope: Scope, counts: Sequence[Count], story: str | None) -> Disagreement | None:
    """Of a toll that rises, the counts that stand; of an event that is over, all; of a state, those of one day."""
    totals = [c for c in counts if c.figure.change == "total" and c.figure.of is None and said(c.figure) != ANYTHING]
    if scope.kind in MEASURED_BY_UNIT and many_valued(totals):
        return None
    if scope.kind in RISING and scope.occurrence:
        earlier = [c for c in totals if superseded(c, totals)]
        return _counted(about, scope, [c for c in totals if c not in earlier], earlier, story)
    if scope.occurrence and not scope.state:
        return _counted(about, scope, totals, [], story)
    totals = [c for c in totals if c.dated]
    days = sorted({known_on(c) for c in totals})
    made = [_counted(about, scope, [c for c in totals if known_on(c) == day], [], story) for day in days]
    return next((d for d in made if d is not None), None)


def _counted(
    about: str, scope: Scope, standing: Sequence[Count], earlier: Sequence[Count], story: str | None
) -> Disagreement | None:
    against = [c for c in standing if any(_differ(scope, c, other, standing) for other in standing)]
    sides: dict[str, list[Voice]] = {}
    for value in sorted({_value(c) for c in against}):
        told = [c for c in against if _value(c) == value]
        before = [c for c in earlier if _successor(c, against) == value]
        label = min((words(c.figure) for c in told), key=lambda w: (len(w), w))
        sides[label] = [(c.report, c.origin) for c in (*told, *before)]
    measure = scope.kind if scope.kind != "other" else (standing[0].unit if standing else "") or "count"
    return disagreement(about, measure, sides, story)


def _value(count: Count) -> float:
    f = count.figure
    return next((v for v in (f.value, f.low, f.high) if v is not None), 0.0)


def _successor(count: Count, standing: Sequence[Count]) -> float | None:
    """The standing value that took the place of an earlier count: the next higher one."""
    return min((_value(c) for c in standing if said(c.figure).low > said(count.figure).high), default=None)


def _differ(scope: Scope, a: Count, b: Count, counts: Sequence[Count]) -> bool:
    """Do two counts exclude each other? Within one dispatch, only from two sources and of people; numbers of another order
    count other people.
    """
    if agree(a.figure, b.figure) or _other_people(a, b) or _told_together(a, b, counts):
        return False
    if scope.kind in RISING and not comparable(a.figure, b.figure):
        return False
    return a.dispatch != b.dispatch or (scope.kind not in MEASURED_BY_UNIT and a.origin != b.origin)


def _told_together(a: Count, b: Count, counts: Sequence[Count]) -> bool:
    """Does one source give both numbers in one dispatch?"""
    ones = {(c.dispatch, c.origin) for c in counts if c.value == a.value}
    return any((c.dispatch, c.origin) in ones for c in counts if c.value == b.value and c.value is not None)


def _of_one_day(counts: Sequence[Count], story: str | None) -> list[Disagreement]:
    """People counted on one stated day, of one kind and unit, by dispatches that made other events or none of it."""
    of_day: dict[tuple[str, str], list[Count]] = {}
    for c in counts:
        if c.dated and c.figure.kind in RISING and c.figure.change == "total" and c.figure.of is None:
            of_day.setdefault((c.figure.kind, known_on(c)), []).append(c)
    made = []
    for (kind, day), same in sorted(of_day.items()):
        pairs = [(a, b) for a, b in combinations(same, 2) if _rivals(a, b)]
        chosen = sorted({c.report: c for pair in pairs for c in pair}.items())
        sides: dict[str, list[Voice]] = {}
        for report, c in chosen:
            sides.setdefault(words(c.figure), []).append((report, c.origin))
        found = disagreement(f"{kind}, {day}", kind, sides, story)
        made += [found] if found is not None else []
    return made


def _rivals(a: Count, b: Count) -> bool:
    if a.copy == b.copy or a.origin == b.origin or agree(a.figure, b.figure) or _other_people(a, b):
        return False
    return not (a.place and b.place and a.place.elsewhere(b.place))


def _other_people(a: Count, b: Count) -> bool:
    """Are they of other people or things: soldiers and jihadists, or those of two countries?"""
    if not same_thing(a.unit, b.unit):
        return True
    return bool(a.actor and b.actor and not a.actor & b.actor)
