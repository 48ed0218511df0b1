"""Which sentences may tell something, by their words alone: forms that evoke a frame or report, sources, quotations.

The search asks for less than the grammar does, so that a sentence which it passes over holds no event and no statement: a form
counts wherever it stands, but for a verb's right after a determiner, and one that needs further words where they do not follow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from recoupe.language import language
from recoupe.model import Span
from recoupe.reading.events.frames import Entry
from recoupe.reading.events.frames import lexicon as frames
from recoupe.reading.layout import breaks, parsed_copy
from recoupe.reading.statements.cues import lexicon as cues

WORD = re.compile(r"\w+'|\w+(?:-\w+)*")
QUOTED = re.compile(r"[«»\"“”„]|<<|>>|''|``|(?:^|\s)['‘]\w|^\s*[—–]")
OPEN_TENSES = frozenset({"infinitive", "gerund", "participle"})
NEAR = 60  # characters within which further words begin

Way = tuple[str, bool, bool]  # further words, needs a reflexive, never after a determiner


@dataclass(frozen=True)
class Wanted:
    """One language's search. forms: the ways in which a form may tell something; sources: source phrases by their first word."""

    forms: dict[str, frozenset[Way]]
    sources: dict[str, re.Pattern[str]]
    reflexives: frozenset[str]
    determiners: frozenset[str]
    abbreviations: frozenset[str]

    def sentences(self, text: str, forced: Collection[int] = ()) -> list[tuple[Span, bool]]:
        """Every sentence, and whether it may tell something. forced: offsets that begin a sentence whatever stands there."""
        copy = parsed_copy(text)
        starts = sorted({*breaks(copy, self.abbreviations), *forced})
        spans = [(start, end - (text[end - 1] == " ")) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
        return [((start, end), self.tells(copy[start:end])) for start, end in spans]

    def tells(self, sentence: str) -> bool:
        """Whether a sentence, in plain typography, may tell an event or report a statement."""
        if QUOTED.search(sentence):
            return True
        low = sentence.lower()
        words = list(WORD.finditer(low))
        reflexive = any(word[0] in self.reflexives for word in words)
        before = ""
        for word in words:
            for form in (word[0], *word[0].split("-")) if "-" in word[0] else (word[0],):
                if any(self._fits(way, low, word.end(), before, reflexive) for way in self.forms.get(form, ())):
                    return True
            if (source := self.sources.get(word[0])) and source.match(low, word.start()):
                return True
            before = word[0]
        return False

    def _fits(self, way: Way, low: str, end: int, before: str, reflexive: bool) -> bool:
        further, needs_reflexive, finite = way
        if (needs_reflexive and not reflexive) or (finite and before in self.determiners):
            return False
        return not further or further in low[end : end + NEAR + len(further)]


@cache
def wanted(code: str) -> Wanted:
    """The search of a language, made from its frames and cues."""
    events, reports = frames(code), cues(code)
    forms = {form: frozenset(map(_way, entries)) for form, entries in events.entries.items()}
    for form in reports.forms:
        forms[form] = forms.get(form, frozenset()) | {("", False, False)}
    labels = events.syntax.labels
    return Wanted(
        forms=forms,
        sources={first: _source(phrases) for first, phrases in reports.sources.items()},
        reflexives=labels["reflexives"],
        determiners=labels["determiners"],
        abbreviations=frozenset(language(code).info["abbreviations"]),
    )


def _way(entry: Entry) -> Way:
    further = entry.rest[0] if entry.rest else ""
    return further, entry.reflexive, entry.kind == "verb" and entry.tense not in OPEN_TENSES


def _source(phrases: Sequence[tuple[str, ...]]) -> re.Pattern[str]:
    return re.compile("|".join(r"\s*".join(map(re.escape, phrase)) for phrase in phrases))
