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
REACH = 300


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


def denied_after(ordered: Sequence[Told]) -> set[tuple[int, int]]:
    """Each denial of violence with what its dispatch tells of shortly before from another source, of that day or last: places in
    `ordered`.

    «Six éleveurs ont été tués, disent les notables. L'armée dément toute frappe.»
    """
    found = set()
    for j, denial in enumerate(ordered):
        if denial.event.modality == "denied" and denial.event.in_ == "text" and not denial.restraint:
            fits = [i for i, told in enumerate(ordered) if told.dispatch == denial.dispatch and _answered(told, denial)]
            fits = [i for i in fits if denial.days is not None and ordered[i].days == denial.days] or fits[-1:]
            if len(fits) == 1:
                found.add((min(fits[0], j), max(fits[0], j)))
    return found


def _answered(told: Told, denial: Told) -> bool:
    """Can the denial be of what was told: an event of its kind, of no other time or place, not of the same source?"""
    event = told.event
    near = told.sentence[0] <= denial.sentence[0] < told.sentence[1] + REACH and event.trigger < denial.event.trigger
    same = {event.type, denial.event.type} == {"ASSAULT"} and denial.event.mode in (event.mode, None)
    if not near or not same or event.in_ != "text" or event.modality != "asserted" or told.ahead or told.origin == denial.origin:
        return False
    apart = told.days is not None and denial.days is not None and told.days.apart(denial.days) > 0
    return not apart and not _elsewhere(told, denial) and told.recalled == denial.recalled


def _elsewhere(a: Told, b: Told) -> bool:
    return any(x.exact and y.exact and x.stated and y.stated and x.elsewhere(y) for x in a.spots for y in b.spots)


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
    return not apart and not _elsewhere(first, second) and first.recalled == second.recalled


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
