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

TOLD_OF = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"})


def cast_sightings(sightings: Iterable[Sighting], cast: Cast, lexicon: Lexicon) -> list[Draft]:
    """Each sighting with the ids of those that its own words name."""
    drafts = []
    for sighting in sightings:
        c = sighting.candidate
        actors = _ids(c.of("actor"), cast)
        recipients = [i for i in _ids(c.of("recipient"), cast) if i not in actors]
        recipients += [i for i in _behind(c.of("about"), cast, lexicon) if i not in (*actors, *recipients)]
        drafts.append(Draft(sighting, tuple(actors), tuple(recipients)))
    return _told_of(drafts)


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


def _told_of(drafts: Sequence[Draft]) -> list[Draft]:
    """Speech acts take as recipients the doers of the event that they are about."""
    by_token = {d.token.i: d for d in drafts}
    out = []
    for draft in drafts:
        if draft.type in TOLD_OF and not draft.recipients:
            about = [by_token[t.i] for t in draft.sighting.candidate.of("about", "content") if t.i in by_token]
            meant = [i for d in about for i in d.actors if i not in draft.actors]
            draft = replace(draft, recipients=tuple(dict.fromkeys(meant)))
        out.append(draft)
    return out
