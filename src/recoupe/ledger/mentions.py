"""Second mentions: an event that one dispatch tells again, in a sentence that leaves out what the first one said.

«Neuf otages ont été libérés … Ils ont été remis samedi près de la frontière.» The two are compared as one telling, which knows
what both say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recoupe.ledger.claims import Told
from recoupe.ledger.matters import tells_another

DEEDS = frozenset({"ASSAULT", "COERCE", "RETREAT", "CONCEDE", "PROTEST", "AID"})


def mentioned_again(ordered: Sequence[Told]) -> dict[int, int]:
    """Second mentions, each with the telling that it takes up: places in `ordered`."""
    by_dispatch: dict[str, list[int]] = {}
    for i, told in enumerate(ordered):
        by_dispatch.setdefault(told.dispatch, []).append(i)
    found: dict[int, int] = {}
    for places in by_dispatch.values():
        for n, j in enumerate(places):
            fits = [i for i in places[:n] if i not in found and _again(ordered[i], ordered[j])]
            if len(fits) == 1:
                found[j] = fits[0]
    return found


def _again(first: Told, second: Told) -> bool:
    """Is the second of the same kind, without doers and sufferers of its own, at no other time and no other place?"""
    one, two = first.event, second.event
    same = one.type == two.type and two.mode in (one.mode, None) and one.modality == two.modality and first.ahead == second.ahead
    if (
        not same
        or one.type not in DEEDS
        or second.actors
        or second.recipient_names
        or second.actor_names
        or first.sentence == second.sentence
    ):
        return False
    if not (first.recipient_names or first.counts) or tells_another(second.around, second.lang):
        return False
    apart = first.days is not None and second.days is not None and first.days.apart(second.days) > 0
    elsewhere = any(x.exact and y.exact and x.stated and y.stated and x.elsewhere(y) for x in first.spots for y in second.spots)
    return not apart and not elsewhere and first.recalled == second.recalled


def as_one(first: Told, second: Told) -> Told:
    """The first telling with what the second adds."""
    days = min((d for d in (first.days, second.days) if d is not None), key=lambda d: (d.width, d.start), default=None)
    stated = [s for s in (*first.spots, *second.spots) if s.stated]
    return replace(
        first,
        days=days,
        time=first.time if days == first.days else second.time,
        spots=tuple(dict.fromkeys(stated or (*first.spots, *second.spots))),
        country=first.country or second.country,
        counts=tuple({c.figure.id: c for c in (*first.counts, *second.counts)}.values()),
        names=first.names | second.names,
        words=first.words | second.words,
        matters=first.matters | second.matters,
    )
