"""Frames: what words evoke an event type, and where its arguments stand. Compiled from the `frames` and `classes` tables.

A frame is one sense. Two frames may share a word: the one whose constraints the text meets more of is taken. See docs/frames.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from recoupe.errors import LanguageDataError
from recoupe.language import Language, language
from recoupe.reading.events.classes import classes_of, phrases_of
from recoupe.reading.morphology import Form, noun_forms, verb_forms
from recoupe.reading.positions import NOMINAL, VERBAL, marked
from recoupe.reading.syntax import Syntax, syntax

ROLES = ("actor", "recipient", "object", "place", "from", "to", "content", "about")
FIELDS = frozenset(
    {"type", "mode", "contexts", "verbs", "auxiliaries", "nouns", "adjectives", "args", "noun", "needs", "noun_needs"}
    | {"content", "stance", "bare", "part", "examples", "not"}
)
GAP = 5
PARTITIVE = frozenset({"de", "of", "in", "parmi", "among"})
ACTOR_KINDS = "actor kinds"


@dataclass(frozen=True, slots=True)
class Place:
    """One argument place of a frame: the role its filler has and what may fill it."""

    role: str
    classes: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> Place:
        """From «recipient: human =accord !sport»: a role, then classes, literal words, refused classes."""
        role, _, rest = text.partition(":")
        marks = rest.split()
        return cls(
            role.strip(),
            frozenset(m for m in marks if m[0] not in "=!"),
            frozenset(m[1:] for m in marks if m[0] == "!"),
            frozenset(m[1:].lower() for m in marks if m[0] == "="),
        )

    @property
    def picky(self) -> bool:
        return bool(self.classes or self.words)


@dataclass(frozen=True, slots=True)
class Frame:
    """One sense of a set of words. verb, noun: argument places of the verbs and of the nouns, by slot.

    needs, noun_needs: slots, or alternatives joined by "|", that must be filled.
    content: the modality that a complement of the trigger takes. stance: the modality that the words themselves have («pledge»).
    bare: the nouns evoke the event without any complement. part: "harm", "hurt" or "toll", where the words may
    tell by its victims an event told elsewhere; a hurt is none in the news of an accident, a toll never by itself.
    """

    rule: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    verb: dict[str, Place]
    noun: dict[str, Place]
    needs: tuple[tuple[str, ...], ...]
    noun_needs: tuple[tuple[str, ...], ...]
    content: str | None
    stance: str | None
    bare: bool
    part: str | None
    examples: tuple[str, ...] = field(repr=False)
    counter: tuple[str, ...] = field(repr=False)

    @property
    def takes_power(self) -> bool:
        """Whether it tells of a seizure of power."""
        return "pro_autocracy" in self.contexts and self.type == "COERCE"


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in which a form leads to a frame. rest: the words that must follow; clitic: the pronoun that must stand before."""

    frame: Frame
    kind: str
    rest: tuple[str, ...] = ()
    reflexive: bool = False
    tense: str = ""
    clitic: str = ""

    def may_precede(self, words: Sequence[str]) -> bool:
        """Whether one of the next words begins what must follow."""
        return not self.rest or any(map(" ".join(self.rest).startswith, words))


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may evoke a frame. last: the last token of the words; mistagged: the parser took the verb for something else."""

    entry: Entry
    token: Token
    last: Token
    mistagged: bool = False
    first: Token | None = None

    @property
    def frame(self) -> Frame:
        return self.entry.frame

    @property
    def kind(self) -> str:
        """ "verb" for verbs and their auxiliaries, "noun", or "adjective"."""
        return "verb" if self.entry.kind == "auxiliary" else self.entry.kind

    @property
    def start(self) -> Token:
        """The first token of the words themselves."""
        return self.first if self.first is not None else self.token


@dataclass(frozen=True)
class Lexicon:
    """Everything that a language's frames and classes say, indexed by inflected form."""

    frames: tuple[Frame, ...]
    entries: dict[str, tuple[Entry, ...]]
    classes: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    names: frozenset[str]
    pronouns: frozenset[str]
    actors: dict[str, frozenset[str]]
    endings: tuple[tuple[str, frozenset[str]], ...]
    things: frozenset[str]
    money: frozenset[str]
    syntax: Syntax

    def kinds(self, token: Token) -> frozenset[str]:
        """The semantic classes of a phrase's head."""
        found = self.classes.get(token.lower_) or self.classes.get(token.lemma_.lower()) or self._by_ending(token)
        if token.lower_ in self.phrases:
            found = self._by_phrase(token) or found
        known = token.doc.user_data.get(ACTOR_KINDS, {}).get(token.i)
        if known:
            return found | self.actors[known]
        if self.syntax.timely(token):
            return found
        capital = token.text[:1].isupper() and token.i > token.sent.start
        acronym = len(token) > 1 and token.text.isupper()
        if token.pos_ == "PROPN" or (not found and (capital or acronym)):
            return found | self.names
        if token.pos_ == "NUM" and any(t.tag_ == "$" for t in token.lefts):
            return found | self.money
        if token.pos_ in ("PRON", "NUM") or (token.pos_ == "DET" and not found):
            return found | self.pronouns
        return found

    def _by_phrase(self, token: Token) -> frozenset[str]:
        """The classes of the phrase that a noun heads, where a table names it whole: «casques bleus»."""
        for words in self.phrases[token.lower_]:
            start = token.i - words.index(token.lower_)
            within = token.doc[max(start, 0) : start + len(words)]
            if len(within) == len(words) and all(w in (t.lower_, t.lemma_.lower()) for w, t in zip(words, within, strict=True)):
                return self.classes["_".join(words).replace("'_", "'")]
        return frozenset()

    def _by_ending(self, token: Token) -> frozenset[str]:
        """The classes of a noun that no table names, by its ending («steelworkers») or the thing before it («credit line»)."""
        if token.pos_ != "NOUN":
            return frozenset()
        found = next((kinds for ending, kinds in self.endings if token.lower_.endswith(ending)), None)
        if found is not None:
            return found
        within = [t for t in token.lefts if self.syntax.has(t, "modifier") and t.pos_ == "NOUN"]
        return self.classes.get(within[-1].lower_, frozenset()) & self.things if within else frozenset()

    def finite_only(self, verb: Token) -> bool:
        """Whether a form is that of a finite verb in every entry, whatever the parser made of it: «rompt»."""
        tenses = {entry.tense for entry in self.entries.get(verb.lower_, ()) if entry.kind == "verb"}
        return bool(tenses) and all(Form("", tense).finite for tense in tenses)

    def core(self, token: Token) -> Token:
        """The noun that a quantity is of: «une dizaine de soldats» is soldiers."""
        for _ in range(3):
            if token.pos_ != "NUM" and "quantity" not in self.kinds(token):
                break
            inner = next(
                (t for w, t in self.syntax.obliques(token) if t.i > token.i and w in PARTITIVE and t.pos_ in NOMINAL), None
            )
            if inner is None:
                break
            token = inner
        return token

    def refuses(self, place: Place, token: Token) -> bool:
        """Whether a filler is what its place must not hold."""
        return bool(place.refused & self.kinds(token))

    def fits(self, place: Place, token: Token) -> bool:
        """Whether a filler has what its place asks for."""
        if self.refuses(place, token):
            return False
        if not place.picky:
            return not self.syntax.timely(token)
        return bool(place.classes & self.kinds(token)) or token.lower_ in place.words or token.lemma_.lower() in place.words

    def triggers(self, doc: Doc) -> Iterator[tuple[Token, list[Trigger]]]:
        """Every token that may evoke frames, with the ways it may, in order."""
        lows = [token.lower_ for token in doc]
        for token, low in zip(doc, lows, strict=True):
            entries = self.entries.get(low)
            if entries and not token.is_space:
                ahead = lows[token.i + 1 : token.i + 1 + GAP]
                found = [t for entry in entries if entry.may_precede(ahead) and (t := self._match(entry, token)) is not None]
                if found:
                    yield token, found

    def _match(self, entry: Entry, token: Token) -> Trigger | None:
        mistagged = False
        if entry.kind == "verb":
            if token.pos_ not in VERBAL:
                participle = entry.tense == "participle" and (
                    token.pos_ == "ADJ" or self._opens(token) or self.syntax.helped(token)
                )
                if not (participle or (entry.tense == "infinitive" and self.syntax.infinitive_by_place(token))):
                    placed = Form("", entry.tense).finite and self._verb_position(token)
                    hyphened = bool(entry.rest) and entry.rest[0][0] == "-"
                    if not (placed or hyphened or self.syntax.headline_verb(token, entry.tense)):
                        return None
                    mistagged = True
            elif self.syntax.determined(token) and entry.tense not in ("infinitive", "gerund", "participle"):
                return None
            if entry.tense == "participle" and (
                _hyphened(token) or self.syntax.nominal(token) or (self.syntax.has(token, "modifier") and token.i < token.head.i)
            ):
                return None
            if self.syntax.reflexive(token) != entry.reflexive:
                return None
            if entry.clitic and not self.syntax.cliticised(token, entry.clitic):
                return None
        elif entry.kind == "auxiliary":
            if not self.syntax.has(token, "auxiliary") or token.head.pos_ != "VERB":
                return None
        elif not (entry.rest or self._noun_position(token)):
            return None
        last = _rest(entry, token)
        if last is None:
            return None
        return Trigger(entry, _head(entry, token, last), last, mistagged, token)

    def _opens(self, token: Token) -> bool:
        """Whether a word that was not taken for a participle begins a sentence as one: «Arrêté mardi, l'opposant …»."""
        if not self.syntax.opens(token) or token.i + 1 >= token.sent.end:
            return False
        after = token.nbor(1)
        return (
            after.pos_ != "VERB"
            and after.lower_ not in self.syntax.labels["partitives"]
            and self.syntax.after_comma(token) is not None
        )

    def _noun_position(self, token: Token) -> bool:
        """Whether a word is a noun, or is determined as one."""
        verb_with_subject = token.pos_ in VERBAL and self.syntax.child(token, "subject") is not None
        return token.pos_ in NOMINAL or (self.syntax.determined(token) and not verb_with_subject)

    def _verb_position(self, token: Token) -> bool:
        """Whether a word that was not taken for a verb stands where one would: between a noun phrase and a complement."""
        if token.i == token.sent.start or token.i + 1 >= token.sent.end or self.syntax.determined(token):
            return False
        before, after = token.doc[token.i - 1], token.doc[token.i + 1]
        if before.pos_ not in ("NOUN", "PROPN", "PRON", "ADV", "ADJ", "PUNCT") or self.syntax.left_phrase(token) is None:
            return False
        closed = after.text in ",.;)" and self.syntax.fronted(token) is None
        if closed or after.pos_ not in ("DET", "ADP", "SCONJ", "PRON", "ADV", "NUM", "PUNCT", "PROPN", "AUX"):
            return False
        for i in range(token.i - 1, max(token.sent.start, token.i - 12) - 1, -1):
            t = token.doc[i]
            if t.text in (",", ";", ":", "«"):
                break
            if t.pos_ in VERBAL and marked(t, "VerbForm", "Fin"):
                return False
        return True


def _hyphened(token: Token) -> bool:
    """Whether a word ends a compound: «Russian-backed», «quake-hit»."""
    return token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_


def _head(entry: Entry, first: Token, last: Token) -> Token:
    """The word of a trigger on which its arguments hang: of an auxiliary its verb, of a phrase its governor."""
    if entry.kind == "auxiliary":
        return first.head
    if entry.kind == "verb" or first.i == last.i:
        return first
    words = first.doc[first.i : last.i + 1]
    return words.root if words.root.pos_ in NOMINAL else first


def _rest(entry: Entry, token: Token) -> Token | None:
    """The last token of a trigger of several words, if they follow; a verb's may leave a small gap."""
    if not entry.rest:
        return token
    doc, words, limit = token.doc, " ".join(entry.rest), 0
    gap = GAP if entry.kind == "verb" else 1
    for i in range(token.i + 1, min(len(doc), token.i + 1 + gap)):
        if words.startswith(doc[i].lower_):
            limit, said = limit or token.sent.end, ""
            for j in range(i, min(limit, i + 2 * len(entry.rest) + 1)):
                said += doc[j].lower_
                if said == words:
                    return doc[j]
                if not words.startswith(said):
                    break
                said += " " if doc[j].whitespace_ else ""
        if doc[i].is_punct or doc[i].is_sent_start:
            break
    return None


@cache
def lexicon(code: str) -> Lexicon:
    """The frames of a language. Raises LanguageDataError where a frame says what no frame can."""
    lang = language(code)
    frames: list[Frame] = []
    entries: dict[str, list[Entry]] = defaultdict(list)
    for file, rows in lang.table("frames").items():
        for name, row in rows.items():
            frame = _frame(f"events.{code}.{file}.{name}", row)
            frames.append(frame)
            for form, entry in _entries(lang, frame, row):
                if entry not in entries[form]:
                    entries[form].append(entry)
    table = lang.table("classes")
    classes = classes_of(lang, table["classes"])
    return Lexicon(
        tuple(frames),
        {form: tuple(found) for form, found in entries.items()},
        classes,
        phrases_of(classes),
        frozenset(table["names"]),
        frozenset(table["pronouns"]),
        {kind: frozenset(classes) for kind, classes in table["actors"].items()},
        tuple((ending, frozenset(table["actors"]["group"])) for ending in table["group_endings"].split()),
        frozenset(table["things"]),
        frozenset(table["money"]),
        syntax(code),
    )


def _frame(rule: str, row: dict[str, Any]) -> Frame:
    unknown = set(row) - FIELDS
    if unknown:
        raise LanguageDataError(f"{rule}: no such field: {', '.join(sorted(unknown))}")
    args = {slot: Place.of(text) for slot, text in {"subject": "actor", **row.get("args", {})}.items()}
    noun = {slot: Place.of(text) for slot, text in row.get("noun", {}).items()}
    roles = {place.role for place in (*args.values(), *noun.values())} - {*ROLES, ""}
    if roles:
        raise LanguageDataError(f"{rule}: no such role: {', '.join(sorted(roles))}")
    return Frame(
        rule=rule,
        type=row["type"],
        mode=row.get("mode"),
        contexts=tuple(row.get("contexts", ())),
        verb=args,
        noun=noun,
        needs=tuple(tuple(need.split("|")) for need in row.get("needs", ())),
        noun_needs=tuple(tuple(need.split("|")) for need in row.get("noun_needs", ())),
        content=row.get("content"),
        stance=row.get("stance"),
        bare=row.get("bare", False),
        part=row.get("part"),
        examples=tuple(row.get("examples", ())),
        counter=tuple(row.get("not", ())),
    )


def _entries(lang: Language, frame: Frame, row: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for phrase in row.get("verbs", "").split():
        words = re.sub("^s'", "s'_", phrase).split("_")
        reflexive = words[0] in ("se", "s'")
        words = words[1:] if reflexive else words
        clitic = words.pop(0) if words[0] in syntax(lang.code).labels["clitics"] and len(words) > 1 else ""
        head, *rest = words
        for form in verb_forms(lang, head):
            for following in _contracted(lang, [w.lower() for w in rest]):
                yield form.text, Entry(frame, "verb", following, reflexive, form.tense, clitic)
    for phrase in row.get("auxiliaries", "").split():
        first, *rest = phrase.split("_")
        yield first, Entry(frame, "auxiliary", tuple(rest))
    for kind in ("nouns", "adjectives"):
        for phrase in row.get(kind, "").split():
            for form_words in noun_forms(lang, phrase):
                first, *rest = form_words.lower().split("_")
                for following in _contracted(lang, rest):
                    yield first, Entry(frame, kind[:-1], following)


def _contracted(lang: Language, rest: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words that must follow, and the same with each contraction of the last: «s'emparer de», «s'emparer du»."""
    yield tuple(rest)
    if rest:
        yield from ((*rest[:-1], form) for form in lang.table("morphology")["contractions"].get(rest[-1], ()))
