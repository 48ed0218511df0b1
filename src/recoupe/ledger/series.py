"""Series: one quantity of one scope over time. Later totals supersede earlier ones; sums that the texts allow are checked.

The scope is the occurrence that a count belongs to, else whose and where it is, in which state (present, left, remaining …).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from recoupe.ledger.claims import Count
from recoupe.ledger.ids import content_id
from recoupe.ledger.numbers import RISING, Range, agree, said, words
from recoupe.ledger.occurrences import Key
from recoupe.ledger.units import PEOPLE
from recoupe.ledger.values import Check, Point, Series
from recoupe.ledger.whenwhere import day_of

DAYS_APART = 45
LEVELS = frozenset({"troops"})
PRESENT = "present"
MEASURED_BY_UNIT = frozenset({"other", "money", "percent"})


@dataclass(frozen=True, order=True)
class Scope:
    """What makes two counts one quantity."""

    kind: str
    unit: str
    state: str
    occurrence: str
    actor: str
    place: str

    def words(self) -> str:
        parts = (self.actor.split(":")[-1], self.place.split(":")[-1], self.state)
        return ", ".join(part for part in parts if part)


def scope_of(count: Count, occurrence: str) -> Scope | None:
    """The scope of a count; None where nothing says of what it is."""
    figure = count.figure
    unit = count.unit
    place = count.place.key if count.place else ""
    actor = min(count.actor, default="")
    if not occurrence and not (actor or place or count.dated):
        return None
    if figure.kind in LEVELS:
        exact = place if count.place is not None and count.place.exact else ""
        return Scope(figure.kind, unit, figure.state or PRESENT, "", actor, exact)
    if occurrence:
        actor = place = ""
    return Scope(figure.kind, unit, figure.state or "", occurrence, actor, place)


def gather(counts: Iterable[Count], occurrence_of: Mapping[Key, str]) -> dict[Scope, list[Count]]:
    """Counts by scope, each list in order of its days. occurrence_of: by (dispatch, event).

    Counts of people not said who («neuf morts») belong with those of soldiers or civilians where one kind alone is counted.
    """
    found: dict[Scope, list[Count]] = {}
    for count in counts:
        ids = {occurrence_of[count.dispatch, e] for e in count.events if (count.dispatch, e) in occurrence_of}
        scope = scope_of(count, min(ids, default=""))
        if scope is not None:
            found.setdefault(scope, []).append(count)
    for scope in [s for s in found if s.unit in ("", PEOPLE)]:
        named = [s for s in found if s.unit not in ("", PEOPLE) and replace(s, unit=scope.unit) == scope]
        if len(named) == 1:
            found[named[0]] += found.pop(scope)
    return {scope: sorted(found[scope], key=in_time) for scope in sorted(found)}


def in_time(count: Count) -> tuple[str, str, int]:
    return known_on(count), count.dispatch, count.figure.span[0]


def known_on(count: Count) -> str:
    """The day a count stands for: its own, else that of publication."""
    return (count.as_of or str(count.day or "9999"))[:10]


def find_series(gathered: Mapping[Scope, Sequence[Count]], story: str | None) -> tuple[Series, ...]:
    """A series of every scope that two dispatches count, or that changes, or that a sum can be checked on."""
    made = []
    for scope, counts in gathered.items():
        points = _points(scope, counts)
        checks = (*_remainders(scope, counts, gathered), *_parts(counts))
        if scope.kind in MEASURED_BY_UNIT and many_valued(counts):
            continue
        if len(points) < 2 and len({c.origin for c in counts}) < 2 and not checks:
            continue
        first = counts[0]
        made.append(
            Series(
                id=series_id(first),
                measure=f"{scope.kind} {scope.state}".strip() if scope.kind != "other" else first.figure.unit or "other",
                unit=first.figure.unit,
                kind=scope.kind,
                scope=scope.words(),
                points=points,
                checks=checks,
                occurrence=scope.occurrence or None,
                story=story,
            )
        )
    return tuple(made)


def series_id(count: Count) -> str:
    return content_id("s", count.dispatch, count.figure.id)


def many_valued(counts: Sequence[Count]) -> bool:
    """Does one source give two values at once? Then they count two things, whatever they share."""
    return any(
        a.dispatch == b.dispatch and a.origin == b.origin and not agree(a.figure, b.figure) for a, b in combinations(counts, 2)
    )


def superseded(count: Count, counts: Sequence[Count]) -> bool:
    """Has a higher toll been told since, and this one no more but to recall it?

    It is recalled where it is told as an earlier one, or where a dispatch tells a higher one beside it, which its own source, or
    an outlet in its own words, has given since.
    """
    same = [c for c in counts if agree(c.figure, count.figure) and not c.earlier]
    higher = [c for c in counts if said(c.figure).low > said(count.figure).high]
    if not same:
        return bool(higher)
    first = min(_published(c) for c in same)
    newer = [c for c in higher if _published(c) > first]
    if not newer:
        return any(c.dispatch == count.dispatch and c.origin == count.origin for c in higher)
    since = min(_published(c) for c in newer)
    again = [c for c in same if _published(c) >= since]
    if not again:
        return True
    origins = {c.origin for c in same}
    revised = any(c.origin in origins or c.origin.startswith("house:") for c in newer)
    return revised and all(any(h.dispatch == c.dispatch for h in higher) for c in again)


def _published(count: Count) -> str:
    return str(count.day or "9999")


def _points(scope: Scope, counts: Sequence[Count]) -> tuple[Point, ...]:
    same: dict[tuple[object, ...], list[Count]] = {}
    for count in counts:
        f = count.figure
        same.setdefault((known_on(count), f.value, f.low, f.high, f.approx, f.of), []).append(count)
    points = []
    for group in same.values():
        newer = _successor(scope, group[0], counts)
        f = group[0].figure
        points.append(
            Point(
                as_of=known_on(group[0]) if known_on(group[0]) != "9999" else None,
                value=f.value,
                low=f.low,
                high=f.high,
                approx=f.approx,
                of=f.of,
                reports=tuple(sorted({c.report for c in group})),
                superseded_by=f"{known_on(newer)}: {words(newer.figure)}" if newer else None,
            )
        )
    return tuple(points)


def _successor(scope: Scope, count: Count, counts: Sequence[Count]) -> Count | None:
    """The count that took its place: the next higher toll, or the next count of a state; a done event's count has none."""
    later = [
        c for c in counts if known_on(c) > known_on(count) and c.figure.change == "total" and not agree(c.figure, count.figure)
    ]
    if count.figure.change != "total" or count.figure.of is not None or not later:
        return None
    if scope.kind in RISING:
        higher = [c for c in later if said(c.figure).low > said(count.figure).high]
        return higher[0] if higher and superseded(count, counts) else None
    return later[0] if scope.state or not scope.occurrence else None


def _remainders(scope: Scope, counts: Sequence[Count], gathered: Mapping[Scope, Sequence[Count]]) -> Iterable[Check]:
    """What is left of a whole against what is said to remain: «950 − 766 = 184, about 200: agrees».

    Two counts that do not add up are set against each other only where one dispatch tells both.
    """
    for count in counts:
        part = count.figure.value
        for whole in _wholes(scope, count, gathered):
            if part is None or whole <= part or count.figure.kind == "percent":
                continue
            rest = whole - part
            for other_scope, others in gathered.items():
                if other_scope.kind != scope.kind or other_scope.state not in ("remaining", PRESENT) or other_scope == scope:
                    continue
                for other in others:
                    if _together(count, other) and other.figure.value is not None and other.figure.value < whole / 2:
                        ok = said(other.figure).meets(Range(rest, rest))
                        beside = other.dispatch == count.dispatch and other_scope.state == "remaining"
                        if ok or beside:
                            yield Check(text=f"{whole:g} − {part:g} = {rest:g}; {words(other.figure)} said to remain", ok=ok)


def _wholes(scope: Scope, count: Count, gathered: Mapping[Scope, Sequence[Count]]) -> list[float]:
    """What a part is counted out of: as stated with it, or, of those who left, how many the same dispatch says there were."""
    if count.figure.of is not None:
        return [count.figure.of]
    if scope.state != "left":
        return []
    whole = replace(scope, state=PRESENT)
    return sorted(
        {c.figure.value for c in gathered.get(whole, ()) if c.dispatch == count.dispatch and c.figure.value is not None}
    )


def _parts(counts: Sequence[Count]) -> Iterable[Check]:
    """A whole told with two or more parts in one sentence: do they add up?"""
    by_sentence: dict[tuple[str, tuple[int, int]], list[Count]] = {}
    for count in counts:
        if count.figure.of is not None and count.figure.value is not None and count.figure.kind != "percent":
            by_sentence.setdefault((count.dispatch, count.sentence), []).append(count)
    for parts in by_sentence.values():
        whole = parts[0].figure.of
        if len(parts) > 1 and whole is not None and all(p.figure.of == whole for p in parts):
            total = sum(p.figure.value or 0 for p in parts)
            text = " + ".join(f"{p.figure.value:g}" for p in parts)
            if total >= whole * 0.9:
                yield Check(text=f"{text} = {total:g}; {whole:g} in all", ok=total == whole)


def _together(a: Count, b: Count) -> bool:
    one, two = day_of(known_on(a)), day_of(known_on(b))
    return one is not None and two is not None and abs(one - two) <= dt.timedelta(days=DAYS_APART)
