"""What speaks for each kind of name: the model's label, known names, the words around, and the name's other mentions.

Each piece of evidence is a weight for one kind; they add up. The weights are few and round: what counts is their order.
"""

from __future__ import annotations

from collections import defaultdict

from recoupe.model import NameKind
from recoupe.reading.gazetteer import gazetteer, standing
from recoupe.reading.names.bodies import field_of_minister
from recoupe.reading.names.lexicon import Lexicon, acronym, initials
from recoupe.reading.names.spans import BODY, KNOWN, RUN, SPELT, Candidate
from recoupe.reading.names.words import Words


def weigh(w: Words, found: list[Candidate], lex: Lexicon) -> list[Candidate]:
    """The candidates with their votes, those that cannot be names left out."""
    living = [c for c in found if not _no_name(w, c, lex)]
    for candidate in living:
        _own(w, candidate, lex)
        _around(w, candidate, lex)
    _together(w, living, lex)
    return living


def _no_name(w: Words, c: Candidate, lex: Lexicon) -> bool:
    word, low = w.word[c.start], w.low[c.start]
    if c.rule == KNOWN:
        return c.known == "organisation" and _in_a_list_of_links(w, c)
    if len(w.word[c.end - 1]) == 1 and c.label != "person":
        return True
    if c.rule in (BODY, SPELT):
        return False
    if w.word[c.end - 1].endswith(".") and len(w.word[c.end - 1]) == 2 and c.label != "person":
        return True
    if c.end - c.start == 1:
        if word in lex.beyond and not w.begins[c.start]:
            return False
        if word in lex.not_names or word in lex.titles or low in lex.titles or len(word) == 1 or not word[0].isupper():
            return True
        if low in lex.demonyms:
            return gazetteer().country(word) is None
        if (
            w.begins[c.start]
            and c.label in ("place", "other", "organisation")
            and not word.isupper()
            and standing(gazetteer().find(word)) < 0.7
            and _alone(w, c.start)
        ):
            return True
        if word in lex.rulers and w.tag[c.start] in ("PROPN", "NOUN"):
            return False
        if w.begins[c.start] and _common(w, c.start, c.label == "person") and standing(gazetteer().find(word)) < 2.5:
            return True
        if word.isupper() and set(word) <= set("IVXLC") and len(word) > 1:
            return True
        if word.endswith("'") or (word[0].isupper() and any(ch.isdigit() for ch in word[1:3]) and not word.isalnum()):
            return True
    elif w.begins[c.start] and c.label != "person" and low not in lex.bodies:
        capitals = any(w.capital(i) for i in range(c.start + 1, c.end))
        if not capitals and standing(gazetteer().find(w.said(c.start, c.end))) < 1.5:
            return True
    return all(
        w.low[i] in lex.demonyms or w.low[i] in lex.titles or w.word[i] in lex.not_names or w.low[i] in lex.edges
        for i in range(c.start, c.end)
    )


def _in_a_list_of_links(w: Words, c: Candidate) -> bool:
    """Whether a name has a line and a comma to itself, as the links below an article have."""
    line = w.text[w.text.rfind("\n", 0, w.at[c.start]) + 1 : w.text.find("\n", w.at[c.start])]
    return line.strip().endswith(",") and line.strip(" ,") == w.said(c.start, c.end)


def _alone(w: Words, i: int) -> bool:
    """Whether a word stands nowhere else with a capital inside a sentence."""
    return not any(other == w.word[i] and not w.begins[j] for j, other in enumerate(w.word))


def _common(w: Words, i: int, person: bool) -> bool:
    """Whether a word that begins a sentence is an ordinary one: no name to the parser, or written small elsewhere."""
    return w.tag[i] not in (("PROPN", "NOUN") if person else ("PROPN",)) or w.low[i] in w.low_words


def _own(w: Words, c: Candidate, lex: Lexicon) -> None:
    """Evidence in the name itself."""
    first, last = w.word[c.start], w.word[c.end - 1]
    size = c.end - c.start
    if c.known is not None:
        c.add(c.known, 5.0 + 0.5 * size)
    places = gazetteer().find(w.said(c.start, c.end))
    if not places and size > 1 and last in lex.place_names:
        places = gazetteer().find(w.said(c.start, c.end - 1))
    where = standing(places) if places else 0.0
    if size == 1 and _is_code(first, lex) and any(p.kind == "country" for p in places):
        where = 5.0 if _bracketed(w, c) else 0.0
    elif size == 1 and c.known is None and lex.roads.fullmatch(first):
        where = 5.0
    short = size == 1 and acronym(first)
    articled = c.start > 0 and w.low[c.start - 1] in lex.articles
    if short and first.isupper() and len(first) < 5 and first not in lex.acronyms and where < (5.0 if articled else 2.5):
        where = min(where, 0.3)
    if c.label == "place" and where < 1.0:
        c.add("place", 1.6 if not first.isupper() else 1.0)
    elif c.label is not None:
        coded = c.known is None and size == 1 and any(ch.isdigit() for ch in first)
        if coded and c.label == "organisation":
            c.add("other", 2.0)
        else:
            c.add(c.label, 0.5 if coded and first.isupper() else 2.0)
    elif c.rule == RUN:
        c.add("other", 0.5)
    given = first.split("-")[0] in lex.first_names
    if given:
        c.add("person", 0.8 if size == 1 else 4.0 if c.label == "person" else 3.0)
    headed = c.rule == BODY or (not given and (first.lower() in lex.bodies or first in lex.bodies))
    if headed or (size > 1 and last in lex.bodies):
        c.add("organisation", (4.0 if size > 1 or w.capital(c.start) else 0.0) + (3.5 + 0.5 * size if c.rule == BODY else 0.0))
    if size == 1 and first in lex.beyond:
        c.add("place", 3.0)
    if size == 1 and first in lex.rulers and where < 2.0:
        c.add("person", 2.0)
    c.add("place", where)
    if c.rule == SPELT:
        c.add("organisation", 4.0 + 0.5 * size)
    if size > 1 and not given and (first in lex.signs or last in lex.signs):
        c.add("organisation", 3.0)
    if c.known is None and any(" ".join(w.low[c.start : c.start + n]) in lex.contests for n in (1, 2, 3)):
        c.add("other", 12.0)
    if short and where < 2.0:
        c.add("organisation", 2.2 if articled else 1.2)


def _is_code(word: str, lex: Lexicon) -> bool:
    """Whether a word looks like a three-letter code of a country, and is no acronym of one that stands in running text."""
    return len(word) == 3 and word.isalpha() and word.isupper() and word not in lex.acronyms


def _bracketed(w: Words, c: Candidate) -> bool:
    """Whether a name has brackets to itself."""
    return c.start > 0 and w.word[c.start - 1] == "(" and w.word[c.end : c.end + 1] == [")"]


def _around(w: Words, c: Candidate, lex: Lexicon) -> None:
    """Evidence in the words before and after."""
    before = c.start - 1
    if before >= 0 and w.word[before] == "." and before > 0:
        before -= 1
    if before >= 0:
        word, low = w.word[before].rstrip("."), w.low[before]
        if word in lex.sure_titles:
            c.add("person", 4.0)
        elif word in lex.titles or low in lex.titles:
            c.add("person", 2.0)
        elif low in lex.locatives:
            c.add("place", 1.2)
        elif _kind_of_body(w, before, lex):
            c.add("organisation", 3.0)
        elif low in lex.channels and c.known is not None:
            c.add("other", 6.0)
        elif low in lex.demonyms and w.capital(before) and c.known is None and w.word[c.start][-1].isalpha():
            c.add("person", 3.0)
        elif low in lex.demonyms and c.end - c.start > 1:
            c.add("person", 1.0)
        elif field_of_minister(w.low, c.start, lex):
            c.add("organisation", 3.0)
        elif low in lex.edges and _spoken_for(w, before, lex) and c.label != "person" and c.votes.get("place", 0.0) < 2.0:
            c.add("organisation", 2.0)
        elif low in lex.edges and before > 0 and w.low[before - 1] in lex.place_heads:
            c.add("place", 2.5)
        elif low in lex.place_heads:
            c.add("place", 2.0)
    if c.end < len(w):
        after = w.low[c.end]
        counted = before >= 0 and (w.word[before][0].isdigit() or w.low[before] == "h")
        if counted and c.known is None and c.end - c.start == 1 and (w.word[c.start].isupper() or not w.word[c.start].isalpha()):
            c.add("other", 4.0)
        product = counted or any(ch.isdigit() for ch in after) or (before >= 0 and w.low[before] in lex.indefinites)
        if c.known == "organisation" and c.end - c.start == 1 and product and not w.word[c.start].isupper():
            c.add("other", 8.0)
        if (
            c.rule == RUN
            and not w.begins[c.start]
            and c.end - c.start == 1
            and w.tag[c.start] == "PROPN"
            and w.tag[c.end] in ("VERB", "AUX")
            and not after[0].isupper()
        ):
            c.add("person", 1.0)
        follow = w.low[c.end + 1 : c.end + 3] if after == "," else []
        if follow and follow[0] in lex.roles:
            c.add("person", 1.0)
        elif len(follow) == 2 and follow[0] in lex.determiners | lex.indefinites and follow[1] in lex.roles:
            c.add("person", 0.5)
        if after in lex.speech or (c.end + 1 < len(w) and w.low[c.end + 1] in lex.speech and w.tag[c.end] == "AUX"):
            c.add("person", 0.7)


def _kind_of_body(w: Words, i: int, lex: Lexicon) -> bool:
    """Whether the words up to word i say what kind of body the name after them is («agence de presse turque»)."""
    while i > 0 and (w.low[i] in lex.demonyms or w.low[i] in lex.between or (w.tag[i] == "ADJ" and not w.capital(i))):
        i -= 1
    return w.low[i] in lex.kinds_of_bodies or w.word[i] in lex.kinds_of_bodies


def _spoken_for(w: Words, i: int, lex: Lexicon) -> bool:
    """Whether the preposition at word i follows a noun that bodies have («porte-parole du», «salariés de la»)."""
    while i > 0 and w.low[i] in lex.edges:
        i -= 1
    return w.low[i] in lex.of_bodies


def _listed(w: Words, found: list[Candidate], lex: Lexicon) -> None:
    """Beside a person in a list, a name of two words that is nowhere is a person's too."""
    ends, starts = {c.end: c for c in found}, {c.start: c for c in found}
    for c in found:
        if c.label == "place" and c.end - c.start > 1 and c.votes.get("place", 0.0) < 2.0:
            beside = (ends.get(c.start - 1), starts.get(c.end + 1))
            joints = (c.start - 1, c.end)
            if any(
                n and n.kind == "person" and n.strength >= 4.0 and n.end - n.start > 1 and w.low[j] in lex.joints | {","}
                for n, j in zip(beside, joints, strict=True)
                if 0 <= j < len(w)
            ):
                c.add("person", 2.5)


def _tie_acronyms(w: Words, found: list[Candidate], lex: Lexicon) -> None:
    """An acronym in brackets is of the kind of the name before it, and a name in brackets of that of the acronym before it."""
    ends = {c.end: c for c in found if c.kind is not None}
    tied: dict[str, NameKind] = {}
    for c in found:
        bracketed = c.start > 1 and _bracketed(w, c)
        full = ends.get(c.start - 1) if bracketed else None
        if full is None or full.kind is None:
            if (
                bracketed
                and c.rule != KNOWN
                and w.word[c.start].isupper()
                and not lex.bodies.intersection(w.low[max(0, c.start - 9) : c.start])
            ):
                c.add("organisation", -2.5)
            continue
        whole = full.kind == "organisation" and full.rule in (BODY, KNOWN, SPELT) and acronym(w.word[c.start])
        if c.end - c.start == 1 and (whole or initials(w.word[c.start], w.word[full.start : full.end])):
            tied[w.word[c.start]] = full.kind
        elif full.end - full.start == 1 and initials(w.word[full.start], w.word[c.start : c.end]) and c.kind is not None:
            tied[w.word[full.start]] = c.kind
    for c in found:
        kind = tied.get(w.word[c.start]) if c.end - c.start == 1 and c.known is None else None
        if kind is not None:
            c.add(kind, 4.0)


def _together(w: Words, found: list[Candidate], lex: Lexicon) -> None:
    """Evidence from the other mentions: the same words elsewhere, and a surname told in full elsewhere."""
    _tie_acronyms(w, found, lex)
    _listed(w, found, lex)
    surnames: dict[str, float] = defaultdict(float)
    same: dict[str, list[Candidate]] = defaultdict(list)
    for c in found:
        same[w.said(c.start, c.end)].append(c)
        if c.kind == "person" and c.end - c.start > 1:
            last = w.word[c.end - 1]
            surnames[last] = max(surnames[last], c.strength)
    for c in found:
        if c.end - c.start == 1 and c.known is None:
            strength = surnames.get(w.word[c.start], 0.0)
            if strength >= 2.0:
                c.add("person", min(strength, 4.0))
    for mentions in same.values():
        if len(mentions) > 1:
            total: dict[NameKind, float] = defaultdict(float)
            for mention in mentions:
                for kind, weight in mention.votes.items():
                    total[kind] += weight / len(mentions)
            for mention in mentions:
                for kind, weight in total.items():
                    mention.add(kind, weight)
