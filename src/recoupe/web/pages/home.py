"""Where a person begins: the stories of the newest dispatches, and the dispatches themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from recoupe.model import Dispatch
from recoupe.web.drawing.scale import day
from recoupe.web.say import Say


@dataclass(frozen=True, slots=True)
class Told:
    """A story on one line. bars: its dispatches by week, each in hundredths of the busiest, over its own period."""

    id: str
    title: str
    period: str
    counts: tuple[str, ...]
    stands: tuple[tuple[str, str], ...]
    bars: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A dispatch on one line. words: of its text, where it was searched for."""

    id: str
    title: str
    outlet: str
    agency: str
    when: str
    lang: str
    words: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class HomePage:
    """The newest dispatches, and their stories where the ledger is small: a large one derives a story when it is opened.

    more: where the older dispatches are; ledger: what it is called; total: how many dispatches it holds.
    """

    ledger: str
    total: int
    total_said: str
    stories: tuple[Told, ...]
    dispatches: tuple[Taken, ...]
    more: str


@dataclass(frozen=True)
class SearchPage:
    """Dispatches that hold the words asked for, best first. limit: no more are shown."""

    q: str
    found: tuple[Taken, ...]
    said: str
    full: bool


def taken(dispatch: Dispatch, say: Say, words: Iterable[tuple[str, bool]] = ()) -> Taken:
    """A dispatch as a list shows it."""
    return Taken(
        id=dispatch.id,
        title=dispatch.title or " ".join(dispatch.text[:110].split()) + "…",
        outlet=dispatch.outlet or dispatch.agency or dispatch.ref or "",
        agency=dispatch.agency if dispatch.agency and dispatch.agency != dispatch.outlet else "",
        when=say.phrases.days(dispatch.published, dispatch.published) or say.phrases.table["no_date"],
        lang=dispatch.lang,
        words=tuple(words),
    )


def bars(days: Iterable[str | None], bins: int = 24) -> tuple[tuple[float, float, float], ...]:
    """How many of these days fall in each part of their period: x, width and height, in hundredths."""
    dated = sorted(one for text in days if (one := day(text)))
    if not dated:
        return ()
    length = (dated[-1] - dated[0]).days + 1
    counts = [0] * min(bins, length)
    for one in dated:
        counts[min((one - dated[0]).days * len(counts) // length, len(counts) - 1)] += 1
    wide = 100 / len(counts)
    top = max(counts)
    return tuple((round(n * wide, 2), round(wide * 0.8, 2), round(100 * c / top, 1)) for n, c in enumerate(counts) if c)


def snippet(text: str, words: str, around: int = 70) -> tuple[tuple[str, bool], ...]:
    """Where the first of the words stands in a text, and whether each part is one of them."""
    from recoupe.web.asked import folded

    plain = folded(text)
    if len(plain) != len(text):
        plain = text.casefold() if len(text.casefold()) == len(text) else text
    terms = [term for term in folded(words).split() if term in plain]
    if not terms:
        return ((" ".join(text[: 2 * around].split()) + "…", False),)
    at = min(plain.index(term) for term in terms)
    start, end = max(0, at - around), min(len(text), at + around * 2)
    cuts = sorted({start, end, *(edge for term in terms for edge in _edges(plain, term, start, end))})
    parts = [(text[a:b], any(plain[a:b] == term for term in terms)) for a, b in pairwise(cuts)]
    return (("… " if start else "", False), *parts, ("…" if end < len(text) else "", False))


def _edges(plain: str, term: str, start: int, end: int) -> list[int]:
    found, at = [], plain.find(term, start)
    while at != -1 and at + len(term) <= end:
        found += [at, at + len(term)]
        at = plain.find(term, at + len(term))
    return found
