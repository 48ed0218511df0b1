"""The ledger: nothing is lost or counted twice, and the order in which dispatches come plays no part."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_stories import readings, wire
from recoupe.errors import LedgerError
from recoupe.ledger import Ledger, derive
from recoupe.model import Reading

READINGS = readings()
ALL = derive(READINGS)


def in_memory(items: list[Reading]) -> Ledger:
    ledger = Ledger(":memory:")
    ledger.add_all(items)
    return ledger


@given(st.permutations(READINGS))
@settings(max_examples=25, deadline=None)
def test_the_order_plays_no_part(items: list[Reading]) -> None:
    assert derive(items) == ALL


@given(st.permutations(READINGS), st.sets(st.integers(1, len(READINGS) - 1), max_size=3))
@settings(max_examples=12, deadline=None)
def test_batches_asked_for_in_between_play_no_part(items: list[Reading], cuts: set[int]) -> None:
    with Ledger(":memory:") as ledger:
        for n, item in enumerate(items):
            ledger.add(item)
            if n in cuts:
                ledger.view()
        assert ledger.view() == ALL


@given(st.sets(st.integers(0, len(READINGS) - 1)))
@settings(max_examples=15, deadline=None)
def test_incremental_equals_rebuilt(chosen: set[int]) -> None:
    some = [READINGS[i] for i in sorted(chosen)]
    with in_memory(some) as ledger:
        assert ledger.view() == derive(some)


def test_a_story_found_from_one_dispatch_is_the_story_of_the_whole() -> None:
    with in_memory(READINGS) as ledger:
        for story in ledger.stories():
            for dispatch in story.dispatches:
                alone = ledger.view(story=dispatch)
                assert alone.stories == (story,)
                assert alone.occurrences == tuple(o for o in ALL.occurrences if o.story == story.id)
                assert alone.copies == tuple(c for c in ALL.copies if c.first in story.dispatches)


def test_listing_needs_no_view() -> None:
    with in_memory(READINGS) as ledger:
        assert ledger.list() == ALL.dispatches


def test_the_same_dispatch_twice_is_one() -> None:
    with in_memory(READINGS) as ledger:
        assert not ledger.add(READINGS[0])
        assert len(ledger) == len(READINGS)


def test_stories_stay_apart() -> None:
    assert sorted(len(s.dispatches) for s in ALL.stories) == [3, 6]


def test_it_is_kept(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add_all(READINGS[:4])
    with Ledger(tmp_path / "l.db") as ledger:
        assert ledger.view() == derive(READINGS[:4])
        assert ledger.get("wire") == wire()


def test_a_dispatch_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(READINGS[0])
        monkeypatch.setattr("recoupe.ledger.ledger.keys", lambda reading: {"bad": object()})
        with pytest.raises(Exception, match="object"):
            ledger.add(READINGS[1])
        monkeypatch.undo()
        assert len(ledger) == 1
        assert ledger.view() == derive(READINGS[:1])
        assert not ledger.find("Fleuve chantier")


def test_migrations_are_recorded_and_run_once(tmp_path: Path) -> None:
    for _ in range(2):
        Ledger(tmp_path / "l.db").close()
    rows = sqlite3.connect(tmp_path / "l.db").execute("SELECT name FROM migration").fetchall()
    assert len(rows) == len(set(rows)) == 3


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database, only words " * 100)
    with pytest.raises(LedgerError, match=r"x\.db"):
        Ledger(tmp_path / "x.db")


def test_finding_words_without_case_or_accents() -> None:
    with in_memory(READINGS) as ledger:
        assert {d.ref for d in ledger.find("bankilare gardes")} == {"wire", "recast", "toll"}
        assert ledger.find('"* (') == ()


def test_an_unknown_id_is_an_error() -> None:
    with in_memory(READINGS[:1]) as ledger, pytest.raises(LedgerError, match="nothing"):
        ledger.explain("nothing")


def test_explaining_gives_words_rules_and_reasons() -> None:
    with in_memory(READINGS) as ledger:
        raid = next(o for o in ALL.occurrences if o.type == "ASSAULT" and o.independent_sources > 1)
        told = ledger.explain(raid.id)
        assert "ont enlevé" in {w.words for w in told.words}
        assert all(w.item["rule"] == "test" for w in told.words)
        assert {"type", "time", "place"} <= {r.feature for r in told.reasons}


def test_an_id_that_a_merge_retires_leads_to_its_successor() -> None:
    later = [r for r in READINGS if r.dispatch.ref in ("union", "toll")]
    old = {o.id for o in derive(later).occurrences}
    with in_memory(READINGS) as ledger:
        successors = {ledger.explain(id_).id for id_ in old}
        assert successors <= {o.id for o in ALL.occurrences}
        assert successors.isdisjoint(old)


def test_an_empty_ledger_is_empty() -> None:
    with in_memory([]) as ledger:
        assert ledger.export()["dispatches"] == []


@pytest.mark.parametrize(
    ("target", "field", "value", "said"),
    [
        ("occurrence", "bogus", "x", "no field 'bogus'"),
        ("occurrence", "type", "NOPE", "no event type"),
        ("occurrence", "start", "yesterday", "a day as 2024-07-24"),
        ("occurrence", "status", "sure", "status"),
        ("item", "modality", "certain", "modality"),
        ("nothing", "type", "AGREE", "no id"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_not_kept(target: str, field: str, value: str, said: str) -> None:
    ledger = Ledger(":memory:")
    ledger.add_all(readings())
    first = ledger.occurrences()[0]
    ids = {"occurrence": first.id, "item": f"{first.reports[0].dispatch}/{first.reports[0].item}", "nothing": "zzz"}
    with pytest.raises(LedgerError, match=said):
        ledger.judge("correct", ids[target], who="A. Diallo", field=field, value=value)
    assert ledger.judgements() == ()
    assert ledger.occurrences()


def test_what_was_never_judged_cannot_be_undone() -> None:
    ledger = Ledger(":memory:")
    with pytest.raises(LedgerError, match="no judgement jzz"):
        ledger.judge("undo", "jzz", who="A. Diallo")
