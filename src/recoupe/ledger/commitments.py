"""Commitments: what was announced, promised, demanded or threatened, by when, and what came of it.

A commitment is what dispatches tell as yet to happen. Its outcome is an occurrence of the same kind, by or to the same ones,
told later. Overdue: the date has passed and nothing is reported; missed only where a dispatch says so.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from recoupe.ledger.claims import AHEAD, REAL, Days, Told, reports
from recoupe.ledger.ids import content_id
from recoupe.ledger.judgements import Decided, set_fields
from recoupe.ledger.occurrences import FEATURES, FORBIDDEN, Setting
from recoupe.ledger.values import Commitment, CommitmentKind, CommitmentStatus, Outcome

SAME_CONTENT = 3.0
CONTENT = tuple(f for f in FEATURES if f.name not in ("time", "copy"))
KIND: Mapping[str, CommitmentKind] = {"planned": "plan", "demanded": "demand", "threatened": "threat"}


def content(a: Told, b: Told, setting: Setting) -> float:
    """How surely two tellings have one content, whenever it happens."""
    total = 0.0
    for feature in CONTENT:
        weight, _ = feature.of(a, b, setting)
        if weight <= FORBIDDEN:
            return FORBIDDEN
        total += weight
    return total


def find_commitments(
    occurrences: Sequence[tuple[str, Sequence[Told]]], as_of: str | None, story: str | None, decisions: Decided
) -> tuple[Commitment, ...]:
    """The commitments among these groups of tellings (id, tellings), as they stand on a day."""
    ahead = [(id_, told) for id_, told in occurrences if told[0].event.modality in AHEAD]
    real = [(id_, told) for id_, told in occurrences if told[0].event.modality in REAL]
    setting = Setting.of([t for _, told in occurrences for t in told])
    made = []
    for _, told in ahead:
        ids = [content_id("k", *t.key) for t in told]
        found = _commitment(told, real, ahead, setting, as_of, story)
        for name in ids:
            found = set_fields(found, decisions.corrected.get(name, {}))
        made.append(msgspec.structs.replace(found, judged=decisions.judged(*ids)))
    return tuple(sorted(made, key=lambda c: (c.due_end or "9999", c.id)))


def due(told: Iterable[Told]) -> Days | None:
    """When it is due: the narrowest interval that a telling gives."""
    dated = [t.days for t in told if t.days is not None]
    return min(dated, key=lambda d: (d.width, d.end, d.start), default=None)


def _commitment(
    told: Sequence[Told],
    real: Sequence[tuple[str, Sequence[Told]]],
    ahead: Sequence[tuple[str, Sequence[Told]]],
    setting: Setting,
    as_of: str | None,
    story: str | None,
) -> Commitment:
    first = told[0]
    when = due(told)
    status, outcome = _outcome(told, when, real, ahead, setting)
    if status == "open" and when is not None and as_of is not None and when.end.isoformat() < as_of:
        status = "overdue"
    kinds = Counter(KIND[t.event.modality] for t in told)
    return Commitment(
        id=content_id("k", first.dispatch, first.event.id),
        who=tuple(dict.fromkeys(name for t in told for name in t.actor_names))[:4],
        what=first.text,
        kind=min(kinds, key=lambda k: (-kinds[k], k)),
        type=first.event.type,
        due_start=when.start.isoformat() if when else None,
        due_end=when.end.isoformat() if when else None,
        made_on=first.day.isoformat() if first.day else None,
        reports=reports(told),
        status=status,
        outcome=outcome,
        story=story,
    )


def _outcome(
    told: Sequence[Told],
    when: Days | None,
    real: Sequence[tuple[str, Sequence[Told]]],
    ahead: Sequence[tuple[str, Sequence[Told]]],
    setting: Setting,
) -> tuple[CommitmentStatus, Outcome | None]:
    made = told[0].day
    later = [(id_, group) for id_, group in real if _after(group, told, made)]
    scored = [(max(content(a, b, setting) for a in told for b in group), id_, group) for id_, group in later]
    fitting = [s for s in scored if s[0] >= SAME_CONTENT]
    if fitting:
        _, id_, group = min(fitting, key=lambda s: (-s[0], s[1]))
        days = due(t for t in group if t.event.modality != "denied")
        outcome = Outcome(occurrence=id_, date=days.start.isoformat() if days else None, reports=reports(group))
        if all(t.event.modality == "denied" for t in group):
            return "missed", outcome
        return _punctual(days, when), outcome
    moved = [
        (content(told[-1], group[0], setting), id_, group)
        for id_, group in ahead
        if group[0].day and told[-1].day and group[0].day > told[-1].day and _due_later(group, when)
    ]
    moved = [m for m in moved if m[0] >= SAME_CONTENT]
    if moved:
        _, id_, group = min(moved, key=lambda m: (-m[0], m[1]))
        days = due(group)
        return "superseded", Outcome(occurrence=id_, date=days.end.isoformat() if days else None, reports=reports(group))
    return "open", None


def _after(group: Sequence[Told], told: Sequence[Told], made: dt.date | None) -> bool:
    """Was it told after the commitment was made, and can it have happened since?"""
    if made is None:
        return False
    days = due(group)
    published = [t.day for t in group if t.day is not None]
    return bool(published) and max(published) > made and (days is None or days.end >= made)


def _due_later(group: Sequence[Told], when: Days | None) -> bool:
    days = due(group)
    return days is not None and when is not None and days.end > when.end


def _punctual(days: Days | None, when: Days | None) -> CommitmentStatus:
    if days is None or when is None:
        return "met"
    if days.start > when.end:
        return "met_late"
    return "met_early" if (days.end < when.end and when.width > 1) or days.end < when.start else "met"
