"""The classes of words, from the `classes` table: by inflected form, and of phrases by each word that may be their head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from recoupe.language import Language
from recoupe.reading.morphology import noun_forms


def classes_of(lang: Language, table: dict[str, str]) -> dict[str, frozenset[str]]:
    """Classes by word. A class may take in another: «@armed»."""

    def words(name: str, seen: tuple[str, ...] = ()) -> Iterator[str]:
        for word in table[name].split():
            if word[0] == "@" and word[1:] not in seen:
                yield from words(word[1:], (*seen, name))
            else:
                yield word

    found: dict[str, set[str]] = defaultdict(set)
    for name in table:
        for word in words(name):
            for form in noun_forms(lang, word):
                found[form].add(name)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def phrases_of(classes: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words of the phrases of a table, by each word that may be their head."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in classes:
        words = tuple(phrase.replace("'", "'_").split("_"))
        for word in words if len(words) > 1 else ():
            found[word].append(words)
    return {word: tuple(phrases) for word, phrases in found.items()}
