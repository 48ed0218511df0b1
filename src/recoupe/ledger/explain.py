"""What an id stands for, the words it rests on, the rules that made them, and why they were taken together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from recoupe.errors import LedgerError
from recoupe.ledger.ids import content_id
from recoupe.ledger.values import LedgerView, Reason, Report
from recoupe.model import Abstention, Part, Reading, Span, Value

PREFIX = {"occurrences": "o", "series": "s", "commitments": "k"}


class Words(Value, frozen=True, kw_only=True):
    """One report with its words, its dispatch, and the item that it is of a reading, rule and all."""

    report: Report
    words: str
    outlet: str | None = None
    published: str | None = None
    ref: str | None = None
    item: dict[str, Any] = {}
    abstentions: tuple[Abstention, ...] = ()


class Explanation(Value, frozen=True, kw_only=True):
    """An object of the ledger, or an item of a reading, and what it rests on. id: the id that it has now."""

    id: str
    kind: str
    object: dict[str, Any]
    words: tuple[Words, ...] = ()
    reasons: tuple[Reason, ...] = ()


def explain(id_: str, viewed: Callable[[], LedgerView], get: Callable[[str], Reading]) -> Explanation:
    """What an id stands for; one that a merge retired leads to its successor. Raises LedgerError where there is none."""
    dispatch, slash, item = id_.partition("/")
    if slash:
        return _item(get(dispatch), item)
    view = viewed()
    for kind in ("occurrences", "series", "commitments", "disagreements", "copies", "stories", "ties", "judgements"):
        for value in getattr(view, kind):
            if value.id == id_ or (kind in PREFIX and id_.startswith(PREFIX[kind]) and id_ in _names(PREFIX[kind], value)):
                return Explanation(
                    id=value.id,
                    kind=kind,
                    object=msgspec.to_builtins(value),
                    words=tuple(_words(report, get) for report in sorted(set(_reports(value)))),
                    reasons=getattr(value, "reasons", ()),
                )
    reading = get(id_)
    return Explanation(id=reading.dispatch.id, kind="dispatch", object=msgspec.to_builtins(reading.dispatch))


def _names(prefix: str, value: Value) -> set[str]:
    return {content_id(prefix, report.dispatch, report.item) for report in _reports(value)}


def _reports(value: Any) -> Iterator[Report]:
    for part in (value, *getattr(value, "points", ()), *getattr(value, "sides", ())):
        yield from getattr(part, "reports", ())
    outcome = getattr(value, "outcome", None)
    if outcome is not None:
        yield from outcome.reports


def _words(report: Report, get: Callable[[str], Reading]) -> Words:
    reading = get(report.dispatch)
    found = _find(reading, report.item)
    return Words(
        report=report,
        words=_text(reading, report.span, report.in_),
        outlet=reading.dispatch.outlet,
        published=reading.dispatch.published,
        ref=reading.dispatch.ref,
        item=msgspec.to_builtins(found) if found is not None else {},
        abstentions=tuple(a for a in reading.abstentions if a.about == report.item),
    )


def _item(reading: Reading, item: str) -> Explanation:
    found = _find(reading, item)
    if found is None:
        raise LedgerError(f"the reading of {reading.dispatch.id} has no item {item!r}")
    span = next((getattr(found, name) for name in ("evidence", "span") if hasattr(found, name)), None)
    in_: Part = getattr(found, "in_", "text")
    if span is None:
        span = next(iter(getattr(found, "mentions", ())), (0, 0))
    report = Report(dispatch=reading.dispatch.id, item=item, span=span, in_=in_)
    plain = msgspec.to_builtins(found)
    return Explanation(id=f"{reading.dispatch.id}/{item}", kind="item", object=plain, words=(_words(report, lambda _: reading),))


def _find(reading: Reading, item: str) -> Value | None:
    groups = (reading.events, reading.figures, reading.statements, reading.times, reading.places, reading.actors, reading.names)
    return next((value for group in groups for value in group if value.id == item), None)


def _text(reading: Reading, span: Span, in_: str) -> str:
    return (reading.dispatch.title if in_ == "title" else reading.dispatch.text)[span[0] : span[1]]
