"""Occurrences: which events of which dispatches are one event of the world.

Two tellings are compared by the declared FEATURES; each gives a score, and some forbid. Pairs are joined from the surest
down, as long as nothing between the two sets forbids it and they agree on the whole. The order is that of scores and then
of content, so that the order in which dispatches came plays no part. What happened and what is yet to happen never join.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from recoupe.ledger.claims import HARM, Told, reports
from recoupe.ledger.groups import FORBIDDEN, Pair, agglomerate, pair
from recoupe.ledger.ids import content_id
from recoupe.ledger.judgements import Decided, set_fields
from recoupe.ledger.mentions import as_one, mentioned_again
from recoupe.ledger.numbers import RISING, agree, comparable
from recoupe.ledger.units import same_thing
from recoupe.ledger.values import Occurrence, OccurrenceStatus, Reason
from recoupe.ledger.whenwhere import Days

JOINED = 2.4
BARE = 3.0
AGREE_ON_THE_WHOLE = 1.6
SETTLED = 2.6
ALLUDED = 1.6
CLEARLY_ALLUDED = 0.4
OTHER_MODE = 0.0
KINDRED_TYPE = -1.5
CLEAR = 1.0
NEAR_KM = 40.0
TAKEN_OVER = -0.2
ONCE = frozenset({"AGREE", "RETREAT", "CONCEDE"})
ONCE_PLACED = -0.4
OTHER_MATTERS = -0.3
MATTER, RARE_MATTER, MATTERS = 0.4, 0.4, 1.2
NEXT_DAY = -0.1
SLACK_DAYS = 2
MISDATED_DAYS = 10
SMALL_COUNT = 9
NEAR_COUNTS = 1.5
VAGUE_DAYS = 16
SUMMARY = 160

TRUCE = {"AGREE", "RETREAT"}
TRUCE_NAMED = "truce"
ABOUT_A_TRUCE = 0.3
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
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
class Setting:
    """What is common to the tellings that are compared: how much sharing a name tells, 1 where two tellings alone have it."""

    rarity: Mapping[str, float]

    @classmethod
    def of(cls, told: Sequence[Told]) -> Setting:
        held: dict[str, set[str]] = {}
        for t in told:
            for name in (*t.names, *(s.key for s in t.spots), *(f"about {m}" for m in t.matters)):
                held.setdefault(name, set()).add(t.copy)
        whole = max(3, len({t.copy for t in told}))
        return cls({name: min(1.0, log(whole / len(copies)) / log(whole / 2)) for name, copies in held.items()})

    def rare(self, name: str) -> float:
        return max(0.0, self.rarity.get(name, 1.0))


Score = tuple[float, str]


@dataclass(frozen=True)
class Feature:
    """One thing that is compared: `of` gives its score for two tellings and the words for it."""

    name: str
    reason: str
    of: Callable[[Told, Told, Setting], Score]


def _type(a: Told, b: Told, _: Setting) -> Score:
    one, two = a.event.type, b.event.type
    if one == two:
        modes = {m for m in (a.event.mode, b.event.mode) if m}
        same = len(modes) == 1 and a.event.mode == b.event.mode
        return (1.6 if same else 1.0 if len(modes) < 2 else OTHER_MODE), one
    if {one, two} == TRUCE and TRUCE_NAMED in a.matters & b.matters:
        return ABOUT_A_TRUCE, "a truce is agreed"
    if any({one, two} <= family for family in KINDRED):
        return KINDRED_TYPE, f"{one} and {two} are kindred"
    return FORBIDDEN, f"{one} is no {two}"


def _may_be_told_as(one: str, two: str) -> bool:
    """Are two types one, or types that the same facts are told as?"""
    return one == two or {one, two} == TRUCE or any({one, two} <= family for family in KINDRED)


def _time(a: Told, b: Told, _: Setting) -> Score:
    if a.days is None or b.days is None:
        return 0.0, ""
    words = f"{a.days.start} and {b.days.start}"
    apart = a.days.apart(b.days)
    wider = max(a.days.width, b.days.width)
    if apart == 0:
        if a.days.exact and b.days.exact:
            return 2.0, words
        return (1.4 if wider <= 4 else 0.9 if wider <= 16 else 0.3 if wider <= 62 else 0.0), words
    if a.days.slip(b.days):
        return -0.4, f"{words}: one day of two years"
    if apart <= SLACK_DAYS:
        return (NEXT_DAY if apart == 1 and a.event.type in ONCE and b.event.type in ONCE else -0.4), words
    if apart <= MISDATED_DAYS:
        return -1.5, words
    return FORBIDDEN, words


def _place(a: Told, b: Told, setting: Setting) -> Score:
    exact = [(x, y) for x in a.spots for y in b.spots if x.exact and y.exact]
    best: Score = (0.0, "")
    for x, y in exact:
        if x.same(y):
            return 0.7 + 0.9 * max(setting.rare(x.key), setting.rare(y.key)), x.name
        far = x.far(y)
        apart = -0.6 if x.country == y.country else -1.5
        apart = max(apart, ONCE_PLACED) if a.event.type in ONCE and b.event.type in ONCE else apart
        score = 0.4 if far is not None and far <= NEAR_KM else apart if x.stated and y.stated else TAKEN_OVER
        if not best[1] or score > best[0]:
            best = score, f"{x.name} and {y.name}"
    if exact:
        return best
    one, two = ({s.country for s in t.spots if s.country} | ({t.country} if t.country else set()) for t in (a, b))
    return (0.3, "/".join(sorted(one & two))) if one & two else (-0.3, "other countries") if one and two else (0.0, "")


def _who(one: frozenset[str], two: frozenset[str]) -> Score:
    common = one & two
    named = {k for k in common if not k.startswith("country:")}
    if named:
        return 1.3, ", ".join(sorted(named))
    if common:
        return (1.0 if len(common) > 1 else 0.4), ", ".join(sorted(common))
    bodies = ({k for k in keys if not k.startswith("country:")} for keys in (one, two))
    return (-0.6, "others") if all(bodies) else (-0.3, "others") if one and two else (0.0, "")


def _actors(a: Told, b: Told, _: Setting) -> Score:
    if mutual(a, b):
        return _who(a.actors | a.recipients, b.actors | b.recipients)
    return _who(a.actors, b.actors)


def _recipients(a: Told, b: Told, _: Setting) -> Score:
    return (0.0, "") if mutual(a, b) else _who(a.recipients, b.recipients)


def mutual(a: Told, b: Told) -> bool:
    """Do both sides do it, so that it may be told of either first: «A a rencontré B», «B a été reçu par A»?"""
    return a.event.type in MUTUAL and b.event.type in MUTUAL


def _dyad(a: Told, b: Told, _: Setting) -> Score:
    """Who to whom, where the two are not of one country."""
    common, against = a.actors & b.actors, a.recipients & b.recipients
    if mutual(a, b):
        both = sorted(k for k in (a.actors | a.recipients) & (b.actors | b.recipients) if not k.startswith("person:"))
        return (0.8, " and ".join(both)) if len(both) > 1 else (0.0, "")
    return (0.8, f"{min(common)} to {min(against)}") if common and against and common.isdisjoint(against) else (0.0, "")


def _figures(a: Told, b: Told, _: Setting) -> Score:
    """One count of one thing. Other counts of one thing speak against, less so of the dead: a toll rises."""
    alike = [(x, y) for x in a.counts for y in b.counts if x.figure.kind == y.figure.kind]
    pairs = [(x, y) for x, y in alike if same_thing(x.unit, y.unit) or (x.value == y.value and x.figure.kind != "other")]
    common = sorted({(x.value, x.figure.kind) for x, y in pairs if x.value == y.value and x.value is not None and x.value > 1})
    if common:
        return (1.9 if common[-1][0] > SMALL_COUNT else 1.3), ", ".join(f"{value:g} {kind}" for value, kind in common)
    against = [(x.figure, y.figure) for x, y in pairs if not agree(x.figure, y.figure)]
    if not against:
        return 0.0, ""
    rising = all(x.kind in RISING for x, _ in against)
    near = all(comparable(x, y, NEAR_COUNTS) for x, y in against)
    return (-0.3 if rising else -0.5 if near else -1.0), "other counts"


def _names(a: Told, b: Told, setting: Setting) -> Score:
    weights = {name: 0.8 * setting.rare(name) for name in a.names & b.names}
    return min(1.8, sum(weights[name] for name in sorted(weights))), ", ".join(sorted(weights))


def _words(a: Told, b: Told, setting: Setting) -> Score:
    """The same words in one language, or words for the same matters, in one or in two."""
    common = a.words & b.words
    same = 1.5 * len(common) / min(len(a.words), len(b.words)) if a.lang == b.lang and len(common) > 1 else 0.0
    matters = sorted(a.matters & b.matters)
    about = min(MATTERS, sum(MATTER + RARE_MATTER * setting.rare(f"about {m}") for m in matters))
    if about > same:
        return about, ", ".join(matters)
    return (same, ", ".join(sorted(common))) if same else (OTHER_MATTERS if a.matters and b.matters else 0.0, "other matters")


def _copy(a: Told, b: Told, _: Setting) -> Score:
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
    Feature("dyad", "one to another, of two countries or bodies", _dyad),
    Feature("figures", "the same counts", _figures),
    Feature("names", "names told in the same sentence, the rare ones of the story above all", _names),
    Feature("words", "the same words in one language, or words for the same matters", _words),
    Feature("copy", "the same words of one copy", _copy),
)


def compare(a: Told, b: Told, setting: Setting) -> tuple[float, tuple[Reason, ...]]:
    """The score of two tellings, and why. FORBIDDEN or less: something says that they are two events."""
    if a.ahead != b.ahead:
        return FORBIDDEN, (Reason(feature="modality", weight=FORBIDDEN, detail="one is yet to happen"),)
    reasons = []
    for feature in FEATURES:
        weight, detail = feature.of(a, b, setting)
        if weight:
            reasons.append(Reason(feature=feature.name, weight=round(weight, 3), detail=detail))
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
    if a.dispatch != b.dispatch:
        return score if score >= BARE or any(r.weight > 0 and r.feature not in ("type", "time") for r in reasons) else 0.0
    return max(score, JOINED) if score > FORBIDDEN / 2 and _versions(a, b, setting) else min(score, JOINED - 0.1)


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
    apart = _time(a, b, setting)[0] < -1.0 or _place(a, b, setting)[0] < 0
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
            if ahead != also_ahead or one > two or not _may_be_told_as(one, two):
                continue
            for i in first:
                for j in second:
                    if (i < j or one != two) and _time(ordered[i], ordered[j], setting)[0] > FORBIDDEN:
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
