"""Who says it in the end. Independent sources are counted by origin: the end of the chain of sources where it is stated (a
communiqué, a spokesman, an agency), else the outlet; copies share one.
"""

from __future__ import annotations

from recoupe.ledger.entities import fold
from recoupe.model import Actor, Dispatch, Reading, Statement

OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY"})


def origin_of(reading: Reading, statement: str | None, first: Dispatch) -> str:
    """The origin of what a statement says, or of the dispatch's own words where there is none.

    first: the dispatch that this one's copies were first seen in. An unnamed source («une source médicale») is one origin
    within its copies; two dispatches' unnamed sources are two.
    """
    said = {s.id: s for s in reading.statements}.get(statement or "")
    if said is not None:
        actors = {a.id: a for a in reading.actors}
        speaker = actors.get(said.speaker or "")
        if speaker is not None and speaker.kind != "group":
            return origin_of_actor(speaker, first)
        words = _words(said, speaker)
        if words:
            return f"source:{words}@{house(first)}"
    return house(first)


def house(first: Dispatch) -> str:
    """The origin of a dispatch's own words: the agency it credits, else its outlet, else itself."""
    name = fold(first.agency or first.outlet or "")
    return f"house:{name}" if name else f"dispatch:{first.id}"


def origin_of_actor(actor: Actor, first: Dispatch) -> str:
    """The origin of what an actor says. A government, its ministries and spokesmen are one origin; so is a body and who speaks
    for it. One of a group («une source médicale») is an origin within the copies of one dispatch.
    """
    if actor.kind == "group":
        return f"source:{fold(actor.name)}@{house(first)}"
    if actor.country and (actor.kind == "state" or OFFICIAL.intersection(actor.sectors[:1])):
        return f"state:{actor.country}"
    return f"{actor.kind}:{fold(actor.name)}"


def _words(said: Statement, speaker: Actor | None) -> str:
    if speaker is not None:
        return fold(speaker.name)
    if said.speaker_text:
        return fold(said.speaker_text)
    return fold(said.via[-1].text) if said.via else ""
