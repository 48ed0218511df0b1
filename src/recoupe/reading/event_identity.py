"""One event a real mention: a toll and its attack, a light verb and its noun, a second mention and its headline are one event.

Of two drafts that tell one event the fuller stays, with the other's words among its mentions and its arguments where it had none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from recoupe.reading.event_drafts import Draft
from recoupe.reading.page import Page
from recoupe.reading.syntax import Syntax

FACTS = frozenset({"asserted", "rumoured"})
NEAR = 5


def merge(page: Page, drafts: Sequence[Draft], syntax: Syntax) -> list[Draft]:
    """The drafts with those that tell one event made one, in the order of their triggers."""
    drafts = _within(drafts, lambda a, b: _one_clause(a, b, syntax))
    drafts = _across(page, drafts, syntax)
    return sorted(drafts, key=lambda d: d.trigger)


def _within(drafts: Sequence[Draft], same: Callable[[Draft, Draft], bool]) -> list[Draft]:
    """Merges drafts of one sentence."""
    out: list[Draft] = []
    for draft in drafts:
        for n, other in enumerate(out):
            if other.token.sent.start == draft.token.sent.start and same(other, draft):
                out[n] = _join(other, draft)
                break
        else:
            out.append(draft)
    return out


def _one_clause(a: Draft, b: Draft, syntax: Syntax) -> bool:
    """Whether two triggers of one type and sentence tell one event: one hangs on the other, or they share subject and stretch."""
    if a.type != b.type or a.modality != b.modality:
        return False
    if any(syntax.has(t, "relative") for t in (a.token, b.token)) and a.token.pos_ == b.token.pos_:
        return False
    fillers = {f.token.i for f in a.sighting.candidate.fillers}, {f.token.i for f in b.sighting.candidate.fillers}
    if b.token.i in fillers[0] or a.token.i in fillers[1]:
        return True
    if a.type != "ASSAULT":
        return False
    if set(a.recipients) & set(b.recipients) or set(a.actors) & set(b.actors):
        return True
    return _above(a, b) or _above(b, a)


def _above(low: Draft, high: Draft) -> bool:
    token = low.token
    for _ in range(4):
        token = token.head
        if token.i == high.token.i:
            return True
    return False


def _across(page: Page, drafts: Sequence[Draft], syntax: Syntax) -> list[Draft]:
    """Merges second mentions over the dispatch."""
    out: list[Draft] = []
    for draft in drafts:
        for n in range(len(out) - 1, -1, -1):
            if _again(out[n], draft, page, syntax):
                out[n] = _join(out[n], draft)
                break
        else:
            out.append(draft)
    return out


def _again(first: Draft, second: Draft, page: Page, syntax: Syntax) -> bool:
    """Whether a later draft tells the event of an earlier one again."""
    if first.type != second.type or first.token.sent.start == second.token.sent.start:
        return False
    if first.modality != second.modality and not {first.modality, second.modality} <= FACTS:
        return False
    title = page.in_title(first.trigger)
    shared = set(first.actors) & set(second.actors) or set(first.recipients) & set(second.recipients)
    opposed = _apart(first.actors, second.actors) or _apart(first.recipients, second.recipients)
    if title:
        return bool(shared or not opposed) and not _apart_in_time(first, second)
    if opposed or _apart_in_time(first, second) or _apart_in_place(first, second):
        return False
    if second.noun:
        return _definite(second, syntax) and (bool(shared) or not (second.actors and second.recipients))
    return bool(shared) and first.sighting.candidate.trigger.frame == second.sighting.candidate.trigger.frame


def _apart(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return bool(a) and bool(b) and not set(a) & set(b)


def _apart_in_time(a: Draft, b: Draft) -> bool:
    if not (a.start and a.end and b.start and b.end) or "default" in (a.basis.get("time"), b.basis.get("time")):
        return False
    return b.end < a.start or b.start > a.end


def _apart_in_place(a: Draft, b: Draft) -> bool:
    return bool(a.place and b.place and a.place != b.place and "syntax" == a.basis.get("place") == b.basis.get("place"))


def _definite(draft: Draft, syntax: Syntax) -> bool:
    """Whether a noun points back: a definite or demonstrative stands before it."""
    before = next((t for t in draft.token.lefts if t.pos_ == "DET"), None)
    return before is not None and before.lower_ in syntax.labels["definites"]


def _join(first: Draft, second: Draft) -> Draft:
    """One draft of two: the fuller keeps its trigger."""
    keep, other = (second, first) if _weight(second) > _weight(first) else (first, second)
    stated = keep.time is not None or other.time is None
    return replace(
        keep,
        actors=keep.actors or tuple(i for i in other.actors if i not in keep.recipients),
        recipients=keep.recipients or tuple(i for i in other.recipients if i not in keep.actors),
        mentions=tuple(sorted({*first.mentions, *second.mentions, other.trigger})),
        time=keep.time if stated else other.time,
        start=keep.start if stated else other.start,
        end=keep.end if stated else other.end,
        place=keep.place or other.place,
        country=keep.country if keep.place or not other.place else other.country,
        basis={**other.basis, **keep.basis},
    )


def _weight(draft: Draft) -> int:
    body = 0 if draft.sighting.candidate.trigger.token.doc.user_data.get("body", 0) > draft.trigger[0] else 10
    return body + 2 * bool(draft.actors) + 2 * bool(draft.recipients) + (not draft.noun)
