"""Occurrences: what is one event and what is not, who tells it, and how a person's judgement changes it."""

from __future__ import annotations

import pytest

from ledger_stories import readings
from recoupe.errors import LedgerError
from recoupe.ledger import Ledger, LedgerView, derive
from recoupe.ledger.values import Occurrence
from recoupe.model import Reading
from telling import Telling


def strike(
    ref: str, day: str, when: str, place: str = "Dosso", modality: str = "asserted", outlet: str = "", **rest: object
) -> Reading:
    t = Telling(ref, day, f"Une frappe a touché {place}, au Niger, {when}, dit Awa Sidi.", outlet=outlet or ref)
    t.place(place).place("Niger", kind="country").actor("Awa Sidi", "person").time(when, **rest)  # type: ignore[arg-type]
    return t.event("Une frappe", "ASSAULT", modality, time=when, place=place, mode="drone").reading


def assaults(*told: Reading) -> list[Occurrence]:
    return [o for o in derive(told).occurrences if o.type == "ASSAULT"]


def test_one_day_and_place_is_one_event() -> None:
    (one,) = assaults(
        strike("a", "2024-02-02", "jeudi", start="2024-02-01"), strike("b", "2024-02-03", "le 1er février", start="2024-02-01")
    )
    assert (one.status, one.independent_sources, one.place) == ("corroborated", 2, "Dosso")


def test_a_coarse_date_meets_an_exact_one() -> None:
    told = (
        strike("a", "2024-02-02", "jeudi", start="2024-02-01"),
        strike("b", "2024-02-20", "début février", start="2024-02-01", end="2024-02-10"),
    )
    assert len(assaults(*told)) == 1
    assert derive(told).disagreements == ()


def test_a_month_apart_is_another_event() -> None:
    assert (
        len(
            assaults(
                strike("a", "2024-02-02", "jeudi", start="2024-02-01"), strike("b", "2024-03-03", "samedi", start="2024-03-02")
            )
        )
        == 2
    )


def test_a_wrong_year_is_one_event_and_a_disagreement() -> None:
    told = (
        strike("a", "2024-02-02", "jeudi", start="2024-02-01"),
        strike("b", "2024-03-03", "1er février 2023", start="2023-02-01"),
    )
    assert len(assaults(*told)) == 1
    (found,) = derive(told).disagreements
    assert (found.field, {s.value for s in found.sides}) == ("date", {"2024-02-01", "2023-02-01"})


def test_what_is_denied_is_contested_and_what_is_to_come_is_apart() -> None:
    told = [
        strike("a", "2024-02-02", "jeudi", start="2024-02-01"),
        strike("b", "2024-02-03", "jeudi", modality="denied", start="2024-02-01"),
        strike("c", "2024-02-01", "demain", modality="threatened", start="2024-02-02"),
    ]
    assert sorted(o.status for o in assaults(*told)) == ["announced", "contested"]
    assert [d.field for d in derive(told).disagreements] == ["happened"]


def test_a_rumour_is_no_source() -> None:
    (one,) = assaults(strike("a", "2024-02-02", "jeudi", modality="rumoured", start="2024-02-01"))
    assert (one.status, one.independent_sources) == ("reported", 0)


def test_copies_are_one_source() -> None:
    view = derive(r for r in readings() if r.dispatch.ref in ("wire", "recast"))
    raid = next(o for o in view.occurrences if o.type == "ASSAULT")
    assert len({r.dispatch for r in raid.reports}) == 2
    assert raid.origins == ("afp", "sahel routes")


def judged(*rows: tuple[str, ...], **fields: str) -> LedgerView:
    with Ledger(":memory:") as ledger:
        ledger.add_all(readings())
        for verb, *targets in rows:
            ledger.judge(verb, *targets, who="A. Lectrice", **fields)  # type: ignore[arg-type]
        return ledger.view()


PLAIN = derive(readings())
RAID = next(o for o in PLAIN.occurrences if o.independent_sources > 1)
SIGNED = next(o for o in PLAIN.occurrences if o.type == "AGREE")


def test_a_corrected_field_is_set_and_marked() -> None:
    view = judged(("correct", RAID.id), field="place", value="Téra")
    found = next(o for o in view.occurrences if o.id == RAID.id)
    assert (found.place, found.judged) == ("Téra", ("place",))


def test_a_corrected_item_changes_what_follows() -> None:
    report = SIGNED.reports[0]
    view = judged(("correct", f"{report.dispatch}/{report.item}"), field="type", value="REJECT")
    assert "AGREE" not in {o.type for o in view.occurrences}
    assert "REJECT" in {o.type for o in view.occurrences}


def test_what_is_rejected_is_gone_until_it_is_undone() -> None:
    with Ledger(":memory:") as ledger:
        ledger.add_all(readings())
        row = ledger.judge("reject", SIGNED.id, who="A. Lectrice")
        assert SIGNED.id not in {o.id for o in ledger.occurrences()}
        undone = ledger.judge("undo", row.id, who="A. Lectrice")
        assert ledger.occurrences() == PLAIN.occurrences
        ledger.judge("undo", undone.id, who="A. Lectrice")
        assert SIGNED.id not in {o.id for o in ledger.occurrences()}
        assert len(ledger.judgements()) == 3


def test_splitting_and_merging() -> None:
    one, two = RAID.reports[0], next(r for r in RAID.reports if r.dispatch != RAID.reports[0].dispatch)
    apart = judged(("split", f"{one.dispatch}/{one.item}", f"{two.dispatch}/{two.item}"))
    assert len(apart.occurrences) > len(PLAIN.occurrences)
    other = next(o for o in PLAIN.occurrences if o.story == RAID.story and o.id != RAID.id and o.status != "announced")
    together = judged(("merge", RAID.id, other.id))
    assert len(together.occurrences) == len(PLAIN.occurrences) - 1


@pytest.mark.parametrize(("verb", "fields"), [("correct", {}), ("merge", {}), ("correct", {"field": "place"})])
def test_a_judgement_that_lacks_a_part_is_refused(verb: str, fields: dict[str, str]) -> None:
    with Ledger(":memory:") as ledger, pytest.raises(LedgerError):
        ledger.judge(verb, "o1", who="A. Lectrice", **fields)  # type: ignore[arg-type]


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(LedgerError, match="colour"):
        judged(("correct", RAID.id), field="colour", value="red")


@pytest.mark.parametrize(
    ("words", "start", "slips"),
    [
        ("samedi 8 juillet", "2023-07-08", True),  # a Saturday in 2023, a Monday when it was told
        ("lundi 8 juillet", "2024-07-08", False),
        ("samedi 8 juillet 2023", "2023-07-08", False),
        ("mardi 8 juillet 2024", "2024-07-08", True),
        ("samedi", "2024-07-06", False),
    ],
)
def test_a_weekday_against_the_calendar(words: str, start: str, slips: bool) -> None:
    told = Telling("a", "2024-07-10", f"La base a fermé {words} à Agadez.", outlet="a").time(words, start).reading
    found = derive([told]).disagreements
    assert [d.scope for d in found] == ["with the calendar"] * slips
