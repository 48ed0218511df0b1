"""Disagreements: two values for one thing that cannot both be right, each side with its words and its independent sources.

No verdict. Not disagreements: roundings, bounds that leave room, coarse dates, omissions, a toll that a later one
supersedes, two scopes. Compared are reports of one occurrence, and counts of one scope at one time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from recoupe.ledger.claims import Count, Told
from recoupe.ledger.entities import fold
from recoupe.ledger.rival_counts import rival_counts
from recoupe.ledger.series import Scope
from recoupe.ledger.sides import Voice, disagreement
from recoupe.ledger.values import Disagreement, Report
from recoupe.ledger.whenwhere import Days, Spot

SLIP_DAYS = 3
MONTH = 31
BLAMED = frozenset({"ASSAULT", "COERCE"})


def find_disagreements(
    occurrences: Sequence[tuple[str, str, Sequence[Told]]],
    gathered: Mapping[Scope, Sequence[Count]],
    counts: Sequence[Count],
    story: str | None,
) -> tuple[Disagreement, ...]:
    """Of each occurrence (id, summary, tellings) its date, place, actors and whether it happened; of each scope its counts."""
    found: list[Disagreement | None] = []
    for _id, summary, told in occurrences:
        real = [t for t in told if t.event.modality != "rumoured"]
        found += [find(summary, real, story) for find in (_dates, _places, _actors) if real]
        found.append(_happened(summary, told, story))
    found += rival_counts({name: summary for name, summary, _ in occurrences}, gathered, counts, story)
    return tuple(sorted({d.id: d for d in found if d is not None}.values(), key=lambda d: d.id))


def _dates(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Exact days that differ: by a few days, or by the year, or both written out; other days are too often misread to be held
    against each other. A text that gives two days is held to neither.
    """
    placed = [t for t in told if _days(t) is not None and t.event.modality == "asserted"]
    giving = {t.copy for t in placed if t.time is not None}
    dated = [t for t in placed if t.time is not None or t.copy not in giving]
    of_copy: dict[str, list[Told]] = {}
    for t in dated:
        of_copy.setdefault(t.copy, []).append(t)
    against = [t for t in dated if any(all(_dated_apart(x, y) for x in of_copy[t.copy] for y in ts) for ts in of_copy.values())]
    sides: dict[str, list[Voice]] = {}
    news: list[tuple[str, Days]] = []
    for t in against:
        days = _days(t)
        if days is not None:
            span, in_ = (t.time.span, t.time.in_) if t.time is not None else (t.report.span, t.report.in_)
            report = Report(dispatch=t.dispatch, item=t.event.id, span=span, in_=in_)
            near = next((label for label, first in news if t.time is None and first.apart(days) <= SLIP_DAYS), _day_words(days))
            news += [(near, days)] if t.time is None else []
            sides.setdefault(near, []).append((report, t.origin))
    return disagreement(about, "date", sides, story) if _of_two_copies(against) else None


def _days(t: Told) -> Days | None:
    """The days that are told, or those of the news where none are."""
    return t.days if t.time is not None else t.news


def _dated_apart(a: Told, b: Told) -> bool:
    one, two = _days(a), _days(b)
    if one is None or two is None or one.apart(two) == 0 or (a.time is None and b.time is None):
        return False
    if one.slip(two):
        return one.exact or two.exact or a.time is None or b.time is None
    if a.time is None or b.time is None:
        return False
    if a.time.anchor == b.time.anchor == "absolute":
        return max(one.width, two.width) <= MONTH
    return one.exact and two.exact and one.apart(two) <= SLIP_DAYS


def _day_words(days: Days) -> str:
    return days.start.isoformat() if days.width == 1 else f"{days.start.isoformat()} to {days.end.isoformat()}"


def _of_two_copies(told: Sequence[Told]) -> bool:
    """Do they come from more than one copy, or from one dispatch alone? The same words read two ways are no disagreement."""
    return len({t.copy for t in told}) > 1 or len({t.dispatch for t in told}) == 1


def _places(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Exact places that are far from each other. Where one text knows of both, it may well have happened in
    both."""
    placed = [(t, s) for t in told if t.event.modality == "asserted" for s in t.spots if s.exact and s.stated]
    for (t, spot), (other, place) in combinations(placed, 2):
        both = t.copy == other.copy or fold(place.name) in t.mentioned or fold(spot.name) in other.mentioned
        if both and spot.elsewhere(place):
            return None
    sides: dict[str, list[Voice]] = {}
    names: dict[str, Spot] = {}
    for t, spot in placed:
        name = next((n for n, other in names.items() if not spot.elsewhere(other)), None)
        if name is None:
            name = spot.name
            names[name] = spot
        report = Report(dispatch=t.dispatch, item=t.event.id, span=spot.span, in_="title" if spot.in_ == "title" else "text")
        sides.setdefault(name, []).append((report, t.origin))
    return disagreement(about, "place", sides, story) if _of_two_copies([t for t, _ in placed]) else None


def _actors(about: str, told: Sequence[Told], story: str | None) -> Disagreement | None:
    """Of violence and constraint: named bodies, or else states, with nothing in common. Common nouns («gunmen») name nobody."""
    if told[0].event.type not in BLAMED:
        return None
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
        found = disagreement(
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
    return disagreement(about, "happened", sides, story)
