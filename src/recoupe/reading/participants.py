"""The actors and recipients of events, from the words that fill their places to the ids of the cast.

An event that does not name its doer takes it from the event it is told with: who condemns an attack accuses the attackers,
who asks for a departure asks those who are to leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from recoupe.reading.cast import Cast
from recoupe.reading.event_drafts import Draft
from recoupe.reading.frames import Lexicon
from recoupe.reading.scan import Sighting

HEARD = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
TOLD_OF = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"})


def cast_sightings(sightings: Iterable[Sighting], cast: Cast, lexicon: Lexicon) -> list[Draft]:
    """Each sighting with the ids of those that its own words name."""
    drafts = []
    named = _inside_names(cast)
    for sighting in sightings:
        c = sighting.candidate
        if any(a <= c.trigger.token.idx < b and c.trigger.token.i != head for a, b, head in named):
            continue
        actors = _ids(c.of("actor"), cast)
        recipients = [i for i in _ids(c.of("recipient"), cast) if i not in actors]
        recipients += [i for i in _behind(c.of("about"), cast, lexicon) if i not in (*actors, *recipients)]
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


def _ids(tokens: Iterable[Token], cast: Cast) -> list[str]:
    return list(dict.fromkeys(i for t in tokens if (i := cast.at(t)) is not None))


def _behind(tokens: Iterable[Token], cast: Cast, lexicon: Lexicon) -> list[str]:
    """Who is meant by what is praised or blamed: a person, or whose act or decision it is."""
    found: list[str] = []
    for token in tokens:
        own = cast.at(token)
        if own is not None:
            found.append(own)
            continue
        syntax = lexicon.syntax
        near = [t for word, t in syntax.obliques(token) if word in ("de", "par", "of", "by", "d'")]
        possessor = syntax.possessor(token)
        near += [possessor] if possessor is not None else []
        near += [t for t in token.children if syntax.has(t, "modifier")]
        found += _ids(near, cast)[:2]
    return list(dict.fromkeys(found))


def fill_from_discourse(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, in order, with those whom the events told beside them make known."""
    return _answered(_seized(_told_of(drafts)))


def _told_of(drafts: Sequence[Draft]) -> list[Draft]:
    """Speech acts take as recipients the doers of the event that they are about."""
    by_token = {i: d for d in drafts for i in d.tokens}
    out = []
    for draft in drafts:
        if draft.type in TOLD_OF and not draft.recipients:
            about = [by_token[t.i] for t in draft.sighting.candidate.of("about", "content") if t.i in by_token]
            meant = [i for d in about for i in d.actors if i not in draft.actors]
            draft = replace(draft, recipients=tuple(dict.fromkeys(meant)), basis={**draft.basis, "recipients": "discourse"})
        out.append(draft)
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
