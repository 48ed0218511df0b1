"""The cues of reported speech, compiled from a language's `cues` tables: which words report, with what force, and what they take.

A verb is found by its inflected form, never by its tag alone: the tagger misses verbs of the present tense. What the form may
also be (a noun, an adjective) is settled by what stands around it, in `statements_verbs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from recoupe.language import Language, language
from recoupe.model import Force
from recoupe.reading.morphology import verb_forms


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that reports. words: what follows its inflected part («faire savoir»); reflexive: it needs its pronoun."""

    lemma: str
    rule: str
    force: Force
    takes: frozenset[str]
    words: tuple[str, ...] = ()
    reflexive: bool = False
    negated: Force | None = None


@dataclass(frozen=True)
class Lexicon:
    """Cues by their first inflected word with the tenses that the form may be, and the small words around them."""

    forms: Mapping[str, tuple[tuple[Cue, frozenset[str]], ...]]
    words: Mapping[str, frozenset[str]]
    sources: Mapping[str, tuple[tuple[str, ...], ...]]
    media: frozenset[str]

    def has(self, table: str, token: Token | str) -> bool:
        """Whether a small word stands in a table of `words`."""
        return (token if isinstance(token, str) else token.lower_) in self.words[table]


def lexicon(code: str) -> Lexicon:
    """The compiled cues of a language, made once."""
    return _lexicon(language(code))


@cache
def _lexicon(lang: Language) -> Lexicon:
    table = lang.table("cues")
    forms: dict[str, list[tuple[Cue, frozenset[str]]]] = {}
    for cue, verb in verbs(lang):
        tenses: dict[str, set[str]] = {}
        for form in verb_forms(lang, verb):
            tenses.setdefault(form.text, set()).add(form.tense)
        for text, found in tenses.items():
            forms.setdefault(text, []).append((cue, frozenset(found)))
    sources: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(table["sources"] + table["relative-source"], key=len, reverse=True):
        words = tuple(re.findall(r"\w+'|[\w-]+", phrase))
        sources.setdefault(words[0], []).append(words)
    return Lexicon(
        forms={form: tuple(found) for form, found in forms.items()},
        words={name: frozenset(v) for name, v in table.items() if isinstance(v, list) and all(isinstance(w, str) for w in v)},
        sources={first: tuple(phrases) for first, phrases in sources.items()},
        media=frozenset(table["media"]),
    )


def verbs(lang: Language) -> Iterator[tuple[Cue, str]]:
    """Every cue of a language with the infinitive that inflects."""
    table = lang.table("cues")
    pronouns = table["reflexive"]
    for group in table["verbs"]:
        for lemma in re.split(r",\s*", group["words"].strip()):
            head, *rest = re.findall(r"\w+'|[\w-]+", lemma)
            reflexive = head in pronouns
            if reflexive:
                head, *rest = rest
            yield (
                Cue(
                    lemma=lemma,
                    rule=f"statements.{lang.code}.{group['name']}",
                    force=group["force"],
                    takes=frozenset(group["takes"]),
                    words=tuple(rest),
                    reflexive=reflexive,
                    negated=group.get("negated"),
                ),
                head,
            )
