"""Series: one quantity over time; roundings agree, later totals supersede, sums are checked."""

from __future__ import annotations

import pytest

from recoupe.language import language, languages
from recoupe.ledger import derive
from recoupe.ledger.numbers import agree
from recoupe.ledger.units import concept, concepts, same_thing
from recoupe.model import Figure, Reading
from telling import Telling


def figure(value: float | None, low: float | None = None, high: float | None = None, *, approx: bool = False) -> Figure:
    return Figure(id="f1", span=(0, 1), text="", value=value, low=low, high=high, approx=approx, kind="other", rule="test")


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        (figure(766, 766, 766), figure(800, approx=True), True),  # «près de 800»
        (figure(766, 766, 766), figure(700, 700), True),  # «plus de 700»
        (figure(184, 184, 184), figure(200, approx=True), True),
        (figure(950, 950, 950), figure(1000, 1000, 1000), True),
        (figure(950, 950, 950), figure(1100, 1100, 1100), False),
        (figure(766, 766, 766), figure(800, 800, 800), True),  # a round number
        (figure(14, 14, 14), figure(17, 17, 17), False),
        (figure(28, 28, 28), figure(30, 30), False),  # «plus de 30»
        (figure(28, 28, 28), figure(30, approx=True), True),  # «une trentaine»
        (figure(None, 10, 20), figure(15, 15, 15), True),
        (figure(None, 10, 20), figure(25, 25, 25), False),
        (figure(240_000, approx=True), figure(250_000, approx=True), True),
        (figure(None), figure(3, 3, 3), True),
        (figure(50.9, 50.9, 50.9), figure(64.3, 64.3, 64.3), False),
    ],
)
def test_what_can_both_be_right(one: Figure, two: Figure, both: bool) -> None:
    assert agree(one, two) is both
    assert agree(two, one) is both


def toll(ref: str, day: str, words: str, value: float, unit: str = "soldats", **rest: object) -> Reading:
    t = Telling(ref, day, f"L'attaque du 4 mai à Tassara, au Niger, a tué {words}, dit Moussa Alio.", outlet=ref)
    t.place("Tassara").place("Niger", kind="country").actor("Moussa Alio", "person").time("4 mai", "2024-05-04")
    t.event("L'attaque", "ASSAULT", time="4 mai", place="Tassara")
    return t.figure(words, value, "dead", unit=unit, events=("L'attaque",), **rest).reading  # type: ignore[arg-type]


def test_a_toll_that_rises_is_an_update() -> None:
    view = derive([toll("a", "2024-05-05", "trois soldats", 3), toll("b", "2024-05-09", "cinq soldats", 5)])
    (series,) = view.series
    assert [(p.value, p.superseded_by) for p in series.points] == [(3, "2024-05-09: 5"), (5, None)]
    assert view.disagreements == ()


def test_a_toll_that_falls_is_a_disagreement() -> None:
    view = derive([toll("a", "2024-05-05", "neuf soldats", 9), toll("b", "2024-05-09", "cinq soldats", 5)])
    (found,) = view.disagreements
    assert {s.value for s in found.sides} == {"9", "5"}


def test_two_values_of_one_day_disagree_and_keep_what_they_took_the_place_of() -> None:
    told = [
        toll("a", "2024-05-05", "trois soldats", 3),
        toll("b", "2024-05-09", "cinq soldats", 5),
        toll("c", "2024-05-09", "douze soldats", 12),
    ]
    (found,) = derive(told).disagreements
    assert {s.value: len(s.reports) for s in found.sides} == {"5": 2, "12": 1}


def test_soldiers_and_their_attackers_are_two_counts() -> None:
    view = derive([toll("a", "2024-05-05", "neuf soldats", 9), toll("b", "2024-05-05", "cinq jihadistes", 5, "jihadistes")])
    assert view.disagreements == ()


def test_what_is_left_of_a_whole_is_checked() -> None:
    one = Telling("a", "2024-07-08", "Sur les 950 soldats de Volonia au Niger, 766 sont partis.", outlet="a")
    one.place("Niger", kind="country").actor("Volonia", "state", "VOL").figure(
        "766", 766, "troops", of=950, state="left", actor="Volonia", unit="soldats"
    )
    two = Telling("b", "2024-07-09", "Environ 200 soldats de Volonia restent au Niger.", outlet="b")
    two.place("Niger", kind="country").actor("Volonia", "state", "VOL")
    two.figure("Environ 200", 200, "troops", low=None, high=None, approx=True, state="remaining", actor="Volonia", unit="soldats")
    checks = [c for s in derive([one.reading, two.reading]).series for c in s.checks]
    assert [(c.ok, c.text) for c in checks] == [(True, "950 − 766 = 184; about 200 said to remain")]


def test_units_are_the_same_concepts_in_every_language() -> None:
    tables = [language(code).table("counted") for code in languages()]
    assert len({tuple(t["of_people"]) for t in tables}) == len({tuple(t["of_things"]) for t in tables}) == 1


@pytest.mark.parametrize("code", languages())
def test_a_noun_has_one_concept(code: str) -> None:
    table = language(code).table("counted")
    nouns = [n for group in ("of_people", "of_things") for words in table[group].values() for n in words.split()]
    assert sorted(set(nouns)) == sorted(nouns)
    assert concepts(code)


def test_concepts_cross_languages_and_number() -> None:
    assert concept("camions", "fr") == concept("trucks", "en") == "trucks"
    assert concept("détenus", "fr") == concept("prisoners", "en")
    assert same_thing(concept("personnes", "fr"), concept("soldiers", "en"))
    assert not same_thing(concept("soldats", "fr"), concept("jihadists", "en"))
    assert concept(None, "fr") == ""
