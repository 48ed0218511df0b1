"""A parse as the reading of events asks for it: subjects, objects, obliques, governors. Label names come from the `syntax` table.

Where the parse gives nothing and the word was taken for another part of speech, the nearest bare noun phrase on the
side where the argument belongs is proposed instead (`left_phrase`, `right_phrase`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from recoupe.language import language
from recoupe.letters import unaccented

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})
CLAUSE_MARKS = frozenset(',;:«»()—–"')
OPENERS = frozenset(";:—–")
QUOTES = frozenset('»"”')
QUOTE_ENDS = frozenset(',»"”')
REACH = 12
OPENING = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "ADP", "ADV", "PART", "SCONJ"})


def marked(token: Token, feature: str, value: str) -> bool:
    """Whether the parser gave a word this value of a morphological feature."""
    return value in token.morph.get(feature, [])


@dataclass(frozen=True)
class Syntax:
    """How one language's parser names relations; each field is a set of labels or of words."""

    labels: dict[str, frozenset[str]]
    prepositions: dict[str, str]
    within_prepositions: frozenset[str]
    by: str
    to: str

    def has(self, token: Token, *names: str) -> bool:
        label, labels = token.dep_, self.labels
        for name in names:  # noqa: SIM110 (this is the innermost call: a generator doubles its cost)
            if label in labels[name]:
                return True
        return False

    def child(self, head: Token, *names: str) -> Token | None:
        """The first child under one of these relations."""
        return next((t for t in head.children if self.has(t, *names)), None)

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
        found = [
            t for t in found if t.lower_ not in self.labels["time_nouns"] and t.lower_ not in self.labels["particles"]
        ] or found
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
            if (misplaced or self.has(t, "object")) and t.lower_ not in self.labels["time_nouns"]:
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
        """What a phrase that stands for a preposition introduces, where the parse hangs it on the phrase's noun: «à l'égard de X»."""
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

    def left_phrase(self, token: Token) -> Token | None:
        """The head of the nearest noun phrase before a token, in its clause, that no preposition introduces."""
        best = None
        for i in range(self._before_incise(token), max(token.sent.start, token.i - 2 * REACH) - 1, -1):
            t = token.doc[i]
            if t.text in CLAUSE_MARKS or t.lower_ in self.labels["relatives"] or t.pos_ in VERBAL or self.has(t, "coordinator"):
                break
            if t.pos_ in NOMINAL and not self.introduced(t) and t.lower_ not in self.labels["time_nouns"]:
                if "last" in self.labels["heads"]:
                    return t
                best = t
        return best

    def _before_incise(self, token: Token) -> int:
        """The index of the word before a token, or before the incise between commas that ends there."""
        i = token.i - 1
        if i > token.sent.start and token.doc[i].text == ",":
            commas = (j for j in range(i - 1, max(token.sent.start, i - 2 * REACH), -1) if token.doc[j].text == ",")
            return next(commas, i) - 1
        return i

    def right_phrase(self, token: Token) -> Token | None:
        """The head of the noun phrase that begins right after a token, if no preposition introduces it."""
        for i in range(token.i + 1, min(token.sent.end, token.i + 6)):
            t = token.doc[i]
            noun = t.pos_ in ("NOUN", "PROPN", "PRON") or (
                t.pos_ in VERBAL and i > token.i + 1 and token.doc[i - 1].pos_ in ("DET", "NUM")
            )
            if noun:
                return self.whole(t)
            if not (t.pos_ in ("DET", "ADJ", "NUM", "ADV") or t.lower_ in self.labels["articles"]):
                break
        return None

    def whole(self, token: Token) -> Token:
        """The head of the compound that a noun opens: «army chief» is a chief."""
        while self.has(token, "modifier") and token.pos_ in NOMINAL and token.head.i > token.i and token.head.pos_ in NOMINAL:
            token = token.head
        return token

    def opened(self, verb: Token) -> bool:
        """Whether a verb that may be done by itself has no object: «talks resumed»."""
        return verb.lemma_.lower() in self.labels["ergative"] and self.object(verb) is None

    def headline_verb(self, token: Token, tense: str) -> bool:
        """Whether a word taken for a noun is the verb of a headline that has no other, by its agreement: «Police detain mayor»."""
        if not self.labels["plurals"] or not token.sent.start < token.i < token.sent.end - 1:
            return False
        before, after = token.doc[token.i - 1], token.doc[token.i + 1]
        named = before.pos_ in ("NOUN", "PROPN") or before.text[:1].isupper()
        if not named or after.pos_ not in OPENING or after.lower_ in self.labels["partitives"]:
            return False
        verbs = (t for t in token.sent if t.pos_ in VERBAL and marked(t, "VerbForm", "Fin"))
        if any(self.child(t, "subject") is not None for t in verbs if t.i < token.i or t.head.i == t.i):
            return False
        return tense == ("infinitive" if self._plural(self.left_phrase(token) or before) else "present")

    def _plural(self, noun: Token) -> bool:
        """Whether a noun takes a verb in the plural: by its form, as a collective, or as the last of several."""
        joined = noun.i > noun.sent.start + 1 and noun.nbor(-1).text in (",", "and", "&") and noun.nbor(-2).pos_ in NOMINAL
        return joined or marked(noun, "Number", "Plur") or noun.lower_ in self.labels["plurals"]

    def infinitive_within(self, token: Token) -> Token | None:
        """The first marked infinitive that follows a word in its clause: «demande aux habitants de rester»."""
        for i in range(token.i + 1, min(token.sent.end, token.i + REACH)):
            t = token.doc[i]
            if t.text in ",;:" or (t.pos_ in VERBAL and marked(t, "VerbForm", "Fin")):
                return None
            if t.pos_ in VERBAL and (marked(t, "VerbForm", "Inf") or t.tag_ == "VB"):
                return t.head if self.has(t, "auxiliary") and t.head.i > t.i else t
        return None

    def infinitive(self, verb: Token) -> bool:
        """Whether a clause is an infinitive, marked or bare, and no finite one under an auxiliary."""
        helpers = [t.pos_ for t in verb.children if self.has(t, "auxiliary")]
        return "PART" in helpers or (marked(verb, "VerbForm", "Inf") and "AUX" not in helpers)

    def phrase_after(self, token: Token) -> tuple[str, Token] | None:
        """The prepositional phrase that begins right after a word."""
        if token.i + 1 >= token.sent.end or token.doc[token.i + 1].pos_ != "ADP":
            return None
        word = token.doc[token.i + 1]
        head = self.right_phrase(word)
        return (self.prepositions.get(word.lower_, word.lower_), head) if head is not None else None

    def definite(self, noun: Token) -> bool:
        """Whether a phrase is a name, a pronoun, or stands under a definite."""
        if noun.pos_ in ("PROPN", "PRON"):
            return True
        words = [t.lower_ for t in noun.lefts if t.pos_ in ("DET", "PRON", "ADP")]
        return any(
            w in self.labels["definites"] or w in self.labels["possessives"] or w in self.labels["merged_definites"]
            for w in words
        )

    def later_phrase(self, token: Token) -> Token | None:
        """The first phrase without a preposition after the adverbs, prepositional phrases and incises that follow a verb."""
        for i in range(token.i + 1, min(token.sent.end, token.i + 2 * REACH)):
            t = token.doc[i]
            if t.text in ";:.(" or t.lower_ in self.labels["relatives"] or self.has(t, "coordinator"):
                return None
            if t.pos_ in VERBAL:
                return None
            before = token.doc[i - 1]
            opens = t.pos_ in ("DET", "NUM") and before.pos_ not in ("ADP", "DET", "ADJ", "NUM")
            if opens and (i > token.i + 1) and (phrase := self.right_phrase(before)) is not None:
                return phrase
        return None

    def fronted(self, verb: Token) -> Token | None:
        """The word that a relative pronoun right before the subject of a verb stands for: «ce que Kigali dément»."""
        for i in range(verb.i - 1, max(verb.sent.start + 1, verb.i - 6), -1):
            if verb.doc[i].lower_ in self.labels["object_relatives"]:
                before = verb.doc[i - 2 if verb.doc[i - 1].text == "," else i - 1]
                return before if before.pos_ in NOMINAL else None
        return None

    def opens(self, token: Token) -> bool:
        """Whether a word begins a sentence, or what follows a semicolon."""
        return token.i == token.sent.start or token.nbor(-1).text in OPENERS

    def after_comma(self, token: Token) -> Token | None:
        """The noun phrase that follows the first comma after a word."""
        for i in range(token.i + 1, min(token.sent.end - 1, token.i + 2 * REACH)):
            if token.doc[i].text == ",":
                return self.right_phrase(token.doc[i])
        return None

    def inverted(self, verb: Token) -> bool:
        """Whether a verb and its auxiliaries follow a mark of punctuation, as after a quotation: its subject then follows it."""
        i = verb.i - 1
        while i > verb.sent.start and (self.has(verb.doc[i], "auxiliary") or verb.doc[i].pos_ in ("AUX", "ADV")):
            i -= 1
        return i >= verb.sent.start and verb.doc[i].text in QUOTE_ENDS

    def introduced(self, noun: Token) -> bool:
        """Whether a preposition stands before this noun's phrase."""
        for i in range(noun.i - 1, max(noun.sent.start, noun.i - 5) - 1, -1):
            t = noun.doc[i]
            if t.pos_ == "ADP":
                return True
            if t.pos_ not in ("DET", "ADJ", "NUM") or t.pos_ == "PUNCT":
                break
        return False

    def reflexive(self, verb: Token) -> bool:
        """Whether a reflexive pronoun stands before this verb and its auxiliaries."""
        doc, reflexives = verb.doc, self.labels["reflexives"]
        for i in range(verb.i - 1, max(-1, verb.i - 6), -1):
            if doc[i + 1].is_sent_start:
                return False
            t = doc[i]
            if t.lower_ in reflexives:
                return True
            if t.pos_ not in ("AUX", "ADV", "PRON") and not self.has(t, "auxiliary", "negation"):
                return False
        return False

    def determined(self, token: Token) -> bool:
        """Whether the word before this one says that it is a noun."""
        if token.is_sent_start or not token.i:
            return False
        before = token.doc[token.i - 1]
        return before.lower_ in self.labels["determiners"] or before.pos_ in ("NUM", "ADP")


@cache
def syntax(code: str) -> Syntax:
    """The relations of a language."""
    table: dict[str, Any] = language(code).table("syntax")
    words = {name: frozenset(value) for name, value in table.items() if isinstance(value, list)}
    within = frozenset(word for phrase in table["prepositions"] for word in phrase.split()[1:-1])
    return Syntax(
        words, table["prepositions"], frozenset(w.split("'")[-1] for w in within), by=table["by"], to=table["dative_preposition"]
    )
