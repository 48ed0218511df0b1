"""Commitments: what was announced, promised, demanded or threatened, by when, and what came of it.

A commitment is pledges of one thing. Its outcome is an occurrence of the same content told later. Overdue: the date has passed
and nothing is reported; missed only where a dispatch says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from recoupe.ledger.claims import DueSentence, Told, reports
from recoupe.ledger.features import KINDRED, Setting
from recoupe.ledger.ids import content_id
from recoupe.ledger.judgements import Decided, set_fields
from recoupe.ledger.occurrences import span_of
from recoupe.ledger.outcomes import Recall, assign
from recoupe.ledger.pledges import Pledge, acted, counted, due_of, group, named, pledges, worded
from recoupe.ledger.values import Commitment, CommitmentStatus, Outcome
from recoupe.ledger.whenwhere import Days

FULFILLED = 2.2
MOVED = 2.2
NEAR_DUE_DAYS = 4
WHO = 4
WORDS = frozenset({"REQUEST", "THREATEN", "ACCUSE"})
Occurrences = Sequence[tuple[str, Sequence[Told]]]


def find_commitments(
    occurrences: Occurrences,
    due: Sequence[DueSentence],
    recalls: Sequence[Recall],
    forces: Mapping[tuple[str, str], str],
    *,
    as_of: str | None,
    story: str | None,
    decisions: Decided,
) -> tuple[Commitment, ...]:
    """The commitments of a story as they stand on a day. occurrences: id and tellings; forces: see `pledges`."""
    told = [t for _, members in occurrences for t in members]
    setting = Setting.of(told)
    real = [(name, members) for name, members in occurrences if members[0].real and members[0].event.type not in WORDS]
    groups = group(pledges(told, due, forces), setting)
    said = assign(groups, recalls, setting)
    made = []
    for i, members in enumerate(groups):
        ids = [content_id("k", p.report.dispatch, p.report.item) for p in members]
        found = _commitment(members, said.get(i, ()), real, groups, setting, as_of, story)
        for name in ids:
            found = set_fields(found, decisions.corrected.get(name, {}))
        made.append(msgspec.structs.replace(found, judged=decisions.judged(*ids)))
    return tuple(sorted(made, key=lambda c: (c.due_end or "9999", c.id)))


def _commitment(
    members: Sequence[Pledge],
    said: Sequence[Recall],
    real: Occurrences,
    groups: Sequence[Sequence[Pledge]],
    setting: Setting,
    as_of: str | None,
    story: str | None,
) -> Commitment:
    first, when = members[0], due_of(members)
    status, outcome = _said(said) or _outcome(members, when, real, groups, setting)
    kept = any(p.restraint for p in members) and not any(p.kind == "demand" for p in members)
    if status == "open" and not kept and when is not None and as_of is not None and when.end.isoformat() < as_of:
        status = "overdue"
    kinds = Counter(p.kind for p in members)
    types = Counter(p.type for p in members if p.type)
    return Commitment(
        id=content_id("k", first.report.dispatch, first.report.item),
        who=tuple(dict.fromkeys(name for p in members for name in p.actor_names))[:WHO],
        what=first.text,
        kind=min(kinds, key=lambda k: (k == "plan", -kinds[k], k)),
        type=min(types, key=lambda t: (-types[t], t), default=""),
        due_start=when.start.isoformat() if when else None,
        due_end=when.end.isoformat() if when else None,
        made_on=first.day.isoformat() if first.day else None,
        reports=tuple(sorted({p.report for p in members})),
        status=status,
        outcome=outcome,
        story=story,
    )


def _said(said: Sequence[Recall]) -> tuple[CommitmentStatus, Outcome] | None:
    """What texts say came of it, in so many words: the last of them stands."""
    if not said:
        return None
    last = said[-1]
    same = tuple(r.report for r in said if r.status == last.status)
    return last.status, Outcome(date=last.happened.isoformat() if last.happened else None, reports=same)


def _outcome(
    members: Sequence[Pledge],
    when: Days | None,
    real: Occurrences,
    groups: Sequence[Sequence[Pledge]],
    setting: Setting,
) -> tuple[CommitmentStatus, Outcome | None]:
    if members[0].restraint:
        return _held(members, when, real)
    moved = [(_moved(members[-1], other[0], when, setting), i, other) for i, other in enumerate(groups)]
    moved = [m for m in moved if m[0] >= MOVED]
    scored = [(_fulfils(members, told, when, setting), name, told) for name, told in real]
    fitting = [s for s in scored if s[0] >= FULFILLED]
    if fitting:
        _, name, told = min(fitting, key=lambda s: (-s[0], s[1]))
        happened = [t for t in told if t.event.modality == "asserted"]
        days = span_of(t.days for t in happened)
        outcome = Outcome(occurrence=name, date=days.start.isoformat() if days else None, reports=reports(told))
        return (_punctual(days, when) if happened else "missed"), outcome
    if moved:
        _, _, other = min(moved, key=lambda m: (-m[0], m[1]))
        later = due_of(other)
        put_off = Outcome(date=later.end.isoformat() if later else None, reports=tuple(sorted({p.report for p in other})))
        return "superseded", put_off
    return "open", None


def _held(members: Sequence[Pledge], when: Days | None, real: Occurrences) -> tuple[CommitmentStatus, Outcome | None]:
    """What came of a promise not to do something: broken where somebody tells that it was done before its end."""
    for name, told in real:
        done = [t for t in told if t.event.modality == "asserted" and any(_breaks(p, t, when) for p in members)]
        if done:
            days = span_of(t.days for t in done)
            return "broken", Outcome(occurrence=name, date=days.start.isoformat() if days else None, reports=reports(done))
    return "open", None


def _breaks(p: Pledge, t: Told, when: Days | None) -> bool:
    """Is it what was promised not to be done, after the promise and before its end, by who promised or by nobody named?"""
    if p.day is None or t.days is None or t.copy == p.copy or t.days.start <= p.day:
        return False
    if when is not None and t.days.end > when.end:
        return False
    same = p.type == t.event.type and (not p.matters or not t.matters or p.matters & t.matters)
    who = bool(p.actors & t.actors) if t.actors else not t.actor_names
    return who and bool(same or (p.type is None and p.matters & t.matters and t.event.type in ("ASSAULT", "COERCE", "PROTEST")))


def _fulfils(members: Sequence[Pledge], told: Sequence[Told], when: Days | None, setting: Setting) -> float:
    """How surely an occurrence is what was pledged: told later, not before the pledge, of one content."""
    made = members[0].day
    published = [t.day for t in told if t.day is not None]
    days = span_of(t.days for t in told)
    if made is None or not published or max(published) <= made or (days is not None and days.end < made):
        return 0.0
    near = 0.0
    if when and days and days.width <= NEAR_DUE_DAYS:
        apart = abs((days.start - when.end).days)
        near = 1.2 if apart == 0 else 0.8 if apart <= NEAR_DUE_DAYS else 0.0
    later = [(p, t) for p in members for t in told if t.day and p.day and t.day > p.day and t.copy != p.copy]
    return near + max((_content(p, t, setting) for p, t in later), default=-9.0)


def _content(p: Pledge, t: Told, setting: Setting) -> float:
    if p.type is not None and p.type != t.event.type and not any({p.type, t.event.type} <= family for family in KINDRED):
        return -9.0
    kind = 1.0 if p.type == t.event.type else 0.0
    values = frozenset(c.value for c in t.counts if c.value is not None)
    who = acted(p.actors, t.actors | t.recipients)
    return kind + named(p.names, t.names, setting) + worded(p.words, t.words, p.lang, t.lang) + counted(p.values, values) + who


def _moved(pledge: Pledge, other: Pledge, when: Days | None, setting: Setting) -> float:
    """How surely a later pledge puts this one off: of one content, due later, the more so where it names the earlier day."""
    if when is None or other.due is None or pledge.day is None or other.day is None:
        return 0.0
    if other.due.end <= when.end or other.day <= pledge.day or other.dispatch == pledge.dispatch:
        return 0.0
    names_the_day = MOVED if when.end in other.dates and when.end != other.day else 0.0
    content = named(pledge.names, other.names, setting) + worded(pledge.words, other.words, pledge.lang, other.lang)
    return names_the_day + content + (0.5 if pledge.type and pledge.type == other.type else 0.0)


def _punctual(days: Days | None, when: Days | None) -> CommitmentStatus:
    if days is None or when is None:
        return "met"
    if days.start > when.end:
        return "met_late"
    return "met_early" if days.end < when.end else "met"
