"""Words by which one source answers another: the patterns of `disputes.toml`, over the words of a sentence without accents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from recoupe.language import language
from recoupe.ledger.entities import fold
from recoupe.model import Span

Denial = Literal["content", "flat", "untrue", "retort"]
WORD_OR_STOP = re.compile(r"[^\W_]+|[.:;,!?…«»“”\"()]")
STOP = "zz"
TALLY_WORDS = 3
TELLER_WORDS = 12
BEHIND = 20


@dataclass(frozen=True)
class Denying:
    """How a sentence holds something to be untrue, and where it says so, counted from its start.

    content: the denial tells what it denies; flat: it is what was said before; untrue: so it is, and these are the speaker's own
    words («c'est faux»); retort: an answer that holds a negation.
    """

    kind: Denial
    span: Span


def denying(sentence: str, lang: str) -> Denying | None:
    """The denial that a sentence makes, if it does."""
    words, edges = _plain(sentence)
    kinds: tuple[tuple[Denial, str], ...] = (
        ("untrue", _pattern(lang, "untrue")),
        ("flat", rf"(?:{_pattern(lang, 'flat')}|{_pattern(lang, 'denials')})(?: {STOP}|$)"),
        ("content", _pattern(lang, "denials")),
        ("retort", _pattern(lang, "retorts")),
    )
    for kind, pattern in kinds:
        found = _compiled(pattern).search(words)
        if found and (kind != "retort" or _compiled(_pattern(lang, "negations")).search(words)):
            return Denying(kind, (edges[found.start()][0], edges[found.end() - 1][1]))
    return None


def tally(clause: str, lang: str) -> str | None:
    """The words of whoever a count is laid to that stands right behind this clause; None where it is laid to nobody."""
    found = _tally(lang).search(fold(clause))
    return found["who"] if found else None


@cache
def _tally(lang: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<who>(?:\w+ ){{1,{TELLER_WORDS}}}?)(?:\w+ )??(?:{_pattern(lang, 'tallies')}) ?(?:\w+ ?){{0,{TALLY_WORDS}}}$"
    )


def earlier_count(sentence: str, lang: str, count: str = "") -> bool:
    """Does a sentence tell this count as one that no longer stands? A number right behind these words is the one meant."""
    words, meant = fold(sentence), fold(count)
    found = _compiled(_pattern(lang, "earlier")).search(words)
    if found is None:
        return False
    behind = re.search(r"\d[\d ]*", words[found.end() : found.end() + BEHIND])
    return behind is None or not meant or behind[0].strip() in meant


@cache
def _pattern(lang: str, kind: str) -> str:
    return "|".join(language(lang).table("disputes")[kind])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})(?!\w)")


def _plain(sentence: str) -> tuple[str, list[Span]]:
    """The folded words of a sentence, STOP for its stops, and for each of their letters the span of the word that it is of."""
    words, edges = "", list[Span]()
    for found in WORD_OR_STOP.finditer(sentence):
        word = (fold(found[0]) or STOP) + " "
        words += word
        edges += [found.span()] * len(word)
    return words[:-1], edges
