"""Acts of reporting: each place where a cue verb stands as a verb, with its auxiliaries, its pronouns and its voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from recoupe.model import Force
from recoupe.reading.statements.cues import Cue
from recoupe.reading.statements.ground import VERBAL, Ground, Range

REACH = 6
FIXED_TENSES = frozenset({"gerund", "participle", "infinitive"})


@dataclass(frozen=True, slots=True)
class Act:
    """A cue at work. first, end: its verb group; mood: finite | gerund | infinitive | participle (bare, so passive).

    pronoun: the subject that is joined to the verb («dit-il»); weak: the tagger took the form for another part of speech;
    restricted: its negation has no second word («n'a confirmé que»), so that a conjunction after it says "only";
    others: further cues of the same words, which take other complements.
    """

    cue: Cue
    verb: Token
    first: int
    end: int
    mood: str
    passive: bool = False
    negated: bool = False
    conditional: bool = False
    weak: bool = False
    restricted: bool = False
    pronoun: int | None = None
    others: tuple[Cue, ...] = ()

    @property
    def group(self) -> Range:
        return self.first, self.end

    @property
    def force(self) -> Force:
        return self.cue.negated if self.negated and self.cue.negated else self.cue.force


def acts(ground: Ground) -> Iterator[Act]:
    """Every act of the page, in order; of two cues at one place, the one of more words."""
    for i, word in enumerate(ground.low):
        if word in ground.lex.forms:
            act = act_at(ground, ground.doc[i])
            if act is not None:
                yield act


def act_at(ground: Ground, token: Token) -> Act | None:
    """The act of a token, or None where its form is no verb here or its cue lacks its pronoun or its words."""
    start, stop = ground.sentence(token.i)
    if token.i > start and ground.low[token.i - 1] == "-" and ground.offsets[token.i - 1] + 1 == token.idx:
        return None
    first, auxiliaries, clitics, negated, pronoun = _before(ground, token, start)
    end, joined, more = _after(ground, token, stop)
    pronoun = joined if joined is not None else pronoun
    reflexive = any(ground.lex.has("reflexive", t) and t.dep_ not in ("iobj", "obl:arg") for t in clitics) or any(
        ground.lex.has("reflexive", t) for t in ground.doc[end : end + 1]
    )
    cues, end, tenses = _choose(ground, token, end, reflexive)
    if not cues:
        return None
    has = any(ground.lex.has("have", t) for t in auxiliaries)
    is_ = any(ground.lex.has("be", t) for t in auxiliaries)
    mood, passive = _mood(ground, token, tenses, has, is_, reflexive)
    if mood == "":
        return None
    weak = token.pos_ not in VERBAL and not (has and "participle" in tenses)
    unsure = mood != "finite" or token.pos_ == "PROPN" or (not auxiliaries and ground.syntax.determined(token))
    if weak and unsure and not (passive and ground.syntax.agent(token) is not None):
        return None
    if not weak and not auxiliaries and token.i > start and ground.doc[token.i - 1].pos_ == "DET" and not clitics:
        return None
    conditional = "conditional" in tenses or any("Cnd" in t.morph.get("Mood", []) for t in auxiliaries)
    negated = negated or more
    restricted = not negated and any(ground.lex.has("half-negation", t) for t in clitics)
    return Act(cues[0], token, first, end, mood, passive, negated, conditional, weak, restricted, pronoun, cues[1:])


def _before(ground: Ground, token: Token, start: int) -> tuple[int, list[Token], list[Token], bool, int | None]:
    lex, doc = ground.lex, ground.doc
    first, auxiliaries, clitics, negated, pronoun = token.i, [], [], False, None
    for i in range(token.i - 1, max(start, token.i - REACH) - 1, -1):
        t = doc[i]
        if lex.has("inverted", t):
            first, pronoun = i, pronoun if pronoun is not None else i
        elif lex.has("negation", t):
            negated, first = True, i
        elif lex.has("have", t) or lex.has("be", t) or t.pos_ == "AUX":
            auxiliaries.append(t)
            first = i
        elif lex.has("clitics", t) and t.pos_ != "DET" and (lex.has("objects", t) or not t.dep_.startswith("nsubj")):
            clitics.append(t)
            first = i
        elif t.pos_ not in ("ADV", "PART") or ground.mark[i]:
            break
    clitics += [t for t in token.lefts if start <= t.i < first and lex.has("reflexive", t) and t.dep_.startswith("expl")]
    if not auxiliaries:
        auxiliaries = [
            t for t in token.lefts if t.dep_.startswith("aux") and (lex.has("have", t) or lex.has("be", t)) and t.i >= start
        ]
        first = min([first, *(t.i for t in auxiliaries)])
    return first, auxiliaries, clitics, negated, pronoun


def _after(ground: Ground, token: Token, stop: int) -> tuple[int, int | None, bool]:
    end, pronoun, negated = token.i + 1, None, False
    while end < stop and ground.lex.has("inverted", ground.doc[end]):
        pronoun, end = end, end + 1
    if end < stop and ground.lex.has("negation", ground.doc[end]):
        negated, end = True, end + 1
    return end, pronoun, negated


def _choose(ground: Ground, token: Token, end: int, reflexive: bool) -> tuple[tuple[Cue, ...], int, frozenset[str]]:
    """The cues of most words at a place, in the order of the tables, with where they end and the tenses of the form."""
    best: list[Cue] = []
    rank, stop, moods = -1, end, frozenset[str]()
    for cue, tenses in ground.lex.forms[token.lower_]:
        after = _words(ground, cue.words, end) if reflexive or not cue.reflexive else None
        here = 2 * len(cue.words) + cue.reflexive
        if after is None or here < rank:
            continue
        if here > rank:
            best, rank, stop, moods = [], here, after, tenses
        best.append(cue)
    return tuple(best), stop, moods


def _words(ground: Ground, words: tuple[str, ...], end: int) -> int | None:
    """Where a cue's further words end, adverbs and pronouns standing before the first of them; None where they do not follow."""
    if not words:
        return end
    stop = min(len(ground.doc), end + 4)
    while end < stop and ground.doc[end].lower_ != words[0] and ground.doc[end].pos_ in ("ADV", "PRON"):
        end += 1
    following = tuple(ground.low[end : end + len(words)])
    return end + len(words) if following == words else None


def _mood(ground: Ground, token: Token, tenses: frozenset[str], has: bool, is_: bool, reflexive: bool) -> tuple[str, bool]:
    """The mood of a form where it stands, and whether the verb is passive; no mood where the form is no verb."""
    finite = tenses - FIXED_TENSES
    if has and not is_ and ("participle" in tenses or "past" in tenses):
        return "finite", False
    if is_ and not has and "gerund" in tenses and ground.lex.has("order", "progressive"):
        return "finite", False
    if is_ and "participle" in tenses:
        return "finite", not reflexive
    adjectival = token.tag_ == "VBN" or token.dep_ in ("acl", "amod", "conj")
    if "participle" in tenses and (not finite or (adjectival and "Part" in token.morph.get("VerbForm", []))):
        head = token.head
        if (
            token.dep_ == "conj"
            and head.i < token.i
            and head.pos_ in VERBAL
            and any(c.dep_.startswith("aux") for c in head.children)
        ):
            return "finite", ground.syntax.passive(head)
        if finite and token.tag_ == "VBN" and (token.dep_ in ("ROOT", "ccomp", "conj", "parataxis") or _beside(ground, token)):
            return "finite", False
        return "participle", True
    if finite and not (tenses & {"infinitive"} and _is_infinitive(token)):
        return "finite", False
    if "gerund" in tenses:
        return "gerund", False
    if "infinitive" in tenses:
        return "infinitive", False
    return "", False


def _beside(ground: Ground, token: Token) -> bool:
    """Whether a past tense was taken for a participle after its own subject («…, a Ukrainian source acknowledged.»)."""
    noun, doc = token.head, ground.doc
    if token.dep_ == "amod" and doc[token.i - 1].text == "," and noun.i == token.i + 1:
        return any(ground.syntax.has(t, "relative") for t in doc[ground.sentence(token.i)[0] : token.i])
    stands = token.dep_ == "acl" and noun.dep_ == "appos" and noun.i < token.i and doc[noun.left_edge.i - 1].text == ","
    stop = ground.sentence(token.i)[1]
    return stands and not any(t.dep_ == "agent" for t in token.children) and not any(t.text == "," for t in doc[token.i : stop])


def _is_infinitive(token: Token) -> bool:
    return "Inf" in token.morph.get("VerbForm", []) or token.tag_ == "VB"
