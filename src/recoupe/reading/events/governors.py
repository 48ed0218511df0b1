"""Words that take an event as their complement: light verbs, which carry it, and words that say whether it happened.

From the `stance` table: what each governor says of its complement, which words are transparent, which verbs only carry a noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from recoupe.language import Language, language
from recoupe.reading.morphology import noun_forms, verb_forms
from recoupe.reading.positions import NOMINAL, VERBAL
from recoupe.reading.syntax import Syntax, syntax

OF = frozenset({"of"})


@dataclass(frozen=True)
class Governors:
    """By form. verbs, nouns, adjectives: the modality that a governor gives. lights: the role of a light verb's subject."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    adjectives: dict[str, str]
    lights: dict[str, str]
    transparent: frozenset[str]
    syntax: Syntax

    def light(self, noun: Token) -> tuple[Token | None, str | None]:
        """The light verb that carries a noun, and the role of its subject: actor, recipient, or none («avoir lieu»)."""
        via: list[str] = []
        node = noun
        for _ in range(3):
            for t in node.children:
                if self.syntax.has(t, "participial", "relative") and self._key(t, via) in self.lights:
                    return t, self.lights[self._key(t, via)]
            head = node.head
            if head.i == node.i:
                return None, None
            if head.pos_ in VERBAL:
                role = self._carried(head) or self.lights.get(self._key(head, via))
                subject = self.syntax.has(node, "subject", "passive_subject") and not self.syntax.passive(head)
                if role is not None and subject and (self.syntax.reflexive(head) or self.syntax.opened(head)):
                    return head, "none"
                if role is None or (subject and role not in ("none", "between", "target")):
                    return None, None
                return head, role
            copula = self.syntax.child(head, "copula")
            if copula is not None:
                key = f"{copula.lower_}_{head.lower_}"
                if key in self.lights:
                    return head, self.lights[key]
            if head.pos_ == "ADP" and head.lower_ in OF and head.head.pos_ in NOMINAL:
                head = head.head
            if head.pos_ not in NOMINAL:
                return None, None
            if head.lower_ not in self.transparent:
                via.append(head.lower_)
            node = head
        return None, None

    def _carried(self, verb: Token) -> str | None:
        """The role that a verb with its object, or the infinitive under it, gives: «a lieu», «doit avoir lieu»."""
        for v in (verb, *(t for t in verb.children if self.syntax.has(t, "clause"))):
            done = self.syntax.child(v, "object")
            if done is not None and (role := self.lights.get(f"{v.lower_}_{done.lower_}")):
                return role
        return None

    def _key(self, verb: Token, via: list[str]) -> str:
        return "_".join([verb.lower_, *via])

    def takes(self, noun: Token) -> bool:
        """Whether a noun is the complement of a word that takes events."""
        head = noun.head
        if head.i == noun.i:
            return False
        if head.pos_ in VERBAL and not self.syntax.has(noun, "subject"):
            return head.lower_ in self.verbs
        return head.lower_ in self.nouns or any(t.lower_ in self.adjectives for t in noun.children)


@cache
def governors(code: str) -> Governors:
    """The governors of a language."""
    lang = language(code)
    table = lang.table("stance")
    transparent = {form for lemma in table["transparent"]["verbs"].split() for form in _forms(lang, lemma)}
    transparent |= {form for lemma in table["transparent"]["nouns"].split() for form in noun_forms(lang, lemma)}

    def by_form(part: str, forms: Callable[[Language, str], Iterable[str]]) -> dict[str, str]:
        return {form: value for value, words in table[part].items() for word in words.split() for form in forms(lang, word)}

    return Governors(
        verbs=by_form("verbs", _forms),
        nouns=by_form("nouns", noun_forms),
        adjectives=by_form("adjectives", _adjective),
        lights=by_form("light", _forms),
        transparent=frozenset(transparent),
        syntax=syntax(code),
    )


def _forms(lang: Language, phrase: str) -> list[str]:
    """Every form of a verb; of a phrase written with "_", the first word is inflected; «=form» is one form, as it stands."""
    if phrase[0] == "=":
        return [phrase[1:]]
    head, *rest = re.sub("^(s'|se_)", "", phrase).split("_")
    return ["_".join([form.text, *rest]) for form in verb_forms(lang, head)]


def _adjective(lang: Language, words: str) -> list[str]:
    """The forms given, with their plurals: "éventuel/éventuelle"."""
    return [form for word in words.split("/") for form in noun_forms(lang, word)]
