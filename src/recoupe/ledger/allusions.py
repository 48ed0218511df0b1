"""Allusions: events that a dispatch only calls to mind, by a noun or a participle and the place or day that says which one.

«Depuis l'attaque de Méhana», «the Sept. 13 raid», «cette attaque», «les chauffeurs pris près de Dolbel». Where nothing more is
told, the reading makes no event of it; the ledger lays them to the event that they name. An allusion to an event that the
dispatch tells is a further report of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from recoupe.language import language
from recoupe.ledger.cues import WORD_OR_STOP
from recoupe.ledger.entities import fold
from recoupe.ledger.whenwhere import day_of, overlap
from recoupe.model import Event, EventType, Place, Reading, Span, Time

RULE = "ledger.allusion"
TAKEN = "abduct"
LONGEST = 4
STEPS = 4
DAY = ("day", "hour", "minute", "second")


@dataclass(frozen=True)
class Allusion:
    """One noun with what says which event it stands for. told: the event of the same dispatch that it is, where there is one."""

    event: Event
    told: str | None = None


@dataclass(frozen=True)
class _Noun:
    span: Span
    type: EventType
    definite: bool
    this: bool
    mode: str | None = None


def allusions(reading: Reading) -> tuple[Allusion, ...]:
    """The allusions of a text, in its order, each anchor used once."""
    found: list[Allusion] = []
    used: set[str] = set()
    for noun in _nouns(reading):
        if any(overlap(noun.span, span) for e in reading.events for span in _own(reading, e, noun.type)):
            continue
        mentioned = any(overlap(noun.span, m) for e in reading.events if e.in_ == "text" for m in e.mentions)
        if noun.this and not mentioned:
            before = [e for e in reading.events if e.type == noun.type and e.in_ == "text" and e.trigger < noun.span and _real(e)]
            if len(before) == 1:
                found.append(Allusion(_event(before[0].id, noun, noun.span), before[0].id))
            continue
        anchor = _anchor(reading, noun)
        if anchor is None or anchor.id in used or _to_come(reading, anchor):
            continue
        anchors = (anchor, *_second_anchor(reading, noun, anchor))
        used.update(a.id for a in anchors)
        span = (min(noun.span[0], anchor.span[0]), max(noun.span[1], *(a.span[1] for a in anchors)))
        event = _event(anchor.id, noun, span, *anchors)
        same = [e for e in reading.events if _one_event(e, event, reading)]
        found.append(Allusion(event, same[0].id if len(same) == 1 else None))
    return tuple(found)


def _own(reading: Reading, event: Event, type_: EventType) -> tuple[Span, ...]:
    """The words that an event has already: its trigger; of one of that type, all. Mentions are looked at again."""
    if event.in_ != "text":
        return ()
    own = (event.evidence[0], end_of_own_words(reading, event))
    return (event.trigger, *((own,) if event.type == type_ else ()))


def _real(event: Event) -> bool:
    return event.modality in ("asserted", "rumoured", "denied")


def _event(id_: str, noun: _Noun, span: Span, *anchors: Time | Place) -> Event:
    time = next((a for a in anchors if isinstance(a, Time)), None)
    place = next((a for a in anchors if isinstance(a, Place)), None)
    return Event(
        id=id_,
        trigger=noun.span,
        evidence=span,
        type=noun.type,
        mode=noun.mode,
        place=place.id if place else None,
        country=place.country if place else None,
        time=time.id if time else None,
        start=time.start if time else None,
        end=time.end if time else None,
        modality="asserted",
        salience="background",
        rule=RULE,
    )


def _one_event(told: Event, alluded: Event, reading: Reading) -> bool:
    """Does the dispatch tell this event itself: of one type, at the same place or on the same day?"""
    if told.type != alluded.type or told.in_ != "text" or not _real(told):
        return False
    if alluded.time is not None:
        return told.start is not None and told.start == alluded.start and told.end == alluded.end
    names = {p.id: fold(p.name) for p in reading.places}
    return told.place is not None and names.get(told.place) == names.get(alluded.place or "")


def _to_come(reading: Reading, anchor: Time | Place) -> bool:
    day = day_of(anchor.start) if isinstance(anchor, Time) else None
    published = day_of(reading.dispatch.published)
    return day is not None and published is not None and day > published


def _anchor(reading: Reading, noun: _Noun) -> Time | Place | None:
    """The day or the place that stands behind the noun, or, in English, before it. A noun without an article takes a day only."""
    times = [t for t in reading.times if t.in_ == "text" and t.grain in DAY and t.start is not None and t.start == t.end]
    places = [p for p in reading.places if p.in_ == "text" and not p.dateline and p.kind != "country" and not p.metonym]
    anchors: Sequence[Time | Place] = [*times, *(places if noun.definite else ())]
    near = [(abs(a.span[0] - noun.span[1]), a.id, a) for a in anchors if _joined(reading, noun.span, a)]
    return min(near, key=lambda n: n[:2])[2] if near else None


def _second_anchor(reading: Reading, noun: _Noun, first: Time | Place) -> Sequence[Time | Place]:
    """The place behind the day that stands behind the noun, or the day behind the place: «l'attaque du 3 mai | à Dori»."""
    other = replace(noun, span=(noun.span[0], first.span[1]))
    behind = _anchor(reading, other) if first.span[0] >= noun.span[1] else None
    return () if behind is None or isinstance(behind, type(first)) or behind.span[0] < first.span[1] else (behind,)


def _joined(reading: Reading, noun: Span, anchor: Time | Place) -> bool:
    """Do only words that join a noun to its place or day stand between the two?"""
    if anchor.span[0] >= noun[1]:
        gap = reading.dispatch.text[noun[1] : anchor.span[0]]
    elif anchor.span[1] <= noun[0] and reading.dispatch.lang == "en":
        gap = reading.dispatch.text[anchor.span[1] : noun[0]]
    else:
        return overlap(anchor.span, noun) and isinstance(anchor, Place)
    words = [fold(w) for w in WORD_OR_STOP.findall(gap)]
    return len(words) <= STEPS and all(word in _words(reading.dispatch.lang, "between") for word in words)


def _nouns(reading: Reading) -> Iterator[_Noun]:
    """The nouns of the text that stand for events, and the participles without a helping verb."""
    lang = reading.dispatch.lang
    known, held, helpers = _known(lang, "nouns"), _known(lang, "held"), _words(lang, "helpers")
    participles = held | _known(lang, "participles")
    definite, this = _words(lang, "definite"), _words(lang, "this")
    tokens = [(m.span(), m[0].lower()) for m in WORD_OR_STOP.finditer(reading.dispatch.text)]
    at = 0
    while at < len(tokens):
        for n in range(min(LONGEST, len(tokens) - at), 0, -1):
            words = " ".join(word for _, word in tokens[at : at + n])
            type_ = known.get(words) or known.get(words.removesuffix("s"))
            before = [fold(word) for _, word in tokens[max(0, at - 3) : at]]
            span = (tokens[at][0][0], tokens[at + n - 1][0][1])
            if words in participles and before and helpers.isdisjoint(before[-2:]) and before[-1] not in definite:
                yield _Noun(span, participles[words], True, False, TAKEN if words in held else None)
                break
            if type_ is not None:
                yield _Noun(span, type_, not definite.isdisjoint(before), bool(before) and before[-1] in this)
                at += n - 1
                break
        at += 1


def end_of_own_words(reading: Reading, event: Event) -> int:
    """The end of an event's words, without those behind it that date it by another: «enlevés | cinq jours après l'assaut»."""
    source = reading.dispatch.title if event.in_ == "title" else reading.dispatch.text
    found = _by_another(reading.dispatch.lang).search(source, event.trigger[1], event.evidence[1])
    return found.start() if found else event.evidence[1]


@cache
def _by_another(lang: str) -> re.Pattern[str]:
    table = language(lang).table("deeds")
    nouns = "|".join(re.escape(n) for n in sorted(_known(lang, "nouns"), key=len, reverse=True))
    since, articles = ("|".join(table[key].split()) for key in ("since", "definite"))
    return re.compile(rf"(?:\s+\w{{1,12}}\s+\w{{1,12}})?\s+(?:{since})\s+(?:(?:{articles})\s+|l['’])(?:{nouns})\b", re.IGNORECASE)


@cache
def _known(lang: str, group: str) -> dict[str, EventType]:
    """Words of a group of the table to the type that they stand for."""
    table = language(lang).table("deeds")[group]
    return {
        " ".join(WORD_OR_STOP.findall(noun.replace("_", " "))): type_ for type_, nouns in table.items() for noun in nouns.split()
    }


@cache
def _words(lang: str, key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in language(lang).table("deeds")[key].split())
