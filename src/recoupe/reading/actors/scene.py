"""A page as the stage of actors sees it: tokens, names, places, and the phrases found in them so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec.structs import replace

from recoupe.model import Name, Place, Span
from recoupe.reading.actors.grammar import Grammar
from recoupe.reading.actors.roles import Role
from recoupe.reading.actors.words import Words
from recoupe.reading.page import Page

Form = Literal["name", "state", "noun", "nationals", "pronoun", "possessive", "relative", "latter"]
Determiner = Literal["definite", "indefinite", "demonstrative", "possessive", "bare"]


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
    names: list[Name] = field(default_factory=list)
    named: dict[int, Name] = field(default_factory=dict)
    located: dict[int, Place] = field(default_factory=dict)
    nouns: dict[int, Phrase] = field(default_factory=dict)
    opening: dict[int, Phrase] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page, grammar: Grammar, names: Sequence[Name], places: Sequence[Place]) -> Scene:
        scene = cls(page, Words.of(page.doc), grammar)
        scene.names = [scene.without_role(name) for name in names if not scene.people_of(name)]
        for name in scene.names:
            for token in page.tokens(name.span):
                scene.named[token.i] = name
        for place in places:
            for token in page.tokens(place.span):
                scene.located[token.i] = place
        return scene

    def people_of(self, name: Name) -> bool:
        """Whether the name of a movement is the noun for those in it: «trois gilets jaunes»."""
        tokens = self.page.tokens(name.span)
        match = self.grammar.roles.at(self.words.lower, tokens[0].i) if len(tokens) and name.kind == "organisation" else None
        role = match[1] if match and match[0] == tokens[-1].i + 1 else None
        return role is not None and role.person and role.kind == "group" and len(tokens) > 1

    def without_role(self, name: Name) -> Name:
        """The person of a name that was read as an organisation with a function before it: “Government spokesman John Achebe”."""
        tokens = self.page.tokens(name.span)
        if name.kind != "organisation" or len(tokens) < 3:
            return name
        first, end = tokens[0].i, tokens[-1].i + 1
        for after, role in self.grammar.roles.all_at(self.words.lower, first):
            rest = range(after, end)
            if role is None or not role.person or role.number != "s" or len(rest) < 2:
                continue
            if all(self.words.pos[i] == "PROPN" and self.words.word[i][:1].isupper() for i in rest):
                span = self.span(after, end)
                return replace(name, kind="person", span=span, text=self.page.words(span))
        return name

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
