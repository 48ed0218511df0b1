"""Quotations that no cue introduces: those that go on from the one before, those after a colon, those of a verb in inversion
that the cues do not know. What remains (a single word, a name, a title) is no statement.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from recoupe.reading.statements.clauses import is_name
from recoupe.reading.statements.ground import VERBAL, Draft, Ground, Phrase, Range
from recoupe.reading.statements.speakers import inverted, phrase

WORDS = 5


def free_drafts(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts for the quotations that the given drafts leave out."""
    code = ground.page.language.code
    taken = bytearray(len(ground.doc))
    for draft in drafts:
        _take(taken, draft)
    ended = sorted(((d.end, d.start, n, d) for n, d in enumerate(drafts) if d.speaker is not None))
    begun = sorted(((d.start, n, d) for n, d in enumerate(drafts) if d.speaker is not None and not d.source))
    made: list[Draft] = []
    for number, quote in enumerate(ground.quotes):
        inner = ground.inner(number)
        if quote.parent is not None or inner[1] <= inner[0] or any(taken[inner[0] : inner[1]]):
            continue
        found = _unlisted(ground, number, inner, code) or _colon(ground, number, inner, code)
        if found is None:
            outer = ground.outer(number)
            before = bisect_left(ended, (outer[0] + 1,)) - 1
            later = bisect_left(begun, (outer[1],))
            earlier = ended[before][3] if before >= 0 else None
            found = _continued(ground, number, inner, earlier, begun[later][2] if later < len(begun) else None, code)
        if found is not None:
            made.append(found)
            _take(taken, found)
            insort(ended, (found.end, found.start, len(drafts) + len(made), found))
    return made


def _take(taken: bytearray, draft: Draft) -> None:
    for start, end in draft.parts:
        taken[start:end] = b"\1" * (end - start)


def _unlisted(ground: Ground, number: int, inner: Range, code: str) -> Draft | None:
    """«…», sourit-il: any verb in inversion right after a quotation is a cue."""
    doc, end = ground.doc, ground.outer(number)[1]
    stop = ground.sentence(max(inner[0], end - 1))[1]
    while end < stop and doc[end].text == ",":
        end += 1
    verb = next((k for k in range(end, min(stop, end + 4)) if doc[k].pos_ in VERBAL or "-" in doc[k + 1 : k + 2].text[:1]), None)
    if verb is None or any(doc[k].pos_ not in ("AUX", "PRON", "ADV", "VERB") for k in range(end, verb)):
        return None
    last = verb
    while last + 1 < stop and (doc[last + 1].pos_ in VERBAL or ground.lex.has("inverted", doc[last + 1])) and last - verb < 4:
        last += 1
    joined = next((k for k in range(verb, last + 1) if ground.lex.has("inverted", doc[k])), None)
    who = Phrase(joined, joined + 1, (joined,)) if joined is not None else None
    if who is None and not sentence_like(ground, inner):
        return None
    if who is None:
        if not ground.lex.has("order", "inversion"):
            return None
        who = inverted(ground, last + 1)
    if who is None:
        return None
    return Draft([inner], (verb, last + 1), "say", f"statements.{code}.inversion", (verb, stop), who, turn=True)


def _colon(ground: Ground, number: int, inner: Range, code: str) -> Draft | None:
    """«Le maire ne décolère pas : «…»»: a whole sentence quoted after a colon is what the subject before the colon says."""
    doc, at = ground.doc, ground.outer(number)[0] - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    if at <= 0 or doc[at].text != ":" or not sentence_like(ground, inner) or not doc[inner[0]].text[:1].isupper():
        return None
    start = ground.sentence(at)[0]
    for token in doc[start:at]:
        verb = token.head
        if (
            ground.syntax.has(token, "subject")
            and ground.quote_of[token.i] < 0
            and start <= verb.i < at
            and not ground.syntax.has(verb, "relative")
        ):
            if ground.lex.has("impersonal", token) and token.pos_ == "PRON" and not token.morph.get("Person", []):
                return None
            if token.pos_ == "NOUN" and ground.cast.actors and ground.cast.at(token) is None:
                return None
            return Draft(
                [inner], (verb.i, verb.i + 1), "say", f"statements.{code}.colon", (start, at), phrase(ground, token), quote=True
            )
    return None


def sentence_like(ground: Ground, inner: Range) -> bool:
    words = [t for t in ground.doc[inner[0] : inner[1]] if t.is_alpha]
    return len(words) >= 3 and any(ground.is_finite(t) for t in words)


def _continued(ground: Ground, number: int, inner: Range, earlier: Draft | None, later: Draft | None, code: str) -> Draft | None:
    """A quotation that makes whole sentences goes on from the last speaker, in this paragraph or the one before."""
    outer = ground.outer(number)
    if not ground.quotes[number].closed and not sentence_like(ground, inner):
        return None
    if not _stands_alone(ground, outer) or is_name(ground, number):
        return None
    if len([t for t in ground.doc[inner[0] : inner[1]] if t.is_alpha]) < 2:
        return None
    previous = earlier
    if previous is None or _paragraphs(ground, previous.end, outer[0]) > 1:
        between = ground.page.text[ground.span(outer)[1] : ground.doc[later.start].idx] if later is not None else "-"
        previous = later if not between.strip(' «"“\u00a0\u202f') else None
    if previous is None:
        return None
    return Draft(
        [inner], previous.cue, "say", f"statements.{code}.continued", outer, previous.speaker, basis="discourse", quote=True
    )


def _stands_alone(ground: Ground, outer: Range) -> bool:
    """Whether nothing but quotations fills the sentences of a quotation."""
    doc = ground.doc
    before, after = outer[0] - 1, outer[1]
    while before >= 0 and doc[before].text in ("—", "–", "-"):
        before -= 1
    opens = before < 0 or doc[before].is_space or doc[before].text in (".", "!", "?", "…", "...") or ground.mark[before]
    last = (
        doc[ground.trim(outer)[1] - 1]
        if not ground.mark[outer[1] - 1]
        else doc[ground.inner(ground.quote_of[outer[1] - 1])[1] - 1]
    )
    closes = (
        last.text in (".", "!", "?", "…", "...") or after >= len(doc) or doc[after].text in (".", "!", "?") or doc[after].is_space
    )
    return opens and closes


def _paragraphs(ground: Ground, start: int, end: int) -> int:
    """How many times a new paragraph begins between two places."""
    return sum("\n" in t.text for t in ground.doc[start:end])
