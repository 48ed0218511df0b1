"""What an act reports to its right: a clause, an infinitive, a question, a fragment, a quotation.

A content ends where the parse says that the reporting clause goes on; it crosses no semicolon, nor the quotation it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from recoupe.reading.statements.acts import Act
from recoupe.reading.statements.ground import COMMAS, NOMINAL, VERBAL, Ground, Range

Kind = Literal["clause", "infinitive", "question", "fragment", "quote", "adjective", "colon"]
REACH = 30
SHORT = 3


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one act. at: where its introduction begins, so that the reporting clause ends there."""

    kind: Kind
    parts: tuple[Range, ...]
    at: int


def after(ground: Ground, act: Act) -> Content | None:
    """The content to the right of an act, or None."""
    doc, takes = ground.doc, act.cue.takes
    stop = _limit(ground, act)
    if "adjective" in takes and act.cue.reflexive:
        found = _adjective(ground, act, stop)
        if found is not None:
            return found
    nouns, joined = 0, False
    i = act.end
    while i < min(stop, act.end + REACH):
        token = doc[i]
        if ground.mark[i] and ground.quote_of[i] >= 0 and i == ground.outer(ground.quote_of[i])[0]:
            return _quoted(ground, act, i, stop, nouns)
        if ground.quote_of[i] != ground.quote_of[act.verb.i] and not ground.within(i, ground.quote_of[act.verb.i]):
            return None
        if token.text == ":":
            return _colon(ground, act, i, stop)
        if token.text in (";", "(") or (token.is_punct and token.text in ".!?…"):
            return None
        if token.text == ",":
            if i + 1 < stop and ground.mark[i + 1] and ground.outer(ground.quote_of[i + 1])[0] == i + 1:
                i += 1
                continue
            resumed = _resumed(ground, act, i, stop)
            if resumed is None:
                return _bare(ground, act, stop)
            i = resumed
            continue
        found = None if joined else _opener(ground, act, i, stop, nouns)
        if found is not None:
            return found
        if ground.is_finite(token) and (i == act.end or not relative_verb(ground, token)):
            return _bare(ground, act, stop)
        if token.pos_ == "CCONJ" and not (token.head.pos_ in NOMINAL or token.head.pos_ == "ADJ"):
            joined = "Inf" in token.head.morph.get("VerbForm", []) and "fragment" in takes
            if not joined:
                return _bare(ground, act, stop)
        nouns += token.pos_ in NOMINAL and i not in ground.dated and not _addressed(ground, token, act.end)
        i += 1
    return _bare(ground, act, stop)


def _addressed(ground: Ground, noun: Token, floor: int) -> bool:
    """Whether a noun stands in a phrase with a preposition, a name after such a noun included («au journal Le Monde»)."""
    if ground.syntax.introduced(noun):
        return True
    i = noun.i - 1
    while i >= floor and ground.doc[i].text[:1].isupper() and ground.doc[i].pos_ in ("DET", "PROPN", "NOUN", "ADJ", "X"):
        i -= 1
    before = ground.doc[i]
    return noun.text[:1].isupper() and i >= floor and before.pos_ in NOMINAL and ground.syntax.introduced(before)


def _limit(ground: Ground, act: Act) -> int:
    """The end of what an act can reach: its sentence, or the quotation that it stands in."""
    stop = ground.sentence(act.verb.i)[1]
    quote = ground.quote_of[act.verb.i]
    if quote >= 0:
        stop = min(stop, ground.inner(quote)[1])
    return stop


def _resumed(ground: Ground, act: Act, comma: int, stop: int) -> int | None:
    """Where an act's clause goes on after the insertion that a comma opens; None where it does not."""
    doc = ground.doc
    if comma + 1 < stop and ground.lex.has("clause", doc[comma + 1]) and doc[comma + 1].pos_ == "SCONJ":
        return comma + 1
    close = next((k for k in range(comma + 1, min(stop, comma + REACH)) if doc[k].text == ","), None)
    if close is None or close + 1 >= stop:
        return None
    if any(ground.is_finite(doc[k]) and not relative_verb(ground, doc[k]) for k in range(comma + 1, close)):
        return None
    opener = doc[close + 1]
    if ground.lex.has("clause", opener):
        return close + 1
    goes_on = bool(act.cue.takes & {"infinitive", "object-infinitive"}) and _infinitive(ground, close + 1, stop) is not None
    if goes_on and (ground.lex.has("infinitive", opener) or doc[comma + 1].pos_ == "PRON"):
        return close + 1
    adverbial = doc[comma + 1].pos_ in ("ADP", "ADV") or comma + 1 in ground.dated
    return (
        close + 1
        if adverbial
        and (ground.mark[close + 1] or opener.pos_ in ("DET", "NOUN", "ADP") or "Inf" in opener.morph.get("VerbForm", []))
        else None
    )


def relative_verb(ground: Ground, token: Token) -> bool:
    head = token
    while head.pos_ == "AUX" and head.head.i != head.i:
        head = head.head
    return ground.syntax.has(head, "relative")


def _opener(ground: Ground, act: Act, i: int, stop: int, nouns: int) -> Content | None:
    """The content that a small word or a verb form at this place opens, if the act takes it."""
    doc, lex, takes = ground.doc, ground.lex, act.cue.takes
    token, before = doc[i], doc[i - 1]
    if lex.has("purpose", before) or (lex.has("clause", token) and lex.has("conjunctive", before) and i > act.end):
        return None
    if lex.has("clause", token) and token.pos_ != "DET":
        relates = before.pos_ == "NOUN" and "object-clause" not in takes and _lacks_object(ground, i, stop)
        if relates:
            return None
        completive = token.pos_ in ("SCONJ", "CCONJ") or token.dep_ == "mark" or i == act.end or before.text == ","
        if (
            ("clause" in takes or act.negated)
            and not act.restricted
            and (completive or nouns == 0 or (nouns == 1 and "object-clause" in takes))
            and i + 1 < stop
        ):
            begin = i + 2 if doc[i + 1].text == "'" else i + 1
            return Content("clause", (_clause(ground, act, begin, stop),), i)
        return None
    if "question" in takes and lex.has("question", token) and nouns <= 1 and not _relates(ground, token) and _asks(ground, i):
        return Content("question", (_clause(ground, act, i, stop),), i)
    gerund = ("gerund" in takes and all(t.pos_ == "ADV" for t in doc[act.end : i])) or "object-gerund" in takes
    if gerund and token.tag_ == "VBG" and i > act.end - 1:
        return Content("infinitive", (_clause(ground, act, i, stop),), i)
    if (
        "bare-infinitive" in takes
        and nouns == 0
        and not lex.has("infinitive", token)
        and _infinitive(ground, i, stop) is not None
    ):
        return Content("infinitive", (_clause(ground, act, i, stop, bare=True),), i)
    if "infinitive" in takes or "object-infinitive" in takes:
        verb = _infinitive(ground, i, stop)
        if verb is not None and (nouns == 0 or "object-infinitive" in takes):
            marked = lex.has("infinitive", token)
            if marked or ("infinitive" in takes and nouns == 0):
                return Content("infinitive", (_clause(ground, act, i + marked, stop, bare=True),), i)
    return None


def _lacks_object(ground: Ground, i: int, stop: int) -> bool:
    """Whether the verb after a «que» agrees with the noun before it: «une libération que le procureur a refusée»."""
    noun = ground.doc[i - 1]
    for token in ground.doc[i + 1 : min(stop, i + 12)]:
        if ground.is_finite(token) or "Part" in token.morph.get("VerbForm", []):
            verb = token.head if token.pos_ == "AUX" else token
            agrees = all(verb.morph.get(k, []) == noun.morph.get(k, ["-"]) for k in ("Gender", "Number"))
            return agrees and not ground.syntax.passive(verb) and verb.morph.get("Gender", []) == ["Fem"]
    return False


def _relates(ground: Ground, token: Token) -> bool:
    """Whether a question word is the pronoun of a relative clause («said a diplomat who …»)."""
    return token.lower_ in ground.syntax.labels["relatives"] and any(
        ground.syntax.has(t, "relative") for t in (token.head, token.head.head)
    )


def _asks(ground: Ground, i: int) -> bool:
    """Whether a question word opens an embedded question: a verb must follow in its clause."""
    token = ground.doc[i]
    if ground.doc[i - 1].pos_ == "ADP" or (token.pos_ == "DET" and token.head.i - i <= 1 and token.dep_ == "det"):
        return False
    return any(ground.is_finite(k) for k in ground.doc[i + 1 : i + 16])


def _infinitive(ground: Ground, i: int, stop: int) -> Token | None:
    """The infinitive that begins here, its marker, its negation and its pronouns passed over."""
    at = i + ground.lex.has("infinitive", ground.doc[i])
    if at + 1 < stop and ground.lex.has("no-infinitive", ground.doc[at]) and ground.doc[at + 1].pos_ in ("ADP", "DET"):
        return None
    for token in ground.doc[i : min(stop, i + 6)]:
        if "Inf" in token.morph.get("VerbForm", []) or (
            token.tag_ == "VB" and token.i > i and ground.lex.has("infinitive", ground.doc[i])
        ):
            return token
        small = any(ground.lex.has(name, token) for name in ("infinitive", "clitics", "negation")) or token.pos_ in (
            "ADV",
            "PART",
        )
        if not small or token.pos_ == "DET":
            return None
    return None


def _quoted(ground: Ground, act: Act, at: int, stop: int, nouns: int) -> Content | None:
    """A quotation right after an act is direct speech where it is a sentence of its own, a fragment of its clause otherwise."""
    quote = ground.quote_of[at]
    inner, outer = ground.inner(quote), ground.outer(quote)
    passed = [ground.doc[k] for k in range(act.end, at) if ground.doc[k].pos_ in ("NOUN", "PROPN") and k not in ground.dated]
    direct = all(_addressed(ground, t, act.end) for t in passed) or ground.doc[at - 1].text == ","
    if direct and "quote" in act.cue.takes and (ground.doc[at - 1].text == "," or _sentence_like(ground, inner)):
        return Content("quote", (inner,), at)
    if "fragment" not in act.cue.takes or is_name(ground, quote) or any(ground.is_finite(t) for t in ground.doc[act.end : at]):
        return None
    end = _phrase_end(ground, act, outer, stop)
    commas = [k for k in range(act.end, at) if ground.doc[k].text == "," and ground.quote_of[k] == ground.quote_of[act.verb.i]]
    start = commas[-1] if commas and len(commas) % 2 == 0 else act.end
    if ground.lex.has("infinitive", ground.doc[at - 1]) and "Inf" in ground.doc[inner[0]].morph.get("VerbForm", []):
        start = at - 1
    while start < at and (start in ground.dated or ground.doc[start].pos_ == "ADV" or ground.doc[start].text == ","):
        start += 1
    return Content("fragment", ((start, end),), start)


def _sentence_like(ground: Ground, inner: Range) -> bool:
    """Whether quoted words could stand alone: a finite verb, or an end mark of their own."""
    words = ground.doc[inner[0] : inner[1]]
    return (
        len(words) > 0 and (any(ground.is_finite(t) for t in words) and len(words) >= SHORT and words[0].text[:1].isupper())
    ) or (len(words) > 1 and words[-1].text in ("!", "?", ".") and words[0].text[:1].isupper())


def is_name(ground: Ground, quote: int) -> bool:
    """Whether quotation marks hold a name or a title, not words that someone said."""
    first, last = ground.inner(quote)
    words = [t for t in ground.doc[first:last] if t.is_alpha]
    if not words:
        return True
    weighty = [t for t in words if len(t) > 3 or t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")]
    capital = [t for t in weighty if t.text[:1].isupper()]
    before = ground.doc[ground.outer(quote)[0] - 1] if ground.outer(quote)[0] else None
    if len(words) > 8 or not words[0].text[:1].isupper():
        return False
    if capital and len(capital) == len(weighty):
        return True
    named = before is not None and (ground.lex.has("naming", before.lemma_.lower()) or ground.lex.has("naming", before))
    if named and not any(ground.is_finite(t) for t in ground.doc[first:last]):
        return True
    joined = before is not None and (before.pos_ in ("NOUN", "PROPN", "DET", "ADP", "ADJ") or before.text.endswith("'"))
    return joined and not any(ground.is_finite(t) for t in ground.doc[first:last])


def _phrase_end(ground: Ground, act: Act, outer: Range, stop: int) -> int:
    """The end of the phrase around a quoted fragment: what still depends on it or follows without a comma."""
    end = outer[1]
    while end < stop:
        token = ground.doc[end]
        if token.is_punct or token.is_space or ground.is_finite(token) or token.pos_ in ("CCONJ", "SCONJ"):
            break
        if token.tag_ == "VBG" or (
            token.pos_ == "VERB" and "Pres" in token.morph.get("Tense", []) and "Part" in token.morph.get("VerbForm", [])
        ):
            break
        if token.head.i in (act.verb.i,) and token.i in ground.dated:
            break
        end += 1
    return min(end, stop)


def _colon(ground: Ground, act: Act, at: int, stop: int) -> Content | None:
    """What stands after a colon: a quotation, which may begin the next line, or the rest of the sentence."""
    doc = ground.doc
    k = at + 1
    while k < len(doc) and doc[k].is_space:
        k += 1
    if k < len(doc) and ground.mark[k] and ground.quote_of[k] >= 0 and ground.outer(ground.quote_of[k])[0] == k:
        return Content("quote", (ground.inner(ground.quote_of[k]),), at)
    if (
        k < stop
        and ground.quote_of[k] == ground.quote_of[at]
        and "quote" in act.cue.takes
        and act.force != "deny"
        and any(ground.is_finite(t) for t in doc[k:stop])
    ):
        return Content("colon", (_clause(ground, act, k, stop),), at)
    return None


def _bare(ground: Ground, act: Act, stop: int) -> Content | None:
    """A clause without a conjunction, as English has it: by the parse, or a noun phrase and its verb right after the act."""
    if "clause" not in act.cue.takes or not ground.lex.has("order", "bare-clause"):
        return None
    doc = ground.doc
    for child in act.verb.rights:
        progressive = child.tag_ != "VBG" or any(t.dep_.startswith("aux") for t in child.lefts)
        if child.dep_ == "ccomp" and child.i < stop and progressive:
            start = max(act.end, child.left_edge.i)
            if child.left_edge.i >= act.end and has_subject(ground, child) and not ground.lex.has("question", doc[start]):
                return Content("clause", (_clause(ground, act, start, stop),), start)
    start = act.end
    while start < stop and (start in ground.dated or doc[start].pos_ == "ADV"):
        start += 1
    if start < stop and ground.lex.has("question", doc[start]):
        return None
    for k in range(start, min(stop, start + 12)):
        token = doc[k]
        if token.is_punct or token.pos_ in ("CCONJ", "SCONJ") or ground.mark[k]:
            return None
        if ground.is_finite(token) and k > start:
            verb = token.head if token.pos_ == "AUX" and token.dep_.startswith("aux") else token
            return Content("clause", (_clause(ground, act, start, stop),), start) if has_subject(ground, verb) else None
    return None


def has_subject(ground: Ground, verb: Token) -> bool:
    return any(ground.syntax.has(t, "subject", "passive_subject") or t.dep_.startswith("expl") for t in verb.lefts)


def _adjective(ground: Ground, act: Act, stop: int) -> Content | None:
    """What someone says that he is («se dit prêt à négocier»)."""
    doc, i = ground.doc, act.end
    while i < stop and (doc[i].pos_ == "ADV" or doc[i].text == ","):
        i += 1
    if i >= stop or not (doc[i].pos_ == "ADJ" or "Part" in doc[i].morph.get("VerbForm", [])):
        return None
    return Content("adjective", (_clause(ground, act, act.end, stop),), act.end)


def _clause(ground: Ground, act: Act, start: int, stop: int, bare: bool = False) -> Range:
    """The clause that begins here, up to where the reporting clause goes on. bare: its verb is an infinitive."""
    doc = ground.doc
    end = start
    inside = _content_head(ground, act, start, stop)
    edge = min(inside.right_edge.i + 1, stop) if inside is not None else start
    while end < stop:
        token = doc[end]
        if token.text == ";" and ground.quote_of[end] == ground.quote_of[start]:
            break
        if end > start and (_leaves(ground, act, end, edge, start) or _another(ground, inside, end, start, bare)):
            break
        end += 1
    return start, end


def _content_head(ground: Ground, act: Act, start: int, stop: int) -> Token | None:
    """The head of the content: the highest token of it that hangs outside it."""
    for token in ground.doc[start : min(stop, start + REACH)]:
        if token.head.i < start and token.pos_ in (*VERBAL, "ADJ", "NOUN", "PROPN", "PRON") and token.head.i <= act.verb.i:
            return token
    return None


def _another(ground: Ground, content: Token | None, i: int, start: int, bare: bool) -> bool:
    """Whether a conjunction ties one more deed of the speaker's to the act: a finite verb without a subject after an infinitive,
    a further cue after a clause that is about a thing («said the offer was not enough and insisted …»).
    """
    doc = ground.doc
    if doc[i].pos_ != "CCONJ" or ground.quote_of[i] != ground.quote_of[start]:
        return False
    k = i + 1
    while k + 1 < len(doc) and (doc[k].pos_ == "ADV" or ground.lex.has("clitics", doc[k])):
        k += 1
    if k >= len(doc) or not ground.is_finite(doc[k]) or has_subject(ground, doc[k]):
        return False
    if bare:
        return True
    about = ground.syntax.child(content, "subject", "passive_subject") if content is not None else None
    thing = about is not None and about.pos_ == "NOUN" and ground.cast.at(about) is None
    return thing and doc[k].pos_ == "VERB" and doc[k].lower_ in ground.lex.forms


def _leaves(ground: Ground, act: Act, i: int, edge: int, start: int) -> bool:
    """Whether the reporting clause, or one coordinated with it, begins again here."""
    doc, token = ground.doc, ground.doc[i]
    if ground.quote_of[i] != ground.quote_of[start] and not ground.mark[i]:
        return False
    if token.text not in COMMAS and token.pos_ != "CCONJ" and not token.is_space:
        return False
    if i + 1 >= len(doc):
        return True
    following = doc[i + 1] if doc[i + 1].pos_ != "CCONJ" else doc[min(i + 2, len(doc) - 1)]
    if ground.lex.has("clause", following):
        return False
    if token.text == "," and any("gerund" in tenses for _, tenses in ground.lex.forms.get(following.lower_, ())):
        return True
    head = following
    for _ in range(12):
        if head.i == act.verb.i or (head.i < start and head.head.i == head.i):
            break
        if start <= head.i < i:
            return False
        if head.head.i == head.i:
            return i >= edge and not start <= head.i < i
        head = head.head
    joined = _branch(following, act.verb)
    if joined is None:
        return i >= edge
    return joined.i > start and (joined.dep_ in ("conj", "advcl", "parataxis") or i >= edge)


def _branch(token: Token, root: Token) -> Token | None:
    """The ancestor of a token that hangs directly on another token, the token itself included."""
    for _ in range(20):
        if token.head.i == root.i:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None
