"""What speaks for each kind of name: the model's label, known names, the words around, and the name's other mentions.

Each piece of evidence is a weight for one kind; they add up. The weights are few and round: what counts is their order.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from recoupe.model import NameKind
from recoupe.reading.gazetteer import Locality, gazetteer
from recoupe.reading.names_lexicon import Lexicon
from recoupe.reading.names_spans import KNOWN, RUN, Candidate


def weigh(doc: Doc, found: list[Candidate], lex: Lexicon) -> list[Candidate]:
    """The candidates with their votes, those that cannot be names left out."""
    living = [c for c in found if not _no_name(doc, c, lex)]
    for candidate in living:
        _own(doc, candidate, lex)
        _around(doc, candidate, lex)
    _together(doc, living)
    return living


def _no_name(doc: Doc, candidate: Candidate, lex: Lexicon) -> bool:
    words = [doc[i] for i in range(candidate.start, candidate.end)]
    if candidate.rule == KNOWN:
        return False
    if len(words) == 1:
        word = words[0].text
        if word in lex.not_names or words[0].lower_ in lex.demonyms or word in lex.titles:
            return True
        if len(word) == 1 or (word.islower() and candidate.label != "person"):
            return True
        if candidate.rule == RUN and words[0].is_sent_start and words[0].pos_ not in ("PROPN",):
            return True
    return all(w.lower_ in lex.demonyms or w.text in lex.not_names for w in words)


def _own(doc: Doc, candidate: Candidate, lex: Lexicon) -> None:
    """Evidence in the name itself."""
    first, last = doc[candidate.start], doc[candidate.end - 1]
    size = candidate.end - candidate.start
    if candidate.known is not None:
        candidate.add("organisation", 5.0)
    if candidate.label is not None:
        candidate.add(candidate.label, 2.0)
    elif candidate.rule == RUN:
        candidate.add("other", 0.5)
    if size > 1 and first.text in lex.first_names:
        candidate.add("person", 3.0)
    if size == 1 and first.text in lex.first_names:
        candidate.add("person", 0.8)
    if first.lower_ in lex.bodies or first.text in lex.bodies or (size > 1 and last.text in lex.bodies):
        candidate.add("organisation", 4.0)
    if size == 1 and first.text.isupper() and 2 <= len(first.text) <= 7:
        candidate.add("organisation", 1.2)
    places = gazetteer().find(candidate.text(doc))
    if places:
        candidate.add("place", standing(places))


def standing(places: tuple[Locality, ...]) -> float:
    """How much a name's being in the gazetteer says for its being a place."""
    best = 0.0
    for place in places:
        if place.kind == "country":
            best = max(best, 4.0)
        elif place.kind != "city":
            best = max(best, 2.5)
        elif place.main:
            best = max(best, 2.5 if place.population > 100_000 else 1.5 if place.population >= 2_500 else 0.7)
        else:
            best = max(best, 2.5 if place.population > 300_000 else 0.5)
    return best


def _around(doc: Doc, candidate: Candidate, lex: Lexicon) -> None:
    """Evidence in the words before and after."""
    before = doc[candidate.start - 1] if candidate.start else None
    after = doc[candidate.end] if candidate.end < len(doc) else None
    if before is not None and not before.is_space:
        word = before.text.rstrip(".")
        if word in lex.sure_titles:
            candidate.add("person", 4.0)
        elif word in lex.titles:
            candidate.add("person", 2.0)
        elif before.lower_ in lex.locatives:
            candidate.add("place", 1.2)
        elif before.lower_ in lex.kinds_of_bodies:
            candidate.add("organisation", 1.5)
        if before.lower_ in lex.demonyms and before.text[0].isupper():
            candidate.add("person", 1.5)
    if after is not None and after.text == "," and candidate.end + 1 < len(doc) and doc[candidate.end + 1].lower_ in lex.roles:
        candidate.add("person", 1.0)
    if after is not None and after.lower_ in lex.speech:
        candidate.add("person", 0.7)


def _together(doc: Doc, found: list[Candidate]) -> None:
    """Evidence from the other mentions: the same words elsewhere, and a surname told in full elsewhere."""
    surnames: dict[str, float] = defaultdict(float)
    same: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        same[candidate.text(doc)].append(candidate)
        if candidate.kind == "person" and candidate.end - candidate.start > 1:
            surnames[doc[candidate.end - 1].text] = max(surnames[doc[candidate.end - 1].text], candidate.strength)
    for candidate in found:
        if candidate.end - candidate.start == 1 and candidate.known is None:
            strength = surnames.get(doc[candidate.start].text, 0.0)
            if strength >= 3.0:
                candidate.add("person", min(strength, 4.0))
    for mentions in same.values():
        if len(mentions) > 1:
            total: dict[NameKind, float] = defaultdict(float)
            for mention in mentions:
                for kind, weight in mention.votes.items():
                    total[kind] += weight / len(mentions)
            for mention in mentions:
                for kind, weight in total.items():
                    mention.add(kind, weight)
