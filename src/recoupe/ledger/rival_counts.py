"""Counts of one thing that cannot both be right.

A source's side is its last count with those that it took the place of; a toll that rises is no disagreement, nor are two
numbers that one source tells together, for they count two things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from recoupe.ledger.claims import Count
from recoupe.ledger.numbers import ANYTHING, RISING, agree, comparable, said, words
from recoupe.ledger.series import MEASURED_BY_UNIT, Scope, in_time, known_on, many_valued, superseded
from recoupe.ledger.sides import Voice, disagreement
from recoupe.ledger.units import PEOPLE, concept, same_thing
from recoupe.ledger.values import Disagreement

UNREAL = frozenset({"promised", "demanded", "planned"})
UNMISTAKEN = frozenset({"dead", "injured", "displaced", "missing", "arrested", "kidnapped"})
BALLOTS, TURNOUT = "ballots", "turnout"
MANY = 1000
NEIGHBOURS = 3
ROOM = 1.5


def rival_counts(
    about: Mapping[str, str], gathered: Mapping[Scope, Sequence[Count]], told: Sequence[Count], story: str | None
) -> list[Disagreement]:
    """Of each scope its rival counts, then those of people counted on one day, those that one dispatch sets side by side, and
    numbers that one text has of another thing than several do.

    about: summaries of occurrences by id; told: all counts.
    """
    found = [_of_scope(about.get(scope.occurrence) or scope.words(), scope, counts, story) for scope, counts in gathered.items()]
    made = [d for d in found if d is not None]
    every = [c for counts in gathered.values() for c in counts]
    for more in (_of_one_day(every, story), _of_one_scene(told, story), _side_by_side(told, story), _of_two_kinds(told, story)):
        known = [{r for side in d.sides for r in side.reports} for d in made]
        made += [d for d in more if not any({r for s in d.sides for r in s.reports} <= reports for reports in known)]
    return made


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
    groups: list[list[Count]] = []
    for value in sorted({_value(c) for c in against}):
        told = [c for c in against if _value(c) == value]
        rounded = [
            g for g in groups if all((x.figure.approx or y.figure.approx) and agree(x.figure, y.figure) for x in g for y in told)
        ]
        if rounded:
            rounded[0].extend(told)
        else:
            groups.append(told)
    sides: dict[str, list[Voice]] = {}
    for told in groups:
        values = {_value(c) for c in told}
        before = [c for c in earlier if _successor(c, against) in values]
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


def _of_one_scene(told: Sequence[Count], story: str | None) -> list[Disagreement]:
    """Things counted by two texts, of one noun, whose sentences name one day and one rare name or place."""
    of_noun: dict[tuple[str, str], list[Count]] = {}
    for c in told:
        whole = c.figure.change == "total" and c.figure.of is None and not c.earlier and c.figure.state not in UNREAL
        if whole and c.unit and c.unit != PEOPLE and c.figure.kind not in RISING and c.figure.kind != "percent":
            of_noun.setdefault((c.figure.kind if c.figure.kind != "troops" else "other", c.unit), []).append(c)
    made = []
    for (_, unit), counts in sorted(of_noun.items()):
        for a, b in combinations(sorted(counts, key=in_time), 2):
            if a.past & b.past and (a.names & b.names or (a.place and b.place and a.place.same(b.place))) and _rivals(a, b):
                one_noun = [c for c in counts if c.dispatch in (a.dispatch, b.dispatch) and c not in (a, b)]
                if comparable(a.figure, b.figure) and not any(agree(c.figure, x.figure) for c in one_noun for x in (a, b)):
                    voices = {words(a.figure): [(a.report, a.origin)], words(b.figure): [(b.report, b.origin)]}
                    found = disagreement(a.text, unit, voices, story)
                    made += [found] if found is not None else []
    return made


def _side_by_side(told: Sequence[Count], story: str | None) -> list[Disagreement]:
    """Two counts of one thing that one dispatch lays to two sources in neighbouring sentences."""
    by_dispatch: dict[str, list[Count]] = {}
    for c in told:
        if c.figure.change == "total" and c.figure.of is None and c.figure.in_ == "text" and not c.earlier:
            by_dispatch.setdefault(c.dispatch, []).append(c)
    made = []
    for _, counts in sorted(by_dispatch.items()):
        for a, b in combinations(sorted(counts, key=lambda c: c.figure.span), 2):
            if _answers(a, b, counts):
                voices = {words(a.figure): [(a.report, a.origin)], words(b.figure): [(b.report, b.origin)]}
                found = disagreement(a.text, a.figure.kind if a.figure.kind != "other" else a.unit or "count", voices, story)
                made += [found] if found is not None and a.dispatch == a.copy else []
    return made


def _of_two_kinds(told: Sequence[Count], story: str | None) -> list[Disagreement]:
    """A number like no other that several texts give of one thing and a single text of another: «240 000 morts» where others have
    as many displaced, a turnout of 64.3 % where it is told as a score.
    """
    of_value: dict[tuple[float, bool], dict[str, list[Count]]] = {}
    for c in told:
        counted = _counted_thing(c)
        if counted and c.value is not None and c.figure.of is None and c.figure.change == "total" and _telling(c):
            of_value.setdefault((c.value, c.figure.kind == "percent"), {}).setdefault(counted, []).append(c)
    made = []
    for (_, share), things in sorted(of_value.items()):
        copies = {thing: {c.copy for c in counts} for thing, counts in things.items()}
        if len(things) != 2 or not set.isdisjoint(*copies.values()):
            continue
        other, alone = sorted(things, key=lambda thing: (-len(copies[thing]), thing))
        if len(copies[alone]) == 1 and (share or len(copies[other]) > 1):
            sides = {f"{words(cs[0].figure)} {thing}": [(c.report, c.origin) for c in cs] for thing, cs in things.items()}
            found = disagreement(things[other][0].text, other, sides, story)
            made += [found] if found is not None else []
    return made


def _counted_thing(count: Count) -> str:
    """What a count of people harmed or a share is of; empty for any other."""
    if count.figure.kind in UNMISTAKEN:
        return count.figure.kind
    if count.figure.kind != "percent":
        return ""
    if count.unit == BALLOTS:
        return BALLOTS
    return TURNOUT if any(concept(word, count.lang) == TURNOUT for word in count.text.split()) else ""


def _telling(count: Count) -> bool:
    """Is it a number that two things seldom share: of four figures and more, or a share with a decimal?"""
    value = count.value or 0
    return value != int(value) if count.figure.kind == "percent" else value >= MANY


def _answers(a: Count, b: Count, counts: Sequence[Count]) -> bool:
    """Does the second count stand against the first? Of people harmed, the first may be the dispatch's own."""
    near = 0 <= b.sentence_number - a.sentence_number <= NEIGHBOURS
    elided = not b.figure.unit and b.figure.kind == "other" and b.sentence_number - a.sentence_number <= 1
    people = a.figure.kind not in MEASURED_BY_UNIT and (a.figure.kind == b.figure.kind or elided)
    told = b.attributed and (a.attributed or people or a.sentence == b.sentence)
    if not near or not told or a.origin == b.origin or not _of_one_thing(a, b):
        return False
    if not _far_apart(a, b) or not comparable(a.figure, b.figure) or _other_people(a, b) or _told_together(a, b, counts):
        return False
    if any(_part(c, counts) for c in (a, b)):
        return False
    days_apart = a.dated and b.dated and known_on(a) != known_on(b)
    return not days_apart and not (a.place and b.place and a.place.elsewhere(b.place))


def _far_apart(a: Count, b: Count) -> bool:
    """Can they not both be right? «At least 17» beside another's 34 is a smaller count, though it leaves room."""
    low, high = sorted((_value(a), _value(b)))
    bounded = a.figure.high is None or b.figure.high is None
    return not agree(a.figure, b.figure) or (bounded and not a.figure.approx and not b.figure.approx and high > ROOM * low)


def _part(count: Count, counts: Sequence[Count]) -> bool:
    """Does its source tell a larger count of the kind in the same sentence, of which it may be a part?"""
    beside = (c for c in counts if c.sentence == count.sentence and c.origin == count.origin and same_thing(c.unit, count.unit))
    return any(_value(c) > _value(count) for c in beside)


def _of_one_thing(a: Count, b: Count) -> bool:
    """Are both of one kind and noun, in no two states? The second may leave the noun out."""
    kinds, states = {a.figure.kind, b.figure.kind}, {a.figure.state or "", b.figure.state or ""} - {""}
    if "percent" in kinds or len(kinds - {"other"}) > 1 or len(states) > 1:
        return False
    if "troops" in kinds and a.figure.state != b.figure.state:
        return False
    if not b.figure.unit and b.figure.kind == "other":
        return True
    same_noun = (a.unit == b.unit and a.unit != "") or kinds == {"money"}
    released = len(kinds) == 2 and a.figure.state == b.figure.state and a.figure.state is not None
    return same_noun or released or (len(kinds) == 1 and not kinds <= MEASURED_BY_UNIT)


def _rivals(a: Count, b: Count) -> bool:
    if a.copy == b.copy or a.origin == b.origin or agree(a.figure, b.figure) or _other_people(a, b):
        return False
    return not (a.place and b.place and a.place.elsewhere(b.place))


def _other_people(a: Count, b: Count) -> bool:
    """Are they of other people or things: soldiers and jihadists, or those of two countries?"""
    if not same_thing(a.unit, b.unit):
        return True
    return bool(a.actor and b.actor and not a.actor & b.actor)
