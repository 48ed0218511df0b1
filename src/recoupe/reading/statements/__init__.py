"""Reported speech and who says it.

Acts (cue verbs), source phrases and quotations are found apart; each yields drafts, which are then cut free of one
another's cues, nested, and given their speakers. One stretch of words has one statement: of two, the nearer cue's stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from recoupe.model import Basis, Place, Source, Span, Statement, StatementKind, Time
from recoupe.reading.cast import Cast
from recoupe.reading.page import Page
from recoupe.reading.statements.acts import acts
from recoupe.reading.statements.clauses import is_name
from recoupe.reading.statements.ground import Draft, Ground, Phrase, Range, lay_ground
from recoupe.reading.statements.quoted import free_drafts
from recoupe.reading.statements.reports import act_drafts
from recoupe.reading.statements.sources import source_drafts
from recoupe.reading.statements.speakers import resolve, words_span


def read_statements(page: Page, cast: Cast, times: Sequence[Time], places: Sequence[Place]) -> tuple[Statement, ...]:
    """Every statement of the page, in order, spans in page offsets."""
    ground = lay_ground(page, cast, times)
    found = [*act_drafts(ground, acts(ground)), *source_drafts(ground)]
    drafts = [draft for together in clusters(ground, found) for draft in settle(ground, together)]
    drafts = sorted([*drafts, *free_drafts(ground, drafts)], key=lambda d: (d.start, -d.end, d.cue))
    ids = {id(draft): f"s{number}" for number, draft in enumerate(drafts, 1)}
    parents = {id(d): _parent(d, together) for together in clusters(ground, drafts) for d in together}
    dated = sorted((t.span, t.id) for t in times if t.kind in ("date", "time"))
    placed = sorted((p.span, p.id) for p in places if not p.dateline and not p.metonym)
    statements = []
    for draft in drafts:
        parent = parents[id(draft)]
        statement = _statement(ground, cast, draft, ids[id(draft)], ids[id(parent)] if parent is not None else None)
        beside = {"time": _beside(ground, draft, dated), "place": _beside(ground, draft, placed)}
        statements.append(msgspec.structs.replace(statement, **beside))
    return tuple(statements)


def clusters(ground: Ground, drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """Drafts that share sentences, together; drafts of different clusters have nothing to do with one another."""
    together: list[Draft] = []
    reach = 0
    for start, end, _, draft in sorted((*_hull(ground, d), n, d) for n, d in enumerate(drafts)):
        if together and start >= reach:
            yield together
            together = []
        together.append(draft)
        reach = max(reach, end)
    if together:
        yield together


def _hull(ground: Ground, draft: Draft) -> Range:
    first = min(draft.start, draft.cue[0], draft.zone[0])
    last = max(draft.end, draft.cue[1], draft.zone[1])
    return ground.sentence(first)[0], max(ground.sentence(last - 1)[1], last)


def settle(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a cluster that stay, each cut free of the reporting clauses around it."""
    kept = [d for d in drafts if not d.learnt and not (d.source and _sourced(d, drafts))]
    kept = _within_turns(ground, kept)
    for draft in kept:
        if draft.source and len(draft.parts) > 1 and any(_opens(e, draft.parts[1]) for e in kept):
            draft.parts = draft.parts[:1]
    kept = [d for d in kept if not (d.source and _passes_on(ground, d, kept))]
    kept = [d for d in kept if not (d.fragment and any(e is not d and e.holds(d.cue[0]) for e in kept))]
    kept = [d for d in kept if not any(e is not d and _same(d, e) and _rank(e) < _rank(d) for e in kept)]
    for draft in kept:
        for other in kept:
            if other is not draft and (other.turn or other.source) and other.holds(draft.cue[0]):
                draft.parts = _without(draft.parts, other.zone, ground) or draft.parts
    return kept


def _within_turns(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """An incise inside a quotation that another cue reports whole is cut out of that report, and says nothing more."""
    kept = []
    for draft in drafts:
        quote = ground.quote_of[draft.cue[0]]
        around = [
            e
            for e in drafts
            if e is not draft and not e.source and e.holds(draft.cue[0]) and quote >= 0 and e.parts[0] == ground.inner(quote)
        ]
        if not (draft.turn and around):
            kept.append(draft)
            continue
        last = max(draft.cue[1], draft.speaker.end if draft.speaker is not None else 0)
        for other in around:
            other.parts = _without(other.parts, (draft.zone[0], last), ground) or other.parts
    return kept


def _opens(draft: Draft, part: Range) -> bool:
    """Whether a reporting clause of its own begins a part."""
    begin = min(draft.speaker.start, draft.cue[0]) if draft.speaker is not None else draft.cue[0]
    return not draft.source and not draft.turn and begin == part[0]


def _sourced(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a source phrase names who an act learnt it from."""
    for other in drafts:
        if not other.source and other.turn and other.zone[0] <= draft.cue[0] < other.zone[1]:
            if other.speaker is None:
                other.speaker = draft.speaker
            return True
    return False


def _passes_on(ground: Ground, source: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a source only passes on a statement that fills its content: it then joins that statement's chain."""
    for other in drafts:
        if other.source or other.speaker is None or source.speaker is None or not source.holds(other.cue[0]):
            continue
        words = sum(max(0, b - max(a, other.cue[1])) for a, b in source.parts) or sum(b - a for a, b in source.parts)
        begins = other.speaker.start - source.start <= 3 or other.turn
        filled = sum(max(0, min(b, y) - max(a, x)) for a, b in source.parts for x, y in other.parts)
        if begins and filled >= words / 2 and ground.quote_of[other.cue[0]] == ground.quote_of[source.cue[0]]:
            other.via.append(source.speaker)
            other.parts = _without(other.parts, source.zone, ground) or other.parts
            return True
    return False


def _same(a: Draft, b: Draft) -> bool:
    """Whether two drafts have about the same words."""
    common = sum(max(0, min(q, y) - max(p, x)) for p, q in a.parts for x, y in b.parts)
    return common > 0.75 * max(sum(q - p for p, q in a.parts), sum(q - p for p, q in b.parts))


def _rank(draft: Draft) -> tuple[bool, int, int]:
    distance = min(abs(draft.cue[1] - draft.start), abs(draft.cue[0] - draft.end))
    return draft.source, distance, draft.cue[0]


def _without(parts: Sequence[Range], zone: Range, ground: Ground) -> list[Range]:
    """Parts with a zone cut out of them."""
    cut = []
    for start, end in parts:
        if zone[1] <= start or end <= zone[0]:
            cut.append((start, end))
            continue
        cut += [piece for piece in (ground.trim((start, zone[0])), ground.trim((zone[1], end))) if piece[1] > piece[0]]
    return cut


def _parent(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The smallest statement whose content holds the cue and the content of another."""
    around = [d for d in drafts if d is not draft and d.holds(draft.cue[0]) and d.start <= draft.start and draft.end <= d.end]
    return min(around, key=lambda d: d.end - d.start, default=None)


def _kind(ground: Ground, draft: Draft) -> StatementKind:
    base = -1 if draft.turn else ground.quote_of[draft.cue[0]]
    quoted = bare = 0
    for start, end in draft.parts:
        for token in ground.doc[start:end]:
            if not (token.is_alpha or token.like_num):
                continue
            quote = ground.outermost(token.i, base)
            if quote >= 0 and not _naming(ground, quote):
                quoted += 1
            else:
                bare += 1
    if quoted == 0:
        return "direct" if draft.turn and _in_turn(ground, draft) else "indirect"
    whole = bare == 0 and not draft.fragment and (draft.turn or draft.source or draft.quote)
    return "direct" if whole else "mixed"


def _naming(ground: Ground, quote: int) -> bool:
    """Whether marks hold a name; the marks of a whole sentence never do."""
    first, last = ground.inner(quote)
    return last - first <= 8 and not any(ground.is_finite(t) for t in ground.doc[first:last]) and is_name(ground, quote)


def _in_turn(ground: Ground, draft: Draft) -> bool:
    start = ground.span((draft.start, draft.end))[0]
    return any(a <= start < b for a, b in ground.turns)


def _statement(ground: Ground, cast: Cast, draft: Draft, id_: str, parent: str | None) -> Statement:
    page = ground.page
    who = draft.speaker
    speaker, speakers = resolve(ground, cast, who) if who is not None else (None, ())
    if who is not None and speaker is None and len(speakers) > 1 and len(who.heads) == 1:
        page.abstain(id_, "speaker", "more than one actor under one phrase", speakers)
        speakers = ()
    parts = tuple(ground.span(part) for part in draft.parts)
    basis: dict[str, Basis] = {"speaker": draft.basis} if who is not None else {}
    return Statement(
        id=id_,
        span=ground.span(draft.whole) if draft.whole else (parts[0][0], parts[-1][1]),
        parts=parts,
        kind=_kind(ground, draft),
        force=draft.force,
        cue=ground.span(draft.cue),
        speaker=speaker,
        speakers=speakers if len(speakers) > 1 else (),
        speaker_text=page.words(words_span(ground, who)) if who is not None else None,
        speaker_span=words_span(ground, who) if who is not None else None,
        via=tuple(_source(ground, cast, link) for link in draft.via),
        addressees=tuple(dict.fromkeys(a for link in draft.addressees if (a := resolve(ground, cast, link)[0]))),
        parent=parent,
        rule=draft.rule,
        basis=basis,
    )


def _source(ground: Ground, cast: Cast, link: Phrase) -> Source:
    span = words_span(ground, link)
    return Source(text=ground.page.words(span), span=span, actor=resolve(ground, cast, link)[0])


def _beside(ground: Ground, draft: Draft, items: Sequence[tuple[Span, str]]) -> str | None:
    """The item of the reporting clause that stands nearest to the cue, outside the content and the speaker."""
    if draft.zone[1] <= draft.zone[0]:
        return None
    start, end = ground.span(draft.zone)
    cue = ground.span(draft.cue)
    best: tuple[int, str] | None = None
    for span, id_ in items[bisect_left(items, ((start, 0), "")) : bisect_left(items, ((end, 0), ""))]:
        first = ground.tokens_of(span)[0]
        named = draft.speaker is not None and draft.speaker.start <= first < draft.speaker.end
        if span[1] > end or named or any(draft.holds(i) for i in range(*ground.tokens_of(span))):
            continue
        distance = min(abs(span[0] - cue[1]), abs(cue[0] - span[1]))
        if best is None or distance < best[0]:
            best = (distance, id_)
    return best[1] if best else None
