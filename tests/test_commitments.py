"""Commitments: what was promised, by when, and what came of it."""

from __future__ import annotations

import pytest

from recoupe.ledger import derive
from recoupe.ledger.values import Commitment
from recoupe.model import Reading
from telling import Telling


def promise(due: str = "2024-05-30", modality: str = "planned") -> Reading:
    t = Telling(
        "promise",
        "2024-05-05",
        "Le Kasaï promet de livrer quarante camions à Gao avant le 30 mai, selon Fati Diallo.",
        outlet="a",
    )
    t.place("Gao", "MLI").actor("Kasaï", "state", "KAS").actor("Fati Diallo", "person", "KAS").time(
        "avant le 30 mai", "2024-05-05", due
    )
    t.event("livrer", "AID", modality, actors=("Kasaï",), place="Gao", time="avant le 30 mai")
    return t.figure("quarante camions", 40, "other", unit="camions", events=("livrer",)).reading


def delivery(day: str, published: str, modality: str = "asserted") -> Reading:
    t = Telling("done", published, "Le Kasaï a livré quarante camions à Gao ce jour-là, dit Fati Diallo.", outlet="b")
    t.place("Gao", "MLI").actor("Kasaï", "state", "KAS").actor("Fati Diallo", "person", "KAS").time("ce jour-là", day)
    t.event("a livré", "AID", modality, actors=("Kasaï",), place="Gao", time="ce jour-là")
    return t.figure("quarante camions", 40, "other", unit="camions", events=("a livré",)).reading


def only(*told: Reading, as_of: str | None = None) -> Commitment:
    (found,) = derive(told, as_of=as_of).commitments
    return found


@pytest.mark.parametrize(
    ("day", "published", "status"),
    [("2024-05-20", "2024-05-21", "met_early"), ("2024-05-30", "2024-05-31", "met"), ("2024-06-04", "2024-06-05", "met_late")],
)
def test_a_promise_kept(day: str, published: str, status: str) -> None:
    found = only(promise(), delivery(day, published))
    assert found.status == status
    assert found.outcome is not None
    assert found.outcome.date == day


def test_a_promise_that_a_dispatch_says_was_not_kept() -> None:
    assert only(promise(), delivery("2024-05-31", "2024-06-01", "denied")).status == "missed"


def test_open_until_its_day_and_overdue_after() -> None:
    assert only(promise(), as_of="2024-05-30").status == "open"
    assert only(promise(), as_of="2024-05-31").status == "overdue"


@pytest.mark.parametrize(("modality", "kind"), [("planned", "plan"), ("demanded", "demand"), ("threatened", "threat")])
def test_kinds(modality: str, kind: str) -> None:
    assert only(promise(modality=modality)).kind == kind


def test_what_happened_before_is_no_outcome() -> None:
    assert only(promise(), delivery("2024-05-01", "2024-05-02")).status in ("open", "overdue")


def test_a_sentence_with_a_day_to_come_is_a_plan_without_any_event() -> None:
    t = Telling("a", "2024-05-05", "La commission de Gao remettra son rapport le 7 juin. Rien de plus.", outlet="a")
    found = only(t.place("Gao", "MLI").time("le 7 juin", "2024-06-07").reading)
    assert (found.kind, found.due_end, found.what) == (
        "plan",
        "2024-06-07",
        "La commission de Gao remettra son rapport le 7 juin.",
    )


def test_a_date_that_has_passed_is_no_plan() -> None:
    t = Telling("a", "2024-06-08", "La commission de Gao a remis son rapport le 7 juin.", outlet="a")
    assert derive([t.place("Gao", "MLI").time("le 7 juin", "2024-06-07").reading]).commitments == ()


def test_put_off() -> None:
    one = Telling("a", "2024-05-05", "La rencontre de Gao aura lieu le 7 juin avec Fati Diallo.", outlet="a")
    one.place("Gao", "MLI").actor("Fati Diallo", "person").time("le 7 juin", "2024-06-07")
    two = Telling(
        "b", "2024-05-20", "La rencontre de Gao, prévue le 7 juin, se tiendra le 2 juillet, dit Fati Diallo.", outlet="b"
    )
    two.place("Gao", "MLI").actor("Fati Diallo", "person").time("le 7 juin", "2024-06-07").time("le 2 juillet", "2024-07-02")
    first, second = derive([one.reading, two.reading]).commitments
    assert (first.status, second.status) == ("superseded", "open")
    assert first.outcome is not None
    assert first.outcome.date == "2024-07-02"
