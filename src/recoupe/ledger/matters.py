"""What words are about: the longer ones, cut so that endings play no part, and the concepts of `matters.toml`, one for two
languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from recoupe.language import language
from recoupe.ledger.copies import plain_words
from recoupe.ledger.entities import fold

LONGEST = 4
STEM = 6


@cache
def _known(lang: str) -> dict[str, str]:
    """Folded words to concept."""
    table = language(lang).table("matters")["concepts"]
    return {fold(entry.replace("_", " ")): concept for concept, entries in table.items() for entry in entries.split()}


def stems(text: str) -> frozenset[str]:
    """The longer words of a text, cut to STEM letters."""
    return frozenset(word[:STEM] for word in plain_words(text) if len(word) > 3)


def matters(text: str, lang: str) -> frozenset[str]:
    """The concepts that a text names; of words within a longer entry («feu» of «cessez-le-feu») only that of the whole."""
    return frozenset(_found(fold(text).split(), _known(lang)))


def tells_another(text: str, lang: str) -> bool:
    """Does a sentence tell a further event of a kind that was told before?"""
    return not _further(lang).isdisjoint(fold(text).split())


@cache
def _further(lang: str) -> frozenset[str]:
    words = [fold(word) for word in language(lang).table("matters")["another"].split()]
    return frozenset((*words, *(f"{word}s" for word in words)))


def _found(words: list[str], known: dict[str, str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        runs = ((n, " ".join(words[at : at + n])) for n in range(min(LONGEST, len(words) - at), 0, -1))
        n, concept = next(((n, known[form]) for n, run in runs for form in (run, run[:-1], run[:-2]) if form in known), (1, ""))
        if concept:
            yield concept
        at += n
