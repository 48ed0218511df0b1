"""The drawings and filters behind the pages: days keep their order, nothing covers anything, a link says all of a view."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from recoupe.ledger.values import Occurrence
from recoupe.views.brief import Line
from recoupe.web.asked import MANY, Asked, Traits
from recoupe.web.drawing.pairs import pairs
from recoupe.web.drawing.scale import scale_of
from recoupe.web.drawing.timeline import DOT, GLYPH, ROWS, timeline
from recoupe.web.drawing.world import HEIGHT, WIDTH, Spot, shapes, world
from recoupe.web.pages.home import snippet
from recoupe.web.problems import Problem
from recoupe.web.say import preferred

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
days = st.dates(dt.date(1950, 1, 1), dt.date(2035, 12, 31))
spans = st.tuples(days, st.integers(0, 700)).map(lambda s: (s[0], min(s[0] + dt.timedelta(s[1]), dt.date(2035, 12, 31))))


@given(st.lists(spans, min_size=1, max_size=12), days, days)
def test_later_days_stand_further_right(told: list[tuple[dt.date, dt.date]], one: dt.date, other: dt.date) -> None:
    scale = scale_of(told)
    assert scale is not None
    first, second = sorted((one, other))
    assert 0 <= scale.at(first) <= scale.at(second) <= 100
    assert scale.places[0] == 0
    assert scale.places[-1] == pytest.approx(100, abs=0.01)
    assert all(a <= b for a, b in pairwise(scale.places))


@given(st.lists(spans, min_size=1, max_size=12))
def test_labels_of_the_axis_have_room(told: list[tuple[dt.date, dt.date]]) -> None:
    scale = scale_of(told)
    assert scale is not None
    at = [tick.at for tick in scale.ticks(MONTHS) if tick.label]
    assert at
    assert all(b - a >= 7 for a, b in pairwise(at))


def test_a_treaty_of_long_ago_leaves_room_for_the_news() -> None:
    spring = [(dt.date(2024, month, 5), dt.date(2024, month, 5)) for month in range(3, 9) for _ in range(3)]
    scale = scale_of([(dt.date(2012, 1, 1), dt.date(2012, 12, 31)), *spring])
    assert scale is not None
    assert 100 - scale.at(dt.date(2024, 3, 1)) > 60
    assert scale.breaks


def event(n: int, start: dt.date, end: dt.date) -> Occurrence:
    return Occurrence(id=f"o{n}", type="AID", status="reported", start=start.isoformat(), end=end.isoformat())


def line(n: int) -> Line:
    return Line(f"o{n}", "", "", "aid", "Niger", "", "reported", "done", 1, "", True, ())


@given(st.lists(spans, min_size=1, max_size=30))
def test_marks_of_one_row_do_not_touch(told: list[tuple[dt.date, dt.date]]) -> None:
    events = [event(n, *span) for n, span in enumerate(told)]
    drawn = timeline(
        events, map(line, range(len(told))), months=MONTHS, href=str, chosen=None, since=None, until=None, as_of=None
    )
    assert drawn is not None
    assert {mark.id for mark in drawn.marks} == {one.id for one in events}
    rows: dict[int, list[tuple[float, float]]] = {}
    for mark in drawn.marks:
        room = len(mark.label) * GLYPH if mark.side == "start" else 0
        rows.setdefault(mark.y, []).append((mark.x, mark.x + mark.width + room))
    crowded = max(rows, default=0)
    for y, row in rows.items():
        if len(rows) < ROWS or y != crowded:
            assert all(b[0] >= a[1] - DOT / 2 for a, b in pairwise(sorted(row)))


def test_no_day_no_line() -> None:
    assert timeline([], [], months=MONTHS, href=str, chosen=None, since=None, until=None, as_of=None) is None
    assert pairs([], name=str, months=MONTHS, hint=str, href=str, week_href=str) is None  # type: ignore[arg-type]


def test_near_places_are_one_and_far_ones_a_list() -> None:
    near = [Spot("Niamey", 13.51, 2.11, "NER", "exact", 9), Spot("Niamey base", 13.48, 2.18, "NER", "vicinity", 2)]
    drawn = world([*near, Spot("Agadez", 16.97, 7.99, "NER", "exact", 5), Spot("Washington", 38.9, -77.0, "USA", "exact", 1)])
    assert drawn is not None
    assert sorted(dot.count for dot in drawn.dots) == [5, 11]
    assert [spot.name for spot in drawn.elsewhere] == ["Washington"]
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.dots)


def test_a_country_alone_is_shaded() -> None:
    drawn = world([Spot("Niger", None, None, "NER", "country", 3)])
    assert drawn is not None
    assert {land.code: land.told for land in drawn.lands if land.told} == {"NER": 3}
    assert not drawn.dots


def test_every_state_of_the_news_is_on_the_map() -> None:
    assert {"NER", "FRA", "USA", "RUS", "MLI", "UKR", "SDN", "HTI", "PSE", "TWN"} <= set(shapes())


@given(st.lists(st.sampled_from(["Niger", "a&b=c", "«é»", "<b>"]), max_size=3, unique=True), st.sampled_from(MANY))
def test_a_view_is_its_address(values: list[str], name: str) -> None:
    asked = Asked(since="2024-03-01", q="à vendre", about="o1", **{name: tuple(values)})
    assert Asked.of(QueryParams(asked.query().removeprefix("?"))) == asked
    for value in values:
        lifted = Asked.of(QueryParams(asked.toggled(name, value).removeprefix("?")))
        assert getattr(lifted, name) == tuple(v for v in values if v != value)


@pytest.mark.parametrize("text", ["yesterday", "2024-13-01", "24/07/2024", "2024"])
def test_what_is_no_day_is_said_so(text: str) -> None:
    with pytest.raises(Problem, match="2024-07-24"):
        Asked.of(QueryParams({"from": text}))


def test_values_of_one_filter_widen_and_filters_narrow() -> None:
    traits = Traits(actor=frozenset({"Niger"}), type=frozenset({"AID"}), start="2024-03-01", end="2024-03-31")
    assert Asked(actor=("Mali", "Niger")).admits(traits)
    assert not Asked(actor=("Niger",), type=("ASSAULT",)).admits(traits)
    assert Asked(since="2024-03-31", until="2024-04-02").admits(traits)
    assert not Asked(since="2024-04-01").admits(traits)
    assert not Asked(since="2024-01-01").admits(Traits())


@given(st.text(max_size=80), st.text(max_size=20))
def test_a_snippet_holds_words_of_the_text(text: str, words: str) -> None:
    said = "".join(part for part, _ in snippet(text, words)).strip("… ")
    assert said in text or " ".join(said.split()) in " ".join(text.split())


@pytest.mark.parametrize(
    ("kept", "accepted", "lang"),
    [
        (None, "fr-FR,fr;q=0.9,en;q=0.5", "fr"),
        (None, "de,en;q=0.3", "en"),
        ("fr", "en", "fr"),
        ("xx", "", "en"),
        (None, ";q=,,", "en"),
    ],
)
def test_the_language_is_the_readers(kept: str | None, accepted: str, lang: str) -> None:
    assert preferred(kept, accepted) == lang
