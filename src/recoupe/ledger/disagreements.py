"""Disagreements: two values for one thing that cannot both be right, each side with its words and its independent sources.

No verdict. Not disagreements: roundings, bounds that leave room, coarse dates, omissions, a toll that a later one
supersedes, two scopes. Compared are reports of one occurrence, and counts of one scope at one time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from recoupe.ledger.claims import Count, Days, Spot, Told
from recoupe.ledger.ids import content_id
from recoupe.ledger.numbers import ANYTHING, agree, said, words
from recoupe.ledger.series import MEASURED_BY_UNIT, RISING, Scope, known_on, many_valued, superseded
from recoupe.ledger.values import Disagreement, Report, Side

APART_KM = 12.0
SLIP_DAYS = 3
Voice = tuple[Report, str]


def find_disagreements(
    occurrences: Sequence[tuple[str, str, Sequence[Told]]], gathered: Mapping[Scope, Sequence[Count]], story: str | None
) -> tuple[Disagreement, ...]:
    """Of each occurrence (id, summary, tellings) its date, place, actors and whether it happened; of each scope its counts."""
    found: list[Disagreement | None] = []
    for _id, summary, told in occurrences:
        real = [t for t in told if t.event.modality != "rumoured"]
        found += [_dates(summary, real, story), _places(summary, real, story), _actors(summary, real, story)]
        found.append(_happened(summary, told, story))
    about = {id_: summary for id_, summary, _ in occurrences}
    for scope, counts in gathered.items():
        found.append(_counts(about.get(scope.occurrence) or scope.words(), scope, counts, story))
    found += _same_day([c for counts in gathered.values() for c in counts], {d.id for d in found if d is not None}, story)
    return tuple(sorted({d.id: d for d in found if d is not None}.values(), key=lambda d: d.id))


def _same_day(counts: Sequence[Count], known: Collection[str], story: str | None) -> list[Disagreement | None]:
    """People counted on one stated day, of one kind and unit, by dispatches that made other events or none of it."""
    of_day: dict[tuple[str, str, str], list[Count]] = {}
    for c in counts:
        if c.dated and c.figure.kind in RISING and c.figure.change == "total" and c.figure.of is None:
            of_day.setdefault((c.figure.kind, c.unit, str(c.as_of)[:10]), []).append(c)
    made: list[Disagreement | None] = []
    for (kind, _, day), same in sorted(of_day.items()):
        pairs = [
            (a, b)
            for a, b in combinations(same, 2)
            if a.copy != b.copy and a.origin != b.origin and not agree(a.figure, b.figure)
        ]
        pairs = [
            (a, b) for a, b in pairs if not (a.place and b.place and elsewhere(a.place, b.place)) and not _other_people(a, b)
        ]
        sides: dict[str, list[Voice]] = {}
        for c in sorted({id(c): c for pair in pairs for c in pair}.values(), key=lambda c: (c.dispatch, c.figure.span)):
            sides.setdefault(words(c.figure), []).append((c.report, c.origin))
        found = _made(f"{kind}, {day}", kind, sides, story)
        made.append(found if found is None or found.id not in known else None)
    return made


def _other_people(a: Count, b: Count) -> bool:
    return bool(a.actor and b.actor and not a.actor & b.actor)


def _dates(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Exact days that differ: by a few days, or by the year, or both written out; other days are too often misread to be held
    against each other. A text that gives two days is held to neither.
    """
    dated = [t for t in told if t.days is not None and t.time is not None and t.event.modality == "asserted"]
    of_copy: dict[str, list[Told]] = {}
    for t in dated:
        of_copy.setdefault(t.copy, []).append(t)
    against = [t for t in dated if any(all(_dated_apart(x, y) for x in of_copy[t.copy] for y in ts) for ts in of_copy.values())]
    sides: dict[str, list[Voice]] = {}
    for t in against:
        if t.days is not None and t.time is not None:
            report = Report(dispatch=t.dispatch, item=t.event.id, span=t.time.span, in_=t.time.in_)
            sides.setdefault(_day_words(t.days), []).append((report, t.origin))
    return _made(about, "date", sides, story) if _of_two_copies(against) else None


def _dated_apart(a: Told, b: Told) -> bool:
    if a.days is None or b.days is None or a.time is None or b.time is None or a.days.apart(b.days) == 0:
        return False
    if a.days.slip(b.days):
        return a.days.exact or b.days.exact
    exact = a.days.exact and b.days.exact
    return exact and (a.days.apart(b.days) <= SLIP_DAYS or a.time.anchor == b.time.anchor == "absolute")


def _day_words(days: Days) -> str:
    return days.start.isoformat() if days.width == 1 else f"{days.start.isoformat()} to {days.end.isoformat()}"


def _of_two_copies(told: Sequence[Told]) -> bool:
    """Do they come from more than one copy, or from one dispatch alone? The same words read two ways are no disagreement."""
    return len({t.copy for t in told}) > 1 or len({t.dispatch for t in told}) == 1


def _places(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Exact places that are far from each other. Where one dispatch tells of both, it happened in both."""
    placed = [(t, s) for t in told if t.event.modality == "asserted" for s in t.spots if s.exact]
    of_dispatch: dict[str, list[Spot]] = {}
    for t, spot in placed:
        of_dispatch.setdefault(t.dispatch, []).append(spot)
    if any(elsewhere(a, b) for spots in of_dispatch.values() for a, b in combinations(spots, 2)):
        return None
    sides: dict[str, list[Voice]] = {}
    names: dict[str, Spot] = {}
    for t, spot in placed:
        name = next((n for n, other in names.items() if not elsewhere(spot, other)), None)
        if name is None:
            name = spot.name
            names[name] = spot
        report = Report(dispatch=t.dispatch, item=t.event.id, span=spot.span, in_="title" if spot.in_ == "title" else "text")
        sides.setdefault(name, []).append((report, t.origin))
    return _made(about, "place", sides, story) if _of_two_copies([t for t, _ in placed]) else None


def elsewhere(a: Spot, b: Spot) -> bool:
    """Other places, and neither within the other as far as is known: two cities or two sites, measured or named apart."""
    if a.same(b) or a.kind != b.kind:
        return False
    far = a.far(b)
    return far is None or far > APART_KM


def _actors(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Named bodies, or else states, that have nothing in common. Common nouns («gunmen») name nobody."""
    for kind in ("body:", "country:"):
        keyed = [(t, frozenset(k for k in t.actors if k.startswith(kind))) for t in told if t.event.modality == "asserted"]
        named = sorted(((t, keys) for t, keys in keyed if keys), key=lambda pair: pair[0].order)
        groups: list[tuple[frozenset[str], list[Told]]] = []
        for t, keys in named:
            for n, (common, members) in enumerate(groups):
                if common & keys:
                    groups[n] = (common | keys, [*members, t])
                    break
            else:
                groups.append((keys, [t]))
        found = _made(
            about, "actor", {_name(keys, members): [(t.report, t.origin) for t in members] for keys, members in groups}, story
        )
        if found is not None and len({t.copy for t, _ in named}) > 1:
            return found
    return None


def _name(keys: frozenset[str], members: Sequence[Told]) -> str:
    return members[0].actor_names[0] if members[0].actor_names else min(keys).split(":")[1]


def _happened(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    sides: dict[str, list[Voice]] = {}
    for t in told:
        if t.event.modality == "asserted":
            sides.setdefault("happened", []).append((t.report, t.origin))
        elif t.event.modality == "denied":
            sides.setdefault("denied", []).append((t.report, t.origin))
    return _made(about, "happened", sides, story)


def _counts(about: str, scope: Scope, counts: Sequence[Count], story: str | None) -> Disagreement | None:
    """Counts of one scope that cannot both be right. Of a toll that rises, those that stand; of a state, those of one day."""
    totals = [c for c in counts if c.figure.change == "total" and c.figure.of is None and said(c.figure) != ANYTHING]
    if scope.kind in MEASURED_BY_UNIT and many_valued(totals):
        return None
    if scope.kind in RISING and scope.occurrence:
        return _counted(about, scope, [c for c in totals if not superseded(c, totals)], story)
    if scope.occurrence and not scope.state:
        return _counted(about, scope, totals, story)
    days = sorted({known_on(c) for c in totals if c.as_of})
    made = [_counted(about, scope, [c for c in totals if known_on(c) == day], story) for day in days]
    return next((d for d in made if d is not None), None)


def _counted(about: str, scope: Scope, counts: Sequence[Count], story: str | None) -> Disagreement | None:
    against = [c for c in counts if any(_differ(scope, c, other) for other in counts)]
    sides: dict[str, list[Voice]] = {}
    for c in against:
        sides.setdefault(words(c.figure), []).append((c.report, c.origin))
    measure = scope.kind if scope.kind != "other" else counts[0].unit or "count"
    return _made(about, measure, sides, story)


def _differ(scope: Scope, a: Count, b: Count) -> bool:
    """Do two counts exclude each other, from two sources, or within one that does not count people who die by the day?"""
    if agree(a.figure, b.figure) or _other_people(a, b):
        return False
    if a.dispatch == b.dispatch:
        return scope.kind not in MEASURED_BY_UNIT and a.origin != b.origin
    return True


def _made(about: str, field: str, sides: Mapping[str, Sequence[Voice]], story: str | None) -> Disagreement | None:
    """A disagreement of these sides, the one with most independent sources first; None where there is one side."""
    if len(sides) < 2:
        return None
    made = [
        Side(value=value, reports=tuple(sorted({r for r, _ in voices})), independent_sources=len({o for _, o in voices}))
        for value, voices in sides.items()
    ]
    made.sort(key=lambda s: (-s.independent_sources, s.value))
    first = min(r for side in made for r in side.reports)
    dispatches = {r.dispatch for side in made for r in side.reports}
    origins = {o for voices in sides.values() for _, o in voices}
    within = len(dispatches) == 1 and len(origins) == 1
    lone = len(made) == 2 and made[1].independent_sources == 1 and made[0].independent_sources >= 2
    return Disagreement(
        id=content_id("d", field, first.dispatch, first.item),
        about=about,
        field=field,
        scope="within a dispatch" if within else "between sources",
        sides=tuple(made),
        note="one source against several" if lone else "",
        story=story,
    )
