"""Why the ledger says what it says: an object's values, the words it rests on, the rules that read them, what was passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from recoupe.ledger.explain import Explanation, Words
from recoupe.model import Reading
from recoupe.views.facts import Facts
from recoupe.views.safe import visible

BULKY = frozenset({"reports", "points", "sides", "outcome", "text", "reasons", "mentions", "extra", "id"})
OWN = frozenset({"id", "span", "rule", "basis", "in", "trigger", "evidence", "parts", "mentions", "title_mentions", "text"})


@dataclass(frozen=True)
class Named:
    """Says what an item's id stands for in its reading: `a4` is «Kenneth Ekman»."""

    get: Callable[[str], Reading]

    def __call__(self, dispatch: str, value: str) -> str:
        reading = self.get(dispatch)
        names = {actor.id: actor.name for actor in reading.actors} | {place.id: place.name for place in reading.places}
        words = Facts(reading).words
        for items in (reading.times, reading.figures, reading.statements):
            names |= {item.id: words(item.span, item.in_) for item in items}
        names |= {event.id: words(event.evidence, event.in_) for event in reading.events}
        return f"{names[value]} ({value})" if value in names else value


def render_explanation(explanation: Explanation, get: Callable[[str], Reading]) -> RenderableType:
    """The explanation, to be printed by a Rich console. get: the reading of a dispatch."""
    return Group(*_parts(explanation, Named(get)))


def _parts(explanation: Explanation, named: Named) -> Iterator[RenderableType]:
    yield Text.assemble((explanation.id, "bold"), (f"  {explanation.kind}", "dim"))
    for _, line in _values(explanation.object, BULKY, str):
        yield Padding(line, (0, 0, 0, 2))
    if explanation.words:
        yield Text("\nrests on", style="bold magenta")
    for words in explanation.words:
        yield from _words(words, named)
    if explanation.reasons:
        yield Text("\ntaken together because", style="bold magenta")
        for reason in explanation.reasons:
            yield Padding(Text(visible(f"{reason.weight:+.2f}  {reason.feature}  {reason.detail}")), (0, 0, 0, 2))


def _words(words: Words, named: Named) -> Iterator[RenderableType]:
    """The words, where they stand, the rule that read them, each field with what it rests on, and what was left open."""
    report = words.report
    where = f"{report.dispatch}/{report.item} [{report.span[0]}, {report.span[1]})" + (
        " in the title" if report.in_ == "title" else ""
    )
    printed = ", ".join(part for part in (words.outlet or words.ref, (words.published or "")[:10]) if part)
    yield Text.assemble((f"« {visible(' '.join(words.words.split()))} »", "italic"), (f"  {visible(printed)}", "blue"))
    yield Padding(Text(where, style="dim"), (0, 0, 0, 4))
    if words.item:
        yield Padding(Text.assemble("rule ", (str(words.item.get("rule", "?")), "yellow")), (0, 0, 0, 4))
        basis: Mapping[str, str] = words.item.get("basis") or {}
        for name, line in _values(words.item, OWN, lambda value: named(report.dispatch, value)):
            known = Text(f"  ({basis[name]})", style="dim") if name in basis else Text()
            yield Padding(line.append_text(known), (0, 0, 0, 4))
    for left in words.abstentions:
        candidates = ", ".join(named(report.dispatch, candidate) for candidate in left.candidates)
        passed = f": {candidates}" if candidates else ""
        yield Padding(Text(visible(f"left open {left.field}: {left.reason}{passed}"), style="red"), (0, 0, 0, 4))


def _values(item: Mapping[str, Any], without: frozenset[str], name_of: Callable[[str], str]) -> Iterator[tuple[str, Text]]:
    """The fields that say something, one a line, ids with what they stand for."""
    for name, value in item.items():
        if name not in without and value not in (None, "", [], (), {}, False):
            yield name, Text.assemble((f"{name} ", "dim"), visible(_plain(value, name_of)))


def _plain(value: Any, name_of: Callable[[str], str]) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part, name_of) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(part, name_of)}" for key, part in value.items() if part not in (None, "", [], ()))
    return name_of(value) if isinstance(value, str) else str(value)
