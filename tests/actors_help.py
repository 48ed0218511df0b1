"""A page read as far as its actors, for the tests of that stage."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.intake import take
from recoupe.model import Name, Place
from recoupe.reading.actors import read_actors
from recoupe.reading.cast import Cast
from recoupe.reading.names import read_names
from recoupe.reading.page import Page
from recoupe.reading.pipeline import Reader
from recoupe.reading.places import read_places


@dataclass(frozen=True)
class Staged:
    """One text, its names and places, and its cast."""

    page: Page
    names: tuple[Name, ...]
    places: tuple[Place, ...]
    cast: Cast

    def actor(self, start: int, length: int) -> str | None:
        """The actor of the words at an offset of the text: that of their head, or of the first of them that has one."""
        tokens = self.page.tokens((start + self.page.body, start + self.page.body + length))
        if not len(tokens):
            return None
        found = [self.cast.at(token) for token in tokens]
        heads = {mention.head for mention in self.cast.mentions}
        return next((a for a, t in zip(found, tokens, strict=True) if a and t.i in heads), next((a for a in found if a), None))

    def first(self, actor: str) -> int:
        """Where the first mention of an actor ends, in the text."""
        return min(m.span[1] for m in self.cast.mentions if m.actor == actor) - self.page.body

    def named(self, words: str) -> str | None:
        """The actor of some words of the text, at their first occurrence."""
        return self.actor(self.page.dispatch.text.index(words), len(words))


def staged(reader: Reader, text: str, lang: str = "fr", title: str = "", published: str = "2024-06-01") -> Staged:
    """A text read as far as its actors."""
    page = reader.lay_out(take({"id": "t", "lang": lang, "title": title, "text": text, "published": published}))
    names = read_names(page)
    places = read_places(page, names)
    return Staged(page, names, places, read_actors(page, names, places))
