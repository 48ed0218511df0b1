"""A parse as the reading of events asks for it: subjects, objects, obliques, governors. Label names come from the `syntax` table.

What the parse does not give is looked for by position (`positions.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from recoupe.language import language
from recoupe.letters import unaccented
from recoupe.reading.positions import CLAUSE_MARKS, NOMINAL, QUOTES, REACH, VERBAL, Positions, marked


@dataclass(frozen=True)
class Syntax(Positions):
    """How one language's parser names relations.

    within_prepositions: nouns in phrases that stand for a preposition; by, to: the prepositions of agents and of recipients.
    """

    within_prepositions: frozenset[str]
    by: str
    to: str

    def conjuncts(self, token: Token) -> list[Token]:
        """The token and what is coordinated with it."""
        found: list[Token] = []
        queue = [token]
        while queue and len(found) < REACH:
            here = queue.pop(0)
            found.append(here)
            kids = [k for t in here.children for k in (t, *(t.children if self.has(t, "apposition") else ()))]
            queue += [t for t in kids if self.has(t, "conjunct") and (t.pos_ in NOMINAL or here.pos_ not in NOMINAL)]
            if len(found) == 1 and token.pos_ in NOMINAL and token.head.pos_ in VERBAL:
                queue += self._beside(token)
        return found

    def _beside(self, noun: Token) -> list[Token]:
        """A noun that the parse coordinates with the verb though it follows this complement of it: «accuse A et B»."""
        later = [t for t in noun.head.rights if t.i > noun.i and t.pos_ in NOMINAL]
        return (
            later[:1]
            if later and self.has(later[0], "conjunct") and not any(self.has(t, "subject") for t in later[0].children)
            else []
        )

    def passive(self, verb: Token, depth: int = 3) -> bool:
        """Whether the subject of this verb is what the verb is done to."""
        if verb.lemma_.lower() in self.labels["intransitive"] or any(t.lower_ in self.labels["reflexives"] for t in verb.lefts):
            return False
        if self.child(verb, "passive_auxiliary") is not None:
            return True
        if any(self.has(t, "auxiliary") and t.lower_ not in self.labels["passive_verbs"] for t in verb.children):
            return False
        if self.child(verb, "passive_subject") is not None:
            return True
        if not (marked(verb, "VerbForm", "Part") and marked(verb, "Tense", "Past")):
            return False
        if self.has(verb, "conjunct") and verb.head.pos_ in VERBAL:
            return depth > 0 and self.passive(verb.head, depth - 1)
        return self.has(verb, "participial", "adverbial", "loose")

    def subjects(self, verb: Token) -> list[Token]:
        """Who the verb is said of: all its own subjects, or the one that it shares with another verb."""
        own = self._own_subjects(verb)
        if own:
            return [self.antecedent(t, verb) for t in own]
        found = self.subject(verb)
        return [found] if found is not None else []

    def _own_subjects(self, verb: Token) -> list[Token]:
        """The subject beside a verb, after those that a comma or a coordinator ties to it."""
        found = [t for t in verb.children if self.has(t, "subject", "passive_subject") and not self._misplaced(t, verb)]
        if len(found) < 2:
            return found
        found = [t for t in found if not self.timely(t) and t.lower_ not in self.labels["particles"]] or found
        found = [t for t in found if t.i < verb.i] or found
        kept = found[-1:]
        for t in reversed(found[:-1]):
            edge = kept[0].left_edge
            if not any(k.text == "," or self.has(k, "coordinator") for k in (edge, t.doc[max(edge.i - 1, 0)])):
                break
            kept.insert(0, t)
        return kept

    def _misplaced(self, token: Token, verb: Token) -> bool:
        """Whether a subject of the parse follows a verb that is not finite: it is its object."""
        return token.i > verb.i and self.has(verb, "clause") and not self.finite(verb)

    def subject(self, verb: Token, depth: int = 4) -> Token | None:
        """The nearest of who the verb is said of: its own subject, that of the verb that it hangs on, or its antecedent."""
        own = self._own_subjects(verb)
        if own:
            return self.antecedent(own[-1], verb)
        head = verb.head
        if depth == 0 or head.i == verb.i:
            return None
        if self.has(verb, "adverbial", "clause") and self.finite(verb) and (nearer := self.left_phrase(verb)) is not None:
            return nearer
        if self.has(verb, "conjunct") and (head.pos_ in VERBAL or self.child(head, "subject") is not None):
            nearer = self.left_phrase(verb) if self.child(verb, "auxiliary") is not None else None
            return nearer if nearer is not None and nearer.i > head.i else self.subject(head, depth - 1)
        if self.has(verb, "participial", "clause", "adverbial") and self.child(head, "copula") is not None:
            return self.child(head, "subject")
        if self.has(verb, "participial") and head.pos_ in NOMINAL:
            return self._of_noun(verb, head, depth)
        if self.has(verb, "relative"):
            return None
        if self.has(verb, "clause") and head.pos_ == "ADP" and head.head.pos_ in VERBAL:
            control = self.child(head.head, "object") if head.lower_ in self.labels["controlling"] else None
            return control or self.subject(head.head, depth - 1)
        if self.has(verb, "clause", "adverbial") and head.pos_ in VERBAL:
            found = (self._controller(verb, head) if self.has(verb, "clause") else None) or self.subject(head, depth - 1)
            return found if found is None or self.has(verb, "clause") or self._agrees(verb, found) else None
        return None

    def _agrees(self, participle: Token, noun: Token) -> bool:
        """Whether a bare participle may be said of a noun, by gender and number."""
        if not marked(participle, "Tense", "Past") or self.finite(participle) or self.child(participle, "auxiliary") is not None:
            return True
        forms = [(participle.morph.get(f, []), noun.morph.get(f, [])) for f in ("Gender", "Number")]
        return all(not a or not b or a == b for a, b in forms)

    def reports(self, verb: Token) -> bool:
        """Whether a verb without a subject before it closes what it reports: «… ont été tués, a dénoncé jeudi l'OMS»."""
        if not self.inverted(verb) or not self.finite(verb) or self.has(verb, "conjunct") or self._own_subjects(verb):
            return False
        head = verb.head
        told = head.i < verb.i and head.pos_ in VERBAL and self.finite(head) and not self.has(head, "relative")
        return told or self.quoted(verb) is not None

    def quoted(self, verb: Token) -> Token | None:
        """The head of the quotation that a verb closes: «« … », a dénoncé le maire»."""
        if not self.inverted(verb) or verb.head.i >= verb.i:
            return None
        before = [t.text for t in verb.doc[max(verb.sent.start, verb.i - 5) : verb.i]]
        return verb.head if any(text in QUOTES for text in before) else None

    def finite(self, verb: Token) -> bool:
        """Whether a verb or its auxiliary is finite."""
        return marked(verb, "VerbForm", "Fin") or any(
            self.has(t, "auxiliary") and marked(t, "VerbForm", "Fin") for t in verb.children
        )

    def _of_noun(self, verb: Token, noun: Token, depth: int) -> Token | None:
        """Who does what a participle or an infinitive beside a noun says."""
        if not (marked(verb, "VerbForm", "Inf") or verb.tag_ == "VB"):
            return self.child(noun, "subject") if self.child(noun, "copula") is not None else noun
        bare = not any(self.has(t, "case") or t.pos_ == "PART" for t in verb.children)
        if bare or (noun.head.pos_ in VERBAL and self.object_controls(noun.head) and not self.has(noun, "subject")):
            return noun
        owner = self.child(noun, "subject") or self.possessor(noun)
        return owner or (self.subject(noun.head, depth - 1) if noun.head.pos_ in VERBAL else noun)

    def _controller(self, verb: Token, head: Token) -> Token | None:
        """The complement of a verb that does what the clause under it says: «demande à X de partir»."""
        if self.subject_controls(head):
            return None
        control = self.child(head, "object", "dative")
        if control is None and self.object_controls(head):
            control = next((t for word, t in self.obliques(head) if word == self.to), None)
        if control is None or control.pos_ not in NOMINAL or control.i > verb.i:
            return None
        return self.antecedent(control, head)

    def subject_controls(self, verb: Token) -> bool:
        return verb.lemma_.lower() in self.labels["subject_control"]

    def object_controls(self, verb: Token) -> bool:
        return verb.lemma_.lower() in self.labels["object_control"]

    def antecedent(self, token: Token, verb: Token) -> Token:
        """The noun that a relative pronoun stands for, or that a participle describes; any other token itself."""
        if token.tag_ == "VBG" and token.i < verb.i and (described := self.child(token, "subject")) is not None:
            return described
        if token.lower_ not in self.labels["relatives"]:
            return token
        clause = verb
        for _ in range(4):
            if self.has(clause, "relative"):
                before, head = token.doc[max(token.i - 1, 0)], clause.head
                if head.pos_ not in VERBAL:
                    return head
                if before.pos_ in NOMINAL:
                    return before
                return head.head if self.has(head, "participial") and head.head.pos_ in NOMINAL else head
            if clause.head.i == clause.i:
                break
            clause = clause.head
        return token

    def object(self, verb: Token) -> Token | None:
        """What the verb is done to, of an active verb."""
        for t in verb.children:
            misplaced = self.has(t, "subject") and self._misplaced(t, verb)
            if (misplaced or self.has(t, "object")) and not self.timely(t):
                return self.antecedent(t, verb)
        return self._relative_object(verb)

    def _relative_object(self, verb: Token) -> Token | None:
        """The noun that a relative pronoun which the parse took for a conjunction stands for: «l'accord, que X a dénoncé»."""
        if not self.has(verb, "relative", "adverbial", "participial"):
            return None
        mark = next((t for t in verb.lefts if t.lower_ in self.labels["object_relatives"]), None)
        if mark is None or mark.i < 2:
            return None
        before = mark.nbor(-2) if mark.nbor(-1).text == "," else mark.nbor(-1)
        if before.pos_ not in NOMINAL or before.sent.start != verb.sent.start:
            return None
        return verb.head if self.has(verb, "relative") and verb.head.pos_ in NOMINAL else before

    def obliques(self, head: Token) -> Iterator[tuple[str, Token]]:
        """Phrases that a preposition ties to this word, with the preposition in its plain form."""
        for child in head.children:
            if self.has(child, "preposition") and child.pos_ != "NOUN":
                yield from self._objects_of(child, child.lower_)
            elif self.has(child, "oblique") or (
                child.pos_ in NOMINAL and not self.has(child, "subject", "passive_subject", "object", "conjunct")
            ):
                word = self.preposition(child)
                if word:
                    yield self._through(child) or (word, child)

    def _through(self, noun: Token) -> tuple[str, Token] | None:
        """What a phrase that stands for a preposition introduces, where it hangs on the phrase's noun: «à l'égard de X»."""
        if noun.lower_ not in self.within_prepositions:
            return None
        first = next((t.i for t in noun.lefts if self.has(t, "case")), noun.i)
        for t in noun.rights:
            words = [k for k in t.lefts if self.has(k, "case")]
            if words and t.pos_ in NOMINAL:
                inner = [k.lower_ for k in noun.doc[first : words[-1].i]] + [
                    self.prepositions.get(words[-1].lower_, words[-1].lower_)
                ]
                word = self.prepositions.get(" ".join(inner).replace("' ", "'"))
                if word is not None:
                    return word, t
        return None

    def _objects_of(self, preposition: Token, words: str) -> Iterator[tuple[str, Token]]:
        for t in preposition.children:
            if t.lower_ in self.within_prepositions and (inner := self.child(t, "preposition")) is not None:
                yield from self._objects_of(inner, f"{words} {t.lower_} {inner.lower_}")
            elif t.dep_ in ("pobj", "pcomp"):
                yield self.prepositions.get(words, words), t
            elif self.has(t, "preposition"):
                yield from self._objects_of(t, f"{words} {t.lower_}")

    def preposition(self, token: Token) -> str:
        """The preposition that introduces this phrase, in its plain form; empty where there is none."""
        cases = [t for t in token.lefts if self.has(t, "case")]
        if not cases:
            return ""
        words = [t.lower_ for t in token.doc[cases[0].i : token.i] if t.i <= cases[-1].i]
        words[-1] = self.prepositions.get(words[-1], words[-1])
        phrase = " ".join(words).replace("' ", "'")
        return self.prepositions.get(phrase, phrase if len(words) == 1 else self.prepositions.get(words[0], words[0]))

    @staticmethod
    def slot(preposition: str) -> str:
        """The name of the argument place that a preposition opens: without accents, as the tables write it."""
        return unaccented(preposition)

    def possessor(self, noun: Token) -> Token | None:
        """The possessive that stands before a noun, or the phrase in the genitive."""
        for t in noun.lefts:
            if self.has(t, "possessive") and (t.lower_ in self.labels["possessives"] or t.dep_ == "poss"):
                return t
        return None

    def opened(self, verb: Token) -> bool:
        """Whether a verb that may be done by itself has no object: «talks resumed»."""
        return verb.lemma_.lower() in self.labels["ergative"] and self.object(verb) is None

    def agent(self, verb: Token) -> Token | None:
        """Who does what a passive verb says: its own complement, else the first such phrase after it in its clause."""
        found = next((t for word, t in self.obliques(verb) if word == self.by), None)
        if found is not None:
            return found
        for i in range(verb.i + 1, min(verb.sent.end - 1, verb.i + REACH)):
            t = verb.doc[i]
            if t.text in CLAUSE_MARKS or t.pos_ in VERBAL:
                return None
            if t.lower_ == self.by and t.pos_ == "ADP":
                return self.right_phrase(t)
        return None


@cache
def syntax(code: str) -> Syntax:
    """The relations of a language."""
    table: dict[str, Any] = language(code).table("syntax")
    words = {name: frozenset(value) for name, value in table.items() if isinstance(value, list)}
    within = frozenset(word for phrase in table["prepositions"] for word in phrase.split()[1:-1])
    return Syntax(
        words, table["prepositions"], frozenset(w.split("'")[-1] for w in within), by=table["by"], to=table["dative_preposition"]
    )
