"""Who did what to whom: PLOVER events with their arguments and modality."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from recoupe.model import Event, EventPlace, EventTime, Figure, Place, Span, Statement, Time
from recoupe.reading.cast import Cast
from recoupe.reading.events.discourse import fill_from_discourse
from recoupe.reading.events.drafts import Draft
from recoupe.reading.events.frames import ACTOR_KINDS, Lexicon, lexicon
from recoupe.reading.events.identity import merge
from recoupe.reading.events.participants import cast_sightings, claim
from recoupe.reading.events.scan import scan
from recoupe.reading.events.stance import stance_rules
from recoupe.reading.events.times import date_events, place_events, pluperfect
from recoupe.reading.page import Page

NESTED = 20
TO_COME = frozenset({"planned", "demanded", "threatened", "hypothetical"})


def read_events(
    page: Page,
    cast: Cast,
    times: Sequence[Time],
    places: Sequence[Place],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
) -> tuple[Event, ...]:
    """Every event of the page, in order, spans in page offsets."""
    words, rules = lexicon(page.language.code), stance_rules(page.language.code)
    page.doc.user_data[ACTOR_KINDS] = {token: cast[actor].kind for token, actor in cast.heads.items()}
    sightings = scan(page.doc, words, rules)
    drafts = cast_sightings(sightings, cast, words)
    drafts = date_events(page, drafts, times, words.syntax)
    drafts = place_events(page, drafts, places, cast, words.syntax)
    drafts = fill_from_discourse(claim(merge(page, drafts, words), page, cast, words), rules.charges)
    ids = {i: f"e{n}" for n, draft in enumerate(drafts, 1) for i in draft.tokens}
    counts, spoken = _counts(page, figures), _spoken(statements)
    return tuple(_event(ids, page, draft, cast, counts, spoken, words) for draft in drafts)


def _event(
    ids: Mapping[int, str],
    page: Page,
    draft: Draft,
    cast: Cast,
    counts: Mapping[int, Sequence[str]],
    spoken: Sequence[tuple[Span, str]],
    words: Lexicon,
) -> Event:
    """The value of a draft. ids: events by the heads of their triggers; counts: figures by token; spoken: parts of statements."""
    candidate, stance = draft.sighting.candidate, draft.sighting.stance
    frame = candidate.trigger.frame
    denier = words.syntax.subject(stance.denied_by) if stance.denied_by is not None else None
    deniers = [i for i in (cast.at(denier) if denier is not None else None, *draft.denied_by) if i is not None]
    id, parent = ids[draft.token.i], ids.get(draft.parent) if draft.parent is not None else None
    thing = next(iter(candidate.of("object")), None)
    return Event(
        id=id,
        trigger=draft.trigger,
        evidence=_evidence(draft),
        mentions=draft.mentions,
        type=frame.type,  # type: ignore[arg-type]
        mode=frame.mode,
        contexts=frame.contexts,
        actors=draft.actors,
        recipients=draft.recipients,
        object=page.words(page.span(thing.doc[thing.left_edge.i : thing.right_edge.i + 1])) if thing is not None else None,
        place=draft.place,
        country=draft.country,
        places=tuple(EventPlace(id=id, role=role) for id, role in draft.places),
        time=draft.time,
        times=_times(draft),
        start=draft.start,
        end=draft.end,
        figures=tuple(dict.fromkeys(id for i in sorted(draft.fillers | draft.tokens) for id in counts.get(i, ()))),
        modality=stance.modality,
        hedged=stance.hedged,
        denied_by=tuple(dict.fromkeys(deniers)),
        statement=_statement(draft.trigger, spoken),
        parent=parent if parent != id else None,
        salience=_salience(page, draft, words),
        rule=frame.rule,
        basis=draft.basis,
    )


def _times(draft: Draft) -> tuple[EventTime, ...]:
    """When it happened or is due, and when one said that it is to come."""
    role: Literal["due", "occurred"] = "due" if draft.modality in TO_COME else "occurred"
    times = [EventTime(id=draft.time, role=role)] if draft.time else []
    return (*times, *((EventTime(id=draft.announced, role="announced"),) if draft.announced else ()))


def _evidence(draft: Draft) -> Span:
    """From the first to the last word, in one sentence, of what tells the event and what fills its places."""
    doc, sentence = draft.token.doc, draft.token.sent
    heads = [doc[i] for i in draft.tokens | draft.fillers if sentence.start <= i < sentence.end]
    spans = [draft.trigger, *((t.idx, t.idx + len(t)) for t in heads)]
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _counts(page: Page, figures: Sequence[Figure]) -> dict[int, list[str]]:
    """Figures by the tokens that they stand on, or count."""
    found: dict[int, list[str]] = defaultdict(list)
    for figure in figures:
        tokens = page.tokens(figure.span)
        if len(tokens):
            for i in {tokens.root.head.i, *(t.i for t in tokens)}:
                found[i].append(figure.id)
    return found


def _spoken(statements: Sequence[Statement]) -> list[tuple[Span, str]]:
    """The parts of statements by where they begin, of those that begin together the longest first."""
    return sorted(((part, s.id) for s in statements for part in s.parts), key=lambda p: (p[0][0], -p[0][1]))


def _statement(trigger: Span, spoken: Sequence[tuple[Span, str]]) -> str | None:
    """The innermost statement in whose parts the trigger lies: the last to begin of those that hold it."""
    at = bisect_right(spoken, trigger[0], key=lambda p: p[0][0])
    return next((id for (_, end), id in reversed(spoken[max(at - NESTED, 0) : at]) if trigger[1] <= end), None)


def _salience(page: Page, draft: Draft, words: Lexicon) -> Literal["main", "background"]:
    """Background: what is told as earlier than the news, or is long past on the day of publication."""
    if any(page.in_title(m) for m in draft.mentions):
        return "main"
    if pluperfect(draft, words.syntax):
        return "background"
    if page.published and draft.end and (page.published - dt.date.fromisoformat(draft.end[:10])).days > 14:
        return "background"
    return "main"
