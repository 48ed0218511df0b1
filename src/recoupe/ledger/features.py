"""What is compared of two tellings: a declared list of features, each with its weight and its words.

A feature gives a score for two tellings; some forbid that the two are one event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from recoupe.ledger.claims import Told
from recoupe.ledger.groups import FORBIDDEN
from recoupe.ledger.numbers import RISING, agree, comparable
from recoupe.ledger.units import same_thing
from recoupe.ledger.values import Reason

OTHER_MODE = 0.0
KINDRED_TYPE = -1.5
NEAR_KM = 40.0
TAKEN_OVER = -0.2
ONCE = frozenset({"AGREE", "RETREAT", "CONCEDE"})
ONCE_PLACED = -0.4
OTHER_MATTERS = -0.3
MATTER, RARE_MATTER, MATTERS = 0.4, 0.4, 1.2
NEXT_DAY = -0.1
ONE_DAY_OF_TWO_YEARS = 0.4
SLACK_DAYS = 2
MISDATED_DAYS = 10
SMALL_COUNT = 9
NEAR_COUNTS = 1.5
OTHER_TOLL = -1.5

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


def may_be_told_as(one: str, two: str) -> bool:
    """Are two types one, or types that the same facts are told as?"""
    return one == two or {one, two} == TRUCE or any({one, two} <= family for family in KINDRED)


def time_score(a: Told, b: Told, _: Setting) -> Score:
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
        return (ONE_DAY_OF_TWO_YEARS if a.days.exact and b.days.exact else -0.4), f"{words}: one day of two years"
    if apart <= SLACK_DAYS:
        return (NEXT_DAY if apart == 1 and a.event.type in ONCE and b.event.type in ONCE else -0.4), words
    if apart <= MISDATED_DAYS:
        return -1.5, words
    return FORBIDDEN, words


def place_score(a: Told, b: Told, setting: Setting) -> Score:
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
    if rising and not any(comparable(x, y) for x, y in against):
        return OTHER_TOLL, "tolls of another order"
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
    Feature("time", "one day, or intervals that meet", time_score),
    Feature("place", "one place, or places near each other", place_score),
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
