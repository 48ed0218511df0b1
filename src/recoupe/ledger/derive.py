"""From readings and judgements to what the ledger says on a day: a pure function, the main path of this folder.

`derive` takes any set of dispatches in any order. What it says of a story follows from that story's dispatches alone, so
that a ledger of many stories is derived one story at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recoupe.ledger.answers import answers, blamed_otherwise
from recoupe.ledger.calendar import against_the_calendar
from recoupe.ledger.claims import Told
from recoupe.ledger.commitments import find_commitments
from recoupe.ledger.copies import find_copies
from recoupe.ledger.disagreements import find_disagreements
from recoupe.ledger.entities import find_ties
from recoupe.ledger.judgements import Decided, decided, judged_reading
from recoupe.ledger.occurrences import Key, group_id, join, occurrence_of
from recoupe.ledger.outcomes import recalls
from recoupe.ledger.relations import Between, find_relations
from recoupe.ledger.scene import tell
from recoupe.ledger.series import find_series, gather
from recoupe.ledger.stories import Keyed, find_stories, keys
from recoupe.ledger.tables import listed
from recoupe.ledger.values import Copy, Disagreement, Judgement, LedgerView, Occurrence, Side, Story
from recoupe.ledger.versions import marked
from recoupe.ledger.voices import voices
from recoupe.ledger.whenwhere import overlap
from recoupe.model import Dispatch, Reading


def derive(readings: Iterable[Reading], judgements: Iterable[Judgement] = (), as_of: str | None = None) -> LedgerView:
    """The ledger of these readings as of a day: the last day of publication where none is given."""
    each = marked({r.dispatch.id: r for r in readings}.values())
    ordered = sorted(each, key=lambda r: (r.dispatch.published or "9999", r.dispatch.id))
    decisions = decided(judgements)
    copies = find_copies([r.dispatch for r in ordered])
    stories = find_stories([keyed(r) for r in ordered], same_story(copies, decisions))
    day = as_of or last_day(ordered)
    by_id = {r.dispatch.id: r for r in ordered}
    views = [derive_story([by_id[i] for i in story.dispatches], story, copies, decisions, day) for story in stories]
    return combine(views, decisions, day)


def derive_story(
    readings: Sequence[Reading], story: Story, copies: Sequence[Copy], decisions: Decided, as_of: str | None
) -> LedgerView:
    """What the dispatches of one story say together."""
    copy_of = {name: copy for copy in copies for name in copy.dispatches}
    dispatches = {r.dispatch.id: r.dispatch for r in readings}
    firsts = {name: dispatches.get(copy_of[name].first, d) if name in copy_of else d for name, d in dispatches.items()}
    standing = [judged_reading(r, decisions) for r in usable(readings)]
    claims = [tell(reading, firsts[reading.dispatch.id]) for reading in standing]
    told = [t for c in claims for t in c.told]
    counts = [count for c in claims for count in c.counts]
    due = [sentence for c in claims for sentence in c.due]
    recalled = [found for reading in standing for found in recalls(reading, firsts[reading.dispatch.id])]
    forces = {(r.dispatch.id, s.id): s.force for r in standing for s in r.statements}
    groups = join(told, together=bound("merge", told, decisions), apart=bound("split", told, decisions))
    named = [(group_id(members), members) for members, _ in groups]
    id_of: dict[Key, str] = {t.key: name for name, members in named for t in members}
    occurrences = [occurrence_of(members, reasons, story.id, decisions) for members, reasons in groups]
    summaries = {o.id: o.summary for o in occurrences}
    gathered = gather(counts, id_of)
    series = find_series(gathered, story.id)
    commitments = find_commitments(named, due, recalled, forces, as_of=as_of, story=story.id, decisions=decisions)
    disagreements = find_disagreements([(name, summaries[name], members) for name, members in named], gathered, counts, story.id)
    heard = {r.dispatch.id: voices(r, r.dispatch) for r in standing if told_first(r, firsts)}
    answered = [a for r in standing for a in answers(heard.get(r.dispatch.id, ()), r.dispatch.text, story.id)]
    answered += blamed_otherwise([v for told_by in heard.values() for v in told_by], id_of, summaries, story.id)
    slips = [slip for reading in standing for slip in against_the_calendar(reading, story.id)]
    return LedgerView(
        as_of=as_of,
        dispatches=tuple(
            listed(r.dispatch, story.id, copy_of[r.dispatch.id].id if r.dispatch.id in copy_of else None) for r in readings
        ),
        stories=(story,),
        occurrences=tuple(o for o in occurrences if o.id not in decisions.rejected),
        series=tuple(s for s in series if s.id not in decisions.rejected),
        commitments=tuple(c for c in commitments if c.id not in decisions.rejected),
        disagreements=tuple(d for d in (*without_repeats(disagreements, answered), *slips) if d.id not in decisions.rejected),
        copies=tuple(sorted({copy_of[r.dispatch.id] for r in readings if r.dispatch.id in copy_of}, key=lambda c: c.id)),
        relations=find_relations(between(o, m) for o, (_, m) in zip(occurrences, named, strict=True)),
        ties=find_ties(standing, decisions),
    )


def told_first(reading: Reading, firsts: Mapping[str, Dispatch]) -> bool:
    """Is it no copy of an earlier dispatch?"""
    return firsts[reading.dispatch.id].id == reading.dispatch.id


def without_repeats(found: Sequence[Disagreement], more: Sequence[Disagreement]) -> list[Disagreement]:
    """The first with those of the others that set no words against each other that one of the first does."""

    def meet(one: Side, two: Side) -> bool:
        return any(
            a.dispatch == b.dispatch and a.in_ == b.in_ and overlap(a.span, b.span) for a in one.reports for b in two.reports
        )

    def known(d: Disagreement) -> bool:
        return any(sum(any(meet(mine, theirs) for theirs in other.sides) for mine in d.sides) > 1 for other in found)

    return [*found, *(d for d in {d.id: d for d in more}.values() if not known(d))]


def combine(views: Sequence[LedgerView], decisions: Decided, as_of: str | None) -> LedgerView:
    """Stories as one ledger. Relations are of pairs, whatever the story: weeks of one pair are added up."""
    return LedgerView(
        as_of=as_of,
        dispatches=tuple(sorted((d for v in views for d in v.dispatches), key=lambda d: (d.published or "9999", d.id))),
        stories=tuple(s for v in views for s in v.stories),
        occurrences=tuple(sorted((o for v in views for o in v.occurrences), key=lambda o: (o.start or "9999", o.id))),
        series=tuple(sorted((s for v in views for s in v.series), key=lambda s: s.id)),
        commitments=tuple(sorted((c for v in views for c in v.commitments), key=lambda c: (c.due_end or "9999", c.id))),
        disagreements=tuple(sorted((d for v in views for d in v.disagreements), key=lambda d: d.id)),
        copies=tuple(sorted((c for v in views for c in v.copies), key=lambda c: c.id)),
        relations=tuple(sorted((r for v in views for r in v.relations), key=lambda r: (r.a, r.b, r.week, r.events))),
        ties=tuple(sorted((t for v in views for t in v.ties), key=lambda t: t.id)),
        judgements=decisions.rows,
    )


def keyed(reading: Reading) -> Keyed:
    """A dispatch as stories see it."""
    published = reading.dispatch.published
    return Keyed(reading.dispatch.id, published[:10] if published else None, keys(reading))


def same_story(copies: Sequence[Copy], decisions: Decided) -> list[tuple[str, str]]:
    """Pairs of dispatches that are of one story whatever they name."""
    return [(copy.first, other) for copy in copies for other in copy.dispatches] + list(decisions.pairs("merge"))


def usable(readings: Sequence[Reading]) -> list[Reading]:
    """Those that were neither withdrawn nor corrected by another of them."""
    replaced = {r.dispatch.supersedes for r in readings}
    return [r for r in readings if r.dispatch.status != "withdrawn" and r.dispatch.id not in replaced]


def last_day(readings: Iterable[Reading]) -> str | None:
    """The last day of publication."""
    return max((r.dispatch.published[:10] for r in readings if r.dispatch.published), default=None)


def bound(verb: str, told: Sequence[Told], decisions: Decided) -> list[tuple[Key, Key]]:
    """Pairs of tellings that a person merged or split, named by an occurrence's id or by `dispatch/item`."""
    names: Mapping[str, Key] = {alias: t.key for t in told for alias in (group_id([t]), "/".join(t.key))}
    pairs = decisions.pairs("merge" if verb == "merge" else "split")
    return [(names[a], names[b]) for a, b in pairs if a in names and b in names]


def between(occurrence: Occurrence, members: Sequence[Told]) -> Between:
    """An occurrence with the states and bodies on both its sides."""
    return Between(
        occurrence,
        sorted({k.split(":", 1)[1] for t in members for k in t.actors if not k.startswith("person:")}),
        sorted({k.split(":", 1)[1] for t in members for k in t.recipients if not k.startswith("person:")}),
    )
