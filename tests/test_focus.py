"""A brief of a period, of an actor, a place or a type, and of what changed since a day."""

from __future__ import annotations

import pytest

from ledger_stories import readings
from recoupe.ledger import Ledger
from recoupe.views.brief import make_brief
from recoupe.views.focus import Focus


@pytest.fixture(scope="module")
def told() -> Ledger:
    ledger = Ledger(":memory:")
    ledger.add_all(readings())
    return ledger


def lines(ledger: Ledger, **asked: object) -> set[str]:
    return {line.id for line in make_brief(ledger, **asked).timeline}  # type: ignore[arg-type]


def test_nothing_asked_is_all(told: Ledger) -> None:
    assert lines(told, focus=Focus()) == lines(told) != set()


@pytest.mark.parametrize(
    "focus",
    [
        Focus(since="2999-01-01"),
        Focus(until="1900-01-01"),
        Focus(actors=("Nobody",)),
        Focus(places=("Nowhere",)),
        Focus(types=("AID",)),
    ],
)
def test_what_nothing_is_about(told: Ledger, focus: Focus) -> None:
    brief = make_brief(told, focus=focus)
    assert brief.courses == brief.disputes == ()
    assert not [line for line in brief.timeline if focus.types == () or line.what != brief.say("types", "AID")]


def test_parts_are_of_the_whole_and_make_it_up(told: Ledger) -> None:
    types = {o.type for o in told.occurrences()}
    parts = [lines(told, focus=Focus(types=(kind,))) for kind in types]
    assert set().union(*parts) == lines(told)
    assert all(part <= lines(told) for part in parts)
    assert lines(told, focus=Focus(places=("Bankilaré",))) < lines(told)


def test_countries_by_any_name(told: Ledger) -> None:
    assert lines(told, focus=Focus(places=("Niger",))) == lines(told, focus=Focus(places=("NER",))) != set()


def test_changes_are_what_was_not_there_before(told: Ledger) -> None:
    days = sorted(d.published or "" for d in told.list())
    assert lines(told, changes=days[-1]) == set()
    assert lines(told, changes="1900-01-01") == lines(told)
    brief = make_brief(told, changes=days[0])
    assert brief.timeline
    assert brief.period.startswith("changes since")
