"""An event while it is put together: a sighting with who, to whom, where and when. Spans are page offsets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from recoupe.model import Basis, Span
from recoupe.reading.events.scan import Sighting

PlaceRole = Literal["at", "from", "to"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far.

    tokens, fillers: the heads of all its triggers, and of what fills their places; basis: what each derived field rests on.
    denied_by: further actors who deny it; announced: the time at which one said that it is to come.
    """

    sighting: Sighting
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    tokens: frozenset[int] = frozenset()
    fillers: frozenset[int] = frozenset()
    time: str | None = None
    announced: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    places: tuple[tuple[str, PlaceRole], ...] = ()
    country: str | None = None
    basis: dict[str, Basis] = field(default_factory=dict)
    denied_by: tuple[str, ...] = ()

    @property
    def token(self) -> Token:
        return self.sighting.candidate.trigger.token

    @property
    def parent(self) -> int | None:
        """The index of the trigger whose content or occasion the event is."""
        parent = self.sighting.parent
        return parent.i if parent is not None else None

    @property
    def type(self) -> str:
        return self.sighting.candidate.trigger.frame.type

    @property
    def modality(self) -> str:
        return self.sighting.stance.modality

    @property
    def part(self) -> str | None:
        return self.sighting.candidate.trigger.frame.part

    @property
    def noun(self) -> bool:
        return self.sighting.candidate.trigger.kind != "verb"

    @property
    def trigger(self) -> Span:
        """From the first to the last word of the trigger."""
        trigger = self.sighting.candidate.trigger
        return trigger.start.idx, trigger.last.idx + len(trigger.last)
