"""Pledges: each thing that one dispatch says is to come, made comparable, whether the reading made an event of it or not.

An event told as planned, demanded or threatened; a demand or a threat that has no such event beside it; a sentence that
names a day to come. Pledges of one thing are grouped as occurrences are, by a declared list of features.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from recoupe.ledger.claims import DueSentence, Told
from recoupe.ledger.features import KINDRED, Setting
from recoupe.ledger.groups import FORBIDDEN, agglomerate
from recoupe.ledger.matters import matters
from recoupe.ledger.values import CommitmentKind, Report
from recoupe.ledger.whenwhere import Days

JOINED = 2.2
AGREE_ON_THE_WHOLE = 1.2
ROUGHLY_DAYS = 12
FAR_DAYS = 30
BY_MODALITY: Mapping[str, CommitmentKind] = {"planned": "plan", "demanded": "demand", "threatened": "threat"}
BY_TYPE: Mapping[str, CommitmentKind] = {"REQUEST": "demand", "THREATEN": "threat", "AGREE": "promise"}
BY_FORCE: Mapping[str, CommitmentKind] = {"promise": "promise", "demand": "demand", "threaten": "threat"}


@dataclass(frozen=True)
class Pledge:
    """One thing to come as one dispatch tells it. type: None where no event was made of it; restraint: it is not to be done."""

    dispatch: str
    copy: str
    lang: str
    report: Report
    day: dt.date | None
    due: Days | None
    dates: frozenset[dt.date]
    type: str | None
    kind: CommitmentKind
    names: frozenset[str]
    words: frozenset[str]
    actors: frozenset[str]
    actor_names: tuple[str, ...]
    values: frozenset[float]
    text: str
    restraint: bool = False
    matters: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[str, str, int, str]:
        return str(self.day or "9999"), self.dispatch, self.report.span[0], self.report.item


def pledges(told: Sequence[Told], due: Sequence[DueSentence], forces: Mapping[tuple[str, str], str]) -> tuple[Pledge, ...]:
    """All that these dispatches say is to come. forces: of statements, by (dispatch, id)."""
    ahead = [t for t in told if t.ahead and not t.recalled]
    spoken = [
        t
        for t in told
        if not t.ahead
        and not t.recalled
        and t.event.modality == "asserted"
        and (t.due is not None or t.event.type in ("REQUEST", "THREATEN"))
        and not any(a.dispatch == t.dispatch and a.sentence == t.sentence for a in ahead)
    ]
    sentences = {(s.dispatch, s.sentence): s for s in due}
    made = [_of_event(t, sentences.get((t.dispatch, t.sentence)), forces) for t in (*ahead, *spoken)]
    held = {(p.dispatch, t.sentence, p.due.end if p.due else None) for p, t in zip(made, (*ahead, *spoken), strict=True)}
    told_of = {(dispatch, sentence) for dispatch, sentence, _ in held}
    made += [_of_sentence(s) for s in due if s.due is not None and (s.dispatch, s.sentence, s.due.end) not in held]
    made += [_of_sentence(s) for s in due if s.due is None and (s.dispatch, s.sentence) not in told_of]
    return tuple(sorted(made, key=lambda p: p.order))


def _of_event(t: Told, around: DueSentence | None, forces: Mapping[tuple[str, str], str]) -> Pledge:
    """An event to come; of a promise or a demand, whose words are few, with the words of its sentence."""
    kind = BY_MODALITY.get(t.event.modality) or ("promise" if t.restraint else BY_TYPE.get(t.event.type, "plan"))
    if kind == "plan":
        kind = BY_FORCE.get(forces.get((t.dispatch, t.event.statement or ""), ""), "plan")
    return Pledge(
        dispatch=t.dispatch,
        copy=t.copy,
        lang=t.lang,
        report=t.report,
        day=t.day,
        due=t.due,
        dates=frozenset({t.due.end} if t.due else set()) | (around.dates if around is not None else frozenset()),
        type=t.event.type if t.ahead else None,
        kind=kind,
        names=t.names,
        words=t.words | around.words if around is not None and not t.ahead else t.words,
        actors=t.actors,
        actor_names=t.actor_names,
        values=frozenset(c.value for c in t.counts if c.value is not None),
        text=around.text if around is not None and not t.ahead else t.text,
        restraint=t.restraint,
        matters=matters(t.around, t.lang) if t.restraint else frozenset(),
    )


def _of_sentence(s: DueSentence) -> Pledge:
    return Pledge(
        dispatch=s.dispatch,
        copy=s.copy,
        lang=s.lang,
        report=s.report,
        day=s.day,
        due=s.due,
        dates=s.dates,
        type=None,
        kind=BY_FORCE.get(s.force or "", "plan"),
        names=s.names,
        words=s.words,
        actors=s.actors,
        actor_names=s.actor_names,
        values=s.values,
        text=s.text,
        restraint=s.restraint,
        matters=matters(s.text, s.lang),
    )


def _ahead(pledge: Pledge, due: Days) -> int:
    return (due.end - pledge.day).days if pledge.day is not None else 0


def _due(a: Pledge, b: Pledge, _: Setting) -> float:
    if a.due is None or b.due is None:
        return 0.0
    apart = abs((a.due.end - b.due.end).days)
    if apart == 0 or (apart == 1 and max(a.due.width, b.due.width) > 2):
        return 2.2 if min(_ahead(a, a.due), _ahead(b, b.due)) >= FAR_DAYS else 1.8
    if a.due.apart(b.due) == 0 and apart <= ROUGHLY_DAYS and max(a.due.width, b.due.width) > 2:
        return 0.6 if apart <= 6 else 0.0
    return FORBIDDEN


def _type(a: Pledge, b: Pledge, _: Setting) -> float:
    if a.type is None or b.type is None:
        return 0.0
    if a.type == b.type:
        return 0.9
    return 0.2 if any({a.type, b.type} <= family for family in KINDRED) else -0.8


def _copy(a: Pledge, b: Pledge, _: Setting) -> float:
    if a.copy != b.copy or a.dispatch == b.dispatch or not a.words | b.words:
        return 0.0
    return 2.5 if len(a.words & b.words) / len(a.words | b.words) >= 0.6 else 0.0


def named(a: frozenset[str], b: frozenset[str], setting: Setting) -> float:
    """Names in common, the rare ones of the story above all."""
    return min(1.8, sum(0.8 * setting.rare(name) for name in sorted(a & b)))


def worded(a: frozenset[str], b: frozenset[str], lang: str, other: str) -> float:
    """The share of the shorter one's words that stand in the other, in one language."""
    common = a & b
    return 1.6 * len(common) / min(len(a), len(b)) if lang == other and len(common) > 1 else 0.0


def counted(a: frozenset[float], b: frozenset[float]) -> float:
    """A count in common, above one."""
    common = {value for value in a & b if value > 1}
    return 1.4 if any(value > 9 for value in common) else 0.8 if common else 0.0


def acted(a: frozenset[str], b: frozenset[str]) -> float:
    """Who it falls to."""
    common = a & b
    return 1.0 if any(not k.startswith("country:") for k in common) or len(common) > 1 else 0.3 if common else 0.0


FEATURES: tuple[Callable[[Pledge, Pledge, Setting], float], ...] = (
    _due,
    _type,
    _copy,
    lambda a, b, setting: named(a.names, b.names, setting),
    lambda a, b, _: worded(a.words, b.words, a.lang, b.lang),
    lambda a, b, _: counted(a.values, b.values),
    lambda a, b, _: acted(a.actors, b.actors),
)


def group(made: Sequence[Pledge], setting: Setting) -> list[tuple[Pledge, ...]]:
    """Pledges of one thing together, each group in the order of telling."""
    scores = {(i, j): _score(a, made[j], setting) for i, a in enumerate(made) for j in range(i + 1, len(made))}
    groups = agglomerate(len(made), scores, joined=JOINED, whole=AGREE_ON_THE_WHOLE)
    return [tuple(made[i] for i in indices) for indices in groups]


def _score(a: Pledge, b: Pledge, setting: Setting) -> float:
    score = sum(feature(a, b, setting) for feature in FEATURES)
    return min(score, JOINED - 0.1) if a.dispatch == b.dispatch else score


def due_of(made: Iterable[Pledge]) -> Days | None:
    """When it is due: the narrowest interval that a pledge gives."""
    return min((p.due for p in made if p.due is not None), key=lambda d: (d.width, d.end, d.start), default=None)
