"""Judgements: what people decided. A row is added, never changed; undoing is a further row. Memory is a function of the rows.

A target is an id of the ledger, or `dispatch/item` of a reading. On an item, `correct` and `reject` change what the reading
says before anything is compared; on a ledger's object they change what is shown. `merge` and `split` bind occurrences,
`tie` and `untie` persons; a merge of dispatches puts them in one story, a split takes them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_origin

import msgspec

from recoupe.errors import LedgerError
from recoupe.ledger.ids import content_id
from recoupe.ledger.values import Commitment, Disagreement, Judgement, JudgementVerb, Occurrence, Series
from recoupe.model import Event, Reading, Value
from recoupe.ontology import types as event_types

V = TypeVar("V", bound=Value)
KINDS: Mapping[str, type[Value]] = {"o": Occurrence, "s": Series, "k": Commitment, "d": Disagreement}
DAYS = frozenset({"start", "end", "due_start", "due_end", "made_on", "as_of"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ITEMS = ("times", "places", "actors", "figures", "statements", "events", "names")


def judgement(
    verb: JudgementVerb,
    targets: Sequence[str],
    *,
    who: str,
    when: str,
    why: str = "",
    field: str | None = None,
    value: str | None = None,
) -> Judgement:
    """A judgement with its id. Raises LedgerError where a part that the verb needs is missing."""
    if not targets:
        raise LedgerError(f"{verb}: name what is judged")
    if verb == "correct" and (not field or value is None):
        raise LedgerError("correct: name the field and its value")
    if verb in ("merge", "split", "tie", "untie") and len(targets) < 2:
        raise LedgerError(f"{verb}: name two targets or more")
    id_ = content_id("j", verb, *targets, field or "", value or "", who, when)
    return Judgement(id=id_, verb=verb, targets=tuple(targets), field=field, value=value, who=who, when=when, why=why)


def check_correction(kind: type[Value], field: str, value: str) -> None:
    """Raises LedgerError where a value of this kind has no such field, or its field does not take the value."""
    types = {f.encode_name: f.type for f in msgspec.structs.fields(kind)}
    if field not in types:
        raise LedgerError(f"{kind.__name__} has no field {field!r}; it has {', '.join(sorted(types))}")
    if field == "type" and kind in (Occurrence, Event) and value not in event_types():
        raise LedgerError(f"{value!r} is no event type; these are: {', '.join(event_types())}")
    if field in DAYS and value and not DAY.fullmatch(value):
        raise LedgerError(f"{field}: a day as 2024-07-24 is expected, not {value!r}")
    plural = get_origin(types[field]) is tuple
    try:
        msgspec.convert(
            value.split(",") if plural else value or None, types[field] if value else types[field] | None, strict=False
        )
    except msgspec.ValidationError as error:
        raise LedgerError(f"{field}: {error}") from error


@dataclass(frozen=True)
class Decided:
    """The judgements in force, by what they do."""

    rows: tuple[Judgement, ...] = ()
    rejected: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    corrected: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def pairs(self, verb: JudgementVerb) -> tuple[tuple[str, str], ...]:
        """Targets that a verb binds, two by two, each row's first with its others; a later contrary row wins."""
        contrary = {"merge": "split", "split": "merge", "tie": "untie", "untie": "tie"}[verb]
        held: dict[tuple[str, str], None] = {}
        for row in self.rows:
            bound = [(min(row.targets[0], t), max(row.targets[0], t)) for t in row.targets[1:]]
            if row.verb == verb:
                held.update(dict.fromkeys(bound))
            elif row.verb == contrary:
                for pair in bound:
                    held.pop(pair, None)
        return tuple(held)

    def judged(self, *ids: str) -> tuple[str, ...]:
        """What a person set of an object known by these ids: fields, or «accepted»."""
        fields = {name for id_ in ids for name in self.corrected.get(id_, {})}
        return tuple(sorted(fields | ({"accepted"} if self.accepted.intersection(ids) else set())))


def decided(rows: Iterable[Judgement]) -> Decided:
    """The judgements that no later one in force undoes. Order: when they were made."""
    ordered = sorted(rows, key=lambda j: (j.when, j.id))
    undone: set[str] = set()
    for row in reversed(ordered):
        if row.verb == "undo" and row.id not in undone:
            undone.update(row.targets)
    standing = tuple(row for row in ordered if row.id not in undone and row.verb != "undo")
    rejected: set[str] = set()
    accepted: set[str] = set()
    corrected: dict[str, dict[str, str]] = {}
    for row in standing:
        if row.verb == "reject":
            rejected.update(row.targets)
            accepted.difference_update(row.targets)
        elif row.verb == "accept":
            accepted.update(row.targets)
            rejected.difference_update(row.targets)
        elif row.verb == "correct" and row.field and row.value is not None:
            for target in row.targets:
                corrected.setdefault(target, {})[row.field] = row.value
    return Decided(standing, frozenset(rejected), frozenset(accepted), corrected)


def judged_reading(reading: Reading, decisions: Decided) -> Reading:
    """The reading with what people corrected and without what they rejected."""
    name = reading.dispatch.id
    touched = {t.partition("/")[2] for t in (*decisions.rejected, *decisions.corrected) if t.startswith(name + "/")}
    if not touched:
        return reading
    changes: dict[str, Any] = {}
    for group in ITEMS:
        items = getattr(reading, group)
        changes[group] = tuple(
            set_fields(item, decisions.corrected.get(f"{name}/{item.id}", {}))
            for item in items
            if f"{name}/{item.id}" not in decisions.rejected
        )
    return msgspec.structs.replace(reading, **changes)


def set_fields(item: V, fields: Mapping[str, str]) -> V:
    """The item with these fields set, each text read as the field's type. Raises LedgerError where it cannot be."""
    if not fields:
        return item
    plain = msgspec.to_builtins(item)
    names = {f.encode_name for f in msgspec.structs.fields(type(item))}
    for field_name, text in fields.items():
        if field_name not in names:
            raise LedgerError(f"{type(item).__name__} has no field {field_name!r}")
        plain[field_name] = None if text == "" else text.split(",") if isinstance(plain.get(field_name), (list, tuple)) else text
    try:
        return msgspec.convert(plain, type(item), strict=False)
    except msgspec.ValidationError as error:
        raise LedgerError(f"{type(item).__name__}: {error}") from error
