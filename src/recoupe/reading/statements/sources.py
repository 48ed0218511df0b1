"""Sources that no verb introduces: «selon X», «d'après X», «de source militaire», "according to X", and how far they reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from recoupe.reading.statements.ground import COMMAS, NOMINAL, Draft, Ground, Phrase, Range
from recoupe.reading.statements.incises import branch_into, clause_start, verb_follows
from recoupe.reading.statements.speakers import phrase

REACH = 40


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source phrase. cue: its preposition; end: where the phrase ends; who: None where a relative leaves the source open."""

    cue: Range
    end: int
    who: Phrase | None
    relative: bool = False


def source_drafts(ground: Ground) -> Iterator[Draft]:
    """A draft for every source phrase that has something to say."""
    code = ground.page.language.code
    previous = 0
    everyone = list(attributions(ground))
    for number, found in enumerate(everyone):
        parts = _reach(ground, found, previous)
        following = everyone[number + 1].cue[0] if number + 1 < len(everyone) else len(ground.doc)
        if len(parts) > 1 and not found.relative and parts[1][0] <= following < parts[1][1]:
            parts = parts[:1]
        parts = [_unmarked(ground, p) for p in (ground.trim(_past_participle(ground, p)) for p in parts) if p[1] > p[0]]
        if not parts or not any(t.is_alpha or t.like_num for a, b in parts for t in ground.doc[a:b]):
            continue
        previous = found.end
        yield Draft(
            parts=parts,
            cue=found.cue,
            force="say",
            rule=f"statements.{code}.source",
            zone=(found.cue[0], found.end),
            speaker=found.who,
            source=not found.relative,
            whole=(parts[0][0], found.end) if _verbless(ground, parts) and parts[-1][1] <= found.cue[0] else None,
            quote=found.relative,
        )


def _past_participle(ground: Ground, part: Range) -> Range:
    """A part without the participle in commas that still tells of the source («Selon X, interrogé par Y, …»)."""
    doc, start = ground.doc, part[0]
    while start < part[1] and doc[start].is_punct and not ground.mark[start]:
        start += 1
    if start < part[1] and "Part" in doc[start].morph.get("VerbForm", []) and doc[start].pos_ == "VERB":
        comma = next((k for k in range(start, min(part[1], start + 10)) if doc[k].text == ","), None)
        return (comma + 1, part[1]) if comma is not None else part
    return part


def _unmarked(ground: Ground, part: Range) -> Range:
    """The words inside the marks, where a part is one quotation."""
    quote = ground.quote_of[part[0]]
    return ground.inner(quote) if ground.mark[part[0]] and ground.outer(quote) == part else part


def _verbless(ground: Ground, parts: list[Range]) -> bool:
    return not any(ground.is_finite(t) for a, b in parts for t in ground.doc[a:b])


def attributions(ground: Ground) -> Iterator[Attribution]:
    """Every source phrase of the page, in order."""
    low, lex, taken = ground.low, ground.lex, -1
    for i, word in enumerate(low):
        if i <= taken or (word not in lex.sources and not lex.has("opinion", word)):
            continue
        words = next((w for w in lex.sources.get(word, ()) if tuple(low[i : i + len(w)]) == w), None)
        if words is not None and i + len(words) < len(low):
            found = _attribution(ground, i, i + len(words), " ".join(words))
        else:
            found = _opinion(ground, ground.doc[i]) if lex.has("opinion", word) else None
        if found is not None:
            taken = found.end - 1
            yield found


def _attribution(ground: Ground, start: int, end: int, words: str) -> Attribution | None:
    doc, lex = ground.doc, ground.lex
    if lex.has("relative-source", words.replace("' ", "'")):
        return Attribution((start, end), end, _antecedent(ground, start), relative=True)
    head_at = end - 1 if lex.has("source-noun", doc[end - 1]) else end
    head = _head(ground, head_at)
    if head is None or (head_at == end and _no_source(ground, end, head)):
        return None
    if head_at < end and end < len(doc) and lex.has("unsourced", doc[end]):
        return None
    if lex.has("distributive", words) and head.pos_ == "NOUN" and not ground.syntax.determined(head) and head.i == end:
        return None
    who = phrase(ground, head)
    if start >= 2 and doc[start - 1].text == "," and (lex.has("have", doc[start - 2]) or lex.has("be", doc[start - 2])):
        comma = next((k for k in range(who.start, who.end) if doc[k].text == ","), who.end)
        who = Phrase(who.start, comma, tuple(k for k in who.heads if k < comma) or who.heads)
    closing = doc[who.end] if who.end < len(doc) else None
    if closing is not None and closing.text != "," and not closing.is_space and start == ground.sentence(start)[0]:
        comma = next((k for k in range(who.start, who.end) if doc[k].text == ","), who.end)
        who = Phrase(who.start, comma, tuple(k for k in who.heads if k < comma) or who.heads)
    who = Phrase(min(head_at, who.start) if head_at < end else max(head_at, who.start), who.end, who.heads)
    return Attribution((start, end), max(end, who.end), _authored(ground, who))


def _head(ground: Ground, i: int) -> Token | None:
    """The head of the noun phrase that begins here."""
    for token in ground.doc[i : i + 7]:
        if token.pos_ in ("NOUN", "PROPN", "PRON") or (token.pos_ in ("X", "NUM", "ADJ") and token.text[:1].isupper()):
            if (
                token.head.i > token.i
                and token.head.i - token.i < 4
                and token.head.pos_ in NOMINAL
                and token.dep_ not in ("nsubj", "case")
            ):
                return token.head
            return token
        if ground.mark[token.i] or (token.is_punct and token.text not in ("-",)) or token.pos_ in ("VERB", "AUX", "SCONJ"):
            return None
    return None


def _no_source(ground: Ground, start: int, head: Token) -> bool:
    lex = ground.lex
    return any(lex.has("no-source", t) for t in ground.doc[start : head.i + 1]) and head.pos_ != "PROPN"


def _antecedent(ground: Ground, start: int) -> Phrase | None:
    """The noun before a relative source («une source, selon laquelle»), unless it is what is said («l'idée selon laquelle»)."""
    i = start - 1
    while i > 0 and (ground.doc[i].text in COMMAS or ground.doc[i].pos_ == "ADJ"):
        i -= 1
    noun = ground.doc[i]
    while noun.head.pos_ in NOMINAL and noun.head.i < noun.i and noun.i - noun.head.i < 6 and ground.doc[start - 1].text == ",":
        noun = noun.head
    if noun.pos_ not in NOMINAL or ground.lex.has("said-nouns", noun.lemma_.lower()) or ground.lex.has("said-nouns", noun):
        return None
    return phrase(ground, noun)


def _authored(ground: Ground, who: Phrase) -> Phrase:
    """Of a text, its author: «un communiqué du ministère» is what the ministry says."""
    head = ground.doc[who.heads[0]]
    if not ground.lex.has("texts", head.lemma_.lower()) and not ground.lex.has("texts", head):
        return who
    for token in ground.doc[head.i + 1 : who.end]:
        agent = ground.syntax.agent(token) if token.pos_ == "VERB" else None
        if agent is not None:
            return Phrase(who.start, who.end, (agent.i,))
    for word, token in ground.syntax.obliques(head):
        if word in ground.lex.words["author"] and head.i < token.i < who.end and token.pos_ in NOMINAL:
            return Phrase(who.start, who.end, (token.i,))
    return who


def _opinion(ground: Ground, token: Token) -> Attribution | None:
    """«Pour X, …» at the head of a sentence, where X is someone and a clause with its own subject follows the comma."""
    start, stop = ground.sentence(token.i)
    if token.i - start > 1 or token.i + 1 >= stop:
        return None
    head = _head(ground, token.i + 1)
    if head is None:
        return None
    who = phrase(ground, head)
    metonym = any(a.metonym and a.id == ground.cast.at(head) for a in ground.cast.actors)
    known = head.pos_ == "PROPN" and head.ent_type_ in ("PER", "ORG", "PERSON", "NORP")
    named = known or metonym or ground.lex.has("opinion-pronouns", head)
    if not named and not any(ground.lex.has("opinion-holders", ground.doc[k]) for k in range(who.start, who.end)):
        return None
    if who.end >= stop or ground.doc[who.end].text != ",":
        return None
    clause = ground.doc[who.end + 1 : stop]
    if not any(ground.is_finite(t) for t in clause):
        return None
    return Attribution((token.i, token.i + 1), who.end, Phrase(token.i + 1, who.end, who.heads))


def _reach(ground: Ground, found: Attribution, previous: int) -> list[Range]:
    doc = ground.doc
    floor, stop = ground.sentence(found.cue[0])
    quote = ground.quote_of[found.cue[0]]
    if quote >= 0:
        floor, stop = max(floor, ground.inner(quote)[0]), min(stop, ground.inner(quote)[1])
    floor, stop = _bracketed(ground, found.cue[0], floor, stop)
    end = next((k for k in range(found.end, stop) if doc[k].text == ";" and ground.quote_of[k] == quote), stop)
    if found.relative:
        resumed = next((k for k in range(found.end, end) if doc[k].text == "," and verb_follows(ground, k, end)), end)
        return [(found.end, resumed)]
    start = found.cue[0]
    if _only_adverbs(ground, floor, start) or ground.lex.has("clause", doc[start - 1]):
        return [(_past_appositions(ground, found.end, end), end)]
    if start - 2 >= floor and doc[start - 1].text == "," and doc[start - 2].lower_ in ground.syntax.labels["relatives"]:
        return [(start - 2, start - 1), (found.end, end)]
    begin = max(clause_start(ground, start - 1, floor), previous if previous < start else floor)
    clause = _clause_of(ground, found, begin)
    if clause is not None:
        return clause
    short = _short(ground, found, begin)
    if short is not None:
        return [short]
    rest = (found.end, end)
    return [(begin, start), rest] if _goes_on(ground, found, begin, end) else [(begin, start)]


def _past_appositions(ground: Ground, begin: int, end: int) -> int:
    """Where the content begins after a source at the head of a sentence, what still describes the source passed over."""
    doc = ground.doc
    while begin + 1 < end and doc[begin].text == ",":
        base = ground.quote_of[begin]
        comma = next((k for k in range(begin + 1, end) if doc[k].text == "," and ground.quote_of[k] == base), None)
        if comma is None or doc[comma].text != ",":
            return begin
        words = doc[begin + 1 : comma]
        first = words[0] if len(words) else doc[begin]
        describes = (
            first.pos_ in ("DET", "NOUN", "PROPN")
            or "Part" in first.morph.get("VerbForm", [])
            or first.lower_ in ground.syntax.labels["relatives"]
        )
        subject = any(ground.syntax.has(t, "subject", "passive_subject") and t.head.i > comma for t in words)
        if (
            not describes
            or subject
            or begin + 1 in ground.dated
            or (any(ground.is_finite(t) for t in words) and first.lower_ not in ground.syntax.labels["relatives"])
        ):
            return begin
        if not any(ground.is_finite(t) for t in doc[comma:end]):
            return begin
        begin = comma
    return begin


def _bracketed(ground: Ground, at: int, floor: int, stop: int) -> Range:
    """The bounds of a source: the sentence, or the brackets that it stands in."""
    doc, closed = ground.doc, 0
    for i in range(at - 1, floor - 1, -1):
        if doc[i].text in (")", "]"):
            closed += 1
        elif doc[i].text in ("(", "["):
            if closed == 0:
                return i + 1, next((k for k in range(at, stop) if doc[k].text in (")", "]")), stop)
            closed -= 1
    return floor, stop


def _only_adverbs(ground: Ground, floor: int, start: int) -> bool:
    return all(t.pos_ in ("ADV", "CCONJ", "PUNCT", "SPACE") or t.is_punct or t.i in ground.dated for t in ground.doc[floor:start])


def _clause_of(ground: Ground, found: Attribution, begin: int) -> list[Range] | None:
    """The relative clause that a source belongs to, before the source and, without a comma, after it."""
    doc, cue = ground.doc, found.cue[0]
    head = doc[found.who.heads[0]] if found.who is not None else doc[cue]
    for _ in range(12):
        if head.head.i == head.i:
            return None
        head = head.head
        if ground.syntax.has(head, "relative", "participial") and head.left_edge.i < cue:
            participial = ground.syntax.has(head, "participial")
            left = max(begin, head.head.left_edge.i if participial and head.head.i < head.i else head.left_edge.i)
            end = ground.sentence(cue)[1]
            verbless = participial and doc[found.end].text == "," and not any(ground.is_finite(t) for t in doc[found.end : end])
            right = (found.end, end if verbless else head.right_edge.i + 1)
            goes_on = right[0] < right[1] and (not doc[found.end].is_punct or head.i > cue or verbless)
            return [(left, cue), right] if goes_on else [(left, cue)]
    return None


def _short(ground: Ground, found: Attribution, begin: int) -> Range | None:
    """The last member of a list that a source closes without a comma: «…, 30 selon le syndicat»."""
    doc, cue = ground.doc, found.cue[0]
    comma = next(
        (k for k in range(cue - 1, begin - 1, -1) if doc[k].text in (",", ":") and ground.quote_of[k] == ground.quote_of[cue]),
        None,
    )
    if comma is None or comma == cue - 1:
        return None
    words = doc[comma + 1 : cue]
    if any(ground.is_finite(t) for t in words) or not any(t.like_num or t.pos_ == "NUM" for t in words):
        return None
    return comma + 1, cue


def _goes_on(ground: Ground, found: Attribution, begin: int, end: int) -> bool:
    """Whether the clause before the source goes on after it."""
    doc = ground.doc
    if found.end >= end or not any(t.is_alpha for t in doc[found.end : end]):
        return False
    if not doc[found.end].is_punct:
        return True
    before = doc[found.cue[0] - 2] if found.cue[0] - 2 >= begin and doc[found.cue[0] - 1].text == "," else None
    if before is not None and (ground.lex.has("have", before) or ground.lex.has("be", before)):
        return True
    left = range(begin, found.cue[0])
    main_before = any(ground.is_finite(doc[k]) for k in left)
    for k in left:
        if (
            found.end <= doc[k].head.i < end
            and doc[k].dep_ not in ("advcl", "parataxis", "ccomp", "conj")
            and not doc[k].is_punct
        ):
            return True
    if main_before:
        first = doc[min(found.end + 1, end - 1)]
        tie = branch_into(first, (begin, found.cue[0]))
        return (
            tie is not None
            and tie.dep_ not in ("conj", "parataxis", "advcl", "acl", "appos", "cc")
            and first.pos_ in ("ADP", "DET")
        )
    return True
