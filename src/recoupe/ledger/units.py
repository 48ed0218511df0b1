"""What is counted, across languages: nouns as the concepts of `counted.toml`. Words of no concept stand for themselves."""

from __future__ import annotations

from functools import cache

from recoupe.language import language
from recoupe.ledger.entities import fold

PEOPLE = "people"
SHORT = 5


@cache
def concepts(lang: str) -> dict[str, str]:
    """Folded noun to concept."""
    table = language(lang).table("counted")
    words = {fold(word): PEOPLE for word in table["people"].split()}
    for group in ("of_people", "of_things"):
        for concept, nouns in table[group].items():
            words |= {fold(noun): concept for noun in nouns.split()}
    return words


def concept(unit: str | None, lang: str) -> str:
    """The concept of a counted noun, singular or plural; the start of the noun where it has none; empty for no noun."""
    words = fold(unit or "").split()
    known = concepts(lang)
    for word in words:
        for form in (word, word[:-1], word[:-2], f"{word[:-3]}y"):
            if form in known:
                return known[form]
    return words[0][:SHORT] if words else ""


def same_thing(a: str, b: str) -> bool:
    """Can two concepts be of one thing? «People» and no noun fit all of people."""
    return a == b or PEOPLE in (a, b) or not a or not b
