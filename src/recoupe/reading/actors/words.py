"""A page's tokens as plain lists, and tables of phrases that are looked up in them.

The lists are parallel to `page.doc`: index i is token i. Reading them costs far less than asking the tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from spacy.attrs import DEP, HEAD, IDX, LENGTH, POS, SENT_START
from spacy.parts_of_speech import NAMES as TAGS
from spacy.tokens import Doc

T = TypeVar("T")
WORD = re.compile(r"[^\s'’]+['’]?|['’]")
NOMINAL = frozenset(("NOUN", "PROPN"))
PLAIN = str.maketrans("àâäáãåçéèêëíìîïñóòôöõúùûüýÿğş", "aaaaaaceeeeiiiinooooouuuuyygs", "'’-. ")


def fold(word: str) -> str:
    """A word in lower case without accents, points, hyphens, apostrophes or blanks: for comparing names."""
    return word.lower().translate(PLAIN)


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens of one page.

    lower: in small letters; word: as written; start, end: page offsets; sentence: its number;
    begins: the first token of each sentence.
    """

    lower: Sequence[str]
    word: Sequence[str]
    pos: Sequence[str]
    dep: Sequence[str]
    head: Sequence[int]
    start: Sequence[int]
    end: Sequence[int]
    sentence: Sequence[int]
    begins: Sequence[int]

    def __len__(self) -> int:
        return len(self.lower)

    @classmethod
    def of(cls, doc: Doc) -> Words:
        if not len(doc):
            return cls([], [], [], [], [], [], [], [], [])
        rows = doc.to_array([IDX, LENGTH, POS, DEP, HEAD, SENT_START]).astype("int64")
        text, strings = doc.text, doc.vocab.strings
        start = rows[:, 0].tolist()
        end = (rows[:, 0] + rows[:, 1]).tolist()
        word = [text[a:b] for a, b in zip(start, end, strict=True)]
        labels = {key: strings[key] for key in set(doc.to_array(DEP).tolist())}
        sentence: list[int] = []
        begins: list[int] = []
        for i, opens in enumerate(rows[:, 5].tolist()):
            if opens == 1 or not begins:
                begins.append(i)
            sentence.append(len(begins) - 1)
        return cls(
            lower=[w.lower() for w in word],
            word=word,
            pos=[TAGS[key] for key in rows[:, 2].tolist()],
            dep=[labels[key] for key in doc.to_array(DEP).tolist()],
            head=[i + step for i, step in enumerate(rows[:, 4].tolist())],
            start=start,
            end=end,
            sentence=sentence,
            begins=begins,
        )

    def limit(self, i: int) -> int:
        """The token after the sentence that holds token i."""
        number = self.sentence[i] + 1
        return self.begins[number] if number < len(self.begins) else len(self.lower)

    def first(self, i: int) -> int:
        """The first token of the sentence that holds token i."""
        return self.begins[self.sentence[i]]


@cache
def split_phrase(phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase as tokens, in small letters: once with its hyphens inside the words, once with them apart."""
    words = [m[0] for m in WORD.finditer(phrase.lower().replace("’", "'"))]
    apart = [part for word in words for part in re.split(r"(?<=\w)(-)(?=\w)", word)]
    whole = tuple(words)
    return (whole,) if len(apart) == len(words) else (whole, tuple(apart))


@dataclass(slots=True)
class Phrases(Generic[T]):
    """Phrases by their first word, longest first."""

    by_first: dict[str, list[tuple[tuple[str, ...], T]]] = field(default_factory=dict)

    def add(self, phrase: str, value: T) -> None:
        for words in split_phrase(phrase):
            self.by_first.setdefault(words[0], []).append((words, value))

    def settle(self) -> Phrases[T]:
        """Puts the longest first; to be called once, after the last phrase."""
        for entries in self.by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return self

    def at(self, lower: Sequence[str], i: int) -> tuple[int, T] | None:
        """End and value of the longest phrase that begins at token i."""
        for words, value in self.by_first.get(lower[i], ()):
            n = len(words)
            if n == 1 or tuple(lower[i : i + n]) == words:
                return i + n, value
        return None

    def all_at(self, lower: Sequence[str], i: int) -> Iterable[tuple[int, T]]:
        """Ends and values of every phrase that begins at token i, longest first."""
        for words, value in self.by_first.get(lower[i], ()):
            n = len(words)
            if n == 1 or tuple(lower[i : i + n]) == words:
                yield i + n, value
