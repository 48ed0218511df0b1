"""Coreference chains while they are made: the mentions of one actor, and what they tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from recoupe.model import ActorKind, Basis
from recoupe.reading.actors.scene import Phrase


@dataclass(eq=False)
class Chain:
    """One actor in the making.

    cls: class of its nouns; heads: its nouns in the masculine singular; words: further words that describe it;
    number, gender: what is known of them; latest: head token of its last mention.
    """

    kind: ActorKind
    name: str
    rule: str
    cls: str = ""
    gender: str = ""
    number: str = "s"
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    title: str | None = None
    role: str | None = None
    national: bool = True
    metonym: bool = False
    organ: bool = False
    heads: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    basis: dict[str, Basis] = field(default_factory=dict)
    phrases: list[Phrase] = field(default_factory=list)
    members: list[Chain] = field(default_factory=list)
    part_of: Chain | None = None

    @property
    def country(self) -> str | None:
        return self.countries[0] if len(self.countries) == 1 else None

    @property
    def latest(self) -> int:
        return self.phrases[-1].head if self.phrases else -1

    def take(self, phrase: Phrase) -> None:
        """Adds a mention."""
        self.phrases.append(phrase)

    def told(self, countries: tuple[str, ...], basis: Basis) -> None:
        """Where it belongs, unless that is known already."""
        if countries and not self.countries:
            self.countries = countries
            self.basis["country"] = basis


@dataclass
class Chains:
    """All chains of a page, and which one each phrase is a mention of."""

    all: list[Chain] = field(default_factory=list)
    of_phrase: dict[int, Chain] = field(default_factory=dict)

    def new(self, chain: Chain) -> Chain:
        self.all.append(chain)
        return chain

    def put(self, phrase: Phrase, chain: Chain) -> Chain:
        chain.take(phrase)
        self.of_phrase[phrase.head] = chain
        return chain

    def at(self, head: int) -> Chain | None:
        return self.of_phrase.get(head)

    def people(self) -> Iterator[Chain]:
        return (chain for chain in self.all if chain.kind == "person")
