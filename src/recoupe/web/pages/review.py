"""What a person still has to look at, the least certain or the newest first, and what was decided, by whom."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.ledger.values import Occurrence
from recoupe.model import Event, Reading
from recoupe.views.brief import Line
from recoupe.web.asked import Asked
from recoupe.web.indexed import Index
from recoupe.web.pages.frame import Link
from recoupe.web.pages.story import Facet, filters
from recoupe.web.pages.why import CORRECTED, Judged, judged
from recoupe.web.say import Say
from recoupe.web.shelf import Told

SHOWN = 40
DONE = 30
THIN = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look: what it is, and how much it weighs."""

    said: str
    weight: float


@dataclass(frozen=True, slots=True)
class Case:
    """One event to be looked at. targets: what a judgement on it names; reports: as `dispatch/item`, for a split."""

    line: Line
    page: str
    doubts: tuple[str, ...]
    fields: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True)
class ReviewPage:
    """The queue of a story, of what the filters leave, and the last judgements.

    order: uncertain | newest; orders: both, as links; waiting: how many are left; ids: of all that wait, for judging in bulk.
    """

    id: str
    title: str
    order: str
    orders: tuple[Link, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Link, ...]
    cases: tuple[Case, ...]
    waiting: int
    done: int
    ids: tuple[str, ...]
    judgements: tuple[Judged, ...]


def review_page(told: Told, index: Index, asked: Asked, say: Say) -> ReviewPage:
    """The page of what waits in a story. What was accepted or corrected waits no more."""
    narrowed = index.narrowed(asked)
    facets, chips = filters(told, index, asked, say)
    lines = {line.id: line for line in index.brief(say.lang).timeline}
    waiting = [(o, doubts(o, told.readings, say)) for o in narrowed.view.occurrences if not o.judged]
    order = asked.order or "uncertain"
    if order == "newest":
        waiting.sort(key=lambda case: (_published(case[0], told), case[0].id), reverse=True)
    else:
        waiting.sort(key=lambda case: (-sum(d.weight for d in case[1]), case[0].id))
    cases = [
        Case(
            line=lines[o.id],
            page=f"/stories/{told.name}/{o.id}",
            doubts=tuple(d.said for d in found),
            fields=CORRECTED["occurrences"],
            reports=tuple(f"{r.dispatch}/{r.item}" for r in o.reports),
        )
        for o, found in waiting
    ]
    labels = {"uncertain": say("least certain first"), "newest": say("newest first")}
    return ReviewPage(
        id=told.name,
        title=index.brief(say.lang).title,
        order=order,
        orders=tuple(Link(label, asked.query(order=key), key == order) for key, label in labels.items()),
        facets=facets,
        chips=chips,
        cases=tuple(cases[:SHOWN]),
        waiting=len(cases),
        done=len(narrowed.view.occurrences) - len(cases),
        ids=tuple(case.line.id for case in cases),
        judgements=judged(told.view.judgements, say)[:DONE],
    )


def doubts(told: Occurrence, readings: dict[str, Reading], say: Say) -> tuple[Doubt, ...]:
    """What speaks for looking at an event, the weightiest first."""
    events = [e for r in told.reports for e in readings[r.dispatch].events if e.id == r.item]
    left = {a.field for r in told.reports for a in readings[r.dispatch].abstentions if a.about == r.item}
    found = [
        Doubt(say("contested between sources"), 3.0) if told.status == "contested" else None,
        Doubt(say("taken together on thin grounds"), 2.5) if _thin(told) else None,
        Doubt(say("left open: {fields}", fields=", ".join(say(f) for f in sorted(left))), 2.0) if left else None,
        Doubt(say("nobody is named as doing it"), 1.5) if not told.actors else None,
        Doubt(say("its day is assumed"), 1.2) if events and all(_assumed(e) for e in events) else None,
        Doubt(say("said with reserve"), 1.0) if any(e.hedged for e in events) else None,
        Doubt(say("told as a rumour"), 1.0) if any(e.modality == "rumoured" for e in events) else None,
        Doubt(say("one origin alone"), 0.5) if told.independent_sources < 2 else None,
        Doubt(say("no day is known"), 0.5) if not (told.start or told.end) else None,
    ]
    return tuple(sorted((d for d in found if d is not None), key=lambda d: -d.weight))


def _thin(told: Occurrence) -> bool:
    """Were its reports taken together by little?"""
    return len(told.reports) > 1 and bool(told.reasons) and sum(r.weight for r in told.reasons) / (len(told.reports) - 1) < THIN


def _assumed(event: Event) -> bool:
    return event.basis.get("start") == "default" or event.basis.get("time") == "default"


def _published(told: Occurrence, whole: Told) -> str:
    return max((whole.readings[r.dispatch].dispatch.published or "" for r in told.reports), default="")
