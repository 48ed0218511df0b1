"""One event a real mention: a toll and its attack, a light verb and its noun, a second mention and its headline are one event.

Of two drafts that tell one event the fuller stays, with the other's words among its mentions and its arguments where it had none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from recoupe.reading.events.drafts import Draft
from recoupe.reading.events.frames import Frame, Lexicon
from recoupe.reading.page import Page
from recoupe.reading.syntax import Syntax

FACTS = frozenset({"asserted", "rumoured"})
NEAR = 60
FIRST, RECENT = 5, 30


def merge(page: Page, drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """The drafts with those that tell one event made one, in the order of their triggers; tolls of nothing are dropped."""
    out: list[Draft] = []
    harmless = _accident(page, drafts, lexicon)
    seen: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        if harmless and draft.part == "hurt":
            continue
        kin = seen[draft.type]
        n = next((n for n in reversed((*kin[:FIRST], *kin[FIRST:][-RECENT:])) if _same(page, out[n], draft, lexicon)), None)
        if n is None:
            kin.append(len(out))
            out.append(draft)
        else:
            out[n] = _join(page, out[n], draft)
    return sorted((d for d in out if d.part != "toll"), key=lambda d: d.trigger)


def _accident(page: Page, drafts: Sequence[Draft], lexicon: Lexicon) -> bool:
    """Whether victims are those of an accident: it is named, and no attack is told."""
    deeds = any(d.type == "ASSAULT" and d.part not in ("hurt", "toll") for d in drafts)
    return not deeds and any("accident" in lexicon.kinds(t) for t in page.doc if t.pos_ == "NOUN")


def _same(page: Page, first: Draft, second: Draft, lexicon: Lexicon) -> bool:
    """Whether two drafts, in the order of the text, tell one event."""
    if first.type != second.type or _apart_in_time(first, second):
        return False
    back = second.noun and _definite(second, lexicon.syntax) and not (second.actors or second.recipients)
    headline = _headline(page, first) and {first.modality, second.modality} <= FACTS
    if first.modality != second.modality and not headline and not (back and first.modality in FACTS):
        return False
    if first.token.sent.start == second.token.sent.start:
        return _in_sentence(first, second, lexicon)
    return _again(page, first, second, lexicon)


def _in_sentence(a: Draft, b: Draft, lexicon: Lexicon) -> bool:
    """Of one sentence: one fills a place of the other, or hangs on it; or one is what the other did to its victims."""
    fillers = {f.token.i for f in a.sighting.candidate.fillers}, {f.token.i for f in b.sighting.candidate.fillers}
    if b.token.i in fillers[0] or a.token.i in fillers[1]:
        return True
    if b.token.head.i == a.token.i and lexicon.syntax.has(b.token, "conjunct") and _frame(a) == _frame(b):
        return not _other_things(a, b)
    if a.type != "ASSAULT" or _turned(a, b, lexicon):
        return False
    if a.part or b.part or a.noun or b.noun:
        return not (_apart(a.actors, b.actors) or _apart_in_place(a, b))
    return bool(set(a.recipients) & set(b.recipients) or set(a.actors) & set(b.actors)) or _above(a, b) or _above(b, a)


def _turned(a: Draft, b: Draft, lexicon: Lexicon) -> bool:
    """Whether those who acted in one are the victims of the other."""
    if set(a.actors) & set(b.recipients) or set(b.actors) & set(a.recipients):
        return True
    return _hits_assailants(a, lexicon) != _hits_assailants(b, lexicon) and bool(_victims(a) and _victims(b))


def _victims(draft: Draft) -> list[Token]:
    return draft.sighting.candidate.of("recipient")


def _hits_assailants(draft: Draft, lexicon: Lexicon) -> bool:
    return any("assailant" in lexicon.kinds(t) for t in _victims(draft))


def _above(low: Draft, high: Draft) -> bool:
    token = low.token
    for _ in range(4):
        token = token.head
        if token.i == high.token.i:
            return True
    return False


def _again(page: Page, first: Draft, second: Draft, lexicon: Lexicon) -> bool:
    """Whether a later sentence tells the event of an earlier one again."""
    shared = set(first.actors) & set(second.actors) or set(first.recipients) & set(second.recipients) or _alike(first, second)
    opposed = _apart(first.actors, second.actors) or (_apart(first.recipients, second.recipients) and not _alike(first, second))
    if _headline(page, first):
        return bool(shared) or not opposed
    if _apart_in_place(first, second):
        return False
    near = second.token.i - first.token.i < NEAR or not _own_scene(second)
    if second.part and first.type == "ASSAULT" and not _turned(first, second, lexicon):
        return (bool(shared) or near) and not _apart(first.actors, second.actors)
    if opposed or _other_things(first, second):
        return False
    if second.noun:
        return _definite(second, lexicon.syntax) and (bool(shared) or near or not (second.actors or second.recipients))
    return bool(shared) and _frame(first) == _frame(second)


def _frame(draft: Draft) -> Frame:
    return draft.sighting.candidate.trigger.frame


def _alike(a: Draft, b: Draft) -> bool:
    """Whether the two name victims by one noun."""
    return bool({t.lemma_.lower() for t in _victims(a) if t.pos_ == "NOUN"} & {t.lemma_.lower() for t in _victims(b)})


def _other_things(a: Draft, b: Draft) -> bool:
    """Whether the two act on things of different names: the dissolution of parliament, the closure of the borders."""
    named = [{t.lemma_.lower() for t in d.sighting.candidate.of("object", "recipient") if t.pos_ == "NOUN"} for d in (a, b)]
    return bool(named[0] and named[1] and not named[0] & named[1])


def _own_scene(draft: Draft) -> bool:
    """Whether the event's own words say when or where it happened."""
    return "syntax" in (draft.basis.get("time"), draft.basis.get("place"))


def _headline(page: Page, draft: Draft) -> bool:
    """Whether a draft stands in the headline, or in a first line that repeats it."""
    if page.in_title(draft.trigger):
        return True
    title = page.dispatch.title.strip()
    return bool(title) and draft.token.sent.text.strip().startswith(title)


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


def _join(page: Page, first: Draft, second: Draft) -> Draft:
    """One draft of two, under the trigger that weighs more."""
    keep, other = (second, first) if _weight(page, second) > _weight(page, first) else (first, second)
    stated = keep.time is not None or other.time is None
    return replace(
        keep,
        actors=keep.actors or tuple(i for i in other.actors if i not in keep.recipients),
        recipients=keep.recipients or tuple(i for i in other.recipients if i not in keep.actors),
        tokens=first.tokens | second.tokens,
        fillers=first.fillers | second.fillers,
        mentions=tuple(sorted({*first.mentions, *second.mentions, other.trigger})),
        time=keep.time if stated else other.time,
        start=keep.start if stated else other.start,
        end=keep.end if stated else other.end,
        place=keep.place or other.place,
        country=keep.country if keep.place or not other.place else other.country,
        basis={**other.basis, **keep.basis},
    )


def _weight(page: Page, draft: Draft) -> int:
    """The body outweighs the headline, a deed a toll; of equals the first is kept."""
    return 2 * (not _headline(page, draft)) + (draft.part != "toll")
