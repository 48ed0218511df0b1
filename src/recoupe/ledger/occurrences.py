"""Occurrences: which events of which dispatches are one event of the world.

Two tellings are compared by the declared FEATURES; each gives a score, and some forbid. Pairs are joined from the surest
down, as long as nothing between the two sets forbids it and they agree on the whole. The order is that of scores and then
of content, so that the order in which dispatches came plays no part. What happened and what is yet to happen never join.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from recoupe.ledger.claims import AHEAD, REAL, Days, Told, reports
from recoupe.ledger.ids import content_id
from recoupe.ledger.judgements import Decided, set_fields
from recoupe.ledger.values import Occurrence, OccurrenceStatus, Reason

FORBIDDEN = -100.0
JOINED = 3.6
AGREE_ON_THE_WHOLE = 1.6
NEAR_KM = 40.0
SLACK_DAYS = 2
SUMMARY = 160

KINDRED = (
    frozenset({"ASSAULT", "COERCE"}),
    frozenset({"RETREAT", "CONCEDE"}),
    frozenset({"AGREE", "CONCEDE"}),
    frozenset({"AGREE", "COOPERATE", "CONSULT"}),
    frozenset({"AID", "COOPERATE", "SUPPORT"}),
    frozenset({"REJECT", "ACCUSE"}),
    frozenset({"REJECT", "SANCTION"}),
    frozenset({"COERCE", "SANCTION"}),
    frozenset({"MOBILIZE", "AID"}),
)


@dataclass(frozen=True)
class Feature:
    """One thing that is compared: `of` gives its score for two tellings and the words for it."""

    name: str
    reason: str
    of: Callable[[Told, Told], tuple[float, str]]


def _type(a: Told, b: Told) -> tuple[float, str]:
    one, two = a.event.type, b.event.type
    if one == two:
        modes = {m for m in (a.event.mode, b.event.mode) if m}
        return (1.6 if len(modes) == 1 else 1.0 if not modes else 0.6), one
    if any({one, two} <= family for family in KINDRED):
        return 0.2, f"{one} and {two} are kindred"
    return FORBIDDEN, f"{one} is no {two}"


def _time(a: Told, b: Told) -> tuple[float, str]:
    if a.days is None or b.days is None:
        return 0.0, ""
    words = f"{a.days.start} and {b.days.start}"
    apart = a.days.apart(b.days)
    wider = max(a.days.width, b.days.width)
    if apart == 0:
        if a.days.exact and b.days.exact:
            return 2.0, words
        return (1.4 if wider <= 4 else 0.9 if wider <= 16 else 0.4 if wider <= 62 else 0.0), words
    if a.days.slip(b.days):
        return -0.4, f"{words}: one day of two years"
    if apart <= SLACK_DAYS:
        return -0.4, words
    if apart <= 7 and wider > 4:
        return -1.0, words
    return FORBIDDEN, words


def _place(a: Told, b: Told) -> tuple[float, str]:
    best, words = 0.0, ""
    exact = [(x, y) for x in a.spots for y in b.spots if x.exact and y.exact]
    for x, y in exact:
        far = x.far(y)
        if x.key == y.key or x.name.casefold() == y.name.casefold():
            return 1.6, x.name
        score = 0.5 if far is not None and far <= NEAR_KM else -0.9
        if best == 0.0 or score > best:
            best, words = score, f"{x.name} and {y.name}"
    if exact:
        return best, words
    countries = [{s.country for s in t.spots if s.country} | ({t.country} if t.country else set()) for t in (a, b)]
    if countries[0] and countries[1]:
        common = countries[0] & countries[1]
        return (0.4, "/".join(sorted(common))) if common else (-1.5, "other countries")
    return 0.0, ""


def _who(one: frozenset[str], two: frozenset[str]) -> tuple[float, str]:
    if not one or not two:
        return 0.0, ""
    common = one & two
    named = {k for k in common if not k.startswith("country:")}
    if named:
        return 1.3, ", ".join(sorted(named))
    if common:
        return 0.8, ", ".join(sorted(common))
    return -0.8, "others"


def _actors(a: Told, b: Told) -> tuple[float, str]:
    return _who(a.actors, b.actors)


def _recipients(a: Told, b: Told) -> tuple[float, str]:
    return _who(a.recipients, b.recipients)


def _figures(a: Told, b: Told) -> tuple[float, str]:
    kinds = {(c.figure.kind, c.value) for c in a.counts if c.value is not None}
    others = {(c.figure.kind, c.value) for c in b.counts if c.value is not None}
    common = {(kind, value) for kind, value in kinds & others if value and value > 1}
    if common:
        return 1.6, ", ".join(f"{value:g} {kind}" for kind, value in sorted(common))
    if {k for k, _ in kinds} & {k for k, _ in others}:
        return -0.3, "other counts"
    return 0.0, ""


def _names(a: Told, b: Told) -> tuple[float, str]:
    common = a.names & b.names
    return min(1.5, 0.5 * len(common)), ", ".join(sorted(common))


def _words(a: Told, b: Told) -> tuple[float, str]:
    if a.lang != b.lang or not a.words or not b.words:
        return 0.0, ""
    common = a.words & b.words
    share = len(common) / min(len(a.words), len(b.words))
    if len(common) < 2:
        return 0.0, ""
    return 1.5 * share, ", ".join(sorted(common))


def _copy(a: Told, b: Told) -> tuple[float, str]:
    if a.copy != b.copy or a.dispatch == b.dispatch or len(a.words | b.words) < 2:
        return 0.0, ""
    share = len(a.words & b.words) / len(a.words | b.words)
    return (2.5, "the same words of one copy") if share >= 0.6 else (0.0, "")


FEATURES: tuple[Feature, ...] = (
    Feature("type", "one kind of event, or kinds that the same facts are told as", _type),
    Feature("time", "one day, or intervals that meet", _time),
    Feature("place", "one place, or places near each other", _place),
    Feature("actors", "who did it", _actors),
    Feature("recipients", "to whom", _recipients),
    Feature("figures", "the same counts", _figures),
    Feature("names", "names told in the same sentence", _names),
    Feature("words", "the same words in one language", _words),
    Feature("copy", "the same words of one copy", _copy),
)


def compare(a: Told, b: Told) -> tuple[float, tuple[Reason, ...]]:
    """The score of two tellings, and why. FORBIDDEN or less: something says that they are two events."""
    if (a.event.modality in REAL) != (b.event.modality in REAL):
        return FORBIDDEN, (Reason(feature="modality", weight=FORBIDDEN, detail="one is yet to happen"),)
    reasons = []
    for feature in FEATURES:
        weight, detail = feature.of(a, b)
        if weight:
            reasons.append(Reason(feature=feature.name, weight=weight, detail=detail))
        if weight <= FORBIDDEN:
            break
    return sum(r.weight for r in reasons), tuple(reasons)


Key = tuple[str, str]


def join(
    told: Sequence[Told], *, together: Iterable[tuple[Key, Key]] = (), apart: Iterable[tuple[Key, Key]] = ()
) -> list[tuple[tuple[Told, ...], tuple[Reason, ...]]]:
    """Tellings grouped into occurrences, each group in order of telling, with the reasons of its surest pair.

    together, apart: what a person decided.
    """
    ordered = sorted((t for t in told if t.event.modality in REAL | AHEAD), key=lambda t: t.order)
    index = {t.key: i for i, t in enumerate(ordered)}
    scores: dict[tuple[int, int], float] = {}
    why: dict[tuple[int, int], tuple[Reason, ...]] = {}
    for i, a in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            scores[i, j], why[i, j] = compare(a, ordered[j])
    for a_key, b_key in apart:
        if a_key in index and b_key in index:
            scores[_pair(index[a_key], index[b_key])] = FORBIDDEN * 10
    member = list(range(len(ordered)))
    groups: dict[int, list[int]] = {i: [i] for i in member}

    def unite(i: int, j: int) -> None:
        low, high = sorted((member[i], member[j]))
        if low == high:
            return
        for k in groups[high]:
            member[k] = low
        groups[low] += groups.pop(high)

    for a_key, b_key in together:
        if a_key in index and b_key in index:
            unite(index[a_key], index[b_key])
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score < JOINED:
            break
        if ordered[i].dispatch == ordered[j].dispatch:
            continue
        one, two = groups[member[i]], groups[member[j]]
        if member[i] != member[j]:
            between = [scores[_pair(x, y)] for x in one for y in two]
            if min(between) > FORBIDDEN / 2 and sum(between) / len(between) >= AGREE_ON_THE_WHOLE:
                unite(i, j)
    found = []
    for low in sorted(groups):
        indices = sorted(groups[low])
        pairs = [(scores[i, j], i, j) for n, i in enumerate(indices) for j in indices[n + 1 :]]
        best = max(pairs, key=lambda p: (p[0], -p[1], -p[2]), default=None)
        found.append((tuple(ordered[i] for i in indices), why[best[1], best[2]] if best else ()))
    return found


def _pair(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)


def group_id(members: Sequence[Told]) -> str:
    """The id of an occurrence: that of its first telling."""
    return content_id("o", *members[0].key)


def occurrence_of(members: Sequence[Told], reasons: tuple[Reason, ...], story: str, decisions: Decided) -> Occurrence:
    """What tellings of one event say together. Independent sources are those that assert it."""
    asserting = [t for t in members if t.event.modality == "asserted"]
    origins = sorted({t.origin for t in asserting})
    best = max(members, key=lambda t: (t.event.modality == "asserted", t.event.salience == "main", -members.index(t)))
    days = span_of(t.days for t in (asserting or members))
    spot = most_common(s.name for t in members for s in t.spots if s.exact) or most_common(
        s.name for t in members for s in t.spots
    )
    ids = [content_id("o", *t.key) for t in members]
    found = Occurrence(
        id=ids[0],
        type=most_common(t.event.type for t in members) or best.event.type,
        mode=most_common(t.event.mode for t in members if t.event.mode),
        actors=most_told(t.actor_names for t in members),
        recipients=most_told(t.recipient_names for t in members),
        place=spot,
        country=most_common(t.country for t in members if t.country),
        start=days.start.isoformat() if days else None,
        end=days.end.isoformat() if days else None,
        status=_status(members, origins),
        reports=reports(members),
        independent_sources=len(origins),
        origins=tuple(origin.split(":", 1)[1] for origin in origins),
        summary=best.text[:SUMMARY],
        story=story,
        reasons=reasons,
        judged=decisions.judged(*ids),
    )
    for name in ids:
        found = set_fields(found, decisions.corrected.get(name, {}))
    return found


def _status(members: Sequence[Told], origins: Sequence[str]) -> OccurrenceStatus:
    modalities = {t.event.modality for t in members}
    if modalities & AHEAD:
        return "announced"
    if "asserted" in modalities:
        if "denied" in modalities or any(t.event.denied_by for t in members):
            return "contested"
        return "corroborated" if len(origins) > 1 else "reported"
    return "denied" if modalities == {"denied"} else "reported"


def span_of(days: Iterable[Days | None]) -> Days | None:
    """The narrowest interval told; on a tie the one told most."""
    told = Counter(d for d in days if d is not None)
    return min(told, key=lambda d: (d.width, -told[d], d.start), default=None)


def most_common(values: Iterable[str]) -> str | None:
    """The value told most, the first in the alphabet on a tie."""
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], v), default=None)


def most_told(names: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Names by how many tellings have them, at most four."""
    counted = Counter(name for told in names for name in told)
    return tuple(sorted(counted, key=lambda n: (-counted[n], n))[:4])
