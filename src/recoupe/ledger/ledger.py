"""The ledger's verbs: add, list, get, view, find, judge, check, explain.

Stored are readings and judgements; whatever else is shown follows from them and from a day (`derive`). Adding writes the new
dispatch's own rows and nothing else; a story is found when it is asked for, from the dispatches that its keys lead to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from recoupe.errors import LedgerError
from recoupe.ledger import judgements as judging
from recoupe.ledger.copies import COMMON as COMMON_PRINTS
from recoupe.ledger.copies import Wording, enough, find_copies, fingerprints, proposals
from recoupe.ledger.derive import combine, derive_story, same_story
from recoupe.ledger.explain import Explanation, explain
from recoupe.ledger.store import Store
from recoupe.ledger.stories import COMMON as COMMON_KEYS
from recoupe.ledger.stories import find_stories, keys, linked, story_of
from recoupe.ledger.values import (
    Commitment,
    Copy,
    Disagreement,
    Judgement,
    JudgementVerb,
    LedgerView,
    ListedDispatch,
    Occurrence,
    Relation,
    Series,
    Story,
)
from recoupe.ledger.versions import marked
from recoupe.model import Dispatch, Reading, Statement, Value


class Reads(Protocol):
    """What reads a dispatch."""

    def read(self, dispatch: Dispatch) -> Reading: ...


class Ledger:
    """A ledger, kept at an address: the path of a SQLite file, ":memory:", or an address as SQLAlchemy takes it.

    reader: reads the dispatches that are given unread; one is made where it is needed. Raises LedgerError where the address
    is no ledger. Use it as a context manager, or close it.
    """

    def __init__(self, address: str | Path, *, reader: Reads | None = None) -> None:
        self.address = str(address)
        self._store = Store(address)
        self._reader = reader
        self._views: dict[tuple[object, ...], LedgerView] = {}

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self._store.count()

    def close(self) -> None:
        self._store.close()

    def add(self, item: Reading | Dispatch) -> bool:
        """Adds a dispatch, read or to be read. False where the ledger holds it already. When it returns, it is kept."""
        if isinstance(item, Dispatch):
            if self._store.holds(item.id):
                return False
            item = self.reader.read(item)
        return self._store.add(item, fingerprints(item.dispatch), keys(item))

    def add_all(self, items: Iterable[Reading | Dispatch]) -> int:
        """Adds each in a transaction of its own; how many were new."""
        return sum(self.add(item) for item in items)

    @property
    def reader(self) -> Reads:
        """What reads the dispatches that are given unread."""
        if self._reader is None:
            from recoupe.reading.pipeline import Reader

            self._reader = Reader()
        return self._reader

    def get(self, dispatch: str) -> Reading:
        """The reading of a dispatch, by its id, the start of one, or its ref. Raises LedgerError."""
        return next(iter(self._store.readings([self._store.resolve(dispatch)])))

    def readings(self, dispatches: Iterable[str] | None = None) -> tuple[Reading, ...]:
        """Readings by day of publication, of these dispatches or of all."""
        names = [name for name, _ in self._store.listed()] if dispatches is None else list(dispatches)
        return tuple(sorted(self._store.readings(names), key=lambda r: (r.dispatch.published or "9999", r.dispatch.id)))

    def list(self, *, limit: int | None = None, offset: int = 0) -> tuple[ListedDispatch, ...]:
        """Dispatches by day of publication, with their story and their group of copies: all, or `limit` of them from `offset` on.

        Stories are found once and kept until something is added or judged.
        """
        self._find_stories()
        return self._store.rows(limit, offset)

    def page(self, *, after: str | None = None, limit: int = 50) -> tuple[tuple[Dispatch, ...], str | None]:
        """Dispatches without what follows from them, the newest first, and where to go on: None after the last."""
        day, _, name = (after or "").rpartition(" ")
        found = self._store.page((day, name) if after else None, limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        return found[:limit], f"{last.published or ''} {last.id}" if last else None

    def view(self, *, as_of: str | None = None, story: str | None = None) -> LedgerView:
        """What the ledger says as of a day (the last of publication where none is given), of all stories or of one.

        story: its id, an id that it once had, or a dispatch of it.
        """
        rows = self._store.judgements()
        day = as_of or self._store.last_day()
        known = (len(self), len(rows), day, story)
        if known not in self._views:
            decisions = judging.decided(rows)
            found = self._stories(decisions) if story is None else [self._story(story, decisions)]
            views = [self._derived(members, copies, decisions, day) for members, copies in found]
            self._views = {known: combine(views, decisions, day)}
        return self._views[known]

    def export(self, *, as_of: str | None = None, story: str | None = None) -> dict[str, Any]:
        """The ledger as plain data, as `recoupe export json` prints it."""
        exported: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self.view(as_of=as_of, story=story)))
        return exported

    def stories(self) -> tuple[Story, ...]:
        """Every story, in order of its first day. They are kept as `list` keeps them."""
        self._find_stories()
        return self._store.stories()

    def occurrences(self, *, as_of: str | None = None, story: str | None = None) -> tuple[Occurrence, ...]:
        return self.view(as_of=as_of, story=story).occurrences

    def series(self, *, story: str | None = None) -> tuple[Series, ...]:
        return self.view(story=story).series

    def commitments(self, *, as_of: str | None = None, story: str | None = None) -> tuple[Commitment, ...]:
        """What was announced, promised, demanded or threatened, as it stands on a day."""
        return self.view(as_of=as_of, story=story).commitments

    def disagreements(self, *, story: str | None = None) -> tuple[Disagreement, ...]:
        return self.view(story=story).disagreements

    def copies(self) -> tuple[Copy, ...]:
        return self.view().copies

    def relations(self) -> tuple[Relation, ...]:
        return self.view().relations

    def statements(self, *, story: str | None = None) -> tuple[tuple[ListedDispatch, Statement], ...]:
        """Who said what, by day of publication and place in the text; of a group of copies, what its first one reports."""
        view = self.view(story=story)
        first = {copy.id: copy.first for copy in view.copies}
        standing = [d for d in view.dispatches if d.status != "withdrawn"]
        shown = [d for d in standing if d.copy is None or first[d.copy] == d.id]
        read = {r.dispatch.id: r for r in self._store.readings(d.id for d in shown)}
        return tuple((d, s) for d in shown for s in read[d.id].statements)

    def find(self, words: str, *, limit: int = 50) -> tuple[Dispatch, ...]:
        """Dispatches whose title or text holds all these words, accents and case apart, best first."""
        names = self._store.find(words, limit)
        read = {r.dispatch.id: r.dispatch for r in self._store.readings(names)}
        return tuple(read[name] for name in names)

    def check(self, *, as_of: str | None = None) -> tuple[tuple[Disagreement, ...], tuple[Commitment, ...]]:
        """Disagreements, and commitments overdue, missed or broken as of a day."""
        view = self.view(as_of=as_of)
        return view.disagreements, tuple(c for c in view.commitments if c.status in ("overdue", "missed", "broken"))

    def judge(
        self,
        verb: JudgementVerb,
        *targets: str,
        who: str,
        why: str = "",
        field: str | None = None,
        value: str | None = None,
        when: str | None = None,
    ) -> Judgement:
        """Adds what a person decided. targets: ids of the ledger, `dispatch/item` of a reading, or judgements to undo.

        Raises LedgerError where the verb lacks a part, or where the field does not take the value.
        """
        now = when or dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        made = judging.judgement(verb, targets, who=who, when=now, why=why, field=field, value=value)
        if verb == "correct" and field is not None and value is not None:
            for target in targets:
                judging.check_correction(self._kind(target), field, value)
        if verb == "undo" and (unknown := set(targets) - {row.id for row in self._store.judgements()}):
            raise LedgerError(f"the ledger holds no judgement {', '.join(sorted(unknown))}")
        self._store.judge(made)
        return made

    def _kind(self, target: str) -> type[Value]:
        """What a target of a correction is an id of. Raises LedgerError where that is nothing."""
        dispatch, slash, name = target.partition("/")
        if not slash:
            if target[:1] not in judging.KINDS:
                raise LedgerError(f"{target!r} is no id of the ledger, nor DISPATCH/ITEM")
            return judging.KINDS[target[0]]
        reading = self.get(dispatch)
        items: list[Any] = [item for group in judging.ITEMS for item in getattr(reading, group)]
        found = next((item for item in items if item.id == name), None)
        if found is None:
            raise LedgerError(f"dispatch {reading.dispatch.id} has no item {name!r}")
        return type(found)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, those that were undone too."""
        return self._store.judgements()

    def explain(self, id_: str) -> Explanation:
        """What an id stands for, the words it rests on, and why. Raises LedgerError where the ledger holds no such id."""
        return explain(id_, self.view, self.get)

    def _repr_html_(self) -> str:
        """The brief, as a notebook shows it."""
        from recoupe.views.notebook import ledger_html

        return ledger_html(self)

    def _find_stories(self) -> None:
        """Finds stories and copies where something was added or judged since they were last found, and keeps them."""
        rows = self._store.judgements()
        known = f"{len(self)} dispatches, {len(rows)} judgements"
        if self._store.groups_known() != known:
            found = self._stories(judging.decided(rows))
            copy_of = {name: copy.id for _, copies in found for copy in copies for name in copy.dispatches}
            self._store.keep_groups(known, [story for story, _ in found], copy_of)

    def _stories(self, decisions: judging.Decided) -> Sequence[tuple[Story, tuple[Copy, ...]]]:
        """Every story with the copies in it."""
        prints: dict[str, list[int]] = {}
        for name, mark in self._store.all_prints():
            prints.setdefault(name, []).append(mark)
        pairs = proposals(prints)
        read = self._store.readings({name for pair in pairs for name in pair})
        copies = find_copies([r.dispatch for r in read], pairs)
        stories = find_stories(self._store.keyed(), same_story(copies, decisions))
        return [(story, _within(copies, story)) for story in stories]

    def _story(self, name: str, decisions: judging.Decided) -> tuple[Story, tuple[Copy, ...]]:
        """The story that holds a dispatch, found from there without looking at the others."""
        start = self._store.resolve(name.removeprefix("y") if name.startswith("y") else name)
        total = len(self)
        bound = decisions.pairs("merge")
        pairs: set[tuple[str, str]] = set()
        known: dict[str, Wording] = {}
        members, waiting = {start}, [start]
        while waiting:
            current = waiting.pop()
            told = self._store.keyed([current])[0]
            near = set(linked(told, self._store.holders(told.keys, common=COMMON_KEYS), total))
            near.update(b if a == current else a for a, b in bound if current in (a, b))
            shared = self._store.sharing_prints(current, common=COMMON_PRINTS)
            worded = {other for other, counts in shared.items() if enough(*counts)}
            dispatches = [r.dispatch for r in self._store.readings({current, *worded})]
            proposed = {(min(current, other), max(current, other)) for other in worded}
            copies = find_copies(dispatches, proposed, known)
            pairs |= proposed
            near.update(other for copy in copies for other in copy.dispatches)
            waiting += sorted(near - members)
            members |= near
        keyed = self._store.keyed(members)
        story = story_of(keyed)
        dispatches = [r.dispatch for r in self._store.readings(members)]
        return story, find_copies(dispatches, {p for p in pairs if set(p) <= members}, known)

    def _derived(self, story: Story, copies: Sequence[Copy], decisions: judging.Decided, as_of: str | None) -> LedgerView:
        told = list(self._store.readings(story.dispatches))
        standing = marked(told, self._store.sharing_refs([r.dispatch for r in told]))
        read = {r.dispatch.id: r for r in standing}
        return derive_story([read[name] for name in story.dispatches], story, copies, decisions, as_of)


def _within(copies: Iterable[Copy], story: Story) -> tuple[Copy, ...]:
    members = set(story.dispatches)
    return tuple(copy for copy in copies if copy.first in members)
