"""The values of Recoupe: dispatches, readings and what they are made of. Frozen, plain data, the JSON contract itself.

A span is [start, end) in Unicode code points of `dispatch.text`, or of `dispatch.title` where the item says `"in": "title"`.
Dates are ISO 8601 days, both ends included. Every item has an `id` that is unique within its reading, and names the
`rule` that made it. `basis` says, for a derived field, what it rests on: stated | syntax | discourse | default.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Span = tuple[int, int]
Number = int | float
Part = Literal["text", "title"]
Basis = Literal["stated", "syntax", "discourse", "default"]

NameKind = Literal["person", "place", "organisation", "other"]
TimeKind = Literal["date", "time", "interval", "duration", "set"]
PlaceKind = Literal["city", "admin", "country", "region", "facility", "water"]
Precision = Literal["exact", "vicinity", "region", "country"]
ActorKind = Literal["person", "state", "organisation", "armed_group", "group"]
FigureKind = Literal[
    "dead",
    "injured",
    "casualties",
    "missing",
    "kidnapped",
    "arrested",
    "displaced",
    "troops",
    "money",
    "percent",
    "other",
]
StatementKind = Literal["direct", "indirect", "mixed"]
Force = Literal[
    "say", "confirm", "deny", "accuse", "demand", "threaten", "promise", "announce", "estimate", "acknowledge", "claim",
    "praise", "ask", "deplore",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Modality = Literal["asserted", "planned", "demanded", "threatened", "rumoured", "denied", "hypothetical"]


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every value: frozen, keyword-only."""


class Dateline(Value, frozen=True, kw_only=True):
    """Where and when a text was sent from: «LIBREVILLE, 30 août 2023 (AFP) –». No place where things happen."""

    span: Span
    place: str | None = None
    date: str | None = None
    agency: str | None = None


class Dispatch(Value, frozen=True, kw_only=True):
    """One article as received. `text` is NFC with "\\n" line ends; nothing else was changed in it.

    id: hash of text, title, outlet, published, url; ref: the id given on input.
    published: ISO day or day and time; published_basis says where it was found.
    """

    id: str
    ref: str | None = None
    lang: str
    title: str = ""
    text: str
    published: str | None = None
    published_basis: Literal["given", "metadata", "url", "dateline", "text", "unknown"] = "unknown"
    outlet: str | None = None
    agency: str | None = None
    agencies: tuple[str, ...] = ()
    url: str | None = None
    dateline: Dateline | None = None
    version: str | None = None
    supersedes: str | None = None
    status: Literal["usable", "corrected", "withdrawn"] = "usable"
    extra: dict[str, Any] = {}


class Name(Value, frozen=True, kw_only=True):
    """A name as it stands, before it is resolved to anything."""

    id: str
    span: Span
    text: str
    kind: NameKind
    rule: str
    in_: Part = msgspec.field(default="text", name="in")


class Time(Value, frozen=True, kw_only=True):
    """A time expression. start and end are None for durations, sets, and where two readings remain (see abstentions).

    open_start, open_end: the interval goes on before start («jusqu'à»), after end («à partir de»).
    clock: "HH:MM" or "HH:MM:SS"; zone: IANA name or offset; grain: second … century.
    anchor: what it was counted from; anchor_id: the time or event counted from, where narrative.
    """

    id: str
    span: Span
    text: str
    kind: TimeKind
    start: str | None = None
    end: str | None = None
    open_start: bool = False
    open_end: bool = False
    clock: str | None = None
    zone: str | None = None
    grain: str | None = None
    approx: bool = False
    edtf: str | None = None
    timex3: str | None = None
    anchor: Literal["absolute", "publication", "narrative"] = "absolute"
    anchor_id: str | None = None
    rule: str
    basis: dict[str, Basis] = {}
    in_: Part = msgspec.field(default="text", name="in")


class Place(Value, frozen=True, kw_only=True):
    """A place name and what it refers to. lat, lon: WGS 84 degrees; country: ISO 3166 alpha-3."""

    id: str
    span: Span
    text: str
    name: str
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    geonames: int | None = None
    dateline: bool = False
    metonym: bool = False
    rule: str
    basis: dict[str, Basis] = {}
    in_: Part = msgspec.field(default="text", name="in")


class Actor(Value, frozen=True, kw_only=True):
    """One coreference chain: «le général Kenneth Ekman», «ce dernier», «il». sectors: PLOVER codes, most specific first."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    title: str | None = None
    role: str | None = None
    members: tuple[str, ...] = ()
    part_of: str | None = None
    mentions: tuple[Span, ...] = ()
    title_mentions: tuple[Span, ...] = ()
    metonym: bool = False
    rule: str
    basis: dict[str, Basis] = {}


class Figure(Value, frozen=True, kw_only=True):
    """A count, a sum or a share, with its bounds.

    Exact N: value = low = high. «au moins N»: value = low. «moins de N»: value = high. «environ N»: value alone, approx.
    «de 10 à 20»: low and high alone. of: the whole it is counted out of; of_figure: the figure that states that whole.
    Money in full units; percent as written (64.27); a half is 0.5 of the unit. as_of: ISO day.
    """

    id: str
    span: Span
    text: str
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    approx: bool = False
    unit: str | None = None
    kind: FigureKind
    of: Number | None = None
    of_figure: str | None = None
    state: str | None = None
    change: Literal["total", "increment"] = "total"
    actor: str | None = None
    place: str | None = None
    as_of: str | None = None
    events: tuple[str, ...] = ()
    statement: str | None = None
    rule: str
    basis: dict[str, Basis] = {}
    in_: Part = msgspec.field(default="text", name="in")


class Source(Value, frozen=True, kw_only=True):
    """One link of a chain of sources, as described: «RFI», «une source sécuritaire»."""

    text: str
    span: Span
    actor: str | None = None


class Statement(Value, frozen=True, kw_only=True):
    """Reported content and who says it. parts: the content without its incises; via: who passed it on, nearest first."""

    id: str
    span: Span
    parts: tuple[Span, ...]
    kind: StatementKind
    force: Force = "say"
    cue: Span | None = None
    speaker: str | None = None
    speakers: tuple[str, ...] = ()
    speaker_text: str | None = None
    speaker_span: Span | None = None
    via: tuple[Source, ...] = ()
    addressees: tuple[str, ...] = ()
    time: str | None = None
    place: str | None = None
    parent: str | None = None
    rule: str
    basis: dict[str, Basis] = {}
    in_: Part = msgspec.field(default="text", name="in")


class EventPlace(Value, frozen=True, kw_only=True):
    """A place of an event and its part in it."""

    id: str
    role: Literal["at", "from", "to"] = "at"


class EventTime(Value, frozen=True, kw_only=True):
    """A time of an event and its part in it."""

    id: str
    role: Literal["occurred", "due", "announced"] = "occurred"


class Event(Value, frozen=True, kw_only=True):
    """Who did what to whom, as told. type is that of the content; modality says whether it is told as a fact.

    start, end: when it happened, or is due; country: ISO3 of where; denied_by: who denies it, empty where the text itself
    says that it did not happen; mentions: further spans of the same event in this dispatch.
    """

    id: str
    trigger: Span
    evidence: Span
    mentions: tuple[Span, ...] = ()
    title_mentions: tuple[Span, ...] = ()
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    object: str | None = None
    place: str | None = None
    country: str | None = None
    places: tuple[EventPlace, ...] = ()
    time: str | None = None
    times: tuple[EventTime, ...] = ()
    start: str | None = None
    end: str | None = None
    figures: tuple[str, ...] = ()
    modality: Modality
    hedged: bool = False
    denied_by: tuple[str, ...] = ()
    statement: str | None = None
    parent: str | None = None
    salience: Literal["main", "background"] = "main"
    rule: str
    basis: dict[str, Basis] = {}
    in_: Part = msgspec.field(default="text", name="in")


class Abstention(Value, frozen=True, kw_only=True):
    """What was left open, and why. about: the id of the item, or the words where no item was made."""

    about: str
    field: str
    candidates: tuple[str, ...] = ()
    reason: str


class ReaderInfo(Value, frozen=True, kw_only=True):
    """What made a reading; the same reader gives the same reading. rules: hash of all language data."""

    version: str
    models: dict[str, str]
    rules: str


class Reading(Value, frozen=True, kw_only=True):
    """What one dispatch says, before any comparison."""

    reader: ReaderInfo
    dispatch: Dispatch
    sentences: tuple[Span, ...] = ()
    names: tuple[Name, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    abstentions: tuple[Abstention, ...] = ()

    def _repr_html_(self) -> str:
        """The reading as a notebook shows it."""
        from recoupe.views.notebook import reading_html

        return reading_html(self)
