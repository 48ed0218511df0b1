"""The words of a parsed document as plain lists: what the stages on names look at again and again, read off once.

`at[i]` is where word i begins, `to[i]` where it ends, in page offsets; `word` as written, `low` in lower case.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from recoupe.model import Span

Piece = tuple[int, int]  # words [start, end)


@dataclass(frozen=True, slots=True)
class Words:
    """One document's words. begins: the word begins a sentence; tag: its part of speech; low_words: those in small letters."""

    text: str
    word: list[str]
    low: list[str]
    at: list[int]
    to: list[int]
    begins: list[bool]
    tag: list[str]
    low_words: frozenset[str]

    def __len__(self) -> int:
        return len(self.word)

    def capital(self, i: int) -> bool:
        """Whether word i begins with a capital."""
        return 0 <= i < len(self.word) and self.word[i][0].isupper()

    def glued(self, i: int) -> bool:
        """Whether nothing stands between word i and the one before it."""
        return 0 < i < len(self.word) and self.at[i] == self.to[i - 1]

    def mark(self, i: int) -> bool:
        """Whether word i is no word: punctuation or a blank."""
        return not any(c.isalnum() for c in self.word[i])

    def span(self, start: int, end: int) -> Span:
        """Page offsets of words [start, end)."""
        return self.at[start], self.to[end - 1]

    def said(self, start: int, end: int) -> str:
        """Words [start, end) as written."""
        return self.text[self.at[start] : self.to[end - 1]]

    def covering(self, span: Span) -> tuple[int, int]:
        """The words that a span of page offsets touches."""
        return bisect_right(self.at, span[0]) - 1, bisect_left(self.at, span[1])


def words(doc: Doc) -> Words:
    """The words of a document; read off once, kept with it."""
    known = doc.user_data.get("words")
    if isinstance(known, Words):
        return known
    rows = [(t.text, t.lower_, t.idx, t.is_sent_start, t.pos_) for t in doc]
    word, low, at, begins, tag = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [], [], [])
    small = frozenset(w for w in word if w.islower())
    read = Words(
        doc.text, word, low, at, [a + len(w) for a, w in zip(at, word, strict=True)], [bool(b) for b in begins], tag, small
    )
    doc.user_data["words"] = read
    return read
