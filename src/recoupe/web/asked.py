"""What is asked for: filters as they stand in an address. Any view is a link, and a link is all that a view is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from recoupe.letters import unaccented
from recoupe.web.problems import Problem

MANY = ("actor", "place", "type", "status", "modality", "outlet", "lang")
SECTIONS = ("timeline", "figures", "commitments", "disagreements", "relations", "statements", "sources")


@dataclass(frozen=True)
class Traits:
    """What an object of a ledger can be chosen by. start, end: its days; items: the reports it rests on and what they name.

    days: of every kind that counts (an event's own, a commitment's due days); words: of its sentences, folded.
    """

    start: str | None = None
    end: str | None = None
    actor: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    type: frozenset[str] = frozenset()
    status: frozenset[str] = frozenset()
    modality: frozenset[str] = frozenset()
    outlet: frozenset[str] = frozenset()
    lang: frozenset[str] = frozenset()
    items: frozenset[tuple[str, str]] = frozenset()
    words: str = ""


@dataclass(frozen=True)
class Asked:
    """The filters of one view. Values of one filter widen it, filters narrow each other.

    since, until: ISO days, both included; about: the id of the one object chosen; as_of: the day that the ledger is seen from;
    full: the sections that are shown to their end; item: the item of a dispatch whose words are lit.
    """

    since: str | None = None
    until: str | None = None
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    q: str = ""
    about: str | None = None
    as_of: str | None = None
    full: tuple[str, ...] = ()
    order: str = ""

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """Raises Problem 422 where a day is none."""
        return cls(
            since=_day(query, "from"),
            until=_day(query, "to"),
            as_of=_day(query, "as_of"),
            q=query.get("q", "").strip()[:200],
            about=query.get("about") or None,
            full=tuple(s for s in dict.fromkeys(query.getlist("full")) if s in SECTIONS),
            order=query.get("order", "") if query.get("order") in ("newest", "uncertain") else "",
            **{name: tuple(dict.fromkeys(filter(None, query.getlist(name)))) for name in MANY},
        )

    @property
    def narrows(self) -> bool:
        """Is anything filtered out?"""
        return bool(self.since or self.until or self.q or self.about or any(getattr(self, name) for name in MANY))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names and values as an address has them."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            name = {"since": "from", "until": "to"}.get(field.name, field.name)
            found += [(name, str(one)) for one in (value if isinstance(value, tuple) else (value,)) if one]
        return tuple(found)

    def query(self, **changes: object) -> str:
        """The address's query, with these changes: "?actor=Niger&from=2024-03-01", or "" where nothing is asked for."""
        pairs = replace(self, **changes).pairs  # type: ignore[arg-type]
        return f"?{urlencode(pairs)}" if pairs else ""

    def toggled(self, name: str, value: str) -> str:
        """The query with a filter's value added, or taken away where it is there."""
        held: tuple[str, ...] = getattr(self, name)
        return self.query(**{name: tuple(v for v in held if v != value) if value in held else (*held, value)})

    def admits(self, traits: Traits, *, but: str = "", near: frozenset[tuple[str, str]] | None = None) -> bool:
        """Does an object pass? but: a filter that is left out; near: the items of the object that is chosen."""
        if near is not None and not near & traits.items:
            return False
        for name in MANY:
            held = getattr(self, name)
            if held and name != but and not getattr(traits, name).intersection(held):
                return False
        if self.since and not (traits.end and traits.end >= self.since):
            return False
        if self.until and not (traits.start and traits.start <= self.until):
            return False
        return all(word in traits.words for word in folded(self.q).split())


def folded(text: str) -> str:
    """Text as it is searched: without accents or case."""
    return unaccented(text.casefold())


def counted(options: Iterable[Iterable[str]]) -> Mapping[str, int]:
    """How many objects have each value."""
    counts: dict[str, int] = {}
    for values in options:
        for value in values:
            counts[value] = counts.get(value, 0) + 1
    return counts


def _day(query: QueryParams, name: str) -> str | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Problem(422, f"{name}: a day as 2024-07-24 is expected, not {text!r}", field=name) from error
