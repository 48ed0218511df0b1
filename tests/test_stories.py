"""Two stories of the project's own, read and put together by the whole program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recoupe.intake import take
from recoupe.ledger import Ledger, LedgerView, derive
from recoupe.ledger.stories import Keyed, find_stories
from recoupe.reading.pipeline import Reader

CASES = Path(__file__).parent / "cases" / "stories"
TRUTH = json.loads((CASES / "stories.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def view(reader: Reader) -> LedgerView:
    with Ledger(":memory:", reader=reader) as ledger:
        ledger.add_all(take(json.loads(path.read_text(encoding="utf-8"))) for path in sorted((CASES / "docs").glob("*.json")))
        return ledger.view()


def refs(view: LedgerView, ids: tuple[str, ...]) -> set[str]:
    ref = {d.id: d.ref or "" for d in view.dispatches}
    return {ref[name] for name in ids}


@pytest.mark.model
def test_the_two_stories_are_found_apart(view: LedgerView) -> None:
    for story in view.stories:
        assert len({name[0] for name in refs(view, story.dispatches)}) == 1


@pytest.mark.model
def test_the_reprint_is_found_and_no_other(view: LedgerView) -> None:
    assert [refs(view, copy.dispatches) for copy in view.copies] == [set(g["docs"]) for g in TRUTH["reprint_groups"]]


@pytest.mark.model
def test_most_commitments_are_found(view: LedgerView) -> None:
    told = {(ref, c.due_end) for c in view.commitments for r in c.reports for ref in refs(view, (r.dispatch,))}
    due = {"M1": "2024-09-14", "M4": "2024-09-20", "T3": "2025-02-19", "T5": "2025-03-30", "T6": "2025-03-31"}
    assert len(told & set(due.items())) >= 4


def keyed(name: str, day: str, *keys: str) -> Keyed:
    return Keyed(name, day, dict.fromkeys(keys, 1.0))


def test_a_story_is_what_links_connect() -> None:
    told = [
        keyed("a", "2024-01-01", "place:gao", "body:x"),
        keyed("b", "2024-01-20", "place:gao", "body:x", "person:z"),
        keyed("c", "2024-02-20", "person:z", "place:gao"),
        keyed("d", "2024-01-02", "place:gao"),
        keyed("e", "2025-01-02", "place:gao", "body:x", "person:z"),
    ]
    assert [set(s.dispatches) for s in find_stories(told)] == [{"a", "b", "c"}, {"d"}, {"e"}]
    assert [set(s.dispatches) for s in find_stories(told, [("a", "d")])] == [{"a", "b", "c", "d"}, {"e"}]


def test_nothing_gives_nothing() -> None:
    assert derive([]) == LedgerView()
