"""Relations: what states and groups did to each other, week by week. Only what is told as a fact counts.

Cooperative and conflictual follow PLOVER's classes of event types; a break is an event that ends something: an accord
denounced, an ambassador expelled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recoupe.ledger.values import Occurrence, Relation
from recoupe.ontology import types

BREAKS = frozenset({("SANCTION", "expel"), ("SANCTION", "withdraw"), ("SANCTION", "discontinue")})
FACTS = frozenset({"reported", "corroborated", "contested"})


@dataclass(frozen=True)
class Between:
    """One occurrence, and the keys of who did it and to whom."""

    occurrence: Occurrence
    actors: Sequence[str]
    recipients: Sequence[str]


def find_relations(told: Iterable[Between]) -> tuple[Relation, ...]:
    """A row a pair and week, pairs in alphabetical order."""
    rows: dict[tuple[str, str, str], list[Occurrence]] = {}
    for between in told:
        occurrence = between.occurrence
        if occurrence.status not in FACTS or occurrence.start is None:
            continue
        week = monday(occurrence.start)
        pairs = {(min(a, b), max(a, b)) for a in between.actors for b in between.recipients if a != b}
        for a, b in sorted(pairs):
            rows.setdefault((a, b, week), []).append(occurrence)
    return tuple(
        Relation(
            a=a,
            b=b,
            week=week,
            cooperative=sum(cooperative(o) for o in events),
            conflictual=sum(not cooperative(o) for o in events),
            events=tuple(sorted(o.id for o in events)),
            breaks=tuple(sorted(o.id for o in events if is_break(o))),
        )
        for (a, b, week), events in sorted(rows.items())
    )


def monday(day: str) -> str:
    """The Monday of a day's week."""
    date = dt.date.fromisoformat(day[:10])
    return (date - dt.timedelta(days=date.weekday())).isoformat()


def is_break(occurrence: Occurrence) -> bool:
    """Does it end a tie: an envoy expelled or called back, an accord denounced?"""
    return (occurrence.type, occurrence.mode) in BREAKS


def cooperative(occurrence: Occurrence) -> bool:
    """Is its type one of verbal or material cooperation?"""
    return types()[occurrence.type].quad.endswith("cooperation")
