"""Where names may stand: the model's spans with their edges corrected, known organisations, bodies named by what they are
(«hôpital de Lille»), and runs of capitals that the model passed over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from recoupe.model import NameKind
from recoupe.reading.gazetteer import fold, gazetteer, standing
from recoupe.reading.names.bodies import bodies, office_holder, spelt_out
from recoupe.reading.names.lexicon import WORD, Lexicon
from recoupe.reading.names.words import Piece, Words

LABELS: dict[str, NameKind] = {
    "PER": "person", "PERSON": "person", "LOC": "place", "GPE": "place", "FAC": "place", "ORG": "organisation",
    "MISC": "other", "EVENT": "other", "PRODUCT": "other", "WORK_OF_ART": "other", "LAW": "other", "NORP": "other",
}  # fmt: skip
CUTS = frozenset('–—/:;|•·…!?«»"”“(),[]')
MODEL, KNOWN, BODY, SPELT, RUN = "model", "known", "body", "spelt", "run"


@dataclass(slots=True)
class Candidate:
    """Words [start, end) that may be a name. votes: evidence for each kind; known: the kind of a known name."""

    start: int
    end: int
    rule: str
    label: NameKind | None = None
    known: NameKind | None = None
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


def candidates(doc: Doc, w: Words, lex: Lexicon) -> list[Candidate]:
    """Every candidate, overlapping ones included; no span twice."""
    found = {(c.start, c.end): c for c in _known(w, lex)}
    for start, end in bodies(w, lex, dict(found.keys())):
        found.setdefault((start, end), Candidate(start, end, BODY))
    for start, end in spelt_out(w, lex):
        found.setdefault((start, end), Candidate(start, end, SPELT)).rule = SPELT
    named = {i for ent in doc.ents for i in range(ent.start, ent.end)}
    for ent in doc.ents:
        label = LABELS.get(ent.label_)
        for start, end in pieces(w, ent.start, ent.end, lex) if label else ():
            holder = None if label == "person" else office_holder(w, start, end, lex) or _introduced(w, start, end, lex)
            if holder:
                found.setdefault((holder, end), Candidate(holder, end, RUN, label="person"))
                end = holder if w.low[holder - 1] not in lex.titles else holder - 1
            start, end = _whole_person(w, start, end, lex, named) if label == "person" else (start, end)
            relabelled = None if label == "person" and _is_function(w, ent.start, start, lex) else label
            found.setdefault((start, end), Candidate(start, end, MODEL)).label = relabelled
    covered = {i for start, end in found for i in range(start, end)}
    for start, end in _runs(w, lex):
        if not covered.intersection(range(start, end)):
            for piece in pieces(w, start, end, lex):
                found.setdefault(piece, Candidate(*piece, RUN))
    return list(found.values())


def pieces(w: Words, start: int, end: int, lex: Lexicon) -> Iterator[Piece]:
    """A span cut at line breaks and marks, each piece grown to whole compounds and without what is no part of a name."""
    at = start
    for i in range(start, end + 1):
        if i == end or _cuts(w, i) or (start < i and _parts(w, start, i, end, lex)):
            piece = trim(w, *_grown(w, at, i, lex), lex) if at < i else None
            if piece:
                yield piece
            at = i + 1


def _parts(w: Words, start: int, i: int, end: int, lex: Lexicon) -> bool:
    """Whether word i stands between two names: «Abuja from Lagos», or «Abuja and Niamey» where each is a place."""
    if w.glued(i) or not w.capital(i + 1):
        return False
    if w.low[i] in lex.joints:
        return standing(gazetteer().find(w.said(start, i))) >= 1.5 and not gazetteer().find(w.said(start, end))
    return w.low[i] in lex.locatives


def _cuts(w: Words, i: int) -> bool:
    word = w.word[i]
    return word[0] in CUTS or word.isspace() or (word == "-" and not (w.glued(i) and w.glued(i + 1)))


def _grown(w: Words, start: int, end: int, lex: Lexicon) -> Piece:
    """The span with the rest of a compound that it cuts («Ki|-moon», «al-|Bab»)."""
    if (
        start
        and w.glued(start)
        and w.word[start - 1].endswith("'")
        and w.capital(start - 1)
        and w.low[start - 1] not in lex.edges
    ):
        start -= 1
    while start > 1 and w.glued(start) and (w.word[start - 1] == "-" or w.word[start - 1].endswith("-")):
        before = start - 1 if w.word[start - 1] != "-" else start - 2
        if before < 0 or not (w.capital(before) or w.low[before].rstrip("-") in lex.particles):
            break
        start = before
    while end < len(w) and w.glued(end) and w.word[end].startswith("-") and len(w.word[end]) > 1:
        end += 1
    while end + 1 < len(w) and w.word[end] == "-" and w.glued(end) and w.glued(end + 1) and w.word[end + 1][0].isalnum():
        end += 2
    return start, end


def _whole_person(w: Words, start: int, end: int, lex: Lexicon, named: set[int]) -> Piece:
    """A person's name with the names and capital particles that stand beside it («Eloge |Willy Kaneza», «De |Gendt»).

    named: words of the model's own names, which are left to it.
    """
    if w.low[start - 1 : start] and w.capital(start - 1) and w.low[start - 1] in lex.particles and not w.begins[start - 1]:
        if standing(gazetteer().find(w.said(start, end))) < 2.5:
            start -= 1
    elif start and start - 1 not in named and _beside(w, start - 1, start) and not _no_first_name(w, start - 1, lex):
        noun = start > 1 and w.low[start - 2] in lex.determiners and not w.begins[start - 1]
        start -= not noun
    while end < len(w) and end not in named and _beside(w, end - 1, end) and not _no_first_name(w, end, lex):
        end += 1
    return start, end


def _beside(w: Words, i: int, j: int) -> bool:
    """Whether words i and j are capitalised, taken for names by the parser, and one blank apart."""
    proper = w.capital(i) and w.capital(j) and w.tag[i] == w.tag[j] == "PROPN"
    return proper and w.text[w.to[i] : w.at[j]] == " "


def _no_first_name(w: Words, i: int, lex: Lexicon) -> bool:
    word, low = w.word[i].rstrip("."), w.low[i].rstrip(".")
    if (
        low in lex.edges
        or low in lex.titles
        or word in lex.titles
        or low in lex.demonyms
        or word in lex.not_names
        or word in lex.bodies
    ):
        return True
    return low in lex.bodies or word.isupper() or standing(gazetteer().find(word)) >= 2.5


def trim(w: Words, start: int, end: int, lex: Lexicon) -> Piece | None:
    """The span without articles, prepositions, titles, demonyms and stray marks at its edges; None where nothing is left."""
    while start < end and _outside(w, start, end, lex):
        start += 1
    while end > start and (w.mark(end - 1) or w.low[end - 1] in lex.edges):
        end -= 1
    if start >= end:
        return None
    head = w.low[start]
    lower = start
    while lower < end and not w.capital(lower) and w.low[lower] not in lex.bodies and w.low[lower] not in lex.place_names:
        if w.low[lower] in lex.particles or w.low[lower] in lex.place_heads or w.word[lower][0].isdigit():
            break
        lower += 1
    if lower > start:
        return trim(w, lower, end, lex) if lower < end else None
    if head in lex.place_heads and end - start > 1 and not gazetteer().find(w.said(start, end)):
        after = start + 1
        while after < end and w.low[after] in lex.edges:
            after += 1
        return trim(w, after, end, lex)
    if not any(w.capital(i) for i in range(start, end)):
        return None
    return start, end


def _outside(w: Words, i: int, end: int, lex: Lexicon) -> bool:
    word, low, left = w.word[i], w.low[i], end - i
    if w.mark(i):
        return True
    if low in lex.edges:
        if left < 2 or not w.capital(i) or not w.capital(i + 1):
            return True
        known = gazetteer()
        if known.find(w.said(i, end)):
            return False
        return w.begins[i] or low not in lex.particles or standing(known.find(w.said(i + 1, end))) >= 2.5
    if left > 2 and word in lex.not_names and w.low[i + 1] in lex.titles:
        return True
    if left > 1 and (low.rstrip(".") in lex.titles or word.rstrip(".") in lex.titles):
        return not (word[0].isupper() and low in lex.first_names)
    return low in lex.demonyms and left > 1 and w.capital(i + 1)


def _introduced(w: Words, start: int, end: int, lex: Lexicon) -> int | None:
    """Where in words [start, end) a name begins after a function in small letters («Police spokesman |Bruno Ogot»)."""
    after = next((i + 1 for i in range(end - 2, start, -1) if w.low[i] in lex.titles and not w.capital(i)), None)
    return after if after is not None and all(w.capital(i) for i in range(after, end)) else None


def _is_function(w: Words, start: int, kept: int, lex: Lexicon) -> bool:
    """Whether what was cut off before a name is a function and a preposition: «président du Tchad» is no person."""
    cut = w.low[start:kept]
    return len(cut) > 1 and cut[0] in lex.titles and cut[-1] in lex.edges


def _runs(w: Words, lex: Lexicon) -> Iterator[Piece]:
    """Runs of capitalised words, with particles and hyphens between them."""
    i, n = 0, len(w)
    while i < n:
        if not w.capital(i) or (w.begins[i] and w.tag[i] not in ("PROPN", "X") and not w.capital(i + 1)):
            i += 1
            continue
        end = i + 1
        while end < n:
            step = 1
            while step < 3 and end + step < n and (w.low[end + step - 1] in lex.particles or w.word[end + step - 1] == "-"):
                step += 1
            if w.capital(end):
                end += 1
            elif step > 1 and w.capital(end + step - 1) and end - i < 10:
                end += step
            else:
                break
        yield i, end
        i = end


def _with_town(w: Words, end: int, lex: Lexicon) -> int:
    """The end of a facility's name with the town that it is named after («base aérienne 201 d'Agadez»)."""
    if end + 1 < len(w) and w.low[end] in lex.links and w.capital(end + 1):
        end += 2
        while end < len(w) and (w.capital(end) or (w.word[end] == "-" and w.glued(end) and w.glued(end + 1))):
            end += 1
    return end


def _known(w: Words, lex: Lexicon) -> Iterator[Candidate]:
    """Known names, wherever their words stand with the capitals asked for; the longest form first."""
    said = [(m[0], m.start(), m.end()) for m in WORD.finditer(w.text)]
    i = 0
    while i < len(said):
        step = 1
        for form in lex.known.get(fold(said[i][0]), ()):
            size = len(form.words)
            here = said[i : i + size]
            if len(here) < size or tuple(fold(h[0]) for h in here) != form.folded or not form.reads([h[0] for h in here]):
                continue
            if "\n" in w.text[here[0][1] : here[-1][2]]:
                continue
            start, end = bisect_left(w.at, here[0][1] + 1) - 1, bisect_left(w.at, here[-1][2])
            if w.at[start] == here[0][1]:
                if form.kind == "place" and w.low[start] in lex.place_heads:
                    end = _with_town(w, end, lex)
                while form.kind == "organisation" and end < len(w) and w.word[end] in lex.signs:
                    end += 1
                yield Candidate(start, end, KNOWN, known=form.kind)
                step = size
                break
        i += step
