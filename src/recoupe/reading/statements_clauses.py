"""What an act reports: the clause, infinitive, question or fragment after it, the quotation after a colon, the words around an incise.

A content ends where the parse says that the reporting clause goes on, and never crosses a semicolon or the quotation it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from recoupe.reading.speakers import inverted, left_subject, subject
from recoupe.reading.statements_acts import Act
from recoupe.reading.statements_ground import COMMAS, NOMINAL, VERBAL, Ground, Phrase, Range

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
            resumed = _resumed(ground, i, stop)
            if resumed is None:
                return _bare(ground, act, stop)
            i = resumed
            continue
        found = None if joined else _opener(ground, act, i, stop, nouns)
        if found is not None:
            return found
        if ground.is_finite(token) and (i == act.end or not _relative_verb(ground, token)):
            return _bare(ground, act, stop)
        if token.pos_ == "CCONJ" and not (token.head.pos_ in NOMINAL or token.head.pos_ == "ADJ"):
            joined = "Inf" in token.head.morph.get("VerbForm") and "fragment" in takes
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


def _resumed(ground: Ground, comma: int, stop: int) -> int | None:
    """Where an act's clause goes on after the insertion that a comma opens; None where it does not."""
    doc = ground.doc
    if comma + 1 < stop and ground.lex.has("clause", doc[comma + 1]) and doc[comma + 1].pos_ == "SCONJ":
        return comma + 1
    close = next((k for k in range(comma + 1, min(stop, comma + REACH)) if doc[k].text == ","), None)
    if close is None or close + 1 >= stop:
        return None
    if any(ground.is_finite(doc[k]) and not _relative_verb(ground, doc[k]) for k in range(comma + 1, close)):
        return None
    opener = doc[close + 1]
    if ground.lex.has("clause", opener):
        return close + 1
    adverbial = doc[comma + 1].pos_ in ("ADP", "ADV") or comma + 1 in ground.dated
    return (
        close + 1
        if adverbial
        and (ground.mark[close + 1] or opener.pos_ in ("DET", "NOUN", "ADP") or "Inf" in opener.morph.get("VerbForm"))
        else None
    )


def _relative_verb(ground: Ground, token: Token) -> bool:
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
    if "question" in takes and lex.has("question", token) and nouns <= 1 and _asks(ground, i):
        return Content("question", (_clause(ground, act, i, stop),), i)
    gerund = ("gerund" in takes and i == act.end) or "object-gerund" in takes
    if gerund and token.tag_ == "VBG" and i > act.end - 1:
        return Content("infinitive", (_clause(ground, act, i, stop),), i)
    if (
        "bare-infinitive" in takes
        and nouns == 0
        and not lex.has("infinitive", token)
        and _infinitive(ground, i, stop) is not None
    ):
        return Content("infinitive", (_clause(ground, act, i, stop),), i)
    if "infinitive" in takes or "object-infinitive" in takes:
        verb = _infinitive(ground, i, stop)
        if verb is not None and (nouns == 0 or "object-infinitive" in takes):
            marked = lex.has("infinitive", token)
            if marked or ("infinitive" in takes and nouns == 0):
                return Content("infinitive", (_clause(ground, act, i + marked, stop),), i)
    return None


def _asks(ground: Ground, i: int) -> bool:
    """Whether a question word opens an embedded question: a verb must follow in its clause."""
    token = ground.doc[i]
    if ground.doc[i - 1].pos_ == "ADP" or (token.pos_ == "DET" and token.head.i - i <= 1 and token.dep_ == "det"):
        return False
    return any(ground.is_finite(k) for k in ground.doc[i + 1 : i + 16])


def _infinitive(ground: Ground, i: int, stop: int) -> Token | None:
    """The infinitive that begins here, its marker, its negation and its pronouns passed over."""
    for token in ground.doc[i : min(stop, i + 6)]:
        if "Inf" in token.morph.get("VerbForm") or (
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
    if ground.lex.has("infinitive", ground.doc[at - 1]) and "Inf" in ground.doc[inner[0]].morph.get("VerbForm"):
        start = at - 1
    while start < at and (start in ground.dated or ground.doc[start].pos_ == "ADV" or ground.doc[start].text == ","):
        start += 1
    return Content("fragment", ((start, end),), start)


def _sentence_like(ground: Ground, inner: Range) -> bool:
    """Whether quoted words could stand alone: a finite verb, or an end mark of their own."""
    words = ground.doc[inner[0] : inner[1]]
    return (
        len(words) > 0
        and (any(ground.is_finite(t) for t in words) and len(words) >= SHORT and words[0].text[:1].isupper())
        or (len(words) > 1 and words[-1].text in ("!", "?", ".") and words[0].text[:1].isupper())
    )


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
            token.pos_ == "VERB" and "Pres" in token.morph.get("Tense") and "Part" in token.morph.get("VerbForm")
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
        and ("quote" in act.cue.takes)
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
        if child.dep_ == "ccomp" and child.i < stop:
            start = max(act.end, child.left_edge.i)
            if child.left_edge.i >= act.end and _has_subject(ground, child):
                return Content("clause", (_clause(ground, act, start, stop),), start)
    start = act.end
    while start < stop and (start in ground.dated or doc[start].pos_ == "ADV"):
        start += 1
    for k in range(start, min(stop, start + 12)):
        token = doc[k]
        if token.is_punct or token.pos_ in ("CCONJ", "SCONJ") or ground.mark[k]:
            return None
        if ground.is_finite(token) and k > start:
            verb = token.head if token.pos_ == "AUX" and token.dep_.startswith("aux") else token
            return Content("clause", (_clause(ground, act, start, stop),), start) if _has_subject(ground, verb) else None
    return None


def _has_subject(ground: Ground, verb: Token) -> bool:
    return any(ground.syntax.has(t, "subject", "passive_subject") or t.dep_.startswith("expl") for t in verb.lefts)


def _adjective(ground: Ground, act: Act, stop: int) -> Content | None:
    """What someone says that he is («se dit prêt à négocier»)."""
    doc, i = ground.doc, act.end
    while i < stop and (doc[i].pos_ == "ADV" or doc[i].text == ","):
        i += 1
    if i >= stop or not (doc[i].pos_ == "ADJ" or "Part" in doc[i].morph.get("VerbForm")):
        return None
    return Content("adjective", (_clause(ground, act, act.end, stop),), act.end)


def _clause(ground: Ground, act: Act, start: int, stop: int) -> Range:
    """The clause that begins here, up to where the reporting clause goes on."""
    doc = ground.doc
    end = start
    inside = _content_head(ground, act, start, stop)
    edge = min(inside.right_edge.i + 1, stop) if inside is not None else start
    while end < stop:
        token = doc[end]
        if token.text == ";" and ground.quote_of[end] == ground.quote_of[start]:
            break
        if end > start and _leaves(ground, act, end, edge, start):
            break
        end += 1
    return start, end


def _content_head(ground: Ground, act: Act, start: int, stop: int) -> Token | None:
    """The head of the content: the highest token of it that hangs outside it."""
    for token in ground.doc[start : min(stop, start + REACH)]:
        if token.head.i < start and token.pos_ in (*VERBAL, "ADJ", "NOUN", "PROPN", "PRON") and token.head.i <= act.verb.i:
            return token
    return None


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


def incise(ground: Ground, act: Act) -> Content | None:
    """The words around an act that stands beside what it reports («…, a-t-il dit, …», "…, he said")."""
    if act.passive or "quote" not in act.cue.takes:
        return None
    compared = _compared(ground, act)
    if compared is not None:
        return compared
    resumed = _resuming(ground, act)
    if resumed is not None:
        return resumed
    if act.mood != "finite":
        return None
    start = _segment(ground, act)
    if start is None:
        return None
    left, right = _around(ground, act, start)
    if left is None:
        return None
    return Content("quote", (left, right) if right is not None else (left,), start)


def _compared(ground: Ground, act: Act) -> Content | None:
    """The words around «comme l'a dit X»: before it, after it, or on both sides of it."""
    doc, (floor, stop) = ground.doc, ground.sentence(act.verb.i)
    at = likened(ground, act)
    if at is None:
        return None
    comma = next((k for k in range(act.end, stop) if doc[k].text == "," or ground.mark[k]), stop)
    right = (
        ground.trim((comma + (comma < stop and doc[comma].text == ","), clause_stop(ground, comma, stop)))
        if comma < stop
        else (stop, stop)
    )
    begin = clause_start(ground, at, floor)
    left = ground.trim((begin, at))
    if not any(t.is_alpha for t in doc[left[0] : left[1]]):
        return Content("quote", (right,), at) if right[1] > right[0] else None
    if doc[at - 1].text not in COMMAS and not ground.mark[at - 1]:
        return None
    stands = any(ground.is_finite(t) and not _relative_verb(ground, t) for t in doc[left[0] : left[1]]) or _quoted_before(
        ground, at
    )
    return Content("quote", (left,) if stands or right[1] <= right[0] else (left, right), at)


def likened(ground: Ground, act: Act) -> int | None:
    """Where the «comme» of «comme l'a dit X» stands."""
    doc, floor = ground.doc, ground.sentence(act.verb.i)[0]
    at = next((k for k in range(act.first - 1, max(floor, act.first - 8) - 1, -1) if ground.lex.has("as", doc[k])), None)
    if at is None or any(t.is_punct or (ground.is_finite(t) and t.i != act.verb.head.i) for t in doc[at + 1 : act.first]):
        return None
    return at


def _resuming(ground: Ground, act: Act) -> Content | None:
    """The clause that «…, ce que X dément» takes up."""
    doc, floor = ground.doc, ground.sentence(act.verb.i)[0]
    who = subject(ground, act)
    if who is None or act.mood != "finite" or who.end > act.first:
        return None
    at = who.start - len(ground.lex.words["resuming"])
    if at - 1 <= floor or doc[at - 1].text != "," or not ground.lex.has("resuming", doc[at]):
        return None
    if not ground.lex.has("clause", doc[who.start - 1]) or any(
        t.is_alpha and t.pos_ != "ADV" for t in doc[act.end : act.end + 1]
    ):
        return None
    return Content("quote", ((clause_start(ground, at - 2, floor), at - 1),), at)


def _segment(ground: Ground, act: Act) -> int | None:
    """Where an incise begins, right after the comma or the mark that closes what stands before; None where the act is none."""
    doc, floor = ground.doc, ground.sentence(act.verb.i)[0]
    first = act.first
    while first > floor and doc[first - 1].pos_ == "ADV" and doc[first - 1].text != ",":
        first -= 1
    if act.first > floor and doc[act.first - 1].lower_ in ground.syntax.labels["relatives"]:
        return None
    own = left_subject(ground, act.first)
    if own is not None and _bounded(ground, own.start, floor) and _quoted_before(ground, own.start):
        return own.start
    if _bounded(ground, first, floor):
        if act.pronoun is not None or _quoted_before(ground, first):
            return first if act.pronoun is not None or inverted(ground, act.end) is not None else None
        who = inverted(ground, act.end) if "1" not in act.verb.morph.get("Person") else None
        stands = (
            who is not None
            and _speaks(ground, act, who)
            and (_main_verb(ground, first, floor) or _could_stand(ground, first, floor))
        )
        return first if stands else None
    who = own
    if who is None or not _bounded(ground, who.start, floor) or doc[who.heads[0]].lower_ in ground.syntax.labels["relatives"]:
        return None
    quoted = _quoted_before(ground, who.start)
    if (
        not quoted
        and not _main_verb(ground, who.start, floor)
        and not verb_follows(ground, act.end, ground.sentence(act.verb.i)[1])
    ):
        return None
    tail = doc[act.end] if act.end < len(doc) else None
    closes = tail is None or (tail.is_punct and tail.text != ":") or tail.is_space or (quoted and tail.i in ground.dated)
    return who.start if closes or ground.lex.has("order", "bare-clause") else None


def _speaks(ground: Ground, act: Act, who: Phrase) -> bool:
    """Whether what follows a coordinated verb is its subject, not the object of one more deed («…, a salué la foule»)."""
    head = ground.doc[who.heads[0]]
    if who.end < len(ground.doc) and ground.doc[who.end].pos_ == "CCONJ":
        return False
    named = ground.cast.at(head) is not None or any(t.pos_ == "PROPN" for t in ground.doc[who.start : who.end])
    return (
        act.verb.dep_ != "conj" or head.pos_ == "PROPN" or named or any(ground.syntax.has(t, "subject") for t in act.verb.rights)
    )


def _quoted_before(ground: Ground, first: int) -> bool:
    """Whether a quotation ends right before this place, a comma passed over."""
    at = first - 1
    while at > 0 and ground.doc[at].text in COMMAS:
        at -= 1
    return ground.mark[at] and ground.outer(ground.quote_of[at])[1] == at + 1


def _main_verb(ground: Ground, first: int, floor: int) -> bool:
    """Whether the words before an incise have a main verb of their own."""
    begin = clause_start(ground, first - 1, floor)
    return any(
        ground.is_finite(t) and not _relative_verb(ground, t) and not _subordinate(ground, t, begin)
        for t in ground.doc[begin:first]
    )


def verb_follows(ground: Ground, end: int, stop: int) -> bool:
    """Whether a comma and then a verb without a subject follow: the clause before an incise goes on after it."""
    comma = next((k for k in range(end, stop) if ground.doc[k].text in (",", "—", "–")), None)
    if comma is None:
        return False
    for token in ground.doc[comma + 1 : min(stop, comma + 5)]:
        if ground.is_finite(token):
            return True
        if (
            token.pos_ not in ("ADV", "PRON", "PART")
            or ground.syntax.has(token, "subject")
            or token.lower_ in ground.syntax.labels["relatives"]
        ):
            return False
    return False


def _could_stand(ground: Ground, first: int, floor: int) -> bool:
    """Whether verbless words before an incise could be all that is said: no subject with an insertion stands before the act."""
    begin = clause_start(ground, first - 1, floor)
    return left_subject(ground, first, begin) is None and not any(t.text == "," for t in ground.doc[begin : first - 1])


def _subordinate(ground: Ground, token: Token, begin: int) -> bool:
    """Whether a verb's own conjunction makes its clause a subordinate one."""
    verb = token
    while verb.pos_ == "AUX" and verb.head.i != verb.i:
        verb = verb.head
    return ground.syntax.has(verb, "adverbial") and any(t.dep_ == "mark" and begin <= t.i for t in verb.lefts)


def _bounded(ground: Ground, first: int, floor: int) -> bool:
    """Whether a comma, a dash or a closing mark stands before this place, with words before it."""
    if first <= floor:
        return False
    before = ground.doc[first - 1]
    quote = ground.quote_of[first - 1]
    closing = ground.mark[first - 1] and (ground.outer(quote)[1] == first or not ground.quotes[quote].closed)
    return (closing or before.text in (",", "—", "–", "-", "?", "!", "…", "...")) and first - 1 > floor


def _around(ground: Ground, act: Act, start: int) -> tuple[Range | None, Range | None]:
    doc, (floor, stop) = ground.doc, ground.sentence(act.verb.i)
    quote = ground.quote_of[act.verb.i]
    if quote >= 0 and not ground.quotes[quote].closed and ground.inner(quote)[0] >= start:
        return ground.trim((clause_start(ground, start - 2, floor), start - 1)), None
    if quote >= 0:
        inner = ground.inner(quote)
        if ground.quote_of[start - 1] == quote:
            resume = _incise_end(ground, act, inner[1])
            rest = ground.trim((resume, inner[1])) if resume < inner[1] else None
            return ground.trim((inner[0], start)), rest if rest is not None and rest[0] < rest[1] else None
        floor, stop = max(floor, inner[0]), min(stop, inner[1])
    last = start - 1
    while last > floor and doc[last].text in COMMAS:
        last -= 1
    closing = ground.quote_of[last] if ground.mark[last] or ground.quote_of[last] != quote else -1
    begin = floor
    if closing >= 0 and closing != quote:
        while (parent := ground.quotes[closing].parent) is not None and parent != quote:
            closing = parent
        outer = ground.outer(closing)
        lead = clause_start(ground, outer[0], floor) if outer[0] > floor else outer[0]
        if outer[0] < floor or not _leads(ground, lead, outer[0]):
            return ground.inner(closing), _right(ground, act, None, stop)
        begin = lead
    else:
        begin = clause_start(ground, last, floor)
    left = ground.trim((begin, start))
    if left[1] <= left[0]:
        return None, None
    return left, _right(ground, act, left, stop)


def _incise_end(ground: Ground, act: Act, limit: int) -> int:
    """Where an incise inside a quotation ends: at the comma or the end mark after its speaker."""
    who = inverted(ground, act.end) if act.pronoun is None else None
    at = who.end if who is not None else act.end
    while at < limit and not (ground.doc[at].is_punct and ground.doc[at].text in (",", ".", ";", ":", "—", "–", "!", "?")):
        at += 1
    return min(at + 1, limit)


def _leads(ground: Ground, start: int, end: int) -> bool:
    """Whether the words before a quotation belong to what is said with it."""
    return any(t.is_alpha for t in ground.doc[start:end])


def clause_start(ground: Ground, last: int, floor: int) -> int:
    """Where the clause that ends here begins: after a semicolon or a colon outside quotations, or with the sentence."""
    depth = ground.depth(last) if not ground.mark[last] else ground.depth(last) - 1
    for i in range(last, floor - 1, -1):
        if ground.doc[i].text in (";", ":") and ground.depth(i) <= max(depth, 0) and not _between_digits(ground, i):
            return i + 1
    while floor < last and (ground.doc[floor].is_space or ground.doc[floor].text in COMMAS):
        floor += 1
    return floor


def _between_digits(ground: Ground, i: int) -> bool:
    return 0 < i < len(ground.doc) - 1 and ground.doc[i - 1].is_digit and ground.doc[i + 1].is_digit


def _right(ground: Ground, act: Act, left: Range | None, stop: int) -> Range | None:
    """What is said after an incise: the sentence of `left` that goes on, or a quotation that does."""
    doc = ground.doc
    i = act.end
    while i < stop and not (
        doc[i].text in (",", ";", "—", "–") or (ground.mark[i] and ground.quote_of[i] != ground.quote_of[act.verb.i])
    ):
        i += 1
    if i >= stop or doc[i].text == ";":
        return None
    for comma in range(i, min(stop, i + REACH)):
        if comma > i and doc[comma].text not in (",", "—", "–"):
            continue
        begin = comma + 1 if doc[comma].text in (",", "—", "–") else comma
        if (
            begin < stop
            and ground.mark[begin]
            and ground.outer(ground.quote_of[begin])[0] == begin
            and ground.quote_of[begin] != ground.quote_of[act.verb.i]
        ):
            inner = ground.inner(ground.quote_of[begin])
            return inner if inner[0] < inner[1] and not doc[inner[0]].text[:1].isupper() else None
        follows = left is not None and not _main_verb(ground, left[1], left[0]) and verb_follows(ground, comma, stop)
        if left is not None and (follows or _continues(ground, left, begin, stop)):
            return ground.trim((begin, clause_stop(ground, begin, stop)))
    return None


def clause_stop(ground: Ground, begin: int, stop: int) -> int:
    return next(
        (k for k in range(begin, stop) if ground.doc[k].text == ";" and ground.quote_of[k] == ground.quote_of[begin]), stop
    )


def _continues(ground: Ground, left: Range, begin: int, stop: int) -> bool:
    """Whether the parse ties what follows an incise to what stands before it, over the incise."""
    if begin >= stop:
        return False
    inside = range(begin, stop)
    for token in ground.doc[left[0] : left[1]]:
        if token.head.i in inside and token.dep_ not in ("advcl", "ccomp", "parataxis", "conj") and token.pos_ != "PUNCT":
            return True
        if (
            token.head.i in inside
            and token.dep_ == "advcl"
            and any(ground.syntax.has(c, "case") or c.dep_ == "mark" for c in token.lefts)
        ):
            return True
    first = ground.doc[begin]
    head = branch_into(first, left)
    return (
        head is not None
        and head.dep_ not in ("conj", "parataxis", "advcl", "acl", "appos")
        and first.pos_ in ("ADP", "ADV", "PART")
    )


def branch_into(token: Token, left: Range) -> Token | None:
    for _ in range(12):
        if left[0] <= token.head.i < left[1]:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None
