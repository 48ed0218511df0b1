"""Occurrences: which events of which dispatches are one event of the world.

Two tellings are compared by the declared features (`features.py`). Pairs are joined from the surest down, as long as nothing
between the two sets forbids it and they agree on the whole. The order is that of scores and then of content, so that the order
in which dispatches came plays no part. What happened and what is yet to happen never join.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from recoupe.ledger.claims import HARM, Told, reports
from recoupe.ledger.features import SLACK_DAYS, Setting, compare, may_be_told_as, place_score, time_score
from recoupe.ledger.groups import FORBIDDEN, Pair, agglomerate, pair
from recoupe.ledger.ids import content_id
from recoupe.ledger.judgements import Decided, set_fields
from recoupe.ledger.mentions import as_one, denied_after, mentioned_again
from recoupe.ledger.values import Occurrence, OccurrenceStatus, Reason
from recoupe.ledger.whenwhere import Days

JOINED = 2.4
BARE = 3.0
AGREE_ON_THE_WHOLE = 1.6
SETTLED = 2.6
ALLUDED = 1.6
CLEARLY_ALLUDED = 0.4
CLEAR = 1.0
VAGUE_DAYS = 16
SUMMARY = 160
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})

Key = tuple[str, str]


def join(
    told: Sequence[Told], *, together: Iterable[tuple[Key, Key]] = (), apart: Iterable[tuple[Key, Key]] = ()
) -> list[tuple[tuple[Told, ...], tuple[Reason, ...]]]:
    """Tellings grouped into occurrences, each group in order of telling, with the reasons of its surest pair.

    together, apart: what a person decided.
    """
    apart = list(apart)
    ordered = sorted((t for t in told if t.real or t.ahead), key=lambda t: t.order)
    index = {t.key: i for i, t in enumerate(ordered)}
    setting = Setting.of(ordered)
    again = {j: i for j, i in mentioned_again(ordered).items() if (ordered[i].key, ordered[j].key) not in set(apart)}
    whole = list(ordered)
    for j, i in again.items():
        whole[i] = as_one(whole[i], ordered[j])
    whole = [whole[again.get(i, i)] for i in range(len(ordered))]
    scores = {(i, j): _score(whole[i], whole[j], setting) for i, j in _candidates(whole, setting)}
    scores |= {pair(index[a], index[b]): FORBIDDEN for a, b in apart if a in index and b in index}
    bound = [(index[a], index[b]) for a, b in together if a in index and b in index]
    bound += [(i, j) for j, i in again.items()]
    bound += sorted(denied_after(whole) - {pair(index[a], index[b]) for a, b in apart if a in index and b in index})
    groups = _settle(whole, scores, agglomerate(len(ordered), scores, joined=JOINED, whole=AGREE_ON_THE_WHOLE, together=bound))
    return [_group(ordered, group, scores, setting) for group in groups]


def _vague(told: Told) -> bool:
    return told.days is None or told.days.width > VAGUE_DAYS


def _score(a: Told, b: Told, setting: Setting) -> float:
    """Kind and time alone join only on one day. Two events of one dispatch were told apart by its reading: they join only by
    way of another dispatch's, or where two sources give their versions of one.
    """
    score, reasons = compare(a, b, setting)
    if a.dispatch != b.dispatch and score > FORBIDDEN / 2 and _told_otherwise(a, b, reasons):
        return max(score, JOINED)
    if a.recalled != b.recalled and None in (a.days, b.days) and not any(r.feature == "actors" and r.weight > 0 for r in reasons):
        return min(score, JOINED - 0.1)
    if a.dispatch != b.dispatch and {a.event.type, b.event.type} & SPOKEN and not _said_by_one(a, b, reasons):
        return min(score, JOINED - 0.1)
    if a.dispatch != b.dispatch:
        return score if score >= BARE or any(r.weight > 0 and r.feature not in ("type", "time") for r in reasons) else 0.0
    return max(score, JOINED) if score > FORBIDDEN / 2 and _versions(a, b, setting) else min(score, JOINED - 0.1)


def _said_by_one(a: Told, b: Told, reasons: Sequence[Reason]) -> bool:
    """What is demanded, blamed or threatened is said more than once: it is one where one actor says it, or on one day."""
    shared = {r.feature for r in reasons if r.weight > 0}
    one_day = a.days is not None and b.days is not None and "time" in shared
    return bool(shared & {"actors", "copy"}) or one_day


def _told_otherwise(a: Told, b: Told, reasons: Sequence[Reason]) -> bool:
    """An accord, or a deed that is only called to mind, of days next to each other, which two texts date or place otherwise: one
    kind, one matter or body, and nothing against it but the day or the place.
    """
    once = a.event.type == b.event.type and (a.event.type == "AGREE" or a.alluded or b.alluded)
    if not once or a.days is None or b.days is None or not (a.days.exact and b.days.exact) or a.days.apart(b.days) > SLACK_DAYS:
        return False
    shared = {r.feature for r in reasons if r.weight > 0} & {"names", "words", "actors", "recipients", "figures"}
    return len(shared) > 0 and all(r.weight > 0 or r.feature in ("time", "place") for r in reasons)


def _versions(a: Told, b: Told, setting: Setting) -> bool:
    """One kind of harm counted by two sources, at one time, and in no two places?"""
    harm = {c.figure.kind for c in a.counts} & {c.figure.kind for c in b.counts} & HARM
    apart = time_score(a, b, setting)[0] < -1.0 or place_score(a, b, setting)[0] < 0
    return bool(harm) and a.origin != b.origin and a.event.type == b.event.type and not apart


def _settle(ordered: Sequence[Told], scores: Mapping[Pair, float], groups: Sequence[list[int]]) -> list[list[int]]:
    """A mention that stands alone and undated, or dated by no more than a month («le couvre-feu»), or a mere allusion («l'attaque
    de Méhana»), joins the one event that it can mean; between two, neither.
    """
    alone = [group[0] for group in groups if len(group) == 1 and (_vague(ordered[group[0]]) or ordered[group[0]].alluded)]
    told = [list(group) for group in groups if group[0] not in alone or len(group) > 1]
    settled: dict[int, int] = {}
    for i in alone:
        fits = []
        for n, members in enumerate(told):
            between = [scores.get(pair(i, j), FORBIDDEN) for j in members]
            if min(between) > FORBIDDEN / 2 and max(between) >= (ALLUDED if ordered[i].alluded else SETTLED):
                fits.append((max(between), n))
        fits.sort(key=lambda fit: (-fit[0], fit[1]))
        if fits and (len(fits) == 1 or fits[0][0] - fits[1][0] >= (CLEARLY_ALLUDED if ordered[i].alluded else CLEAR)):
            settled[i] = fits[0][1]
    for i, n in settled.items():
        told[n].append(i)
    left = [[i] for i in alone if i not in settled]
    return sorted(sorted(group) for group in [*told, *left])


def _candidates(ordered: Sequence[Told], setting: Setting) -> Iterator[Pair]:
    """Pairs of tellings that neither kind, modality nor time forbids at first sight."""
    by_type: dict[tuple[str, bool], list[int]] = {}
    for i, told in enumerate(ordered):
        by_type.setdefault((told.event.type, told.ahead), []).append(i)
    for (one, ahead), first in by_type.items():
        for (two, also_ahead), second in by_type.items():
            if ahead != also_ahead or one > two or not may_be_told_as(one, two):
                continue
            for i in first:
                for j in second:
                    if (i < j or one != two) and time_score(ordered[i], ordered[j], setting)[0] > FORBIDDEN:
                        yield pair(i, j)


def _group(
    ordered: Sequence[Told], group: Sequence[int], scores: Mapping[Pair, float], setting: Setting
) -> tuple[tuple[Told, ...], tuple[Reason, ...]]:
    """The tellings of a group with the reasons of the surest pair among them."""
    members = tuple(ordered[i] for i in group)
    pairs = [(i, j) for n, i in enumerate(group) for j in group[n + 1 :] if scores.get((i, j), 0.0) > 0]
    if not pairs:
        return members, ()
    i, j = min(pairs, key=lambda p: (-scores[p], p))
    return members, compare(ordered[i], ordered[j], setting)[1]


def group_id(members: Sequence[Told]) -> str:
    """The id of an occurrence: that of its first telling."""
    return content_id("o", *members[0].key)


def occurrence_of(members: Sequence[Told], reasons: tuple[Reason, ...], story: str, decisions: Decided) -> Occurrence:
    """What tellings of one event say together. Independent sources are those that assert it."""
    asserting = [t for t in members if t.real and t.event.modality == "asserted"]
    origins = sorted({t.origin for t in asserting})
    best = max(members, key=lambda t: (t.event.modality == "asserted", t.event.salience == "main", -members.index(t)))
    days = _when(asserting or members)
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


def _when(members: Sequence[Told]) -> Days | None:
    """The narrowest interval told; that of the news where more tell it as news than give it, by mistake, another year."""
    days = span_of(t.days for t in members)
    news = [t for t in members if t.news is not None and days is not None and t.news.slip(days)]
    dated = {t.copy for t in members if t.days is not None}
    return span_of(t.news for t in news) if len({t.copy for t in news}) > len(dated) else days


def _status(members: Sequence[Told], origins: Sequence[str]) -> OccurrenceStatus:
    modalities = {t.event.modality for t in members}
    if members[0].ahead:
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
