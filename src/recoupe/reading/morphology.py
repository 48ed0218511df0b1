"""Inflected forms of dictionary words, by the `morphology` table: triggers are found by form, whatever tag they got."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from recoupe.language import Language, language

PERIPHERAL = frozenset({"gerund", "participle", "infinitive"})


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form of a verb. tense: a tense of the table, or "infinitive"."""

    text: str
    tense: str

    @property
    def finite(self) -> bool:
        return self.tense not in PERIPHERAL


def verb_forms(lang: Language, lemma: str) -> tuple[Form, ...]:
    """Every form of a verb that the table makes, the dictionary form included."""
    return _verb_forms(lang.code, lemma)


@cache
def _verb_forms(code: str, lemma: str) -> tuple[Form, ...]:
    table = language(code).table("morphology")
    made = [Form(lemma, "infinitive")]
    for ending, row in table["verbs"]:
        found = re.search(f"(?:{ending})$", lemma)
        if found:
            stem = lemma[: found.start()]
            for tense, forms in zip(table["tenses"], row.split("|"), strict=False):
                made += [Form(stem + found.expand(form), tense) for form in forms.split() if form != "-"]
            break
    return tuple(dict.fromkeys(made))


def noun_forms(lang: Language, lemma: str) -> Iterator[str]:
    """The singular and the plural; of a phrase written with "_", the plural of its head."""
    yield lemma
    table = lang.table("morphology")
    words = lemma.split("_")
    n = -1 if table["phrase_head"] == "last" else 0
    for ending, plural in table["nouns"]:
        found = re.search(f"(?:{ending})$", words[n])
        if found:
            words[n] = words[n][: found.start()] + found.expand(plural)
            yield "_".join(words)
            return
