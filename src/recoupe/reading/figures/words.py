"""A text as words with offsets, and phrases found among them: what the figure grammar works on, with no parser.

Every word keeps its place in the text; `lows` are in lower case and plain typography: one phrase list serves all spellings.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from recoupe.model import Span
from recoupe.reading.layout import SAME_LENGTH

Range = tuple[int, int]
T = TypeVar("T")
WORD = re.compile(r"\w+|[^\w\s]")
GROUPED = r"\d{1,3}(?:(?P<sep>[ .,'])\d{3}(?!\d))(?:(?P=sep)\d{3}(?!\d)){0,5}(?:[.,]\d{1,9}(?![\d]))?"
CODE = r"\d+(?:[-/.:]\d+){2,9}|\d+[/:]\d+(?:[/:]\d+)*"


@cache
def token_pattern(prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> re.Pattern[str]:
    """Numbers, codes that hold digits, words and marks. prefixes, suffixes: what may be glued to a number: «N30,000», «5M€»."""
    before = "|".join(map(re.escape, sorted(prefixes, key=len, reverse=True)))
    after = "|".join(map(re.escape, sorted(suffixes, key=len, reverse=True)))
    number = rf"(?:{GROUPED}|\d{{1,15}}(?:[.,]\d{{1,9}})?)"
    return re.compile(
        rf"(?P<code>(?!{GROUPED.replace('P<sep>', 'P<s>').replace('P=sep', 'P=s')}(?![\d.:/-]))(?:{CODE})(?!\d))"
        rf"|(?P<number>{number}(?=(?:{after})?(?!\w)))|(?P<glued>\d[\d.,]*\w*)"
        rf"|(?P<sign>(?:{before})(?=\d))|(?P<word>(?:[A-Z]\.){{2,6}}|\w+)|(?P<mark>[^\w\s])"
    )


@dataclass(frozen=True, slots=True)
class Words:
    """One text. kinds: how each word is written: number | code | glued | sign | word | mark; sentences: the sentence of each."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    lows: Sequence[str]
    kinds: Sequence[str]
    sentences: Sequence[int]

    def __len__(self) -> int:
        return len(self.lows)

    def low(self, i: int) -> str:
        """The word at i in lower case; empty outside the text."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def at(self, i: int) -> str:
        """The word at i as written."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.lows) else ""

    def kind(self, i: int) -> str:
        """How the word at i is written; empty outside the text."""
        return self.kinds[i] if 0 <= i < len(self.kinds) else ""

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.lows) and self.text[self.starts[i]].isupper()

    def span(self, found: Range) -> Span:
        return self.starts[found[0]], self.ends[found[1] - 1]

    def said(self, found: Range) -> str:
        start, end = self.span(found)
        return self.text[start:end]

    def glued(self, i: int) -> bool:
        """Whether nothing stands between the words i - 1 and i."""
        return 0 < i < len(self.lows) and self.ends[i - 1] == self.starts[i]

    def sentence(self, i: int) -> Range:
        """The range of words of the sentence in which i stands."""
        return bisect_left(self.sentences, self.sentences[i]), bisect_right(self.sentences, self.sentences[i])


def lay_out(text: str, breaks: Sequence[int], pattern: re.Pattern[str]) -> Words:
    """The words of a text. breaks: offsets at which sentences begin, in order."""
    plain = text.translate(SAME_LENGTH)
    starts, ends, lows, kinds = [], [], [], []
    for m in pattern.finditer(plain):
        starts.append(m.start())
        ends.append(m.end())
        lows.append(m[0].lower())
        kinds.append(m.lastgroup or "mark")
    return Words(plain, starts, ends, lows, kinds, [bisect_right(breaks, start) for start in starts])


class Phrases(Generic[T]):
    """Phrases and what each of them means; the longest one found wins."""

    def __init__(self, meanings: Iterable[tuple[str, T]], contracted: Mapping[str, Sequence[str]]) -> None:
        """contracted: other forms of a last word: «de» is «d'» or «des» too."""
        self.first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self.last: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in meanings:
            words = WORD.findall(phrase)
            for tail in (words[-1], *contracted.get(words[-1], ())):
                form = (*words[:-1], *WORD.findall(tail))
                self.first.setdefault(form[0], []).append((form, meaning))
                self.last.setdefault(form[-1], []).append((form, meaning))
        for table in (self.first, self.last):
            for forms in table.values():
                forms.sort(key=lambda entry: -len(entry[0]))

    def start(self, words: Words, i: int) -> tuple[int, T] | None:
        """The phrase that begins at i: where it ends, and its meaning."""
        for form, meaning in self.first.get(words.low(i), ()):
            if len(form) == 1 or tuple(words.lows[i : i + len(form)]) == form:
                return i + len(form), meaning
        return None

    def all(self, words: Words, i: int) -> list[tuple[int, T]]:
        """Every phrase that begins at i, longest first."""
        forms = self.first.get(words.low(i))
        if forms is None:
            return []
        ahead = tuple(words.lows[i : i + len(forms[0][0])])
        return [(i + len(form), meaning) for form, meaning in forms if ahead[: len(form)] == form]

    def end(self, words: Words, j: int) -> tuple[int, T] | None:
        """The phrase that ends before j: where it begins, and its meaning."""
        for form, meaning in self.last.get(words.low(j - 1), ()):
            if len(form) == 1 or (j >= len(form) and tuple(words.lows[j - len(form) : j]) == form):
                return j - len(form), meaning
        return None
