"""Where names may stand: the model's spans with their edges corrected, known organisations, and capitalised runs it passed over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from recoupe.model import NameKind, Span
from recoupe.reading.gazetteer import fold
from recoupe.reading.names_lexicon import WORD, Lexicon

LABELS: dict[str, NameKind] = {
    "PER": "person", "PERSON": "person", "LOC": "place", "GPE": "place", "FAC": "place", "ORG": "organisation",
    "MISC": "other", "EVENT": "other", "PRODUCT": "other", "WORK_OF_ART": "other", "LAW": "other", "NORP": "other",
}  # fmt: skip
CUTS = frozenset({"–", "—", "-", "/", ":", ";", "|", "•", "·", "...", "…", "!", "?", "«", "»", '"', "”", "“"})
MODEL, KNOWN, RUN = "model", "known", "run"


@dataclass(slots=True)
class Candidate:
    """Tokens [start, end) that may be a name. votes: evidence for each kind; known: the row of a known organisation."""

    start: int
    end: int
    rule: str
    label: NameKind | None = None
    known: dict[str, object] | None = None
    votes: dict[NameKind, float] = field(default_factory=dict)

    def add(self, kind: NameKind, weight: float) -> None:
        self.votes[kind] = self.votes.get(kind, 0.0) + weight

    @property
    def strength(self) -> float:
        return max(self.votes.values(), default=0.0)

    @property
    def kind(self) -> NameKind | None:
        """The kind with the most evidence; None where there is less than one vote for it."""
        best = max(self.votes, key=lambda k: self.votes[k], default=None)
        return best if best is not None and self.votes[best] >= 1.0 else None

    def span(self, doc: Doc) -> Span:
        return doc[self.start].idx, doc[self.end - 1].idx + len(doc[self.end - 1])

    def text(self, doc: Doc) -> str:
        return doc.text[slice(*self.span(doc))]


def candidates(doc: Doc, lex: Lexicon) -> list[Candidate]:
    """Every candidate, overlapping ones included."""
    found = list(_known(doc, lex))
    spans = {(c.start, c.end) for c in found}
    for ent in doc.ents:
        if ent.label_ in LABELS:
            for start, end in pieces(doc, ent.start, ent.end, lex):
                if (start, end) not in spans:
                    spans.add((start, end))
                    found.append(Candidate(start, end, MODEL, LABELS[ent.label_]))
                else:
                    next(c for c in found if (c.start, c.end) == (start, end)).label = LABELS[ent.label_]
    covered = {i for c in found for i in range(c.start, c.end)}
    for start, end in _runs(doc, lex):
        if not covered.intersection(range(start, end)):
            for part in pieces(doc, start, end, lex):
                found.append(Candidate(*part, RUN))
    return found


def pieces(doc: Doc, start: int, end: int, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """A span cut at line breaks and marks, each piece without the words at its edges that are no part of a name."""
    at = start
    for i in range(start, end + 1):
        if i == end or doc[i].is_space or doc[i].text in CUTS:
            piece = trim(doc, at, i, lex)
            if piece:
                yield piece
            at = i + 1


def trim(doc: Doc, start: int, end: int, lex: Lexicon) -> tuple[int, int] | None:
    """The span without articles, prepositions, titles, demonyms and stray marks at its edges; None where nothing is left."""
    while start < end and _outside(doc[start], lex, end - start):
        start += 1
    while end > start and ((doc[end - 1].is_punct and doc[end - 1].text not in (")", "!")) or doc[end - 1].lower_ in lex.edges):
        end -= 1
    if end > start and doc[end - 1].text == ")" and "(" not in (doc[i].text for i in range(start, end)):
        end -= 1
    if start >= end or not any(c.isalnum() for c in doc[start].text):
        return None
    if (
        not any(doc[i].text[:1].isupper() or doc[i].text[:1].isdigit() for i in range(start, end))
        and doc[start].text not in lex.bodies
    ):
        return None
    return start, end


def _outside(token: Token, lex: Lexicon, left: int) -> bool:
    word, low = token.text, token.lower_
    if token.is_punct or (
        low in lex.edges and not (word[0].isupper() and left > 1 and not token.is_sent_start and low in ("le", "la", "les"))
    ):
        return True
    if word.rstrip(".") in lex.titles and left > 1:
        return True
    return low in lex.demonyms and left > 1 and word[0].isupper()


def _runs(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, with particles between them."""
    i, n = 0, len(doc)
    while i < n:
        if not _capital(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < n:
            if _capital(doc[end]):
                end += 1
            elif doc[end].lower_ in lex.particles and end + 1 < n and _capital(doc[end + 1]) and end - i < 8:
                end += 2
            else:
                break
        yield i, end
        i = end


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and not token.is_punct


def _known(doc: Doc, lex: Lexicon) -> Iterator[Candidate]:
    """Known organisations, wherever their words stand with the capitals asked for; the longest form first."""
    words = [(m[0], fold(m[0]), m.start(), m.end()) for m in WORD.finditer(doc.text)]
    starts = [token.idx for token in doc]
    i = 0
    while i < len(words):
        step = 1
        for form in lex.organisations.get(words[i][1], ()):
            size = len(form.words)
            said = words[i : i + size]
            if tuple(w[1] for w in said) != form.folded or not form.reads([w[0] for w in said]):
                continue
            if "\n" in doc.text[said[0][2] : said[-1][3]]:
                continue
            start = bisect_left(starts, said[0][2] + 1) - 1
            end = bisect_left(starts, said[-1][3])
            if doc[start].idx == said[0][2] or not doc[start].text[: said[0][2] - doc[start].idx].isalnum():
                yield Candidate(start, end, KNOWN, known=form.organisation)
                step = size
                break
        i += step
