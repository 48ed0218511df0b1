"""Bodies named by what they are: a head noun, then adjectives, complements, a name («hôpital de Lille», «Conseil national de
la communication», «fédération française de natation»); and the full name that an acronym in brackets stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.reading.names.lexicon import Lexicon, acronym, initials
from recoupe.reading.names.words import Piece, Words

LONGEST = 14


def bodies(w: Words, lex: Lexicon, known: dict[int, int]) -> Iterator[Piece]:
    """Bodies named by what they are: a head noun, then adjectives, complements, a name. known: starts and ends of known ones."""
    for i, low in enumerate(w.low):
        if low not in lex.bodies and w.word[i] not in lex.bodies:
            continue
        proper = w.capital(i)
        if proper and w.word[i] in lex.first_names:
            continue
        official = not proper and low in lex.official_bodies and _of_rank(w, i, lex)
        if not proper and ((low not in lex.named_bodies and not official) or (i and w.low[i - 1] in lex.indefinites)):
            continue
        end = _body(w, i, min(len(w), i + 20), lex, known, proper or official)
        start = _from(w, i, lex)
        if end > i + 1 + (official and low not in lex.national_bodies) or start < i:
            yield start, office_holder(w, start, end, lex) or end


def _from(w: Words, i: int, lex: Lexicon) -> int:
    """Where the name of a body whose head is word i begins: with adjectives, and where the language has its heads last
    («Kenya Red Cross |Society») with every capital before it but a demonym that says whose organ it is («Kenyan |Army»)."""
    start = i
    while start and w.capital(start - 1) and w.glued(start) <= (w.word[start - 1] == "-"):
        word, low = w.word[start - 1], w.low[start - 1]
        noun = lex.state_bodies and low not in lex.edges and not w.mark(start - 1) and word not in lex.sure_titles
        if low in lex.demonyms and w.word[i] in lex.state_bodies:
            break
        if w.tag[start - 1] != "ADJ" and not noun:
            break
        start -= 1
    return start


def _of_rank(w: Words, i: int, lex: Lexicon) -> bool:
    """Whether an adjective of rank or nationality follows the head at word i, alone or after another adjective."""
    return any(
        w.low[j] in lex.levels or _demonym(w, j, lex)
        for j in range(i + 1, min(i + 3, len(w)))
        if j == i + 1 or w.tag[j - 1] == "ADJ" or w.low[j - 1] in lex.levels
    )


def spelt_out(w: Words, lex: Lexicon) -> Iterator[Piece]:
    """The words before an acronym in brackets whose letters they begin with («action sociale d'urgence (ASU)»)."""
    for i in range(2, len(w) - 1):
        if w.word[i - 1] != "(" or w.word[i + 1] != ")" or not acronym(w.word[i]):
            continue
        for start in range(i - 3, max(-1, i - LONGEST), -1):
            if w.text.find("\n", w.at[start], w.at[i]) >= 0 or (w.mark(start) and w.word[start] != "-"):
                break
            head = w.low[start] in lex.bodies or (w.capital(start) and not w.begins[start] and w.low[start] not in lex.edges)
            if head and w.low[start] not in lex.place_heads and initials(w.word[i], w.word[start : i - 1]):
                yield start, i - 1
                break


def office_holder(w: Words, start: int, end: int, lex: Lexicon) -> int | None:
    """Where in words [start, end) the name of a body's head begins («le président de la Commission |Paul Diop»)."""
    before = start - 1
    while before > 0 and w.low[before] in lex.edges:
        before -= 1
    if before < 0 or before == start - 1 or (w.low[before] not in lex.titles and w.low[before] not in lex.roles):
        return None
    for i in range(start + 1, end - 1):
        surname = w.capital(i + 1) or w.low[i + 1] in lex.particles
        if w.word[i].split("-")[0] in lex.first_names and surname and w.low[i - 1] not in lex.edges:
            return i
    return None


def field_of_minister(low: Sequence[str], start: int, lex: Lexicon) -> bool:
    """Whether the name that begins at word start is the field of a minister: «la ministre malienne de la |Justice»."""
    i = start - 1
    if i < 1 or low[i] not in lex.field_articles:
        return False
    while i > 0 and (low[i] in lex.edges or low[i] in lex.demonyms):
        i -= 1
    return low[i] in lex.ministers


def _body(w: Words, i: int, limit: int, lex: Lexicon, known: dict[int, int], proper: bool) -> int:
    """Where the name of a body that begins at word i ends; just after it where it takes nothing.

    A proper head takes common nouns («Conseil national de la communication»), another takes names alone. What has no capital
    and is completed by common nouns is not followed by a name at once: «la ligue des droits humains |Iteka».
    """
    end, j, named = i + 1, i + 1, False
    while j < limit:
        low = w.low[j]
        if w.capital(j):
            if proper and not w.capital(i) and j > i + 1 and w.low[j - 1] not in lex.links | lex.determiners:
                break
            if j in known and not proper and w.low[i] not in lex.missions:
                break
            if named and w.low[j - 1] in lex.wheres and w.low[i] not in lex.missions:
                break
            j = end = known.get(j, j + 1)
            named = True
        elif low in lex.titles or (w.mark(j) and not (w.word[j] == "-" and w.glued(j) and w.glued(j + 1))):
            break
        elif _demonym(w, j, lex):
            if w.word[j + 1 : j + 2] == ["-"]:
                j += 2
            if not named and (proper or w.low[i] in lex.national_bodies):
                end = j + 1
            j += 1
        elif low in lex.wheres and named and w.low[i] in lex.missions and w.capital(j + 1):
            j += 1
        elif (low in lex.joints and not (proper and _joined(w, j, lex))) or (low in lex.wheres and w.capital(j + 1)):
            break
        elif low in lex.links or w.word[j] == "-" or _goes_on(w, j, lex):
            j += 1
        elif w.tag[j] in ("ADJ", "NOUN") and (proper or w.low[i] in lex.ministries) and low.capitalize() not in lex.not_names:
            j = end = j + 1
        elif w.tag[j] == "ADJ" or low in lex.complements:
            j += 1
        else:
            break
    return end


def _goes_on(w: Words, j: int, lex: Lexicon) -> bool:
    """Whether word j is an article after a preposition («pour la»), or a particle between two names («Ammar ben Yasser»)."""
    if w.low[j] in lex.determiners:
        return w.low[j - 1] in lex.links
    return w.low[j] in lex.particles and w.capital(j - 1) and w.capital(j + 1)


def _demonym(w: Words, j: int, lex: Lexicon) -> bool:
    """Whether a demonym stands at word j, of one word or of two with a hyphen («sud-coréen»)."""
    return w.low[j] in lex.demonyms or (w.word[j + 1 : j + 2] == ["-"] and "".join(w.low[j : j + 3]) in lex.demonyms)


def _joined(w: Words, j: int, lex: Lexicon) -> bool:
    """Whether «et» goes on with the same body: another complement or a bare noun follows."""
    after = j + 1
    return after < len(w) and not w.capital(after) and (w.low[after] in ("de", "du", "des", "d'") or w.tag[after] == "NOUN")
