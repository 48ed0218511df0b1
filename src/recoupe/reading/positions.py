"""Words and phrases found by position, where the parse gives nothing or took a word for another part of speech.

The nearest bare noun phrase on the side where the argument belongs is proposed, within the clause. Labels come from
the `syntax` table.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

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
class Positions:
    """What may be told of a word by those around it; labels: sets of labels or of words, by name."""

    labels: dict[str, frozenset[str]]
    prepositions: dict[str, str]

    def has(self, token: Token, *names: str) -> bool:
        label, labels = token.dep_, self.labels
        for name in names:  # noqa: SIM110 (this is the innermost call: a generator doubles its cost)
            if label in labels[name]:
                return True
        return False

    def child(self, head: Token, *names: str) -> Token | None:
        """The first child under one of these relations."""
        return next((t for t in head.children if self.has(t, *names)), None)

    def left_phrase(self, token: Token) -> Token | None:
        """The head of the nearest noun phrase before a token, in its clause, that no preposition introduces."""
        best = None
        for i in range(self._before_incise(token), max(token.sent.start, token.i - 2 * REACH) - 1, -1):
            t = token.doc[i]
            if t.text in CLAUSE_MARKS or t.lower_ in self.labels["relatives"] or t.pos_ in VERBAL or self.has(t, "coordinator"):
                break
            if t.pos_ in NOMINAL and not self.introduced(t) and not self.timely(t):
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

    def timely(self, noun: Token) -> bool:
        """Whether a noun tells a time; the end or the beginning of what is none tells none: «la fin des combats»."""
        times = self.labels["time_nouns"]
        if noun.lower_ not in times or noun.lower_ not in self.labels["edges"]:
            return noun.lower_ in times
        of = noun.nbor(1).lower_ if noun.i + 1 < noun.sent.end else ""
        within = self.right_phrase(noun.nbor(1)) if self.prepositions.get(of, of) in self.labels["partitives"] else None
        return within is None or within.lower_ in times or within.pos_ == "NUM"

    def whole(self, token: Token) -> Token:
        """The head of the compound that a noun opens: «army chief» is a chief."""
        while self.has(token, "modifier") and token.pos_ in NOMINAL and token.head.i > token.i and token.head.pos_ in NOMINAL:
            token = token.head
        return token

    def headline_verb(self, token: Token, tense: str) -> bool:
        """Whether a word taken for a noun is the verb of a headline that has no other, by agreement: «Police detain mayor»."""
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

    def helped(self, token: Token) -> bool:
        """Whether an auxiliary that is no copula stands before a word that was not taken for a verb: «a indemnisé»."""
        return any(t.pos_ == "AUX" and self.has(t, "auxiliary") and not self.has(t, "copula") for t in token.lefts)

    def infinitive_by_place(self, token: Token) -> bool:
        """Whether a word right after a preposition of infinitives, not taken for a verb, is one: «a fini par démissionner»."""
        before = token.doc[max(token.i - 1, 0)]
        return before.lower_ in self.labels["infinitive_marks"] and token.pos_ in ("NOUN", "ADJ", "ADV") and token.text.islower()

    def nominal(self, participle: Token) -> bool:
        """Whether a participle stands as a noun after a preposition: «un camp de déplacés»."""
        before = participle.doc[max(participle.i - 1, 0)]
        return before.pos_ == "ADP" and self.has(participle, "oblique")

    def cliticised(self, verb: Token, word: str) -> bool:
        """Whether this pronoun stands before a verb and its auxiliaries: «s'en est pris à»."""
        for i in range(verb.i - 1, max(verb.sent.start, verb.i - 6) - 1, -1):
            if verb.doc[i].lower_ == word:
                return True
            if verb.doc[i].pos_ not in ("AUX", "ADV", "PRON") and not self.has(verb.doc[i], "auxiliary", "negation"):
                return False
        return False

    def determined(self, token: Token) -> bool:
        """Whether the word before this one says that it is a noun."""
        if token.is_sent_start or not token.i:
            return False
        before = token.doc[token.i - 1]
        return before.lower_ in self.labels["determiners"] or before.pos_ in ("NUM", "ADP")
