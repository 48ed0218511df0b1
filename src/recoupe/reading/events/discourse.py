"""Those whom an event leaves out, from the events told beside it: who condemns an attack accuses the attackers, who is asked to
leave is to leave, who rejects a charge answers whoever brought it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recoupe.reading.events.drafts import Draft

NEAR = 60
HEARD = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
TOLD_OF = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"})


def fill_from_discourse(drafts: Sequence[Draft], charges: frozenset[str]) -> list[Draft]:
    """The drafts, in order, with those whom the events told beside them make known."""
    drafts = _told_of(_of_parents(drafts))
    return _answered(_repressed(_seized(_of_one_scene(_of_parents(drafts)))), charges)


def _of_parents(drafts: Sequence[Draft]) -> list[Draft]:
    """The content of a speech act is done by those who speak, of a demand or a charge by those who are spoken to."""
    by_token = {i: d for d in drafts for i in d.tokens}
    out = []
    for draft in drafts:
        parent = by_token.get(draft.parent) if draft.parent is not None else None
        if parent is not None and not draft.actors and parent is not draft:
            doers = parent.recipients if parent.type in ("REQUEST", "ACCUSE") else parent.actors
            if parent.type == "REQUEST" and draft.type == "PROTEST":
                doers = doers or parent.actors
            if draft.type not in HEARD or parent.type != "REJECT":
                meant = tuple(i for i in doers if i not in draft.recipients)
                draft = replace(draft, actors=meant, basis={**draft.basis, "actors": "discourse"}) if meant else draft
        out.append(draft)
    return out


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


def _answered(drafts: Sequence[Draft], charges: frozenset[str]) -> list[Draft]:
    """Who rejects answers whoever accused, asked or threatened him last; what he was accused of he denies.

    charges: nouns for what one answers («ces accusations»); whoever spoke last before them is meant.
    """
    out: list[Draft] = []
    for draft in drafts:
        if draft.type == "REJECT" and draft.actors:
            before = [d for d in out[-6:] if d.type in HEARD and d.actors and not set(d.actors) & set(draft.actors)]
            near = [d for d in before if draft.token.i - d.token.i < NEAR]
            heard = next((d for d in reversed(before) if set(d.recipients) & set(draft.actors)), None)
            if heard is None:
                beside = [d for d in near if d.type == "ACCUSE" and d.token.sent.start == draft.token.sent.start]
                heard = next(reversed(near if _answers(draft, charges) else beside if _denial(draft) else []), None)
            if heard is not None:
                if not draft.recipients:
                    draft = replace(draft, recipients=heard.actors, basis={**draft.basis, "recipients": "discourse"})
                if heard in near and _denial(draft) and set(heard.recipients) & set(draft.actors):
                    out = [_denied(d, draft.actors) if d.parent in heard.tokens else d for d in out]
        out.append(draft)
    return out


def _answers(draft: Draft, charges: frozenset[str]) -> bool:
    return any(t.lower_ in charges for t in draft.sighting.candidate.of("content", "about"))


def _denial(draft: Draft) -> bool:
    """Whether a rejection says that something is not so."""
    return draft.sighting.candidate.trigger.frame.content == "denied" and draft.modality == "asserted"


def _denied(draft: Draft, by: tuple[str, ...]) -> Draft:
    """A deed that those who are charged with it deny."""
    if draft.modality not in ("asserted", "rumoured") or (draft.actors and not set(draft.actors) & set(by)):
        return draft
    stance = replace(draft.sighting.stance, modality="denied")
    return replace(draft, sighting=replace(draft.sighting, stance=stance), denied_by=by)
