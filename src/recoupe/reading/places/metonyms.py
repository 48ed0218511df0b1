"""Whether the name of a place stands for a government here («Niamey s'est rapproché de la Russie») or for the place («à Niamey»).

Countries, capitals, some other seats and palaces can stand for one; other towns do not. The role of the name decides, and the
class of the verb or noun that it goes with: a subject that acts, an object that is addressed, a noun of acts («la décision de
Paris»). A preposition of place keeps the name literal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from recoupe.language import language
from recoupe.model import Place
from recoupe.reading.names.words import Words, words
from recoupe.reading.page import Page

REACH = 12


@dataclass(frozen=True, slots=True)
class Rules:
    """metonyms.toml as sets."""

    palaces: frozenset[str]
    seats: frozenset[str]
    locatives: frozenset[str]
    agents: frozenset[str]
    by: frozenset[str]
    against: frozenset[str]
    upon: frozenset[str]
    reliances: frozenset[str]
    source: frozenset[str]
    inside: frozenset[str]
    toward: frozenset[str]
    between: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    determiners: frozenset[str]
    joints: frozenset[str]
    skipped: frozenset[str]
    reflexives: frozenset[str]
    have: frozenset[str]
    be: frozenset[str]
    been: frozenset[str]
    to_be: frozenset[str]
    verbs: frozenset[str]
    repairs: tuple[tuple[str, str], ...]
    modals: frozenset[str]
    modal_links: frozenset[str]
    literal_subjects: frozenset[str]
    reflexive_acts: frozenset[str]
    states: frozenset[str]
    objects: frozenset[str]
    datives: frozenset[str]
    literal_objects: frozenset[str]
    acts: frozenset[str]
    relations: frozenset[str]
    force: frozenset[str]
    going: frozenset[str]


@cache
def rules(code: str) -> Rules:
    """The rules of a language."""
    table = language(code).table("metonyms")
    sets = {name: frozenset(table[name]) for name in Rules.__dataclass_fields__ if name != "repairs"}
    return Rules(**sets, repairs=tuple((ending, base) for ending, base in table["repairs"]))


def is_government(page: Page, place: Place) -> bool:
    """Decided by the name's role and the class of its verb or noun; False where neither is found."""
    r, w = rules(page.language.code), words(page.doc)
    palace = place.text in r.palaces
    if place.dateline or not (palace or place.kind == "country" or place.rule == "places.capital" or place.text in r.seats):
        return False
    reading = Role(page.doc, w, r, *w.covering(place.span))
    return reading.inhabited() if palace else reading.governs()


class Role:
    """The role of the words [start, end) in their sentence, coordinated names taken together."""

    def __init__(self, doc: Doc, w: Words, r: Rules, start: int, end: int) -> None:
        self.doc, self.w, self.r = doc, w, r
        self.last = self._last(end)
        self.first = self._first(start)
        self.prep = self._preposition()

    def inhabited(self) -> bool:
        """For a palace: it stands for its people unless something is or happens in it."""
        return self.prep not in self.r.inside

    def governs(self) -> bool:
        """For a country or a capital: whether it is dealt with as one deals with a government."""
        r, prep = self.r, self.prep
        if self.last < len(self.w) and self.w.low[self.last] in r.of and self.w.glued(self.last):
            return any(self._base(self.doc[i]) in r.acts for i in range(self.last + 1, min(len(self.w), self.last + 4)))
        if prep is None:
            return self._acts() if self._verb() is not None else self._is_addressed()
        governor = self._governor()
        if prep in r.to and governor in r.datives and not self._goes():
            return True
        if (prep in r.upon and governor in r.reliances) or (prep in r.source and governor in r.acts):
            return True
        if prep in r.between:
            return self._goes() is False and self._near(r.relations)
        if prep in r.of:
            return governor in r.acts or (governor in r.reflexive_acts)
        if prep in r.against:
            return not self._near(r.force)
        if prep in r.by or prep in r.toward:
            return not self._goes() and (prep in r.by or governor in r.datives)
        return prep in r.agents and not self._goes()

    def _first(self, i: int) -> int:
        """Where the coordination of names that ends with this one begins."""
        w, r = self.w, self.r
        listed = self.last < len(w) and w.low[self.last] in r.joints
        while i >= 2 and not w.begins[i]:
            j = i - 1
            while j > 0 and w.low[j] in r.determiners:
                j -= 1
            if w.low[j] not in r.joints or w.begins[j] or not w.capital(j - 1):
                break
            if w.low[j] == "," and not listed:
                break
            listed = True
            i = j - 1
            while i > 0 and (w.word[i - 1] == "-" or w.capital(i - 1)) and not w.begins[i]:
                i -= 1
        return i

    def _last(self, end: int) -> int:
        """Where the coordination of names that begins with this one ends."""
        w, r = self.w, self.r
        while end + 1 < len(w) and w.low[end] in r.joints:
            j = end + 1
            while j < len(w) - 1 and w.low[j] in r.determiners:
                j += 1
            if not w.capital(j):
                break
            end = j + 1
            while end < len(w) and (w.capital(end) or (w.word[end] == "-" and w.glued(end))):
                end += 1
        return end

    def _preposition(self) -> str | None:
        i = self.first - 1
        while i >= 0 and not self.w.begins[i + 1] and self.w.low[i] in self.r.determiners:
            i -= 1
        if i < 0 or self.w.begins[i + 1]:
            return None
        low, r = self.w.low[i], self.r
        known = r.locatives | r.agents | r.by | r.against | r.toward | r.between | r.of | r.to
        if i and ((low in r.to and self.w.low[i - 1] in r.agents) or self.w.low[i - 1] + low in r.agents):
            return next(iter(r.agents))
        return low if low in known else None

    def _before(self) -> list[Token]:
        """The words before the name in its sentence, nearest first."""
        i = self.first - 1
        found: list[Token] = []
        while i >= 0 and len(found) < REACH:
            found.append(self.doc[i])
            if self.w.begins[i]:
                break
            i -= 1
        return found

    def _governor(self) -> str:
        """The verb or noun that the preposition depends on: the nearest before it."""
        for token in self._before()[1:]:
            if token.pos_ in ("NOUN", "VERB") or self._base(token) in self.r.acts | self.r.datives:
                return self._base(token)
        return ""

    def _near(self, nouns: frozenset[str]) -> bool:
        return any(self._base(token) in nouns for token in self._before())

    def _goes(self) -> bool:
        return any(self._base(token) in self.r.going for token in self._before()[:6])

    def _verb(self) -> int | None:
        """The verb, auxiliary or modal that follows the name as its subject."""
        w, r, i = self.w, self.r, self.last
        if i < len(w) and w.low[i] == ",":
            close = next((j for j in range(i + 1, min(len(w), i + REACH)) if w.low[j] == "," or w.begins[j]), None)
            i = close + 1 if close is not None and not w.begins[close] and w.low[close] == "," else i + 1
        while i < len(w) and not w.begins[i] and w.low[i] in r.skipped:
            i += 1
        if i >= len(w) or w.begins[i]:
            return None
        if w.low[i] in r.have | r.be | r.modals | r.verbs:
            return i
        return i if w.tag[i] in ("VERB", "AUX") and not w.capital(i) and self._inflected(i) else None

    def _inflected(self, i: int) -> bool:
        """Whether a verb is finite: a bare participle after a name says nothing of the name. English ones look alike."""
        morph = self.doc[i].morph
        return "Part" not in morph.get("VerbForm", []) or "Past" not in morph.get("Tense", []) or self.doc.lang_ == "en"

    def _acts(self) -> bool:
        """For a subject: whether its verb is one of acting, deciding, feeling, not of lying somewhere or being struck."""
        r, w = self.r, self.w
        i = self._verb()
        if i is None:
            return False
        reflexive = any(w.low[j] in r.reflexives for j in range(self.last, i))
        if w.low[i] in r.modals:
            j = self._next(i + 1, r.modal_links)
            if w.low[j] in r.to_be:
                return self._is(j + 1)
            return self._does(j, w.low[j] in r.reflexives or reflexive)
        if w.low[i] in r.have:
            j = self._next(i + 1)
            return self._is(j + 1) if w.low[j] in r.been else self._does(j, reflexive)
        if w.low[i] in r.be:
            return self._does(self._next(i + 1), True) if reflexive else self._is(i + 1)
        return self._does(i, reflexive)

    def _next(self, i: int, also: frozenset[str] = frozenset()) -> int:
        while i < len(self.w) - 1 and (self.w.low[i] in self.r.skipped or self.w.low[i] in also):
            i += 1
        return min(i, len(self.w) - 1)

    def _does(self, i: int, reflexive: bool) -> bool:
        verb = self._base(self.doc[i])
        if reflexive and verb in self.r.reflexive_acts:
            return True
        if verb in self.r.reliances and self.w.low[self._next(i + 1)] in self.r.upon:
            return True
        known = self.w.low[i] in self.r.verbs or self.w.tag[i] in ("VERB", "AUX", "ADJ", "NOUN", "PROPN")
        return known and verb not in self.r.literal_subjects

    def _is(self, i: int) -> bool:
        j = self._next(i)
        word, struck = self.w.low[j], self.w.low[j + 1 : j + 6]
        if (
            struck[:1]
            and struck[0] in self.r.by
            and any(self._base(self.doc[k]) in self.r.force for k in range(j + 2, min(len(self.w), j + 6)))
        ):
            return False
        if "Prog" in self.doc[j].morph.get("Aspect", []):
            return self._does(j, False)
        return any(word.startswith(state) and len(word) - len(state) <= 2 for state in self.r.states)

    def _is_addressed(self) -> bool:
        """For an object: whether the verb before it is one that is done to governments."""
        for token in self._before()[:3]:
            name = self._base(token)
            if name in self.r.literal_objects:
                return False
            if name in self.r.objects:
                return True
        return False

    def _base(self, token: Token) -> str:
        """The base form of a word, in small letters."""
        base, low = token.lemma_.lower() or token.lower_, token.lower_
        if base == low and token.pos_ not in ("DET", "NOUN"):
            for ending, repaired in self.r.repairs:
                if low.endswith(ending):
                    return low[: -len(ending)] + repaired
        return base
