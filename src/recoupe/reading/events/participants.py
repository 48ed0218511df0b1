"""The actors and recipients of events, from the words that fill their places to the ids of the cast.

An event that does not name its doer takes it from the event it is told with: who condemns an attack accuses the attackers,
who asks for a departure asks those who are to leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from recoupe.reading.cast import Cast
from recoupe.reading.events.drafts import Draft
from recoupe.reading.events.frames import Lexicon
from recoupe.reading.events.scan import Sighting
from recoupe.reading.morphology import verb_forms
from recoupe.reading.page import Page
from recoupe.reading.syntax import VERBAL, Syntax, marked

NEAR = 60
OF = frozenset({"de", "par", "of", "by", "from"})
HEARD = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
TOLD_OF = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"})


def cast_sightings(sightings: Iterable[Sighting], cast: Cast, lexicon: Lexicon) -> list[Draft]:
    """Each sighting with the ids of those that its own words name."""
    drafts: list[Draft] = []
    named = _inside_names(cast)
    for sighting in sightings:
        c = sighting.candidate
        if any(a <= c.trigger.token.idx < b and c.trigger.token.i != head for a, b, head in named):
            continue
        actors = _ids(c.of("actor"), cast)
        recipients = [i for i in _ids(c.of("recipient"), cast) if i not in actors]
        if not recipients:
            recipients = [i for i in _behind(c.of("about"), cast, lexicon) if i not in actors]
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


def _ids(tokens: Iterable[Token], cast: Cast) -> list[str]:
    return list(dict.fromkeys(i for t in tokens if (i := who(t, cast)) is not None))


def _behind(tokens: Iterable[Token], cast: Cast, lexicon: Lexicon) -> list[str]:
    """Who is meant by what is praised or blamed: a person, whose act or decision it is, who does what a clause says."""
    found: list[str] = []
    for token in tokens:
        own = who(token, cast)
        if own is not None:
            found.append(own)
        elif token.pos_ in VERBAL:
            subject = lexicon.syntax.subject(token)
            found += _ids([subject], cast) if subject is not None else []
        else:
            found += _whose(token, cast, lexicon.syntax)
    return list(dict.fromkeys(found))


def _whose(token: Token, cast: Cast, syntax: Syntax, depth: int = 3) -> list[str]:
    """Whose act a noun is: its complement, possessor or adjective, or that of the act it is of."""
    near = [c for word, t in syntax.obliques(token) if word in OF for c in syntax.conjuncts(t)]
    possessor = syntax.possessor(token)
    near += [possessor] if possessor is not None else []
    near += [t for t in token.children if syntax.has(t, "modifier")]
    told = [t for t in token.children if syntax.has(t, "participial") and marked(t, "VerbForm", "Part")]
    near += [c for verb in told if (agent := syntax.agent(verb)) is not None for c in syntax.conjuncts(agent)]
    found = _ids(near, cast)
    if not found and depth:
        found = [i for t in near if t.pos_ == "NOUN" for i in _whose(t, cast, syntax, depth - 1)]
    return found[:2]


def fill_from_discourse(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, in order, with those whom the events told beside them make known."""
    return _answered(_repressed(_seized(_of_one_scene(_told_of(drafts)))))


def _of_one_scene(drafts: Sequence[Draft]) -> list[Draft]:
    """Violence without a doer, told right after an attack of the same day, is the work of the only attackers of the scene."""
    out: list[Draft] = []
    for draft in drafts:
        if draft.type == "ASSAULT" and not draft.actors and draft.modality == "asserted":
            scene = [d for d in out[-4:] if d.type == "ASSAULT" and d.actors and draft.token.i - d.token.i < NEAR]
            doers = {d.actors for d in scene if (d.start, d.end, d.modality) == (draft.start, draft.end, "asserted")}
            if len(doers) == 1 and len({d.actors for d in scene}) == 1 and not set(next(iter(doers))) & set(draft.recipients):
                draft = replace(draft, actors=next(iter(doers)), basis={**draft.basis, "actors": "discourse"})
        out.append(draft)
    return out


def _told_of(drafts: Sequence[Draft]) -> list[Draft]:
    """Speech acts take as recipients the doers of the event that they are about."""
    by_token = {i: d for d in drafts for i in d.tokens}
    out = []
    for draft in drafts:
        if draft.type in TOLD_OF and not draft.recipients:
            about = [by_token[t.i] for t in draft.sighting.candidate.of("about", "content") if t.i in by_token]
            meant = [i for d in about for i in (d.recipients if draft.type == "THREATEN" else d.actors) if i not in draft.actors]
            draft = replace(draft, recipients=tuple(dict.fromkeys(meant)), basis={**draft.basis, "recipients": "discourse"})
        out.append(draft)
    return out


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


def _seized(drafts: Sequence[Draft]) -> list[Draft]:
    """Coercion without a doer, in a dispatch that tells of one seizure of power, is the work of those who took it."""
    takers = {d.actors for d in drafts if d.type == "COERCE" and d.sighting.candidate.trigger.frame.takes_power and d.actors}
    if len(takers) != 1:
        return list(drafts)
    (actors,) = takers
    return [
        replace(d, actors=actors, basis={**d.basis, "actors": "discourse"})
        if d.type == "COERCE" and not d.actors and d.modality == "asserted" and not set(actors) & set(d.recipients)
        else d
        for d in drafts
    ]


def _repressed(drafts: Sequence[Draft]) -> list[Draft]:
    """Coercion without a victim, told right after a protest, is done to those who protest."""
    out: list[Draft] = []
    for draft in drafts:
        if draft.type == "COERCE" and draft.actors and not draft.recipients:
            protest = next((d for d in reversed(out[-3:]) if d.type == "PROTEST" and d.actors), None)
            if protest is not None and draft.token.i - protest.token.i < NEAR:
                meant = tuple(i for i in protest.actors if i not in draft.actors)
                draft = replace(draft, recipients=meant, basis={**draft.basis, "recipients": "discourse"})
        out.append(draft)
    return out


def _answered(drafts: Sequence[Draft]) -> list[Draft]:
    """Who rejects answers whoever accused, asked or threatened him last."""
    out: list[Draft] = []
    for draft in drafts:
        if draft.type == "REJECT" and draft.actors and not draft.recipients:
            heard = next(
                (d for d in reversed(out[-6:]) if d.type in HEARD and set(d.recipients) & set(draft.actors) and d.actors), None
            )
            if heard is not None:
                meant = tuple(i for i in heard.actors if i not in draft.actors)
                draft = replace(draft, recipients=meant, basis={**draft.basis, "recipients": "discourse"})
        out.append(draft)
    return out
