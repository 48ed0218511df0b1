"""When events happened or are due, and where: by syntax first, then by the sentence, then by the running scene; else left open.

A main event that is told as a fact and carries no time of its own happened by the day of publication (basis default).
A pluperfect goes back in time: it takes a time of its own or none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Token

from recoupe.model import Basis, Place, Time
from recoupe.reading.cast import Cast
from recoupe.reading.events.drafts import Draft, PlaceRole
from recoupe.reading.page import Page
from recoupe.reading.positions import NOMINAL, VERBAL, marked
from recoupe.reading.syntax import Syntax

STEPS = 10
REACH = 80
WEEKDAY = "weekday"
OF = frozenset({"de", "of"})
FACTS = frozenset({"asserted", "rumoured"})
MOVES = frozenset({"RETREAT", "MOBILIZE", "CONSULT", "AID"})
PLACE_ROLES: dict[str, PlaceRole] = {"place": "at", "from": "from", "to": "to"}
SCENE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A time or a place, the word by which it hangs on the sentence, and where that begins."""

    item: str
    token: Token
    sentence: int


def anchored(page: Page, items: Iterable[Time | Place]) -> dict[int, list[Anchor]]:
    """Each item with the head of its words, by the beginning of its sentence."""
    found: dict[int, list[Anchor]] = defaultdict(list)
    for item in items:
        tokens = page.tokens(item.span)
        if len(tokens):
            start = tokens.root.sent.start
            found[start].append(Anchor(item.id, tokens.root, start))
    return found


def nearest(
    draft: Draft, anchors: Iterable[Anchor], others: Set[int], syntax: Syntax, subordinate: bool = True
) -> tuple[str, Basis] | None:
    """The item that hangs on the event's words, else the only one of its clause.

    anchors: those of its sentence; others: the triggers of all events; subordinate: whether items that describe a noun count.
    """
    token = draft.token
    sentence = [a for a in anchors if subordinate or not (_described(a.token, draft, syntax) or _of_noun(a.token, draft, syntax))]
    hung = [a for a in sentence if _hangs_on(a.token, draft, others)]
    if hung:
        return min(hung, key=lambda a: abs(a.token.i - token.i)).item, "syntax"
    sentence = [a for a in sentence if not _claimed(a.token, draft, others)]
    clause = [a for a in sentence if _same_clause(a.token, token, syntax)]
    if len(clause) == 1:
        return clause[0].item, "discourse"
    return (sentence[0].item, "discourse") if len(sentence) == 1 else None


def _hangs_on(token: Token, draft: Draft, others: Set[int]) -> bool:
    """Whether the way up from a word meets this event's trigger or its light verb before any other event's."""
    carriers = {draft.token.i, draft.sighting.candidate.trigger.last.i}
    if draft.sighting.candidate.light is not None:
        carriers.add(draft.sighting.candidate.light.i)
    for _ in range(STEPS):
        if token.i in carriers:
            return True
        if token.i in others or token.head.i == token.i:
            return False
        token = token.head
    return False


def _of_noun(token: Token, draft: Draft, syntax: Syntax) -> bool:
    """Whether a word tells one thing from others of its kind: «l'accord de 2012», “the 2012 accord”."""
    head = token.head
    if head.pos_ == "ADP" and head.lower_ in OF:
        head = head.head
    elif not (syntax.has(token, "modifier", "possessive") or syntax.preposition(token) in OF or token.dep_ == "nummod"):
        return False
    if head.pos_ not in ("NOUN", "PROPN") or head.lower_ in syntax.labels["time_nouns"]:
        return False
    return head.i not in (draft.token.i, draft.sighting.candidate.trigger.last.i)


def _described(token: Token, draft: Draft, syntax: Syntax) -> bool:
    """Whether a word stands in a clause that describes a noun and not the event: «le projet présenté en mai»."""
    above = {draft.token.i, *(t.i for t in draft.token.ancestors)}
    for _ in range(STEPS):
        if token.i in above or token.head.i == token.i:
            return False
        clause = token.pos_ in VERBAL and syntax.has(token, "relative", "participial")
        if clause and token.head.pos_ in NOMINAL and draft.sighting.candidate.light != token:
            return True
        token = token.head
    return False


def _presupposed(draft: Draft, unread: Iterable[Anchor], others: Set[int], syntax: Syntax) -> bool:
    """Whether the event lies at a time left open: told as a cause, right after another, or with a time that stays unread."""
    token, head = draft.token, draft.token.head
    if draft.noun and syntax.has(token, "subject") and head.lemma_.lower() in syntax.labels["causing"]:
        return True
    words = token.doc[token.sent.start : token.sent.end].text.lower()
    if any(words.startswith(phrase) for phrase in syntax.labels["sequels"]):
        return True
    return any(_hangs_on(anchor.token, draft, others) for anchor in unread)


def _claimed(token: Token, draft: Draft, others: Set[int]) -> bool:
    """Whether a word hangs closely on the trigger of another event."""
    return any(i in others and i != draft.token.i for i in (token.head.i, token.head.head.i))


def _same_clause(a: Token, b: Token, syntax: Syntax) -> bool:
    low, high = sorted((a.i, b.i))
    return not any(t.text in ";:" or t.lower_ in syntax.labels["relatives"] for t in a.doc[low:high])


def pluperfect(draft: Draft, syntax: Syntax) -> bool:
    """Whether the event's verb stands in a past before the past."""
    verb = draft.sighting.candidate.light or draft.token
    if syntax.has(verb, "clause"):
        return False
    helpers = [t for t in verb.children if syntax.has(t, "auxiliary")]
    return any(marked(t, "Tense", "Imp") or t.lower_ == "had" for t in helpers) and marked(verb, "VerbForm", "Part")


def date_events(page: Page, drafts: list[Draft], times: Sequence[Time], syntax: Syntax) -> list[Draft]:
    """The drafts with their time, and with start and end."""
    dated = {t.id: t for t in times if t.start and t.kind in ("date", "time", "interval")}
    anchors = anchored(page, dated.values())
    unread = anchored(page, [t for t in times if not t.start and t.kind in ("date", "time", "interval")])
    triggers = {d.token.i for d in drafts}
    out = []
    for draft in drafts:
        passing = draft.noun and _in_passing(draft.token, syntax)
        near, start = anchors.get(draft.token.sent.start, []), draft.token.sent.start
        if passing:
            near = [a for a in near if a.token.head.i == draft.token.i]
        found = nearest(draft, near, triggers, syntax, subordinate=False)
        if found is not None:
            own = any(a.item == found[0] and _own_time(a.token, draft) for a in near)
            draft = _dated(draft, dated[found[0]], found[1], own, page.published)
        if (
            draft.time is None
            and draft.modality in FACTS
            and page.published
            and not (passing or pluperfect(draft, syntax) or _presupposed(draft, unread.get(start, ()), triggers, syntax))
        ):
            day = page.published
            draft = replace(
                draft,
                start=(day - dt.timedelta(days=1)).isoformat(),
                end=day.isoformat(),
                basis={**draft.basis, "time": "default"},
            )
        out.append(draft)
    return out


def _own_time(token: Token, draft: Draft) -> bool:
    """Whether a time hangs on the event's own words, and not on what carries or announces it."""
    trigger = draft.sighting.candidate.trigger
    return any(t.i in (trigger.token.i, trigger.last.i) for t in (token.head, token.head.head))


def _dated(draft: Draft, time: Time, basis: Basis, own: bool, published: dt.date | None) -> Draft:
    """The draft with a time: a fact has begun by the day of publication; what is to come is due later, or was announced then.

    own: whether the time hangs on the event's own words; a weekday is then the coming one.
    """
    start, end = time.start or "", time.end or time.start or ""
    late = published is not None and start[:10] > published.isoformat()
    if draft.modality in FACTS:
        return draft if late else replace(draft, time=time.id, start=start, end=end, basis={**draft.basis, "time": basis})
    past = published is not None and end[:10] < published.isoformat()
    if past and not own and draft.modality not in ("denied", "hypothetical"):
        return replace(draft, announced=time.id)
    if past and own and draft.modality in ("planned", "demanded", "threatened") and time.rule.endswith(WEEKDAY):
        start, end = (_week_later(day) for day in (start, end))
    return replace(draft, time=time.id, start=start, end=end, basis={**draft.basis, "time": basis})


def _week_later(day: str) -> str:
    return (dt.date.fromisoformat(day[:10]) + dt.timedelta(days=7)).isoformat() + day[10:]


def _in_passing(noun: Token, syntax: Syntax) -> bool:
    """Whether a noun only says after, before or since what: «six jours après l'attaque»."""
    word = noun.head.lower_ if noun.head.pos_ == "ADP" else syntax.preposition(noun)
    return word in syntax.labels["temporal"]


def place_events(page: Page, drafts: list[Draft], places: Sequence[Place], cast: Cast, syntax: Syntax) -> list[Draft]:
    """The drafts with their place and country."""
    located = {p.id: p for p in places if not p.dateline and not p.metonym}
    anchors = anchored(page, located.values())
    by_token = {a.token.i: a.item for near in anchors.values() for a in near}
    triggers = {d.token.i for d in drafts}
    scene: str | None = None
    since = 0
    home = _home(located.values())
    out = []
    for draft in drafts:
        doers = {t.i for t in draft.sighting.candidate.of("actor")}
        roles = {t.i for t in draft.sighting.candidate.of("place", "from", "to", "recipient")}
        near = anchors.get(draft.token.sent.start, [])
        named = next((by_token[i] for i in sorted(roles) if i in by_token), None)
        found: tuple[str, Basis] | None = (named, "syntax") if named else None
        found = found or nearest(draft, [a for a in near if a.token.i not in doers], triggers, syntax)
        if (
            found is None
            and scene
            and draft.token.i - since < REACH
            and draft.type in SCENE
            and draft.modality in ("asserted", "rumoured")
        ):
            found = (scene, "discourse")
        if found is not None:
            if draft.type in SCENE:
                scene, since = found[0], draft.token.i
            place = located[found[0]]
            parts: dict[str, PlaceRole] = dict([(place.id, "at"), *_parts(draft, near, by_token, triggers, syntax)])
            draft = replace(
                draft,
                place=place.id,
                places=tuple(parts.items()),
                country=place.country,
                basis={**draft.basis, "place": found[1]},
            )
        if draft.country is None:
            country = _country(draft, cast)
            basis: Basis = "discourse" if country else "default"
            draft = replace(draft, country=country or home, basis={**draft.basis, "country": basis})
        out.append(draft)
    return out


def _parts(
    draft: Draft, near: Iterable[Anchor], by_token: Mapping[int, str], triggers: Set[int], syntax: Syntax
) -> Iterator[tuple[str, PlaceRole]]:
    """The parts of an event's places: as its frame says, else, where one moves, by their prepositions."""
    for filler in draft.sighting.candidate.fillers:
        if filler.role in PLACE_ROLES and filler.token.i in by_token:
            yield by_token[filler.token.i], PLACE_ROLES[filler.role]
    if draft.type in MOVES:
        for anchor in near:
            head = anchor.token.head
            word = head.lower_ if head.pos_ == "ADP" else syntax.preposition(anchor.token)
            role: PlaceRole | None = (
                "from" if word in syntax.labels["origins"] else "to" if word in syntax.labels["goals"] else None
            )
            if role and _hangs_on(anchor.token, draft, triggers):
                yield anchor.item, role


def _home(places: Iterable[Place]) -> str | None:
    """The country in which most places of the dispatch lie, if one has the majority."""
    countries = Counter(p.country for p in places if p.country)
    if not countries:
        return None
    country, n = countries.most_common(1)[0]
    return country if 2 * n > sum(countries.values()) else None


def _country(draft: Draft, cast: Cast) -> str | None:
    """Where an event of no named place happened: the country of those it was done to, else of those who did it."""
    for ids in (draft.recipients, draft.actors):
        found = {cast[i].country for i in ids if cast[i].country}
        if len(found) == 1:
            return found.pop()
    return None
