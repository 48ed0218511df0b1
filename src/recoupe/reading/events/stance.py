"""Whether an event is told as a fact: its modality, who denies it, whether the text hedges.

Scoped by syntax: marks on the trigger, then its governors, up to the first clause boundary. What stands in a relative clause
or is merely attributed keeps its own marks. The nearest governor that says something decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from recoupe.language import language
from recoupe.model import Modality
from recoupe.reading.events.arguments import Candidate
from recoupe.reading.events.governors import Governors, governors
from recoupe.reading.morphology import noun_forms
from recoupe.reading.positions import NOMINAL, VERBAL, marked
from recoupe.reading.syntax import Syntax, syntax

STEPS = 6
COMPLEMENT_WORDS = frozenset({"de", "à", "", "to", "of", "for"})
REVERSED = {"planned": "denied", "announced": "denied", "rumoured": "denied", "failed": "planned"}
WEIGHT = {"hypothetical": 5, "denied": 4, "rumoured": 3, "planned": 2}


@dataclass(frozen=True, slots=True)
class Stance:
    """How an event is told. denied_by: the verb that denies it; governor: the word that gave the modality."""

    modality: Modality = "asserted"
    hedged: bool = False
    denied_by: Token | None = None
    governor: Token | None = None


@dataclass(frozen=True)
class StanceRules:
    """The `stance` table of one language, beside its governors."""

    governors: Governors
    syntax: Syntax
    negation: frozenset[str]
    negative_determiners: frozenset[str]
    without: frozenset[str]
    conditions: frozenset[str]
    condition_phrases: tuple[str, ...]
    denial_phrases: tuple[str, ...]
    auxiliaries: dict[str, str]
    tenses: dict[str, str]
    hedges: frozenset[str]
    announced: dict[str, str]
    charges: frozenset[str]

    def stance(self, candidate: Candidate, contents: Mapping[int, tuple[str, Token]]) -> Stance:
        """How the event of a candidate is told.

        contents: by the index of a complement, the modality that another event gives it, and the word that does.
        """
        node = candidate.trigger.token
        hedged = any(t.lower_ in self.hedges for t in node.children)
        mark = None if candidate.trigger.entry.kind == "auxiliary" else self.marks(node, candidate)
        mark = mark or candidate.trigger.frame.stance
        if mark:
            return Stance(mark, hedged=hedged)  # type: ignore[arg-type]
        carrier = candidate.light
        if carrier is not None and carrier.head.i == node.i and (mark := self.marks(carrier, None)):
            return Stance(mark, hedged, None, carrier)  # type: ignore[arg-type]
        if (
            carrier is not None
            and self.syntax.has(node, "subject")
            and self.governors.lights.get(carrier.lower_) != "target"
            and (word := self.governors.verbs.get(carrier.lower_)) is not None
        ):
            return Stance(word, hedged, None, carrier)  # type: ignore[arg-type]
        for _ in range(STEPS):
            given, head = contents.get(node.i), node.head
            if given is None and (before := self._governing_word(node)) is not None:
                given = (self.governors.verbs[before.lower_], before)
            if given is None and head.i != node.i and (word := self.given(node, head)):
                given = (word, head)
            if given is not None:
                given = self._turned(given[0], given[1], node, candidate), given[1]
                return Stance(given[0], hedged, given[1] if given[0] == "denied" else None, given[1])  # type: ignore[arg-type]
            if head.i == node.i:
                break
            if not self.passes(node, head, carrier):
                break
            mark = self.marks(head, None)
            if mark and not self.syntax.has(node, "conjunct"):
                return Stance(mark, hedged, None, head)  # type: ignore[arg-type]
            node = head
        return Stance(hedged=hedged)

    def spoken_of(self, candidate: Candidate, spoken: Mapping[int, Token]) -> Token | None:
        """The trigger of the event whose content or occasion a candidate is. spoken: such triggers by their complement."""
        node = candidate.trigger.token
        for _ in range(STEPS):
            above = spoken.get(node.i)
            if above is not None and above.i != candidate.trigger.token.i:
                return above
            head = node.head
            if head.i == node.i or not self.passes(node, head, candidate.light):
                return None
            if self.syntax.has(node, "relative", "adverbial"):
                return None
            node = head
        return None

    def _turned(self, word: str, governor: Token, node: Token, candidate: Candidate) -> str:
        """What a governor says in the end: a negation turns it round; a deed announced is to come, unless it is told as done."""
        if self._negated(governor):
            return REVERSED.get(word, word if word == "none" else "hypothetical")
        if word == "announced":
            done = node.pos_ in VERBAL and (self.syntax.finite(node) or self.syntax.child(node, "auxiliary") is not None)
            return "asserted" if done else self.announced.get(candidate.trigger.frame.type, "asserted")
        return word

    def _negated(self, verb: Token) -> bool:
        return verb.pos_ in VERBAL and any(t.lower_ in self.negation and abs(t.i - verb.i) < 6 for t in verb.children)

    def _governing_word(self, node: Token) -> Token | None:
        """A governor right before an infinitive that the parser took for no verb: «le Kenya compte envoyer»."""
        if node.i == node.sent.start or not marked(node, "VerbForm", "Inf"):
            return None
        before = node.doc[node.i - 1]
        stray = before.pos_ not in VERBAL and not self.syntax.determined(before)
        return before if stray and before.lower_ in self.governors.verbs else None

    def given(self, node: Token, head: Token) -> str | None:
        """What a governor says of the event that is its complement."""
        if head.pos_ in VERBAL:
            complement = self.syntax.has(node, "object", "clause", "passive_subject", "oblique", "preposition")
            if not complement or (self.syntax.has(node, "oblique") and self.syntax.preposition(node) not in COMPLEMENT_WORDS):
                return None
            return self.governors.verbs.get(head.lower_)
        if head.pos_ in NOMINAL and node.i > head.i and not self.syntax.has(node, "relative", "conjunct"):
            infinitive = marked(node, "VerbForm", "Inf")
            return self.governors.nouns.get(head.lower_) or (self.governors.verbs.get(head.lower_) if infinitive else None)
        if head.pos_ == "ADJ" and self.syntax.has(node, "clause", "oblique", "participial", "adverbial"):
            return self.governors.adjectives.get(head.lower_)
        return None

    def passes(self, node: Token, head: Token, carrier: Token | None) -> bool:
        """Whether what governs the head governs the node as well."""
        if head.pos_ == "ADP":
            return True
        if self.syntax.has(node, "conjunct"):
            return self.syntax.child(node, "subject", "passive_subject") is None
        if carrier is not None and head.i == carrier.i:
            return True
        return head.lower_ in self.governors.transparent and not self.syntax.has(node, "relative", "adverbial")

    def marks(self, node: Token, candidate: Candidate | None) -> str | None:
        """What stands on the word itself: negation, tense, mood, a condition, an adjective."""
        found = []
        kids = list(node.children)
        helpers = [t for t in kids if self.syntax.has(t, "auxiliary", "negation")]
        helpers += [
            k
            for t in kids
            if self.syntax.has(t, "subject", "passive_subject")
            for k in t.children
            if k.lower_ in self.negative_determiners
        ]
        adverbs = [k for t in kids for k in (t, *t.children) if t.pos_ in ("ADV", "PART", "AUX") and abs(t.i - node.i) < 6]
        if any(t.lower_ in self.negation or t.lower_ in self.negative_determiners for t in (*helpers, *adverbs)):
            found.append("denied")
        verbal = node.pos_ in VERBAL or (candidate is not None and candidate.trigger.kind == "verb")
        if verbal:
            found += self._verb_marks(node, kids, helpers, candidate)
        else:
            if any(t.lower_ in self.negative_determiners for t in kids):
                found.append("denied")
            found += [m for t in kids if (m := self.governors.adjectives.get(t.lower_)) is not None]
        word = self.syntax.preposition(node)
        if word in self.without or (node.head.pos_ == "ADP" and node.head.lower_ in self.without):
            found.append("denied")
        before = "".join(t.text_with_ws for t in node.doc[max(node.sent.start, node.i - 6) : node.i]).lower()
        for mark, phrases in (("hypothetical", self.condition_phrases), ("denied", self.denial_phrases)):
            if any(before.rstrip(" lauen'").endswith(p.rstrip(" '")) for p in phrases):
                found.append(mark)
        return max(found, key=lambda m: WEIGHT.get(m, 1), default=None)

    def _verb_marks(self, node: Token, kids: list[Token], helpers: list[Token], candidate: Candidate | None) -> list[str]:
        found = []
        if any(self._condition(t) and t.i < node.i for t in kids):
            found.append("hypothetical")
        tense = candidate.trigger.entry.tense if candidate is not None else ""
        if tense == "future" or any(marked(t, "Tense", "Fut") for t in (node, *helpers)):
            found.append(self.tenses["future"])
        elif tense == "conditional" or any(marked(t, "Mood", "Cnd") for t in (node, *helpers)):
            found.append(self._conditional(node, kids, helpers))
        return found + [m for t in helpers if (m := self.auxiliaries.get(t.lower_)) is not None]

    def _conditional(self, node: Token, kids: list[Token], helpers: list[Token]) -> str:
        """A conditional: under a condition, the future of what was said, or a report that nobody vouches for."""
        if any(self._condition(t) for t in node.doc[node.sent.start : node.i]):
            return "hypothetical"
        compound = marked(node, "VerbForm", "Part") and any(t.lower_ not in self.syntax.labels["passive_verbs"] for t in helpers)
        return self.tenses["conditional_reported" if self.syntax.has(node, "clause") and not compound else "conditional"]

    def _condition(self, token: Token) -> bool:
        return token.lower_ in self.conditions and token.dep_ == "mark"


@cache
def stance_rules(code: str) -> StanceRules:
    """The stance rules of a language."""
    table = language(code).table("stance")
    return StanceRules(
        governors=governors(code),
        syntax=syntax(code),
        negation=frozenset(table["negation"]["words"]),
        negative_determiners=frozenset(table["negation"]["determiners"]),
        without=frozenset(table["negation"]["prepositions"]),
        conditions=frozenset(table["conditions"]["conjunctions"]),
        condition_phrases=tuple(table["conditions"]["phrases"]),
        denial_phrases=tuple(table["negation"]["phrases"]),
        auxiliaries=dict(table["auxiliaries"]),
        tenses=dict(table["tenses"]),
        hedges=frozenset(table["hedges"]["words"]),
        announced=dict(table["announced"]),
        charges=frozenset(form for noun in table["answers"]["nouns"].split() for form in noun_forms(language(code), noun)),
    )
