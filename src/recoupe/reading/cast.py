"""The actors of one dispatch as the later stages ask for them: by the words that mention them.

Spans are page offsets; an actor has one id however it is mentioned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from recoupe.model import Actor, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an actor. head: index of its head token in `page.doc`."""

    span: Span
    head: int
    actor: str


@dataclass
class Cast:
    """Who is on the page. heads: the actor that each token stands for, where it heads, names or determines a mention."""

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    heads: Mapping[int, str] = field(default_factory=dict, repr=False)
    _by_id: dict[str, Actor] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._by_id = {actor.id: actor for actor in self.actors}
        if not self.heads and self.mentions:
            self.heads = {mention.head: mention.actor for mention in self.mentions}

    def __getitem__(self, actor: str) -> Actor:
        return self._by_id[actor]

    def at(self, token: Token) -> str | None:
        """The actor that the phrase headed by this token refers to: a name, a noun, a pronoun or a possessive."""
        return self.heads.get(token.i)

    def within(self, span: Span) -> tuple[str, ...]:
        """Actors mentioned inside a span, in order, each once."""
        return tuple(dict.fromkeys(m.actor for m in self.mentions if span[0] <= m.span[0] and m.span[1] <= span[1]))
