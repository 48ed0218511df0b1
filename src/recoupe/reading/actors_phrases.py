"""Every phrase of a page that may mention an actor: names, states, nouns for people, nationals, pronouns, possessives, relatives.

Found by words and parts of speech, with little help from the parse. Who they are is decided later, in `coreference`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from recoupe.model import Name, Place, Span
from recoupe.reading.actors_grammar import Grammar
from recoupe.reading.actors_words import NOMINAL, Words, fold
from recoupe.reading.page import Page
from recoupe.reading.roles import Role

Form = Literal["name", "state", "noun", "nationals", "pronoun", "possessive", "relative", "latter"]
Determiner = Literal["definite", "indefinite", "demonstrative", "possessive", "bare"]
LONGEST = 14


@dataclass(slots=True, eq=False)
class Phrase:
    """A run of tokens [left, end) that may mention an actor.

    head: its head token; start: its first token without determiner, number or preposition; heads: further tokens that stand
    for it («une centaine de»); countries: the states that it names; regional: of several states; count: its number, as written.
    """

    form: Form
    head: int
    left: int
    start: int
    end: int
    determiner: Determiner = "bare"
    gender: str = ""
    number: str = "s"
    role: Role | None = None
    countries: tuple[str, ...] = ()
    modifiers: frozenset[str] = frozenset()
    count: str = ""
    owner: int = -1
    regional: bool = False
    name: Name | None = None
    metonym: bool = False
    heads: tuple[int, ...] = ()


@dataclass
class Scene:
    """A page as the finding of phrases sees it. 

    named: which name covers a token; located: the place of a token; nouns: phrases of nouns by their head; opening: by their
    first token.
    """

    page: Page
    words: Words
    grammar: Grammar
    named: dict[int, Name] = field(default_factory=dict)
    located: dict[int, Place] = field(default_factory=dict)
    nouns: dict[int, Phrase] = field(default_factory=dict)
    opening: dict[int, Phrase] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page, grammar: Grammar, names: Sequence[Name], places: Sequence[Place]) -> Scene:
        scene = cls(page, Words.of(page.doc), grammar)
        for name in names:
            for token in page.tokens(name.span):
                scene.named[token.i] = name
        for place in places:
            for token in page.tokens(place.span):
                scene.located[token.i] = place
        return scene

    def covered(self, i: int, *kinds: str) -> bool:
        name = self.named.get(i)
        return name is not None and name.kind in kinds

    def state_at(self, i: int) -> tuple[int, tuple[str, ...]] | None:
        """End and codes of the name of a state that begins at token i; several codes where states share it."""
        if self.words.lower[i] not in self.grammar.nations.names.by_first or not self.words.word[i][:1].isupper():
            return None
        match = self.grammar.nations.names.at(self.words.lower, i)
        if match is None or self.covered(i, "person"):
            return None
        end, codes = match
        place = self.located.get(i)
        name = self.page.words(self.span(i, end))
        if place is not None and place.country:
            if place.kind == "country" or len(codes) > 1:
                return end, (place.country,)
            if place.span[1] > self.words.end[end - 1]:
                return None
        if name in self.grammar.nations.weak:
            return None
        return end, codes

    def span(self, start: int, end: int) -> Span:
        return self.words.start[start], self.words.end[end - 1]

    def text(self, start: int, end: int) -> str:
        return " ".join(self.page.words(self.span(start, end)).split())


def find_phrases(scene: Scene, names: Sequence[Name]) -> list[Phrase]:
    """All phrases, by head. Of two that share a head, the longer is kept."""
    found: dict[int, Phrase] = {}
    for phrase in (*_names(scene, names), *_states(scene), *_nouns(scene), *_pronouns(scene)):
        present = found.get(phrase.head)
        if present is None or (phrase.form == present.form and phrase.end - phrase.start > present.end - present.start):
            found[phrase.head] = phrase
    phrases = sorted(found.values(), key=lambda p: p.head)
    for phrase in reversed(phrases):
        if phrase.form == "noun":
            scene.nouns[phrase.head] = scene.opening[phrase.left] = phrase
    return phrases


def _names(scene: Scene, names: Sequence[Name]) -> Iterator[Phrase]:
    words = scene.words
    for name in names:
        if name.kind not in ("person", "organisation"):
            continue
        tokens = scene.page.tokens(name.span)
        if not len(tokens):
            continue
        first, end = tokens.start, tokens.end
        head = next((i for i in range(first, end) if not first <= words.head[i] < end or words.head[i] == i), first)
        left, determiner, count = _left(scene, first) if name.kind == "organisation" else (first, "bare", "")
        yield Phrase("name", head, left, first, end, determiner, name=name, count=count)


def _states(scene: Scene) -> Iterator[Phrase]:
    """Names of states, cities that stand for a government, and palaces that do, where they are no mere place."""
    words, grammar, located = scene.words, scene.grammar, scene.located
    seats = grammar.nations.seats
    taken = -1
    for i, lower in enumerate(words.lower):
        if i < taken or not words.word[i][:1].isupper():
            continue
        place = located.get(i)
        match = scene.state_at(i) if not scene.covered(i, "organisation") else None
        end, codes = match or (i, ())
        metonym = False
        if not codes and lower in seats.by_first and (seat := seats.at(words.lower, i)):
            end, code = seat
            if not _prefixed(scene, i, at=True):
                codes, metonym = (code,), True
        if not codes and place and place.metonym and place.country and words.start[i] == place.span[0]:
            end, codes, metonym = scene.page.tokens(place.span).end, (place.country,), True
        if not codes:
            continue
        taken = end
        if not metonym and _prefixed(scene, i) and not (place and place.metonym):
            continue
        left, determiner, _ = _left(scene, i)
        nation = grammar.nations.by_code.get(codes[0])
        gender, number = (nation.gender, nation.number) if nation and not metonym else ("", "s")
        yield Phrase("state", _head(words, i, end), left, i, end, determiner, gender, number, countries=codes, metonym=metonym)


def _head(words: Words, start: int, end: int) -> int:
    return next((i for i in range(start, end) if not start <= words.head[i] < end or words.head[i] == i), start)


def _prefixed(scene: Scene, i: int, at: bool = False) -> bool:
    """Whether a preposition of place stands before token i. at: a preposition of position too, before a palace."""
    words, grammar = scene.words, scene.grammar
    first = words.first(i)
    for back in range(1, 5):
        if i - back < first:
            return False
        match = grammar.locative.at(words.lower, i - back)
        if match and match[0] == i:
            return True
        if at and back <= 2 and words.lower[i - back] in grammar.at:
            return True
    return False


def _nouns(scene: Scene) -> Iterator[Phrase]:
    words, grammar = scene.words, scene.grammar
    roles, done = grammar.roles, 0
    for i, lower in enumerate(words.lower):
        if i >= done and lower in roles.by_first and not scene.covered(i, "person", "organisation"):
            for end, role in roles.all_at(words.lower, i):
                if role is None:
                    done = end
                    break
                head = i + role.head
                if _is_noun(scene, role, i, head, end):
                    done = end
                    yield _noun_phrase(scene, role, i, head, end)
                    break
        if words.word[i][:1].isupper() and (codes := grammar.nations.demonym(lower)) and _is_national(scene, i):
            left, determiner, count = _left(scene, i)
            stated = codes if len(codes) == 1 else ()
            yield Phrase(
                "nationals", i, left, i, _right(scene, i + 1), determiner, "", _number(scene, i), countries=stated, count=count
            )


def _is_noun(scene: Scene, role: Role, start: int, head: int, end: int) -> bool:
    """Whether a form that the table knows is a noun here, and the head of its phrase."""
    words, grammar = scene.words, scene.grammar
    if words.pos[head] in ("AUX", "ADV", "ADP", "DET", "PRON") or (role.capital and not words.word[start][:1].isupper()):
        return False
    opening = start > words.first(start)
    before, tag = (words.lower[start - 1], words.pos[start - 1]) if opening else ("", "")
    after = words.pos[end] if end < words.limit(head) else ""
    if role.strict and before not in grammar.definite:
        return False
    if grammar.head_last:
        if after in NOMINAL and not scene.covered(end, "person") and not _titled(scene, end):
            return False
        return words.pos[head] in NOMINAL or (not role.adjective and words.pos[head] == "ADJ" and before in grammar.determiners)
    if end - start > 1:
        return True
    if (before in grammar.feminine_articles and role.gender == "m") or tag == "NOUN":
        return False
    opened = before in grammar.determiners or before in grammar.prepositions or before.isdigit() or tag == "NUM"
    if not role.adjective:
        return words.pos[head] in NOMINAL or (opened and (words.pos[head] != "VERB" or _participle(scene, head)))
    if tag in ("PROPN", "AUX", "VERB", "ADV", "PRON") or (before and not opened and tag not in ("ADJ", "PUNCT")):
        return False
    return not (words.pos[head] == "ADJ" and after == "NOUN") and (opened or words.pos[head] in NOMINAL)


def _participle(scene: Scene, i: int) -> bool:
    """Whether a word tagged as a verb is none in fact: a participle after an article."""
    return scene.words.pos[i - 1] == "DET" and scene.page.doc[i].morph.get("VerbForm") == ["Part"]


def _titled(scene: Scene, i: int) -> bool:
    """Whether a word of rank or courtesy stands at token i: “Army chief Gen. Gbaguidi”."""
    grammar, lower = scene.grammar, scene.words.lower
    return grammar.rank.at(lower, i) is not None or grammar.courtesy.at(lower, i) is not None


def _is_national(scene: Scene, i: int) -> bool:
    """Whether a capitalised demonym is a noun: «les Haïtiens», “the French”."""
    words, grammar = scene.words, scene.grammar
    after = words.pos[i + 1] if i + 1 < words.limit(i) else ""
    if scene.covered(i, "person", "organisation") or i in scene.located or after in NOMINAL:
        return False
    if grammar.head_last:
        before = words.lower[i - 1] if i > words.first(i) else ""
        return (words.pos[i] in NOMINAL and words.lower[i].endswith(("s", "men"))) or (
            before in grammar.definite and after not in ("ADJ", "NOUN", "PROPN")
        )
    return i == words.first(i) or words.pos[i - 1] not in NOMINAL


def _number(scene: Scene, i: int) -> str:
    words, grammar = scene.words, scene.grammar
    before = words.lower[i - 1] if i > words.first(i) else ""
    if before in grammar.plural_articles or (i > words.first(i) and words.pos[i - 1] == "NUM"):
        return "p"
    if before in grammar.definite or before in grammar.indefinite:
        return "s"
    return "s" if scene.page.doc[i].morph.get("Number") == ["Sing"] else "p"


def _noun_phrase(scene: Scene, role: Role, start: int, head: int, end: int) -> Phrase:
    words, grammar = scene.words, scene.grammar
    left, determiner, count = _left(scene, start)
    inner = start
    while inner > left and grammar.head_last and words.pos[inner - 1] not in ("DET", "NUM") and words.lower[inner - 1] not in grammar.determiners:
        inner -= 1
    right = _right(scene, end)
    number, heads = role.number or _number(scene, head), []
    before = left - 1 if words.lower[left] not in grammar.of else left
    if before > words.first(start) and words.lower[before] in grammar.of:
        quantity = words.lower[before - 1]
        if quantity in grammar.quantities or quantity in grammar.ones:
            heads.append(before - 1)
            count = quantity
            number = "s" if quantity in grammar.ones else "p"
            left, outer, _ = _left(scene, before - 1)
            determiner = "indefinite" if quantity in grammar.ones or determiner != "definite" else outer
    countries, modifiers = _content(scene, min(inner, start), right, start, end)
    owner = next((j for j in range(left, start) if words.lower[j] in grammar.possessives), -1)
    if owner >= 0 and determiner not in ("indefinite",):
        determiner = "possessive"
    gender = role.gender or _gender(scene, left, start)
    regional = not countries and any(words.lower[j] in grammar.regional for j in range(min(inner, start), right))
    return Phrase(
        "noun", head, left, inner, right, determiner, gender, number, role, countries, modifiers, count, owner, regional, heads=tuple(heads)
    )


def _gender(scene: Scene, left: int, start: int) -> str:
    """The gender that the words before a noun of either gender show: «une ministre», «l'ancien ministre»."""
    for i in range(left, start):
        if scene.words.pos[i] in ("DET", "ADJ") and (gender := scene.page.doc[i].morph.get("Gender", [])):
            return gender[0][:1].lower()
    return ""


def _left(scene: Scene, start: int) -> tuple[int, Determiner, str]:
    """First token of the phrase, its kind of determiner, its number as written."""
    words, grammar = scene.words, scene.grammar
    first, j, count = words.first(start), start - 1, ""
    while j >= first and start - j < LONGEST:
        lower, pos = words.lower[j], words.pos[j]
        if lower in grammar.contracted:
            apart = j > first and words.pos[j - 1] in ("NOUN", "PROPN", "ADJ") or lower not in grammar.indefinite
            return (j + 1 if apart else j), ("definite" if apart else "indefinite"), count
        if lower in grammar.definite:
            return j, "definite", count
        if lower in grammar.demonstrative:
            return j, "demonstrative", count
        if lower in grammar.possessives:
            return j, "possessive", count
        if pos == "NUM" or lower.isdigit():
            count = count or lower
        elif lower in grammar.indefinite:
            if lower in grammar.of and (j + 1 == start or count):
                break
            return j, "indefinite", count
        elif grammar.head_last:
            person = scene.covered(j, "person")
            if not (pos in ("ADJ", "NOUN", "PROPN", "PART") or (pos == "PUNCT" and lower == "-") or words.dep[j] == "amod"):
                break
            if person and words.pos[j + 1] != "PART":
                break
        elif not (pos == "ADJ" or lower in grammar.neutral):
            break
        j -= 1
    return j + 1, ("indefinite" if count else "bare"), count


def _right(scene: Scene, end: int) -> int:
    """The token after the adjectives and complements that follow a noun."""
    words, grammar = scene.words, scene.grammar
    limit, j = min(words.limit(end - 1), end + LONGEST), end
    while j < limit:
        lower, pos = words.lower[j], words.pos[j]
        if not grammar.head_last and (pos == "ADJ" or grammar.nations.demonym(lower)) and not scene.covered(j, "person"):
            j += 1
        elif lower in grammar.of and (after := _complement(scene, j + 1, limit)):
            j = after
        else:
            break
    return j


def _complement(scene: Scene, j: int, limit: int) -> int:
    """The token after the noun that begins at or near j, or 0."""
    words = scene.words
    while j < limit and (words.pos[j] in ("DET", "NUM", "ADJ") or words.lower[j] in scene.grammar.determiners):
        j += 1
    if j >= limit or words.pos[j] not in NOMINAL:
        return 0
    name = scene.named.get(j)
    j += 1
    while j < limit and (scene.named.get(j) is name if name else words.pos[j] in ("PROPN",) or (scene.grammar.head_last and words.pos[j] == "NOUN")):
        j += 1
    return j


def _content(scene: Scene, start: int, end: int, skip: int, until: int) -> tuple[tuple[str, ...], frozenset[str]]:
    """The states that a phrase names, and its other words of content."""
    words, grammar = scene.words, scene.grammar
    codes: dict[str, None] = {}
    modifiers = set()
    j = start
    while j < end:
        lower = words.lower[j]
        inside = skip <= j < until
        if found := grammar.nations.compounds.at(words.lower, j):
            codes.update(dict.fromkeys(found[1][:1]))
            j = found[0]
            continue
        if demonym := grammar.nations.demonym(lower):
            if len(demonym) == 1:
                codes[demonym[0]] = None
        elif named := scene.state_at(j):
            if len(named[1]) == 1:
                codes[named[1][0]] = None
            j = named[0]
            continue
        elif (place := scene.located.get(j)) and place.country:
            codes[place.country] = None
            modifiers.add(fold(lower))
        elif not inside and words.pos[j] in ("NOUN", "PROPN", "ADJ", "VERB") and lower not in grammar.neutral:
            modifiers.add(fold(lower))
        j += 1
    return tuple(codes), frozenset(modifiers)


def _pronouns(scene: Scene) -> Iterator[Phrase]:
    words, grammar = scene.words, scene.grammar
    for i, lower in enumerate(words.lower):
        if lower in grammar.subject_pronouns:
            if lower in grammar.dummies and _impersonal(scene, i):
                continue
            gender, number = grammar.subject_pronouns[lower]
            yield Phrase("pronoun", i, i, i, i + 1, gender=gender, number=number)
        elif lower in grammar.possessives and words.pos[i] != "VERB":
            gender, number = grammar.possessives[lower]
            if lower in grammar.other_pronouns and words.pos[i] == "PRON" and not scene.page.doc[i].morph.get("Poss"):
                yield Phrase("pronoun", i, i, i, i + 1, gender=gender, number=number)
            else:
                yield Phrase("possessive", i, i, i, i + 1, gender=gender, number=number)
        elif lower in grammar.other_pronouns:
            gender, number = grammar.other_pronouns[lower]
            yield Phrase("pronoun", i, i, i, i + 1, gender=gender, number=number)
        elif lower in grammar.relatives:
            if words.pos[i] in ("PRON", "DET"):
                yield Phrase("relative", i, i, i, i + 1)
        elif lower in grammar.latter.by_first and (match := grammar.latter.at(words.lower, i)):
            end, (gender, number) = match
            noun = end < len(words) and words.pos[end] == "NOUN" and words.pos[end - 1] == "ADJ" and words.head[end - 1] == end
            if not noun:
                head = end - 1 if words.pos[end - 1] in ("ADJ", "NOUN", "PRON") else i
                yield Phrase("latter", head, i, i, end, gender=gender, number=number, heads=tuple(range(i, end)))


def _impersonal(scene: Scene, i: int) -> bool:
    """Whether a pronoun stands for nobody: «il faut», “it seems”. One of its verb's inversion is judged by the words before."""
    words, grammar = scene.words, scene.grammar
    if words.dep[i] in ("expl", "expl:subj") and not words.lower[i].startswith("-"):
        return True
    return i + 1 < len(words) and grammar.impersonal.at(words.lower, i + 1) is not None
