"""Disagreements: two values for one thing that cannot both be right, each side with its words and its independent sources.

No verdict. Not disagreements: roundings, bounds that leave room, coarse dates, omissions, a toll that a later one
supersedes, two scopes. Compared are reports of one occurrence, and counts of one scope at one time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from recoupe.ledger.claims import Count, Spot, Told
from recoupe.ledger.ids import content_id
from recoupe.ledger.numbers import agree, said, words
from recoupe.ledger.series import Scope, known_on
from recoupe.ledger.values import Disagreement, Report, Side

RISING = frozenset({"dead", "injured", "casualties", "missing", "displaced", "arrested"})
APART_KM = 12.0
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
    return tuple(sorted((d for d in found if d is not None), key=lambda d: d.id))


def _dates(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    sides: dict[str, list[Voice]] = {}
    for t in told:
        if t.days is not None and t.days.exact and t.time is not None and t.event.modality == "asserted":
            report = Report(dispatch=t.dispatch, item=t.event.id, span=t.time.span, in_=t.time.in_)
            sides.setdefault(t.days.start.isoformat(), []).append((report, t.origin))
    return _made(about, "date", sides, story)


def _places(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Exact places that are far from each other, or that bear other names and cannot be measured."""
    placed = [(t, s) for t in told if t.event.modality == "asserted" and len(t.spots) == 1 for s in t.spots if s.exact]
    sides: dict[str, list[Voice]] = {}
    names: dict[str, Spot] = {}
    for t, spot in placed:
        name = next((n for n, other in names.items() if not _elsewhere(spot, other)), None)
        if name is None:
            name = spot.name
            names[name] = spot
        report = Report(dispatch=t.dispatch, item=t.event.id, span=spot.span, in_="title" if spot.in_ == "title" else "text")
        sides.setdefault(name, []).append((report, t.origin))
    return _made(about, "place", sides, story)


def _elsewhere(a: Spot, b: Spot) -> bool:
    if a.key == b.key or a.name.casefold() == b.name.casefold() or a.kind != b.kind:
        return False
    far = a.far(b)
    return far is None or far > APART_KM


def _actors(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Named bodies or states with nothing in common. Common nouns («gunmen») name nobody."""
    named = [(t, t.actors) for t in told if t.event.modality == "asserted" and t.actors]
    if not any(not a & b for (_, a), (_, b) in combinations(named, 2)):
        return None
    groups: list[tuple[frozenset[str], list[Told]]] = []
    for t, keys in sorted(named, key=lambda pair: pair[0].order):
        for n, (common, members) in enumerate(groups):
            if common & keys:
                groups[n] = (common | keys, [*members, t])
                break
        else:
            groups.append((keys, [t]))
    sides: dict[str, list[Voice]] = {}
    for _, members in groups:
        sides[members[0].actor_names[0] if members[0].actor_names else "?"] = [(t.report, t.origin) for t in members]
    return _made(about, "actor", sides, story)


def _happened(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    sides: dict[str, list[Voice]] = {}
    for t in told:
        if t.event.modality == "asserted":
            sides.setdefault("happened", []).append((t.report, t.origin))
        elif t.event.modality == "denied":
            sides.setdefault("denied", []).append((t.report, t.origin))
    return _made(about, "happened", sides, story)


def _counts(about: str, scope: Scope, counts: Sequence[Count], story: str | None) -> Disagreement | None:
    """Counts of one scope that cannot both be right. Of an occurrence's toll the latest count; else counts of one day."""
    totals = [c for c in counts if c.figure.change == "total" and c.figure.of is None]
    totals = [c for c in totals if c.figure.value is not None or c.figure.low is not None or c.figure.high is not None]
    if scope.occurrence:
        standing = [c for c in totals if not _superseded(c, totals)] if scope.kind in RISING else totals
        return _counted(about, scope, standing, story)
    days = sorted({known_on(c) for c in totals if c.as_of})
    made = [_counted(about, scope, [c for c in totals if known_on(c) == day], story) for day in days]
    return next((d for d in made if d is not None), None)


def _superseded(count: Count, counts: Sequence[Count]) -> bool:
    """Has a higher toll been told since this one was last told?"""
    last = max(_published(c) for c in counts if agree(c.figure, count.figure))
    return any(said(c.figure).low > said(count.figure).high and _published(c) > last for c in counts)


def _published(count: Count) -> str:
    return str(count.day or "9999")


def _counted(about: str, scope: Scope, counts: Sequence[Count], story: str | None) -> Disagreement | None:
    if not any(not agree(a.figure, b.figure) for a, b in combinations(counts, 2)):
        return None
    against = [c for c in counts if any(not agree(c.figure, other.figure) for other in counts)]
    sides: dict[str, list[Voice]] = {}
    for c in against:
        sides.setdefault(words(c.figure), []).append((c.report, c.origin))
    measure = scope.kind if scope.kind != "other" else counts[0].unit or "count"
    return _made(about, measure, sides, story)


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
