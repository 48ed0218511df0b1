"""Incises, acts that stand beside what they report («…, a-t-il dit, …», "…, he said", «comme l'a dit X, …»).

The content is the clause before the act, and what the parse or a quotation ties to it after the act.
"""

from __future__ import annotations

from spacy.tokens import Token

from recoupe.reading.statements.acts import Act
from recoupe.reading.statements.clauses import Content, has_subject, is_name, relative_verb
from recoupe.reading.statements.ground import COMMAS, Ground, Phrase, Range
from recoupe.reading.statements.speakers import inverted, left_subject, subject, subject_beside

REACH = 30


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
    if doc[left[1] - 1].pos_ == "CCONJ" and right[1] > right[0]:
        return Content("quote", (right,), at)
    stands = any(ground.is_finite(t) and not relative_verb(ground, t) for t in doc[left[0] : left[1]]) or _quoted_before(
        ground, at
    )
    return Content("quote", (left,) if stands or right[1] <= right[0] else (left, right), at)


def likened(ground: Ground, act: Act) -> int | None:
    """Where the «comme» of «comme l'a dit X» stands."""
    doc, floor = ground.doc, ground.sentence(act.verb.i)[0]
    at = next((k for k in range(act.first - 1, max(floor, act.first - 12) - 1, -1) if ground.lex.has("as", doc[k])), None)
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
    own = subject_beside(ground, act)
    if own is not None and _bounded(ground, own.start, floor) and _quoted_before(ground, own.start):
        return own.start
    if _bounded(ground, first, floor):
        if ground.mark[first - 1] and is_name(ground, ground.quote_of[first - 1]) and act.pronoun is None:
            return None
        if act.pronoun is not None or _quoted_before(ground, first):
            return first if act.pronoun is not None or inverted(ground, act.end) is not None else None
        who = inverted(ground, act.end) if "1" not in act.verb.morph.get("Person", []) else None
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
        and not _governed(ground, act, who.start, floor)
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
    closed = ground.mark[at] and ground.outer(ground.quote_of[at])[1] == at + 1
    return closed and not (at == first - 1 and is_name(ground, ground.quote_of[at]))


def _main_verb(ground: Ground, first: int, floor: int) -> bool:
    """Whether the words before an incise have a main verb of their own."""
    begin = clause_start(ground, first - 1, floor)
    return any(
        ground.is_finite(t) and not relative_verb(ground, t) and not _subordinate(ground, t, begin)
        for t in ground.doc[begin:first]
    )


def _governed(ground: Ground, act: Act, first: int, floor: int) -> bool:
    """Whether the clause before an incise has a verb that was taken for a participle: by the parse, or by where the act is."""
    before = ground.doc[clause_start(ground, first - 1, floor) : first]
    if any(t.dep_ == "ccomp" and t.head.i == act.verb.i and has_subject(ground, t) for t in before):
        return True
    last = act.end >= len(ground.doc) or ground.doc[act.end].text in (".", "!", "?") or ground.doc[act.end].is_space
    return last and ground.lex.has("order", "bare-clause") and any(t.tag_ in ("VBN", "VBD") for t in before)


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
        follows = (
            left is not None
            and not _main_verb(ground, left[1], left[0])
            and (
                verb_follows(ground, comma, stop)
                or (act.first <= left[1] + 2 and not ground.mark[left[1] - 1] and _main_verb(ground, stop, begin))
            )
        )
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
