"""The shape of a text before it is parsed: where paragraphs and sentences begin, and a copy that the parser reads better.

The copy has the same length, code point for code point, so that every offset holds in both. Breaks are decided here by
typography alone: the statistical parser runs sentences together across paragraphs and splits names.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from recoupe.model import Span

APOSTROPHES = "’‘ʼ´`"
BLANKS = "\u00a0\u202f\u2009\u2007\u2002\u2003\u200b\ufeff\t"
PLAIN = {"'": APOSTROPHES, " ": BLANKS, "-": "‑‐−", "«": "“„‟", "»": "”"}
SAME_LENGTH = str.maketrans({odd: plain for plain, odds in PLAIN.items() for odd in odds})

CLOSERS = "»”\"'’)]"
OPENERS = "«“\"'‘([—–-"
END = re.compile(r"[.!?…]+")
SHOUTED = re.compile(r"\b[^\W\d_]+(?:['’ \-]+[^\W\d_]+){3,}\b")
TAIL = re.compile(r"^\W*(?:sources?|avec|with|crédits?|credits?|copyright|©|par la rédaction|la rédaction)\b.{0,80}$", re.I)


def parsed_copy(text: str) -> str:
    """`text` with apostrophes, blanks and hyphens made plain and shouted runs lowered; the length is unchanged."""
    plain = text.translate(SAME_LENGTH)
    seen = frozenset(re.findall(r"(?<=[^\W\d_A-Z][ ',])[^\W\d_]{2,}", plain))
    return SHOUTED.sub(lambda m: _lowered(m[0], seen) if m[0].isupper() else m[0], plain)


def _lowered(run: str, seen: Collection[str]) -> str:
    """A shouted run in ordinary case: a word that the text writes with a capital inside a sentence keeps it."""

    def word(m: re.Match[str]) -> str:
        low, capital = m[0].lower(), m[0].capitalize()
        if len(low) != len(m[0]) or len(capital) != len(m[0]):
            return m[0]
        return capital if m.start() == 0 or (capital in seen and low not in seen) else low

    return re.sub(r"[^\W\d_]+", word, run)


def breaks(text: str, abbreviations: Collection[str]) -> list[int]:
    """Offsets at which a sentence begins, in order; the first is that of the first character that is not blank."""
    starts = []
    for paragraph in re.finditer(r"[^\n]+", text):
        first = paragraph.start() + len(paragraph[0]) - len(paragraph[0].lstrip())
        if first == paragraph.end():
            continue
        starts.append(first)
        for end in END.finditer(text, first, paragraph.end()):
            start = _next_sentence(text, end, paragraph.end(), abbreviations)
            if start is not None and start > starts[-1]:
                starts.append(start)
    return starts


def _next_sentence(text: str, end: re.Match[str], limit: int, abbreviations: Collection[str]) -> int | None:
    """Where the sentence after this end mark begins, or None where the mark ends none."""
    after = end.end()
    while after < limit and (text[after] in CLOSERS or (text[after].isspace() and text[after + 1 : after + 2] in ("»", "”"))):
        if text[after] in "\"'" and not text[after - 1 : after].strip():
            break
        after += 1
    start = after
    while start < limit and text[start].isspace():
        start += 1
    if start >= limit:
        return None
    glued = start == after
    opener = text[start] in OPENERS
    letter = start + 1 if opener else start
    while letter < limit and (text[letter].isspace() or text[letter] in OPENERS):
        letter += 1
    if letter >= limit or not (text[letter].isupper() or (text[letter].isdigit() and not glued)):
        return None
    before = re.search(r"[^\s«»“”\"'’(\[]+$", text[max(0, end.start() - 20) : end.start()])
    word = before[0] if before else ""
    if end[0] == ".":
        if word in abbreviations or (len(word) == 1 and word.isupper()) or re.fullmatch(r"(?:\w\.)+\w", word):
            return None
        if glued and (word[-1:].isupper() or word[-1:].isdigit() or not word[-1:].isalpha() or word == "www"):
            return None
        if glued and not text[letter + 1 : letter + 2].islower() and text[letter + 1 : letter + 2] not in ("'", "’", " "):
            return None
    if text[start] in "—–-" and end[0] == "…":
        return None
    return start


def tail(text: str) -> Span | None:
    """The closing credit line («Sources : AFP», «(Avec RFI)»), if there is one."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text))
    if len(lines) > 1 and TAIL.match(lines[-1][0]) and len(lines[-1][0]) < 100:
        return lines[-1].start(), lines[-1].end()
    return None
