"""A ledger for many requests at once: stories derived once while nothing is added or judged, one dispatch read at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TypeVar

from recoupe.ledger import Ledger, LedgerView
from recoupe.ledger.judgements import Decided, decided, judged_reading
from recoupe.ledger.values import ListedDispatch
from recoupe.model import Dispatch, Reading, Statement
from recoupe.web.problems import Problem, looked_up

T = TypeVar("T")
KEPT = 64
WHOLE = 1_000  # dispatches that are derived together; a larger ledger is asked for story by story


@dataclass(frozen=True)
class Told:
    """What a ledger says of a story, or of all of them, with the readings that it rests on, by dispatch."""

    view: LedgerView
    readings: dict[str, Reading]

    @cached_property
    def said(self) -> tuple[tuple[ListedDispatch, Statement], ...]:
        """Who said what, of a group of copies what its first one reports."""
        first = {copy.id: copy.first for copy in self.view.copies}
        shown = [d for d in self.view.dispatches if d.copy is None or first[d.copy] == d.id]
        return tuple((d, s) for d in shown for s in self.readings[d.id].statements)

    @property
    def dispatches(self) -> tuple[ListedDispatch, ...]:
        """The dispatches that are shown."""
        return self.view.dispatches

    @property
    def name(self) -> str:
        """What addresses call it: the story's id, or "all"."""
        return self.view.stories[0].id if len(self.view.stories) == 1 else "all"


@dataclass
class Shelf:
    """The open ledger of a server."""

    ledger: Ledger
    _made: OrderedDict[tuple[object, ...], object] = field(default_factory=OrderedDict)
    _homes: dict[tuple[object, str], str] = field(default_factory=dict)
    _seen: object = None
    _lock: Lock = field(default_factory=Lock)
    _reading: Lock = field(default_factory=Lock)

    @property
    def stamp(self) -> tuple[int, int]:
        """Changes whenever something is added or judged."""
        return len(self.ledger), len(self.ledger.judgements())

    def story(self, name: str, as_of: str | None = None) -> Told:
        """A story by its id or a dispatch of it, or the whole of a small ledger as "all". Raises Problem 404, 422."""
        if name == "all" and len(self.ledger) > WHOLE:
            raise Problem(422, f"a ledger of more than {WHOLE:,} dispatches is asked for one story at a time: name the story")
        stamp = self.stamp
        known = self._homes.get((stamp, name), name)
        told = self.kept(("story", known, as_of), lambda: self._told(known, as_of))
        if name != "all":
            told = self.kept(("story", told.name, as_of), lambda: told)
            homes: dict[tuple[object, str], str] = {(stamp, d.id): told.name for d in told.view.dispatches}
            self._homes = {**({} if stamp != self._seen else self._homes), **homes, (stamp, name): told.name}
            self._seen = stamp
        return told

    def _told(self, name: str, as_of: str | None) -> Told:
        with looked_up():
            view = self.ledger.view(as_of=as_of, story=None if name == "all" else name)
        decisions = self.decisions
        readings = {r.dispatch.id: judged_reading(r, decisions) for r in self.ledger.readings(d.id for d in view.dispatches)}
        return Told(view, readings)

    def reading(self, name: str) -> Reading:
        """A dispatch's reading with what people corrected. Raises Problem 404."""
        with looked_up():
            return judged_reading(self.ledger.get(name), self.decisions)

    def read(self, dispatch: Dispatch) -> Reading:
        """Reads a dispatch and keeps nothing."""
        with self._reading:
            return self.ledger.reader.read(dispatch)

    def add(self, dispatch: Dispatch) -> bool:
        """Reads a dispatch and adds it; False where it is there already."""
        with self._reading:
            return self.ledger.add(dispatch)

    def latest_stories(self, limit: int) -> tuple[Told, ...]:
        """The stories of the newest dispatches, newest first."""
        return self.kept(("latest", limit), lambda: self._latest(limit))

    def _latest(self, limit: int) -> tuple[Told, ...]:
        found: list[Told] = []
        seen: set[str] = set()
        after: str | None = None
        while len(found) < limit:
            page, after = self.ledger.page(after=after, limit=50)
            for dispatch in page:
                if dispatch.id not in seen and len(found) < limit:
                    found.append(self.story(dispatch.id))
                    seen.update(d.id for d in found[-1].view.dispatches)
            if after is None:
                break
        return tuple(found)

    def forget(self) -> None:
        """Lets go of everything that was made."""
        with self._lock:
            self._made.clear()
            self._homes = {}

    @property
    def decisions(self) -> Decided:
        return decided(self.ledger.judgements())

    def kept(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was made for a key, made anew once the ledger has changed."""
        stamped = (self.stamp, *key)
        with self._lock:
            if stamped in self._made:
                self._made.move_to_end(stamped)
                return self._made[stamped]  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._made[stamped] = made
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return made
