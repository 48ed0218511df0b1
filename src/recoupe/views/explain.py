"""Why the ledger says what it says: an object's values, the words it rests on, the rules that read them, what was passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from recoupe.ledger.explain import Explanation, Words
from recoupe.views.safe import visible

BULKY = frozenset({"reports", "points", "sides", "outcome", "text", "reasons", "mentions", "extra", "id"})
OWN = frozenset({"id", "span", "rule", "basis", "in", "trigger", "evidence", "parts", "mentions", "title_mentions", "text"})


def render_explanation(explanation: Explanation) -> RenderableType:
    """The explanation, to be printed by a Rich console."""
    return Group(*_parts(explanation))


def _parts(explanation: Explanation) -> Iterator[RenderableType]:
    yield Text.assemble((explanation.id, "bold"), (f"  {explanation.kind}", "dim"))
    for line in _values(explanation.object, BULKY):
        yield Padding(line, (0, 0, 0, 2))
    if explanation.words:
        yield Text("\nrests on", style="bold magenta")
    for words in explanation.words:
        yield from _words(words)
    if explanation.reasons:
        yield Text("\ntaken together because", style="bold magenta")
        for reason in explanation.reasons:
            yield Padding(Text(visible(f"{reason.weight:+.2f}  {reason.feature}  {reason.detail}")), (0, 0, 0, 2))


def _words(words: Words) -> Iterator[RenderableType]:
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
        for name, line in _named_values(words.item, OWN):
            known = Text(f"  ({basis[name]})", style="dim") if name in basis else Text()
            yield Padding(line.append_text(known), (0, 0, 0, 4))
    for left in words.abstentions:
        passed = f": {', '.join(left.candidates)}" if left.candidates else ""
        yield Padding(Text(visible(f"left open {left.field}: {left.reason}{passed}"), style="red"), (0, 0, 0, 4))


def _values(item: Mapping[str, Any], without: frozenset[str]) -> Iterator[Text]:
    yield from (line for _, line in _named_values(item, without))


def _named_values(item: Mapping[str, Any], without: frozenset[str]) -> Iterator[tuple[str, Text]]:
    """The fields that say something, one a line."""
    for name, value in item.items():
        if name not in without and value not in (None, "", [], (), {}, False):
            yield name, Text.assemble((f"{name} ", "dim"), visible(_plain(value)))


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, dict):
        return " ".join(f"{key}={_plain(part)}" for key, part in value.items() if part not in (None, "", [], ()))
    return str(value)
