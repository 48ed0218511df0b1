"""Ties of a figure, on hand-made places, times, events and statements; those that need a tree are marked."""

from __future__ import annotations

import datetime as dt

import pytest

from recoupe.intake import take
from recoupe.model import Event, Figure, Place, Span, Statement, Time
from recoupe.reading.cast import Cast
from recoupe.reading.figures import read_figures, tie_figures
from recoupe.reading.page import Page
from recoupe.reading.pipeline import Reader
from unparsed import unparsed_page

PUBLISHED = dt.date(2024, 5, 10)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def place(text: str, words: str, name: str) -> Place:
    return Place(id=f"p-{name}", span=span(text, words), text=words, name=name, kind="city", rule="places")


def day(text: str, words: str, start: str, end: str | None = None) -> Time:
    return Time(id=f"t-{start}", span=span(text, words), text=words, kind="date", start=start, end=end or start, rule="times")


def tied(page: Page, **found: list[object]) -> tuple[Figure, ...]:
    times = found.get("times", [])
    figures = read_figures(page, times)  # type: ignore[arg-type]
    parts = {"places": [], "statements": [], "events": [], "times": times} | found
    return tie_figures(page, figures, Cast(), parts["times"], parts["places"], parts["statements"], parts["events"])  # type: ignore[arg-type]


def test_each_figure_takes_the_place_of_its_own_stretch() -> None:
    text = "Le raid a fait 17 morts à Djibo et 40 blessés à Gorom."
    page = unparsed_page(text, "fr", PUBLISHED)
    dead, injured = tied(page, places=[place(text, "Djibo", "Djibo"), place(text, "Gorom", "Gorom")])
    assert (dead.place, injured.place) == ("p-Djibo", "p-Gorom")


def test_a_dateline_and_a_metonym_are_no_places_of_a_figure() -> None:
    text = "Niamey a annoncé 17 morts."
    where = Place(id="p1", span=(0, 6), text="Niamey", name="Niamey", kind="city", metonym=True, rule="places")
    (figure,) = tied(unparsed_page(text, "fr", PUBLISHED), places=[where])
    assert figure.place is None


def test_as_of_is_publication_where_no_time_governs() -> None:
    (figure,) = tied(unparsed_page("Le raid a fait 17 morts.", "fr", PUBLISHED))
    assert figure.as_of == "2024-05-10"
    assert figure.basis["as_of"] == "default"


def test_as_of_is_unknown_where_publication_is() -> None:
    (figure,) = tied(unparsed_page("Le raid a fait 17 morts.", "fr"))
    assert figure.as_of is None


def test_as_of_is_the_last_day_of_the_time() -> None:
    text = "En avril, le raid a fait 17 morts."
    (figure,) = tied(unparsed_page(text, "fr", PUBLISHED), times=[day(text, "En avril", "2024-04-01", "2024-04-30")])
    assert figure.as_of == "2024-04-30"


def test_the_innermost_statement_holds_the_figure() -> None:
    text = "Selon lui, l'armée a dit que le raid avait fait 17 morts."
    inner, outer = span(text, "le raid avait fait 17 morts"), span(text, "l'armée a dit que le raid avait fait 17 morts")
    held = [
        Statement(id="s1", span=outer, parts=(outer,), kind="indirect", rule="statements"),
        Statement(id="s2", span=inner, parts=(inner,), kind="indirect", rule="statements"),
    ]
    (figure,) = tied(unparsed_page(text, "fr", PUBLISHED), statements=held)
    assert figure.statement == "s2"


def test_an_event_that_names_the_figure_or_holds_it_is_tied() -> None:
    text = "Le raid a fait 17 morts. Un autre a échoué."
    raid, other = (
        Event(id=key, trigger=span(text, trigger), evidence=span(text, words), type="ASSAULT", modality="asserted", rule="events")
        for key, trigger, words in (("e1", "raid", "Le raid a fait 17 morts"), ("e2", "échoué", "Un autre a échoué"))
    )
    (figure,) = tied(unparsed_page(text, "fr", PUBLISHED), events=[raid, other])
    assert figure.events == ("e1",)


def test_ties_never_raise_on_an_empty_page() -> None:
    assert tied(unparsed_page("", "fr")) == ()


@pytest.mark.model
def test_a_withdrawal_counted(reader: Reader) -> None:
    text = "À ce jour, 766 soldats américains sur 950 ont quitté le Niger et environ 184 restent à Agadez."
    reading = reader.read(take({"text": text, "lang": "fr", "published": "2024-07-25"}))
    gone, staying = reading.figures
    names = {p.id: p.name for p in reading.places}
    assert (gone.value, gone.of, gone.state, names.get(gone.place or "")) == (766, 950, "left", "Niger")
    assert (staying.value, staying.approx, staying.state, names.get(staying.place or "")) == (184, True, "remaining", "Agadez")
    assert staying.unit == "soldats"


@pytest.mark.model
def test_a_time_of_another_clause_does_not_govern(reader: Reader) -> None:
    text = "Les derniers soldats sont partis en juin, et il reste 200 agents sur la base."
    reading = reader.read(take({"text": text, "lang": "fr", "published": "2024-07-25"}))
    (figure,) = reading.figures
    assert figure.as_of == "2024-07-25"
