"""Pronouns and possessives: which of the actors named before one stands for.

Invariant: a thing that fits as well is a candidate too; where two candidates fit about as well, nobody is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recoupe.reading.actors.chains import Chain, Chains
from recoupe.reading.actors.scene import Phrase, Scene

REACH = 2
CLIMB = 6
MARGIN = 2.0
EQUAL = 6.0
BODIES = frozenset(("state", "organisation"))


@dataclass(slots=True)
class Candidate:
    """One possible antecedent. chain: None for a thing; place: token of its mention; subject: whether that is a subject."""

    chain: Chain | None
    score: float
    place: int
    subject: bool

    @property
    def name(self) -> str:
        return self.chain.name if self.chain else ""


class Pronouns:
    """Resolves the pronouns of one page. recent: the mentions so far, in order."""

    def __init__(self, scene: Scene, chains: Chains, recent: Sequence[tuple[Phrase, Chain]]) -> None:
        self.scene = scene
        self.chains = chains
        self.recent = recent
        words, subjects = scene.words, scene.grammar.subjects
        self.subject_of: dict[int, int] = {}
        for i, label in enumerate(words.dep):
            if label in subjects:
                self.subject_of.setdefault(words.head[i], i)

    def antecedent(self, phrase: Phrase) -> Chain | None:
        """Whom a pronoun or possessive stands for, or None."""
        if phrase.form == "relative":
            return self._relative(phrase)
        if phrase.form == "latter":
            return self._latter(phrase)
        if phrase.form == "possessive":
            owner = self._owner(phrase)
            if owner is not None:
                return owner.chain
        return self._repeated(phrase) or self._best(phrase)

    def _repeated(self, phrase: Phrase) -> Chain | None:
        """The subject of the same verb in the sentence before, where an adverb adds to it: “Mali refused. They also refused”."""
        words = self.scene.words
        doc, verb = self.scene.page.doc, words.head[phrase.head]
        adds = any(t.lower_ in self.scene.grammar.additive for t in doc[verb].children)
        if not adds or self.subject_of.get(verb) != phrase.head:
            return None
        here = words.sentence[phrase.head]
        said = [i for i in self.subject_of if words.sentence[i] == here - 1 and doc[i].lemma_ == doc[verb].lemma_]
        return self.chains.at(self.subject_of[said[0]]) if len(said) == 1 else None

    def _relative(self, phrase: Phrase) -> Chain | None:
        words, grammar = self.scene.words, self.scene.grammar
        verb = words.head[phrase.head]
        for _ in range(3):
            if words.dep[verb] in grammar.relative_clauses:
                return self.chains.at(words.head[verb])
            verb = words.head[verb]
        before = phrase.head - 1
        if before >= 0 and words.lower[before] == ",":
            before -= 1
        return next((chain for p, chain in self.recent[-3:] if p.end - 1 == before and p.form in ("name", "noun")), None)

    def _latter(self, phrase: Phrase) -> Chain | None:
        """Whoever was named last before it, a state only where nobody else was."""
        words = self.scene.words
        here, states = words.sentence[phrase.head], None
        for earlier, chain in reversed(self.recent):
            if here - words.sentence[earlier.head] > 1:
                break
            if self._agrees(phrase, chain, earlier):
                if chain.kind != "state":
                    return chain
                states = states or chain
        return states

    def _owner(self, phrase: Phrase) -> Candidate | None:
        """The subject of the clause that a possessive stands in, or of the clause above where it stands in the subject."""
        words = self.scene.words
        i = phrase.head
        path = {i}
        for _ in range(CLIMB):
            i = words.head[i]
            subject = self.subject_of.get(i)
            if subject is not None and subject not in path and subject < phrase.head:
                chain = self.chains.at(subject)
                if chain is None:
                    fits = self._thing_agrees(phrase, subject)
                    return Candidate(None, 0, subject, True) if fits else None
                return Candidate(chain, 0, subject, True) if self._fits(phrase, chain) else None
            if i in path:
                break
            path.add(i)
        return None

    def _best(self, phrase: Phrase) -> Chain | None:
        ranked = sorted(self._candidates(phrase), key=lambda c: -c.score)
        if not ranked:
            return None
        top = ranked[0]
        rivals = [c for c in ranked[1:] if top.score - c.score < MARGIN or (top.score - c.score < EQUAL and self._equal(top, c))]
        if top.chain is None or not rivals:
            return top.chain
        if all(rival.chain is None for rival in rivals) and self._speaks(phrase):
            return top.chain
        names = tuple(c.name for c in (top, *rivals[:1]) if c.chain)
        text = self.scene.text(phrase.left, phrase.end)
        self.scene.page.abstain(text, "actor", "two antecedents remain", names)
        return None

    def _equal(self, top: Candidate, other: Candidate) -> bool:
        """Whether another, though no subject, is as likely: of the same sentence and sort, and as much talked of."""
        if top.chain is None or other.chain is None or not top.subject or other.subject:
            return False
        words = self.scene.words
        if words.sentence[top.place] != words.sentence[other.place] or (top.chain.kind == "person") != (
            other.chain.kind == "person"
        ):
            return False
        if top.chain.kind in BODIES and other.chain.kind in BODIES:
            return False
        return self._mentions(top) <= self._mentions(other)

    def _mentions(self, candidate: Candidate) -> int:
        assert candidate.chain is not None
        return sum(p.head <= candidate.place for p in candidate.chain.phrases)

    def _candidates(self, phrase: Phrase) -> list[Candidate]:
        words, grammar = self.scene.words, self.scene.grammar
        here, own, reporter = words.sentence[phrase.head], self._own_subject(phrase), self._reporter(phrase)
        found: dict[int, Candidate] = {}
        for earlier, chain in reversed(self.recent):
            distance = here - words.sentence[earlier.head]
            if distance > REACH:
                break
            if chain is own or not self._agrees(phrase, chain, earlier):
                continue
            subject = words.dep[earlier.head] in grammar.subjects
            score = 10.0 - 4 * distance + 3 * subject + 2 * (chain.kind == "person")
            if phrase.gender and chain.gender == phrase.gender:
                score += 1
            if phrase.number == "p" and chain.number == "s":
                score -= 3
            if earlier.head == reporter:
                score += 4
            known = found.get(id(chain))
            if known is None or known.score < score:
                found[id(chain)] = Candidate(chain, score, earlier.head, subject)
        return [*found.values(), *self._things(phrase)]

    def _things(self, phrase: Phrase) -> list[Candidate]:
        """Subjects just before that are no actors, where the pronoun's verb may have a thing for its subject."""
        words = self.scene.words
        if phrase.head not in self.subject_of.values() or self._speaks(phrase):
            return []
        here = words.sentence[phrase.head]
        first = words.begins[max(0, here - 1)]
        found = []
        for i in range(first, phrase.head):
            thing = words.dep[i] in self.scene.grammar.subjects and words.pos[i] == "NOUN" and self.chains.at(i) is None
            if thing and self._thing_agrees(phrase, i):
                found.append(Candidate(None, 13.0 - 4 * (here - words.sentence[i]), i, True))
        return found

    def _speaks(self, phrase: Phrase) -> bool:
        """Whether the pronoun is the subject of a verb that only people are subjects of."""
        token = self.scene.page.doc[self.scene.words.head[phrase.head]]
        return token.lemma_ in self.scene.grammar.human_verbs or token.lower_ in self.scene.grammar.human_verbs

    def _reporter(self, phrase: Phrase) -> int:
        """The subject that reports the clause whose subject the pronoun is: “The army said it had won”."""
        words = self.scene.words
        verb = words.head[phrase.head]
        if phrase.head in self.subject_of.values() and words.dep[verb] in self.scene.grammar.reported:
            subject = self.subject_of.get(words.head[verb], -1)
            return subject if subject < phrase.head else -1
        return -1

    def _own_subject(self, phrase: Phrase) -> Chain | None:
        """The subject of a pronoun's own clause, which the pronoun, being no subject, cannot stand for."""
        if phrase.form == "possessive" or phrase.head in self.subject_of.values():
            return None
        i = phrase.head
        for _ in range(CLIMB):
            i = self.scene.words.head[i]
            if i in self.subject_of:
                return self.chains.at(self.subject_of[i])
        return None

    def _agrees(self, phrase: Phrase, chain: Chain, earlier: Phrase) -> bool:
        gender = earlier.gender or chain.gender
        number = earlier.number if earlier.form in ("noun", "nationals", "pronoun") else chain.number
        if self.scene.grammar.head_last:
            return self._fits(phrase, chain)
        if phrase.number and number and phrase.number != number:
            return False
        return not (phrase.gender and gender and phrase.gender != gender)

    def _fits(self, phrase: Phrase, chain: Chain) -> bool:
        """Whether a pronoun's gender and number are those of an actor. A body of people may be plural, and neuter."""
        body = chain.organ or chain.kind in ("state", "organisation", "armed_group")
        if phrase.gender == "n":
            return body and chain.number == "s"
        if phrase.number == "p" and chain.number == "s":
            return self.scene.grammar.head_last and body
        if phrase.number == "s" and chain.number == "p":
            return False
        if self.scene.grammar.head_last and phrase.gender and body:
            return False
        return not (phrase.gender and chain.gender and phrase.gender != chain.gender)

    def _thing_agrees(self, phrase: Phrase, i: int) -> bool:
        if self.scene.grammar.head_last and phrase.gender in ("m", "f"):
            return False
        morph = self.scene.page.doc[i].morph
        number, gender = morph.get("Number", []), morph.get("Gender", [])
        if number and phrase.number and number[0][:1].lower() != phrase.number:
            return False
        return phrase.gender in ("", "n") or not gender or gender[0][:1].lower() == phrase.gender
