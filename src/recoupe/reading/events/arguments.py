"""Who, to whom, what: the argument places of a frame filled from the parse around its trigger.

A frame stands only where the places it needs are filled by what they ask for. A noun stands for an event only with a
complement, a light verb, a governor that takes events, or where its frame says that it needs none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from recoupe.reading.events.frames import Lexicon, Place, Trigger
from recoupe.reading.events.governors import Governors
from recoupe.reading.positions import NOMINAL, VERBAL, marked
from recoupe.reading.syntax import Syntax

DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID", "MOBILIZE"})
CLOSE = frozenset({"de", "of", "object"})
CHARGED = frozenset({"with", "over", "by"})


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills one argument place. token: the head of the phrase."""

    slot: str
    role: str
    token: Token


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger with its arguments. light: the light verb that carries a noun."""

    trigger: Trigger
    fillers: tuple[Filler, ...]
    score: int
    light: Token | None = None

    def of(self, *roles: str) -> list[Token]:
        """The heads that fill these roles, in order."""
        return [filler.token for filler in self.fillers if filler.role in roles]


def best_candidate(triggers: Sequence[Trigger], lexicon: Lexicon, governors: Governors) -> Candidate | None:
    """Of the frames that one word may evoke, the one whose places the text fills best; the first of equals."""
    found = [c for trigger in triggers if (c := candidate(trigger, lexicon, governors)) is not None]
    return max(found, key=lambda c: c.score, default=None)


def candidate(trigger: Trigger, lexicon: Lexicon, governors: Governors) -> Candidate | None:
    """The trigger with its places filled, or None where what its frame needs is not there."""
    light = None
    if trigger.kind == "verb":
        places, needs, slots = trigger.frame.verb, trigger.frame.needs, list(_verb_slots(trigger, lexicon))
    else:
        places, needs = trigger.frame.noun, trigger.frame.noun_needs
        light, role = governors.light(trigger.token)
        slots = list(_noun_slots(trigger, lexicon, light, role))
    fillers = [f for slot, token in slots if (f := _filler(places, slot, token, lexicon, trigger.kind)) is not None]
    if trigger.kind == "noun" and any(f.slot == "adj" and f.role == "actor" for f in fillers):
        fillers = [f for f in fillers if f.slot not in CLOSE or f.role != "actor"]
    fillers += _attached(fillers, places, trigger, lexicon)
    filled = {filler.slot for filler in fillers} | {"@" + filler.role for filler in fillers}
    if light is not None or (trigger.kind != "verb" and governors.takes(trigger.token)):
        filled.add("light")
    if trigger.kind == "verb" and _passive(trigger, lexicon):
        filled.add("passive")
    if any(not filled & set(need) for need in needs) or _unfit(trigger, places, slots, lexicon):
        return None
    if _bare_participle(trigger, fillers, lexicon):
        return None
    if trigger.kind != "verb" and not (trigger.frame.bare or filled or light is not None or governors.takes(trigger.token)):
        return None
    slots_filled = [slot for slot in filled if slot in places]
    picky = sum(places[slot].picky + bool(places[slot].words) for slot in slots_filled)
    score = 2 * picky + len(slots_filled) + 3 * len(trigger.entry.rest) + 2 * len(needs)
    return Candidate(trigger, tuple(fillers), score, light)


def _bare_participle(trigger: Trigger, fillers: list[Filler], lexicon: Lexicon) -> bool:
    """Whether a participle only describes its noun («les candidats autorisés»), where its frame is no act of force."""
    verb = trigger.token
    if trigger.kind != "verb" or trigger.entry.tense != "participle" or trigger.entry.rest or trigger.frame.type in DONE_TO:
        return False
    described = lexicon.syntax.has(verb, "participial", "modifier") and verb.head.pos_ in NOMINAL
    return described and not any(f.slot not in ("object", "clause") for f in fillers)


def _unfit(trigger: Trigger, places: dict[str, Place], slots: list[tuple[str, Token]], lexicon: Lexicon) -> bool:
    """Whether a place holds what it refuses, or what the verb is said of is known to be of another kind than it asks for."""
    if any(slot in places and lexicon.refuses(places[slot], lexicon.core(t)) for slot, t in slots):
        return True
    place = places.get("subject")
    if place is None or not place.picky or trigger.kind != "verb":
        return False
    subjects = [lexicon.core(t) for slot, t in slots if slot == "subject"]
    return bool(subjects) and not any(lexicon.fits(place, t) or not lexicon.kinds(t) for t in subjects)


def _filler(places: dict[str, Place], slot: str, token: Token, lexicon: Lexicon, kind: str) -> Filler | None:
    if slot in ("actor", "recipient"):
        return Filler(slot, slot, token)
    place = places.get(slot)
    core = lexicon.core(token)
    if place is None or not place.role or not lexicon.fits(place, core):
        return None
    role = place.role
    eventful = any(entry.kind == "noun" for entry in lexicon.entries.get(core.lower_, ()))
    human = lexicon.syntax.definite(core) and "human" in lexicon.kinds(core) and not eventful
    if role == "content" and human:
        role = "actor" if kind != "verb" and slot in CLOSE else "recipient"
    return Filler(slot, role, core)


def _attached(fillers: list[Filler], places: dict[str, Place], trigger: Trigger, lexicon: Lexicon) -> list[Filler]:
    """Phrases that the parse hangs on an argument, where they fill a place of the trigger's own that is still open."""
    syntax, found = lexicon.syntax, []
    open_slots = {slot for slot in places if slot not in {f.slot for f in fillers}}
    for filler in fillers:
        for word, t in syntax.obliques(filler.token):
            slot = syntax.slot(word)
            if slot == syntax.by and slot not in places:
                slot = "subject"
            if slot in open_slots and slot not in CLOSE and t.i > trigger.token.i:
                found += [f for c in syntax.conjuncts(t) if (f := _filler(places, slot, c, lexicon, trigger.kind)) is not None]
                open_slots.discard(slot)
    return found


def _verb_slots(trigger: Trigger, lexicon: Lexicon) -> Iterator[tuple[str, Token]]:
    """The phrases around a verb, by slot: the doer is its subject whether the verb is active or passive."""
    syntax, verb = lexicon.syntax, trigger.token
    if trigger.mistagged:
        left, right = syntax.left_phrase(verb), syntax.right_phrase(verb) or syntax.fronted(verb)
        if left is not None:
            yield from _all("subject", left, lexicon)
        if right is not None:
            yield from _all("object", right, lexicon)
        clause = syntax.infinitive_within(verb) if trigger.frame.content else None
        phrase = syntax.phrase_after(verb)
        if clause is not None:
            yield "clause", clause
        if phrase is not None:
            yield from _all(*phrase, lexicon)
        for word, head in syntax.obliques(verb):
            if word != "de" or right is None or head.i != right.i:
                yield from _all(word, head, lexicon)
        return
    opening = trigger.entry.tense == "participle" and syntax.opens(verb)
    passive = _passive(trigger, lexicon)
    subjects = syntax.subjects(verb) if not opening else [t for t in (syntax.after_comma(verb),) if t is not None]
    if not subjects and verb.pos_ == "ADJ" and syntax.has(verb, "modifier"):
        subjects = [verb.head]
    peripheral = trigger.entry.tense in ("infinitive", "gerund", "participle") and not syntax.finite(verb)
    if not subjects and not peripheral and (before := syntax.left_phrase(verb)) is not None:
        subjects = [before]
    if not passive and syntax.reports(verb) and (after := _late_object(trigger, lexicon)) is not None:
        subjects = [after]
    subject = next(iter(subjects), None)
    if passive:
        agent = syntax.agent(verb)
        if agent is not None:
            yield from _all("subject", agent, lexicon)
        for t in subjects:
            yield from (pair for pair in _all("object", t, lexicon) if pair[1].i == t.i or not _done_to_itself(pair[1], lexicon))
    else:
        for t in subjects:
            yield from _all("subject", t, lexicon)
        done = _object(trigger, lexicon) or _clitic(verb, lexicon) or _late_object(trigger, lexicon)
        done = None if done is not None and any(t.i == done.i for t in subjects) else done
        if done is not None and subject is None and syntax.inverted(verb):
            yield from _all("subject", done, lexicon)
        elif done is not None:
            yield from _all("object", done, lexicon)
    dative = syntax.child(verb, "dative")
    if dative is not None and dative.pos_ != "ADP":
        yield from _all(syntax.to, dative, lexicon)
    for head in dict.fromkeys((verb, trigger.last)):
        for word, t in syntax.obliques(head):
            if passive and word == syntax.by:
                if head.i != verb.i:
                    yield from _all("subject", t, lexicon)
            elif not verb.i < t.i <= trigger.last.i:
                yield from _all(word, t, lexicon)
    clauses = [t for t in verb.children if syntax.has(t, "clause")]
    if not clauses and not passive and (done := syntax.child(verb, "object")) is not None:
        clauses = [t for t in done.children if syntax.has(t, "participial") and marked(t, "VerbForm", "Inf")]
    if not clauses and trigger.frame.content and trigger.entry.kind == "verb":
        clauses = [t for t in (syntax.infinitive_within(trigger.last),) if t is not None]
    if not clauses and (words := syntax.quoted(verb)) is not None:
        clauses = [words]
    strict = "infinitive" in trigger.frame.verb
    for t in clauses if strict and not passive and syntax.object(verb) is None else ():
        doer = syntax.child(t, "subject") if syntax.infinitive(t) else None
        if doer is not None and verb.i < doer.i < t.i:
            yield from _all("object", doer, lexicon)
    yield from (("infinitive" if strict and syntax.infinitive(t) else "clause", t) for t in clauses)


def _passive(trigger: Trigger, lexicon: Lexicon) -> bool:
    """Whether a verb tells what was done to its subject: a passive, a participle beside a noun, one that opens a sentence."""
    verb = trigger.token
    if lexicon.finite_only(verb) and lexicon.syntax.child(verb, "passive_auxiliary", "passive_subject") is None:
        return False
    if lexicon.syntax.passive(verb):
        return True
    if trigger.entry.tense != "participle" or lexicon.syntax.child(verb, "auxiliary") is not None:
        return False
    beside = verb.pos_ == "ADJ" or lexicon.syntax.opens(verb) or (lexicon.syntax.has(verb, "modifier") and verb.i > verb.head.i)
    return beside or _headline_passive(trigger, lexicon.syntax)


def _headline_passive(trigger: Trigger, syntax: Syntax) -> bool:
    """Whether a participle is a headline's passive without its auxiliary: «Mayor gunned down in Celaya»."""
    verb = trigger.token
    if verb.sent.text.rstrip("\"'»)\n ")[-1:] in ".!?:" or not syntax.labels["plurals"]:
        return False
    if syntax.child(verb, "object", "clause") is not None or syntax.right_phrase(trigger.last) is not None:
        return False
    told = trigger.frame.type in DONE_TO or any(word in CHARGED for word, _ in syntax.obliques(verb))
    return told and syntax.left_phrase(verb) is not None


def _noun_slots(trigger: Trigger, lexicon: Lexicon, light: Token | None, role: str | None) -> Iterator[tuple[str, Token]]:
    """The phrases around a noun, by slot. A light verb's subject has the role that the verb gives."""
    syntax, noun = lexicon.syntax, trigger.token
    for head in dict.fromkeys((noun, trigger.last)):
        for word, t in syntax.obliques(head):
            if not noun.i < t.i <= trigger.last.i:
                yield from _all(word, t, lexicon)
    if syntax.has(noun, "oblique", "preposition") or noun.head.pos_ == "ADP":
        doer = noun.head if noun.head.pos_ in NOMINAL else noun.head.head
        if "doer" in lexicon.kinds(doer):
            yield "actor", doer
    if trigger.frame.mode == "visit" and (traveller := _traveller(noun, lexicon)) is not None:
        yield from _all("actor", traveller, lexicon)
    possessor = syntax.possessor(noun)
    if possessor is not None:
        yield from _all("poss", possessor, lexicon)
    for t in noun.children:
        if syntax.has(t, "modifier"):
            yield "adj", t
        elif syntax.has(t, "participial"):
            agent, done = syntax.agent(t), syntax.object(t)
            if agent is not None and t.pos_ in VERBAL:
                yield from _all("actor", agent, lexicon)
            if done is not None and done.i > t.i and "human" in lexicon.kinds(lexicon.core(done)):
                yield from _all("recipient", done, lexicon)
        elif t.pos_ == "NUM":
            yield "number", t
    if light is not None and role == "between":
        done = syntax.object(light)
        if done is not None:
            yield from _all("actor", done, lexicon)
            for word, t in (*syntax.obliques(light), *syntax.obliques(done)):
                if word == syntax.to:
                    yield from _all("recipient", t, lexicon)
    elif light is not None and role == "target":
        done = syntax.object(light)
        if done is not None and {"human", "facility", "place"} & lexicon.kinds(lexicon.core(done)):
            yield from _all("recipient", done, lexicon)
    elif light is not None and role != "none":
        subject = syntax.agent(light) if syntax.passive(light) else syntax.subject(light)
        if subject is not None and subject.i != noun.i:
            yield from _all(role or "actor", subject, lexicon)
    if light is not None:
        for word, t in syntax.obliques(light):
            if t.i != noun.i:
                yield from _all(word, t, lexicon)


def _traveller(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who is on a visit told in passing: «X, en visite à Y», «a rappelé lors d'un voyage»."""
    syntax = lexicon.syntax
    if not syntax.preposition(noun) and noun.head.pos_ != "ADP":
        return None
    head = noun.head.head if noun.head.pos_ == "ADP" else noun.head
    if head.pos_ in VERBAL:
        return syntax.subject(head)
    return head if "official" in lexicon.kinds(head) else None


def _all(slot: str, head: Token, lexicon: Lexicon) -> Iterator[tuple[str, Token]]:
    return ((lexicon.syntax.slot(slot), t) for t in lexicon.syntax.conjuncts(head))


def _done_to_itself(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun coordinated with another has a participle of its own: «280 personnes arrêtées et 84 policiers blessés»."""
    return any(
        t.i > noun.i and lexicon.syntax.has(t, "participial", "modifier") and marked(t, "VerbForm", "Part") for t in noun.children
    )


def _clitic(verb: Token, lexicon: Lexicon) -> Token | None:
    """An object pronoun right before a verb and its auxiliaries."""
    for i in range(verb.i - 1, max(verb.sent.start, verb.i - 4) - 1, -1):
        t = verb.doc[i]
        if t.pos_ == "PRON" and t.lower_ in lexicon.syntax.labels["object_pronouns"]:
            return t
        if t.pos_ not in ("AUX", "ADV", "PRON"):
            break
    return None


def _object(trigger: Trigger, lexicon: Lexicon) -> Token | None:
    """The object of a verb: what follows its words, where the parse takes one of them for it («prendre d'assaut l'ambassade»)."""
    verb, last = trigger.token, trigger.last
    found = lexicon.syntax.object(verb)
    own = " ".join(trigger.entry.rest).replace("'", "' ").split()
    if found is None or not verb.i < found.i <= last.i or found.lower_ not in own:
        return found
    beyond = next((t for t in verb.rights if t.i > last.i and lexicon.syntax.has(t, "object")), None)
    return beyond or lexicon.syntax.right_phrase(last) or found


def _late_object(trigger: Trigger, lexicon: Lexicon) -> Token | None:
    """The noun phrase within the words of an active verb, or after them where the parse gave it no object and no clause."""
    verb = trigger.token
    within = lexicon.syntax.right_phrase(verb) if trigger.last.i > verb.i + 1 else None
    if within is not None and within.i < trigger.last.i:
        return within
    if not (verb.pos_ in VERBAL or lexicon.syntax.helped(verb)):
        return None
    if not trigger.entry.rest and lexicon.syntax.child(verb, "clause") is not None:
        return None
    syntax = lexicon.syntax
    found = syntax.right_phrase(trigger.last) or syntax.later_phrase(trigger.last)
    for _ in range(2):
        if found is not None and syntax.timely(found):
            found = syntax.right_phrase(found)
    if found is None or syntax.timely(found):
        return None
    return found if not lexicon.syntax.has(found, "subject", "passive_subject") else None
