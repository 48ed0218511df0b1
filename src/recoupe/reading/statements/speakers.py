"""Who speaks: the words that name the speaker of an act, and the actor that they refer to.

The parse proposes; where it has no subject, the nearest bare noun phrase is taken. Two actors under one phrase leave none.
"""

from __future__ import annotations

from spacy.tokens import Token

from recoupe.model import Span
from recoupe.reading.cast import Cast
from recoupe.reading.statements.acts import Act
from recoupe.reading.statements.ground import NOMINAL, Ground, Phrase

LONGEST = 24
REACH = 18
APPOSED = ("appos", "flat:name", "flat", "flat:foreign", "conj", "nmod")


def phrase(ground: Ground, head: Token) -> Phrase:
    """The noun phrase of a head: its determiner and its modifiers up to a clause, its apposition, what is coordinated with it."""
    if head.pos_ == "PRON" and ("Prs" in head.morph.get("PronType", []) or head.morph.get("Person", [])):
        return Phrase(head.i, head.i + 1, (head.i,))
    start = head.i
    for left in head.lefts:
        verbal = left.pos_ in ("VERB", "AUX") and left.dep_ not in ("compound", "amod")
        if left.dep_ in ("case", "mark", "cc", "punct", "prep") or left.pos_ in ("ADP", "PUNCT") or verbal:
            continue
        start = min(start, left.left_edge.i) if left.left_edge.i > head.i - LONGEST else start
    while start < head.i and (ground.mark[start] or ground.doc[start].is_punct or ground.doc[start].is_space):
        start += 1
    end = _right_edge(ground, head)
    heads = [head.i] + [t.i for t in ground.syntax.conjuncts(head)[1:] if start <= t.i < end and t.pos_ in NOMINAL]
    return Phrase(start, end, tuple(dict.fromkeys(heads)))


def _right_edge(ground: Ground, head: Token) -> int:
    doc, stop = ground.doc, min(head.right_edge.i + 1, head.i + LONGEST, ground.sentence(head.i)[1])
    end = head.i + 1
    while end < stop:
        token = doc[end]
        if (
            ground.mark[end]
            or ground.is_finite(token)
            or ground.syntax.has(token, "relative")
            or token.text in ("(", ")", ";", ":")
        ):
            break
        if token.lower_ in ground.syntax.labels["relatives"] and token.pos_ in ("PRON", "SCONJ", "DET"):
            break
        if token.text in (",", "—", "–") and not _apposed(ground, head, end, stop):
            break
        if token.pos_ == "DET" and token.text[:1].islower() and doc[end - 1].pos_ in NOMINAL:
            break
        if token.is_space or (token.pos_ in ("SCONJ",) and token.dep_ == "mark"):
            break
        end += 1
    while end > head.i + 1 and (
        doc[end - 1].is_punct or doc[end - 1].pos_ in ("CCONJ", "ADP", "DET", "SCONJ") or end - 1 in ground.dated
    ):
        end -= 1
    return _named(ground, head, end)


def _apposed(ground: Ground, head: Token, comma: int, stop: int) -> bool:
    """Whether what follows a comma names the head again."""
    if comma + 1 < stop and ground.doc[comma + 1].pos_ == "CCONJ":
        return False
    return any(
        t.i > comma
        and t.pos_ in NOMINAL
        and t.left_edge.i <= comma + 1
        and (ground.syntax.has(t, "apposition", "conjunct") or t.dep_ in APPOSED)
        for t in ground.doc[comma + 1 : min(stop, comma + 8)]
        if t.head.i <= comma
    )


def _named(ground: Ground, head: Token, end: int) -> int:
    """A name right after a common noun, or in commas after it, belongs to it («le ministre, Jean Dupont,»)."""
    doc, stop = ground.doc, ground.sentence(head.i)[1]
    if head.pos_ != "NOUN" or end >= stop:
        return end
    comma = doc[end].text == ","
    after = begin = end + comma
    while after < stop and _name_like(ground, after):
        after += 1
    if after == begin or not any(t.pos_ == "PROPN" for t in doc[begin:after]):
        return end
    return after if not comma or after >= stop or doc[after].is_punct or doc[after].is_space else end


def _name_like(ground: Ground, i: int) -> bool:
    token = ground.doc[i]
    capital = token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "X") and i not in ground.dated
    return not ground.mark[i] and (
        capital or (token.text in ("-", "'") and i + 1 < len(ground.doc) and ground.doc[i + 1].text[:1].isupper())
    )


def subject(ground: Ground, act: Act) -> Phrase | None:
    """Who performs an act: the joined pronoun, the subject before it, or the agent of a passive."""
    if act.pronoun is not None:
        return Phrase(act.pronoun, act.pronoun + 1, (act.pronoun,))
    if act.passive:
        agent = ground.syntax.agent(act.verb)
        return phrase(ground, agent) if agent is not None else None
    if act.mood == "finite" and ground.syntax.child(act.verb, "subject", "passive_subject") is None:
        beside = left_subject(ground, act.first)
        if beside is not None and beside.end == act.first:
            return beside
    head = ground.syntax.subject(act.verb)
    if act.mood == "gerund" and act.first > 0 and ground.low[act.first - 1] == ",":
        head = _main_subject(ground, act) or head
    if head is not None and ground.lex.has("resuming", head):
        beside = left_subject(ground, act.first)
        return beside if beside is None or not ground.lex.has("resuming", ground.doc[beside.heads[0]]) else None
    if (
        head is not None
        and head.i
        and head.lower_ in ground.syntax.labels["relatives"]
        and ground.doc[head.i - 1].pos_ == "CCONJ"
    ):
        head = _coordinated(ground, head) or head
    if head is not None and head.pos_ not in (*NOMINAL, "NUM", "ADJ", "DET", "X"):
        relative = next((t for t in act.verb.lefts if t.lower_ in ground.syntax.labels["relatives"]), None)
        head = _antecedent(ground, relative, ground.sentence(act.verb.i)[0]) if relative is not None else None
    if head is not None and head.i < act.first and not _shut_in(ground, head, act) and not _object_pronoun(ground, head):
        while ground.syntax.has(head, "apposition") and head.head.i < head.i and head.head.pos_ in NOMINAL:
            head = head.head
        return phrase(ground, head)
    if act.mood == "finite":
        return left_subject(ground, act.first)
    main = _main_subject(ground, act) if act.mood == "gerund" else None
    return phrase(ground, main) if main is not None else None


def _main_subject(ground: Ground, act: Act) -> Token | None:
    """The subject of the clause that a gerund hangs on, at any depth."""
    verb = act.verb
    for _ in range(6):
        if verb.head.i == verb.i:
            break
        verb = verb.head
        if ground.syntax.has(verb, "relative") or not ground.within(act.verb.i, ground.quote_of[verb.i]):
            continue
        found = ground.syntax.child(verb, "subject", "passive_subject")
        if found is not None and not _object_pronoun(ground, found) and found.pos_ in NOMINAL:
            return ground.syntax.antecedent(found, verb)
    return ground.syntax.left_phrase(ground.doc[act.first])


def _object_pronoun(ground: Ground, head: Token) -> bool:
    return ground.lex.has("objects", head) and head.dep_ != "expl:subj"


def _shut_in(ground: Ground, head: Token, act: Act) -> bool:
    """Whether a proposed subject stands inside a quotation that the act is not in."""
    quote = ground.quote_of[head.i]
    return quote >= 0 and not ground.within(act.verb.i, quote)


def left_subject(ground: Ground, first: int, floor: int | None = None) -> Phrase | None:
    """The bare noun phrase right before a verb, adverbs and what stands between commas passed over."""
    doc, start = ground.doc, ground.sentence(first)[0] if floor is None else floor
    i, between = first - 1, False
    while i >= max(start, first - LONGEST):
        token = doc[i]
        if ground.mark[i]:
            return None
        if token.text == ",":
            if i == first - 1 and not between:
                comma = next((k for k in range(i - 1, start - 1, -1) if doc[k].text == ","), None)
                if comma is None or i - comma > REACH:
                    return None
                i, between = comma - 1, True
                continue
            return None
        if token.pos_ == "ADV" or token.i in ground.dated:
            i -= 1
            continue
        if token.pos_ in (*NOMINAL, "ADJ", "NUM"):
            head = token
            while (
                start <= head.head.i < head.i
                and head.head.pos_ in ("NOUN", "PROPN")
                and head.dep_ != "conj"
                and not any(t.text == "," for t in doc[head.head.i : head.i])
            ):
                head = head.head
            if head.pos_ not in NOMINAL and head.head.pos_ in NOMINAL and abs(head.head.i - head.i) < 3:
                head = head.head
            first_part = head.i
            while first_part - 2 >= start and doc[first_part - 1].text == "-":
                first_part -= 2
            if ground.syntax.introduced(doc[first_part]):
                return None
            marker = ground.syntax.preposition(head)
            if (
                head.pos_ not in (*NOMINAL, "NUM")
                or ground.syntax.introduced(head)
                or (marker and not ground.lex.has("clause", marker))
            ):
                return None
            if head.lower_ in ground.syntax.labels["relatives"]:
                head = _antecedent(ground, head, start)
            found = phrase(ground, head)
            heads = tuple(k for k in found.heads if k < first)
            return Phrase(found.start, min(found.end, first), heads) if heads else None
        return None
    return None


def subject_beside(ground: Ground, act: Act) -> Phrase | None:
    """The subject right before an act, with all that describes it («an aid official who asked not to be named said»)."""
    near = left_subject(ground, act.first)
    head = ground.syntax.child(act.verb, "subject", "passive_subject")
    if head is None or head.i >= act.first or head.pos_ not in (*NOMINAL, "NUM") or _object_pronoun(ground, head):
        return near
    last = act.first - 1
    while last > head.right_edge.i and (ground.doc[last].pos_ == "ADV" or ground.doc[last].text == ","):
        last -= 1
    if last != head.right_edge.i or _shut_in(ground, head, act):
        return near
    whole = phrase(ground, head)
    return whole if near is None or whole.start < near.start else near


def _antecedent(ground: Ground, relative: Token, start: int) -> Token:
    """The noun before a relative pronoun that the parse does not tie to one."""
    for i in range(relative.i - 1, start - 1, -1):
        token = ground.doc[i]
        if token.pos_ in ("NOUN", "PROPN"):
            return token
        if token.text != "," and token.pos_ != "ADJ":
            break
    return relative


def _coordinated(ground: Ground, relative: Token) -> Token | None:
    """The noun of «une enseignante arrivée hier et qui dit …»: the one before the participle that the relative is tied to."""
    start = ground.sentence(relative.i)[0]
    for i in range(relative.i - 2, start, -1):
        token = ground.doc[i]
        if "Part" in token.morph.get("VerbForm", []) and ground.doc[i - 1].pos_ in ("NOUN", "PROPN"):
            return ground.doc[i - 1]
        if token.text == "," or ground.mark[i]:
            return None
    return None


def inverted(ground: Ground, end: int) -> Phrase | None:
    """The noun phrase after a verb that no preposition introduces («a déclaré mercredi à la presse le ministre»)."""
    doc, stop = ground.doc, min(ground.sentence(end - 1)[1], end + REACH)
    i = end
    while i < stop:
        token = doc[i]
        if ground.mark[i] or token.text in (".", ";", ":", "?", "!", "(") or ground.is_finite(token):
            return None
        if token.text == ",":
            close = next((k for k in range(i + 1, stop) if doc[k].text == ","), None)
            if close is None:
                return None
            i = close + 1
            continue
        if i in ground.dated:
            while i < stop and i in ground.dated:
                i += 1
            continue
        if token.pos_ == "ADP" and token.lower_ not in ground.syntax.labels["articles"]:
            i = _past_object(ground, i + 1, stop)
            continue
        if token.pos_ in NOMINAL or (i > end and ground.syntax.determined(token)):
            head = token
            if token.head.i > token.i and token.head.pos_ in NOMINAL and token.head.i - token.i < 4:
                head = token.head
            if head.i + 1 < stop and head.pos_ == "PROPN" and head.head.i < end and head.dep_ == "flat:name":
                head = token
            return phrase(ground, head)
        i += 1
    return None


def _past_object(ground: Ground, i: int, stop: int) -> int:
    """The end of the object of a preposition: its determiners, adjectives and noun, names joined to it, further prepositions."""
    doc, noun = ground.doc, False
    while i < stop:
        token = doc[i]
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            noun = True
        elif (token.pos_ == "DET" and noun) or token.is_punct or token.pos_ in ("CCONJ", *("VERB", "AUX")):
            return i
        elif token.pos_ == "ADP" and noun:
            noun = False
        i += 1
        if noun and i < stop and doc[i].pos_ == "DET":
            return i
    return i


def words_span(ground: Ground, who: Phrase) -> Span:
    """Where a phrase stands, without the hyphens of a joined pronoun."""
    start, end = ground.span((who.start, who.end))
    text = ground.page.text[start:end]
    lead = len(text) - len(text.lstrip("-"))
    if text[lead : lead + 2] == "t-":
        lead += 2
    return start + lead, end


def resolve(ground: Ground, cast: Cast, who: Phrase) -> tuple[str | None, tuple[str, ...]]:
    """The actor of a phrase and, where several speak, all of them. None where the phrase leaves two, or none is known."""
    found = [cast.at(ground.doc[i]) for i in who.heads]
    known = tuple(dict.fromkeys(a for a in found if a))
    if len(who.heads) > 1:
        return None, known
    if known:
        return known[0], known
    inside = cast.within(ground.span((who.start, who.end)))
    if len(inside) == 1 and who.end - who.start <= 4:
        return inside[0], inside
    named = [
        a
        for i in range(who.start, who.end)
        if ground.doc[i].pos_ == "PROPN" and ground.doc[i].head.i in who.heads and (a := cast.at(ground.doc[i]))
    ]
    return (named[0], (named[0],)) if len(set(named)) == 1 else (None, ())
