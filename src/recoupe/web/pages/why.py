"""Why something is said: its values and what each rests on, the rule with its own examples, and what was left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from recoupe.ledger.explain import Explanation, Words
from recoupe.ledger.values import Judgement
from recoupe.model import Reading, Value
from recoupe.views.explain import ANCHORS, KINDS, Named, explained, left_open
from recoupe.views.quotes import in_sentence
from recoupe.views.rules import rule_notes
from recoupe.web.say import Say

EXAMPLES = 3
GROUPS = {
    "kind": "kinds", "state": "states", "modality": "modality", "status": "status", "force": "force", "field": "fields",
}  # fmt: skip
NAMED = frozenset({"change", "grain", "precision", "salience", "scope"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A value. basis: what it rests on, where it is derived."""

    label: str
    said: str
    basis: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: words that it reads and words that it leaves."""

    name: str
    reads: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """What was left open: of which field, why, and the candidates that were passed over."""

    field: str
    reason: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One item of a reading, derived."""

    facts: tuple[Fact, ...]
    rule: str
    rules: tuple[Rule, ...]
    left: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """One report with its words in their sentence, and how they were read."""

    before: str
    words: str
    after: str
    lang: str
    outlet: str
    when: str
    href: str
    item: str
    target: str
    why: Why


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that say one thing: a side, a point, an outcome."""

    title: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement and who made it. undo: it can still be undone."""

    id: str
    verb: str
    what: str
    who: str
    when: str
    why: str
    undo: bool


@dataclass(frozen=True)
class ObjectPage:
    """One object of the ledger, or one item of a reading, at its permanent address.

    moved: the address that it has now, where a merge retired this one; fields: those that a person may correct; splits: the
    reports of an event, of which some may be taken apart from the first.
    """

    id: str
    target: str
    kind: str
    title: str
    facts: tuple[Fact, ...]
    checks: tuple[tuple[str, bool], ...]
    groups: tuple[Group, ...]
    reasons: tuple[tuple[str, str, str], ...]
    judgements: tuple[Judged, ...]
    fields: tuple[str, ...]
    splits: tuple[Cited, ...]
    story: str
    story_title: str
    moved: str


def why(reading: Reading, item: Value, say: Say) -> Why:
    """How one item of a reading was read."""
    plain = msgspec.to_builtins(item)
    named = Named(lambda _: reading)
    dispatch = reading.dispatch.id
    facts = tuple(
        Fact(_label(label, say), _value(label, said, say), say(basis) if basis else "")
        for label, said, basis in explained(plain, dispatch, named, say.phrases)
    )
    rule = str(plain.get("rule", ""))
    notes = (Rule(note.name, note.examples[:EXAMPLES], note.leaves[:EXAMPLES]) for note in rule_notes(rule))
    left = (
        Open(_label(a.field, say), a.reason, tuple(named(dispatch, candidate) for candidate in a.candidates))
        for a in left_open(reading, plain)
    )
    return Why(facts, rule, tuple(notes), tuple(left))


def object_page(
    found: Explanation,
    get: Callable[[str], Reading],
    say: Say,
    *,
    judgements: Iterable[Judged],
    story: str,
    story_title: str,
    title: str,
    asked: str,
) -> ObjectPage:
    """The page of an explained object. title: what it is called; asked: the id that led here."""
    item = found.kind == "item"
    dispatch = found.id.partition("/")[0] if item else ""
    named = Named(get)
    told = () if item else explained(found.object, dispatch, named, say.phrases)
    facts = tuple(Fact(_label(label, say), _value(label, said, say), "") for label, said, _ in told)
    words = {(w.report.dispatch, w.report.item, w.report.span): w for w in found.words}
    groups = []
    for title, reports in _groups(found, say):
        keys = [(r["dispatch"], r["item"], tuple(r["span"])) for r in reports]
        cited = sorted((words[k] for k in dict.fromkeys(keys) if k in words), key=lambda w: (w.published or "9999", w.report))
        if cited:
            groups.append(Group(title, tuple(_cited(w, get(w.report.dispatch), say) for w in cited)))
    kind = KINDS.get(found.id.partition("/")[2][:1] if item else found.kind, found.kind)
    own = found.words[0].words if item else title
    return ObjectPage(
        id=found.id,
        target=found.id,
        kind=say(kind),
        title=" ".join(own.split()) or found.id,
        facts=facts,
        checks=tuple(dict.fromkeys((c["text"], c["ok"]) for c in found.object.get("checks", ()))),
        groups=tuple(groups),
        reasons=tuple((f"{r.weight:+.2f}", r.feature, r.detail) for r in found.reasons),
        judgements=tuple(judgements),
        fields=CORRECTED.get("item" if item else found.kind, ()),
        splits=groups[0].cited if found.kind == "occurrences" and groups and len(groups[0].cited) > 1 else (),
        story=story,
        story_title=story_title,
        moved=found.id if found.id != asked and not found.id.endswith(asked) else "",
    )


CORRECTED = {
    "occurrences": ("type", "mode", "place", "start", "end", "status"),
    "commitments": ("status", "due_start", "due_end"),
    "item": (
        "type",
        "modality",
        "start",
        "end",
        "place",
        "actors",
        "recipients",
        "value",
        "low",
        "high",
        "unit",
        "as_of",
        "speaker",
    ),
}


def _groups(found: Explanation, say: Say) -> list[tuple[str, list[dict[str, Any]]]]:
    value, phrases = found.object, say.phrases
    if found.kind == "item":
        return [("", [msgspec.to_builtins(w.report) for w in found.words])]
    groups = []
    for point in value.get("points", ()):
        said = phrases.quantity(point["value"], point["low"], point["high"], point["approx"], point["of"])
        groups.append((f"{phrases.days(point['as_of'], point['as_of']) or phrases.table['no_date']} · {said}", point["reports"]))
    weighed = ((side, phrases.count("sources", side["independent_sources"])) for side in value.get("sides", ()))
    groups += [(f"{side['value']} · {weight}", side["reports"]) for side, weight in weighed]
    if not groups:
        groups.append((say("It rests on"), value.get("reports", [])))
    if value.get("outcome"):
        outcome = value["outcome"]
        said = phrases.days(outcome["date"], outcome["date"])
        groups.append((f"{phrases.say('outcome')} {said}".strip(), outcome["reports"]))
    return groups


def _cited(words: Words, reading: Reading, say: Say) -> Cited:
    report = words.report
    before, own, after = in_sentence(reading, report.span, report.in_)
    item = next((v for v in items(reading) if v.id == report.item), None)  # type: ignore[attr-defined]
    return Cited(
        before=before,
        words=own,
        after=after,
        lang=reading.dispatch.lang,
        outlet=words.outlet or words.ref or report.dispatch,
        when=say.phrases.days(words.published, words.published),
        href=f"/dispatches/{report.dispatch}?item={report.item}#{report.item}",
        item=f"{report.dispatch[:8]}/{report.item}",
        target=f"{report.dispatch}/{report.item}",
        why=why(reading, item, say) if item is not None else Why((), "", (), ()),
    )


def items(reading: Reading) -> list[Value]:
    """Every item of a reading that has an id."""
    groups = (reading.events, reading.figures, reading.statements, reading.times, reading.places, reading.actors, reading.names)
    return [value for group in groups for value in group]


def judged(rows: Iterable[Judgement], say: Say, *targets: str) -> tuple[Judged, ...]:
    """The judgements on these targets, or all, the newest first; those undone are marked so by what undid them."""
    ordered = sorted(rows, key=lambda j: (j.when, j.id), reverse=True)
    undone = _undone(ordered)
    found = []
    for row in ordered:
        if targets and not set(targets).intersection(row.targets):
            continue
        what = f"{row.field} = {row.value}" if row.field else ", ".join(row.targets)
        when = f"{say.phrases.days(row.when[:10], row.when[:10])} {row.when[11:16]}"
        found.append(Judged(row.id, say(row.verb), what, row.who, when, row.why, row.verb != "undo" and row.id not in undone))
    return tuple(found)


def _undone(newest_first: Iterable[Judgement]) -> set[str]:
    gone: set[str] = set()
    for row in newest_first:
        if row.verb == "undo" and row.id not in gone:
            gone.update(row.targets)
    return gone


def _value(label: str, said: str, say: Say) -> str:
    """A value that is a name of the program's own, as people call it."""
    named = say.phrases(GROUPS[label], said) if label in GROUPS else said
    return say(named) if named == said and (label in GROUPS or label in NAMED or said in ANCHORS.values()) else named


def _label(label: str, say: Say) -> str:
    return say(label.replace("_", " "))
