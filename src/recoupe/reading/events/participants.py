"""The actors and recipients of events, from the words that fill their places to the ids of the cast."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from recoupe.reading.cast import Cast
from recoupe.reading.events.drafts import Draft
from recoupe.reading.events.frames import Lexicon
from recoupe.reading.events.scan import Sighting
from recoupe.reading.morphology import verb_forms
from recoupe.reading.page import Page
from recoupe.reading.positions import VERBAL, marked
from recoupe.reading.syntax import Syntax

NESTED = 8
OF = frozenset({"de", "par", "of", "by", "from"})
OWNED = frozenset({"weapon", "armed", "official", "organ"})
ANSWERS = frozenset({"REJECT", "ACCUSE", "SUPPORT"})


def cast_sightings(sightings: Iterable[Sighting], cast: Cast, lexicon: Lexicon) -> list[Draft]:
    """Each sighting with the ids of those that its own words name."""
    drafts: list[Draft] = []
    named = sorted(_inside_names(cast))
    for sighting in sightings:
        c = sighting.candidate
        at = bisect_right(named, (c.trigger.token.idx, sys.maxsize, 0))
        if any(c.trigger.token.idx < b and c.trigger.token.i != head for _, b, head in named[max(at - NESTED, 0) : at]):
            continue
        actors = _ids(c.of("actor"), cast, lexicon)
        counted = c.trigger.frame.type == "ASSAULT"
        victims = [t for t in c.of("recipient") if not (counted and t.lower_ in lexicon.syntax.labels["tolls"])]
        recipients = [i for i in _ids(victims, cast, lexicon) if i not in actors]
        if not recipients:
            recipients = [i for i in _behind(c.of("about"), cast, lexicon) if i not in actors]
        if not recipients and c.trigger.frame.type in ANSWERS:
            recipients = [i for t in c.of("content") if t.pos_ == "NOUN" for i in _whose(t, cast, lexicon) if i not in actors]
        drafts.append(
            Draft(
                sighting,
                tuple(actors),
                tuple(recipients),
                tokens=frozenset({c.trigger.token.i}),
                fillers=frozenset(f.token.i for f in c.fillers),
            )
        )
    return drafts


def _inside_names(cast: Cast) -> list[tuple[int, int, int]]:
    """Spans and heads of the names of organisations, whose words tell no event: «Forces de libération», «Mission d'appui»."""
    return [
        (*m.span, m.head)
        for m in cast.mentions
        if cast[m.actor].kind in ("organisation", "armed_group") and cast[m.actor].name[:1].isupper()
    ]


def who(token: Token, cast: Cast) -> str | None:
    """The actor of a phrase: of its head, else of a name that belongs to the head («M. Diop»)."""
    found = cast.at(token)
    if found is None:
        within = [t for t in token.children if t.pos_ == "PROPN" and abs(t.i - token.i) <= 3]
        found = next((i for t in within if (i := cast.at(t)) is not None), None)
    return found


def _ids(tokens: Iterable[Token], cast: Cast, lexicon: Lexicon) -> list[str]:
    found: list[str] = []
    for token in tokens:
        own = who(token, cast) or _shared(token, cast, lexicon.syntax)
        if own is not None:
            found.append(own)
        else:
            found += _owner(token, cast, lexicon)
    return list(dict.fromkeys(found))


def _owner(token: Token, cast: Cast, lexicon: Lexicon) -> list[str]:
    """Who acts by a weapon, a force or an organ that is nobody by itself, and who is hit in a building: whose it is."""
    kinds, syntax = lexicon.kinds(token), lexicon.syntax
    if OWNED & kinds:
        possessor = syntax.possessor(token)
        own = possessor is not None and possessor.lower_ in syntax.labels["possessives"] and "weapon" not in kinds
        return [] if own else _whose(token, cast, lexicon)[:1]
    if "facility" in kinds and "ground" not in kinds:
        holders = [t for word, t in syntax.obliques(token) if word in OF] + [
            t for t in token.children if syntax.has(t, "modifier")
        ]
        return [i for t in holders if (i := who(t, cast)) is not None and cast[i].kind != "state"][:1]
    return []


def _shared(token: Token, cast: Cast, syntax: Syntax) -> str | None:
    """Whom a subject pronoun that was left open stands for beside another verb: its subject, if they agree."""
    verb = token.head
    if (
        token.pos_ != "PRON"
        or token.lower_ not in syntax.labels["subject_pronouns"]
        or not syntax.has(token, "subject", "passive_subject")
    ):
        return None
    if not syntax.has(verb, "conjunct", "clause") or verb.head.pos_ not in VERBAL or verb.head.i > token.i:
        return None
    subject = syntax.subject(verb.head)
    if subject is None or subject.morph.get("Number", []) != token.morph.get("Number", []):
        return None
    return who(subject, cast)


def _behind(tokens: Iterable[Token], cast: Cast, lexicon: Lexicon) -> list[str]:
    """Who is meant by what is praised or blamed: a person, whose act or decision it is, who does what a clause says."""
    found: list[str] = []
    for token in tokens:
        own = who(token, cast)
        if own is not None:
            found.append(own)
        elif token.pos_ in VERBAL:
            found += _ids(lexicon.syntax.subjects(token), cast, lexicon)
        else:
            found += _whose(token, cast, lexicon)
    return list(dict.fromkeys(found))


def _whose(token: Token, cast: Cast, lexicon: Lexicon, depth: int = 3) -> list[str]:
    """Whose a thing or an act is: its complement's, possessor's or adjective's, or whose that is that it is of."""
    syntax = lexicon.syntax
    near = [c for word, t in syntax.obliques(token) if word in OF for c in syntax.conjuncts(t)]
    possessor = syntax.possessor(token)
    near += [possessor] if possessor is not None else []
    near += [t for t in token.children if syntax.has(t, "modifier")]
    told = [t for t in token.children if syntax.has(t, "participial") and marked(t, "VerbForm", "Part")]
    near += [c for verb in told if (agent := syntax.agent(verb)) is not None for c in syntax.conjuncts(agent)]
    found = list(dict.fromkeys(i for t in near if (i := who(t, cast)) is not None))
    if not found and depth:
        found = [i for t in near if t.pos_ == "NOUN" for i in _whose(t, cast, lexicon, depth - 1)]
    return found[:2]


def claim(drafts: Sequence[Draft], page: Page, cast: Cast, lexicon: Lexicon) -> list[Draft]:
    """The drafts with the doers that a claim of responsibility or a scene makes known, for attacks that name none."""
    claims = page.language.table("stance")["claims"]
    verbs = {form.text for lemma in claims["verbs"].split() for form in verb_forms(page.language, lemma)}
    out = list(drafts)
    for token in page.doc if drafts else ():
        if token.lower_ not in verbs or token.pos_ not in VERBAL or lexicon.syntax.passive(token):
            continue
        subject, thing = lexicon.syntax.subject(token), lexicon.syntax.object(token)
        claimant = who(subject, cast) if subject is not None else None
        if claimant is None or thing is None or thing.lower_ not in claims["nouns"].split():
            continue
        n = next((n for n, d in enumerate(out) if thing.i in d.tokens), None)
        if n is None:
            open_attacks = [n for n, d in enumerate(out) if d.type == "ASSAULT" and not d.actors and claimant not in d.recipients]
            n = open_attacks[0] if open_attacks else None
        if n is not None and out[n].type == "ASSAULT" and not out[n].actors:
            out[n] = replace(out[n], actors=(claimant,), basis={**out[n].basis, "actors": "discourse"})
    return out
