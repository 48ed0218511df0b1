"""The values of a ledger, as `recoupe export json` prints them. Frozen, plain data, the JSON contract itself.

Every value but a dispatch rests on reports: the event, figure or statement of a reading, and its words. Ids are content
hashes of the first report (by date of publication), so that adding a dispatch changes no id but those that it merges.
Days are ISO 8601, both ends included.
"""

from __future__ import annotations

from typing import Literal

from msgspec import field

from recoupe.model import Number, Part, Span, Value

OccurrenceStatus = Literal["reported", "corroborated", "contested", "announced", "denied"]
CommitmentKind = Literal["plan", "promise", "demand", "threat"]
CommitmentStatus = Literal["open", "overdue", "met", "met_early", "met_late", "missed", "broken", "superseded"]
Scope = Literal["between sources", "within a dispatch", "with the calendar"]
JudgementVerb = Literal["accept", "reject", "correct", "merge", "split", "tie", "untie", "undo"]


class Report(Value, frozen=True, kw_only=True, order=True):
    """Where something is said: an event, figure or statement of a reading, and its words in the dispatch's text or title."""

    dispatch: str
    item: str
    span: Span
    in_: Part = field(default="text", name="in")


class ListedDispatch(Value, frozen=True, kw_only=True):
    """A dispatch as the ledger lists it. story, copy: ids of the story and of the group of copies it belongs to."""

    id: str
    ref: str | None = None
    lang: str
    title: str = ""
    published: str | None = None
    published_basis: str = "unknown"
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None
    status: str = "usable"
    story: str | None = None
    copy: str | None = None

    @property
    def publisher(self) -> str:
        """Who published it: the outlet, else the agency it credits, else what it was called on input."""
        return self.outlet or self.agency or self.ref or self.id


class Reason(Value, frozen=True, kw_only=True):
    """One feature that spoke for or against, with its weight and the words or values it rests on."""

    feature: str
    weight: float
    detail: str = ""


class Occurrence(Value, frozen=True, kw_only=True):
    """One real-world event, as told by one or more dispatches.

    status: corroborated by two origins or more; contested where an origin denies what another asserts; announced where
    nobody says yet that it happened; denied where nobody asserts it. reasons: why its reports were taken together.
    """

    id: str
    type: str
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    start: str | None = None
    end: str | None = None
    status: OccurrenceStatus
    reports: tuple[Report, ...] = ()
    independent_sources: int = 0
    origins: tuple[str, ...] = ()
    summary: str = ""
    story: str | None = None
    reasons: tuple[Reason, ...] = ()
    judged: tuple[str, ...] = ()


class Point(Value, frozen=True, kw_only=True):
    """One value of a series. superseded_by: the later value that took its place, as `as_of: value`."""

    as_of: str | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    approx: bool = False
    of: Number | None = None
    reports: tuple[Report, ...] = ()
    superseded_by: str | None = None


class Check(Value, frozen=True, kw_only=True):
    """A sum or a rate worked out from stated values: «950 − 766 = 184: agrees with about 200»."""

    text: str
    ok: bool


class Series(Value, frozen=True, kw_only=True):
    """One quantity of one scope over time."""

    id: str
    measure: str
    unit: str | None = None
    kind: str
    scope: str
    points: tuple[Point, ...] = ()
    checks: tuple[Check, ...] = ()
    occurrence: str | None = None
    story: str | None = None


class Outcome(Value, frozen=True, kw_only=True):
    """What came of a commitment, where a later dispatch says so."""

    occurrence: str | None = None
    date: str | None = None
    reports: tuple[Report, ...] = ()
    note: str = ""


class Commitment(Value, frozen=True, kw_only=True):
    """Something announced, promised, demanded or threatened, with its due interval and its outcome."""

    id: str
    who: tuple[str, ...] = ()
    what: str = ""
    kind: CommitmentKind
    type: str
    due_start: str | None = None
    due_end: str | None = None
    made_on: str | None = None
    reports: tuple[Report, ...] = ()
    status: CommitmentStatus
    outcome: Outcome | None = None
    story: str | None = None
    judged: tuple[str, ...] = ()


class Side(Value, frozen=True, kw_only=True):
    """One value of a disagreement and who gives it."""

    value: str
    reports: tuple[Report, ...] = ()
    independent_sources: int = 0


class Disagreement(Value, frozen=True, kw_only=True):
    """Two or more values for one thing that cannot all be right. Never decided by the program."""

    id: str
    about: str
    field: str
    scope: Scope
    sides: tuple[Side, ...] = ()
    note: str = ""
    story: str | None = None


class Copy(Value, frozen=True, kw_only=True):
    """Dispatches that are one copy: one source. first: the dispatch it was first seen in."""

    id: str
    agency: str | None = None
    dispatches: tuple[str, ...]
    first: str


class Relation(Value, frozen=True, kw_only=True):
    """What two states or groups did to each other in one week. week: ISO, its Monday. breaks: occurrences that mark one."""

    a: str
    b: str
    week: str
    cooperative: int = 0
    conflictual: int = 0
    events: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()


class Story(Value, frozen=True, kw_only=True):
    """Dispatches that tell one story, found and not declared."""

    id: str
    dispatches: tuple[str, ...]
    names: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None


class Tie(Value, frozen=True, kw_only=True):
    """Mentions of one person, state or group across dispatches. mentions: `dispatch/actor`."""

    id: str
    name: str
    kind: str
    country: str | None = None
    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


class Judgement(Value, frozen=True, kw_only=True):
    """What a person decided: an added row. targets: ids of the ledger, or `dispatch/item` of a reading."""

    id: str
    verb: JudgementVerb
    targets: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    who: str
    when: str
    why: str = ""


class LedgerView(Value, frozen=True, kw_only=True):
    """A whole ledger as of one day: what follows from its readings and judgements."""

    as_of: str | None = None
    dispatches: tuple[ListedDispatch, ...] = ()
    stories: tuple[Story, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    series: tuple[Series, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    copies: tuple[Copy, ...] = ()
    relations: tuple[Relation, ...] = ()
    ties: tuple[Tie, ...] = ()
    judgements: tuple[Judgement, ...] = ()
