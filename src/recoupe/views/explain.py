"""Why the ledger says what it says: an object's values, the words it rests on, the rules that read them, what was passed over.

An item of a reading is derived in full; an object of the ledger names the items that it rests on, each with its rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recoupe.ledger.explain import Explanation, Words
from recoupe.model import Abstention, Reading
from recoupe.views.facts import SAID, Facts
from recoupe.views.phrases import Phrases
from recoupe.views.quotes import in_sentence
from recoupe.views.rules import rule_notes
from recoupe.views.safe import one_line, visible

KINDS = {
    "occurrences": "event, as the dispatches tell it", "series": "figure over time", "commitments": "commitment",
    "disagreements": "disagreement", "copies": "copies of one text: one source", "stories": "story",
    "ties": "one name for several", "judgements": "judgement of a person", "dispatch": "dispatch",
    "t": "time", "p": "place", "a": "actor", "f": "figure", "s": "statement", "e": "event", "n": "name",
}  # fmt: skip
BASIS = {
    "stated": "its own words say so", "syntax": "by the grammar of its sentence", "discourse": "from what stands around it",
    "default": "assumed, since nothing else is said",
}  # fmt: skip
ANCHORS = {"absolute": "nothing: the words are complete", "narrative": "the moment that is being told"}
LABELS = {
    "start": "when", "due_start": "due", "as_of": "as of", "of": "out of", "actor": "whose", "actors": "who",
    "recipients": "to whom", "timex3": "TIMEX3", "edtf": "EDTF", "anchor": "counted from", "trigger": "on the word",
    "cue": "told by", "independent_sources": "independent sources", "published_basis": "date from",
}  # fmt: skip
SPANS = frozenset({"cue", "trigger"})
BULKY = frozenset({
    "id", "in", "rule", "basis", "span", "parts", "mentions", "title_mentions", "evidence", "speaker_span", "text", "extra",
    "reports", "points", "sides", "outcome", "reasons", "checks", "story", "summary", "end", "due_end", "times", "places",
    "anchor_id", "low", "high", "approx", "countries",
})  # fmt: skip
EXAMPLES = 2


@dataclass(frozen=True)
class Named:
    """Says what an item's id stands for in its reading: `a4` is «Kenneth Ekman»."""

    get: Callable[[str], Reading]

    def __call__(self, dispatch: str, value: str) -> str:
        reading = self.get(dispatch)
        names = {actor.id: actor.name for actor in reading.actors} | {place.id: place.name for place in reading.places}
        words = Facts(reading).words
        for items in (reading.times, reading.figures, reading.statements):
            names |= {item.id: f"“{words(item.span, item.in_)}”" for item in items}
        names |= {event.id: f"“{words(event.evidence, event.in_)}”" for event in reading.events}
        return f"{names[value]} ({value})" if value in names else value


def render_explanation(explanation: Explanation, get: Callable[[str], Reading]) -> RenderableType:
    """The explanation, to be printed by a Rich console. get: the reading of a dispatch."""
    named = Named(get)
    parts = _item(explanation, named) if explanation.kind == "item" else _object(explanation, named)
    return Group(*parts)


def _item(explanation: Explanation, named: Named) -> Iterator[RenderableType]:
    """One item of a reading: its words, its values with what each rests on, its rule, what was left open."""
    (words,) = explanation.words
    dispatch, _, item = explanation.id.partition("/")
    yield _head(explanation.id, KINDS.get(item[:1], "item"))
    yield from _quote(words, named)
    yield Text()
    yield _rows(explained(words.item, dispatch, named))
    yield from _rule(str(words.item.get("rule", "")))
    yield from _left_open(left_open(named.get(dispatch), words.item), dispatch, named)


def _object(explanation: Explanation, named: Named) -> Iterator[RenderableType]:
    """An object of the ledger: its values, then what it rests on, side by side where it has sides."""
    values, kept = explanation.object, explanation.words
    yield _head(explanation.id, KINDS.get(explanation.kind, explanation.kind))
    yield _rows((label, said, "") for label, said, _ in explained(values, "", named))
    checks = (f"{'✓' if check['ok'] else '≠'} {check['text']}" for check in values.get("checks", ()))
    yield from (Padding(Text(one_line(check)), (0, 0, 0, 2)) for check in dict.fromkeys(checks))
    groups = [(one_line(_value(part)), part["reports"]) for part in (*values.get("points", ()), *values.get("sides", ()))]
    if not groups:
        groups = [("rests on", values.get("reports", ()))]
    if values.get("outcome"):
        groups.append(
            (f"outcome {SAID.days(values['outcome']['date'], values['outcome']['date'])}".strip(), values["outcome"]["reports"])
        )
    for title, reports in groups:
        own = {(report["dispatch"], report["item"], tuple(report["span"])) for report in reports}
        found = [words for words in kept if (words.report.dispatch, words.report.item, words.report.span) in own]
        if found:
            yield Text(f"\n{title}", style="bold magenta")
        for words in sorted(found, key=lambda words: (words.published or "9999", words.report)):
            yield from _report(words, named)
    if explanation.reasons:
        yield Text("\ntaken together because", style="bold magenta")
        yield _rows((f"{reason.weight:+.2f}", reason.feature, reason.detail) for reason in explanation.reasons)
    if explanation.kind == "dispatch":
        yield from _left_open(named.get(explanation.id).abstentions, explanation.id, named)
    elif kept:
        yield Text(
            f"\nhow one of these was read: recoupe explain {kept[0].report.dispatch[:8]}/{kept[0].report.item}", style="dim"
        )


def _report(words: Words, named: Named) -> Iterator[RenderableType]:
    """A report of an object: its words, and on one line what was read in them."""
    yield from _quote(words, named)
    reading = named.get(words.report.dispatch)
    cells = [fact.cells for table in Facts(reading).tables for fact in table.facts if fact.id == words.report.item]
    read = " · ".join(cell for cell in (*cells[0], str(words.item.get("rule", ""))) if cell) if cells else ""
    where = f"{words.report.dispatch[:8]}/{words.report.item}"
    yield Padding(Text.assemble((f"{where}  ", "dim"), one_line(read)), (0, 0, 0, 4))
    yield from _left_open(left_open(reading, words.item), words.report.dispatch, named, title="")


def _head(id_: str, kind: str) -> Text:
    return Text.assemble((one_line(id_), "bold"), (f"  {kind}", "dim"))


def _quote(words: Words, named: Named) -> Iterator[RenderableType]:
    """The words in their sentence, and who printed them."""
    report = words.report
    before, own, after = map(visible, in_sentence(named.get(report.dispatch), report.span, report.in_))
    printed = ", ".join(part for part in (words.outlet or words.ref, SAID.days(words.published, words.published)) if part)
    printed += ", headline" if report.in_ == "title" else ""
    sentence = Text.assemble((f"“{before}", "dim"), (own, "bold italic"), (f"{after}”", "dim"))
    yield Padding(sentence.append(f" — {one_line(printed)}", style="blue"), (0, 0, 0, 2))


def explained(item: Mapping[str, Any], dispatch: str, named: Named, say: Phrases = SAID) -> Iterator[tuple[str, str, str]]:
    """The fields that say something: what each is called, its value in words, and what it rests on."""
    basis: Mapping[str, str] = item.get("basis") or {}
    if "low" in item:
        yield "how many", say.quantity(item["value"], item["low"], item["high"], item["approx"]), ""
        if (item["low"], item["high"]) not in ((item["value"], item["value"]), (None, None)):
            low, high = (say.say("unbounded") if item[side] is None else say.number(item[side]) for side in ("low", "high"))
            yield "bounds", say.say("bounds", low, high), ""
    for name, value in item.items():
        if (
            name in BULKY
            or (name == "value" and "low" in item)
            or value in (None, "", [], (), {}, False)
            or (name in ("time", "place") and item.get(f"{name}s"))
        ):
            continue
        said = _said(name, item, dispatch, named, say)
        if said:
            yield LABELS.get(name, name.replace("_", " ")), one_line(said), BASIS.get(basis.get(name, ""), "")
    for one in (*item.get("times", ()), *item.get("places", ())):
        if isinstance(one, dict):
            own = next((basis[name] for name in ("time", "place") if item.get(name) == one["id"] and name in basis), "")
            yield str(one["role"]), one_line(named(dispatch, one["id"])), BASIS.get(own, "")


def _said(name: str, item: Mapping[str, Any], dispatch: str, named: Named, say: Phrases) -> str:
    value = item[name]
    if name in ("start", "due_start"):
        open_start, open_end = item.get("open_start"), item.get("open_end")
        last = item.get(name.replace("start", "end"))
        days = say.days(None if open_start else value[:10], None if open_end or not last else last[:10])
        return say.table["about"].format(days) if item.get("approx") and "timex3" in item else days
    if name in ("as_of", "made_on", "published"):
        return say.days(value, value)
    if name in ("open_start", "open_end"):
        return ""
    if name == "anchor":
        if value == "publication":
            published = named.get(dispatch).dispatch.published
            return say.say("publication_day", say.days(published, published) or say.say("unknown"))
        return named(dispatch, item["anchor_id"]) if item.get("anchor_id") else ANCHORS.get(value, str(value))
    if name in SPANS and dispatch:
        return Facts(named.get(dispatch)).words(tuple(value), item.get("in", "text"))
    if name == "type":
        return f"{value} ({say('types', value)})"
    if value is True:
        return say.say("yes")
    return _plain(value, lambda one: named(dispatch, one) if dispatch else one)


def _value(part: Mapping[str, Any]) -> str:
    """A point of a series, or a side of a disagreement."""
    if "independent_sources" in part:
        return f"{part['value']}: {SAID.count('sources', part['independent_sources'])}"
    many = SAID.quantity(part["value"], part["low"], part["high"], part["approx"], part["of"])
    return f"{SAID.days(part['as_of'], part['as_of']) or SAID.table['no_date']}: {many}"


def _rule(rule: str) -> Iterator[RenderableType]:
    """The rule, and what its own table says of it."""
    yield Text.assemble("\nrule ", (one_line(rule), "yellow"))
    for note in rule_notes(rule):
        reads = "; ".join(note.examples[:EXAMPLES])
        leaves = f" — not: {'; '.join(note.leaves[:EXAMPLES])}" if note.leaves else ""
        makes = ", ".join(note.makes)
        said = ": ".join(part for part in (f"{note.name}{f' ({makes})' if makes else ''}", reads) if part)
        yield Padding(Text(one_line(said + leaves), style="dim"), (0, 0, 0, 4))


def left_open(reading: Reading, item: Mapping[str, Any]) -> list[Abstention]:
    """What was left open about an item: by its id, or, where it is a pronoun's, within its words."""
    id_, span = item.get("id"), item.get("evidence") or item.get("span")
    words = set(Facts(reading).words(tuple(span), item.get("in", "text")).split()) if span else set()
    return [left for left in reading.abstentions if left.about == id_ or left.about in words]


def _left_open(left: Iterable[Abstention], dispatch: str, named: Named, title: str = "\nleft open") -> Iterator[RenderableType]:
    found = list(left)
    if found and title:
        yield Text(title, style="bold magenta")
    for one in found:
        candidates = " or ".join(named(dispatch, candidate) for candidate in one.candidates)
        about = f"“{one.about}”" if named(dispatch, one.about) == one.about else named(dispatch, one.about)
        said = f"{one.field} of {about}: {one.reason}" + (f": {candidates}" if candidates else "")
        yield Padding(Text(one_line(said), style="red"), (0, 0, 0, 4 if not title else 2))


def _rows(rows: Iterable[tuple[str, str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for label, said, why in rows:
        table.add_row(Text(label, style="dim"), Text(one_line(said)), Text(one_line(why), style="dim italic"))
    return Padding(table, (0, 0, 0, 2))


def _plain(value: Any, name_of: Callable[[str], str]) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part, name_of) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(part, name_of)}" for key, part in value.items() if part not in (None, "", [], ()))
    return name_of(value) if isinstance(value, str) else str(value)
