"""What people see: every line has its words, and no dispatch can write anything but words on a page."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ledger_stories import readings
from recoupe.ledger import Ledger
from recoupe.ledger.values import Point
from recoupe.model import Reading
from recoupe.views.brief import Brief, make_brief
from recoupe.views.chart import HEIGHT, WIDTH, chart
from recoupe.views.countries import country
from recoupe.views.explain import render_explanation
from recoupe.views.marks import Mark, marks, segments
from recoupe.views.notebook import reading_html
from recoupe.views.page import plain_markdown, to_html, to_markdown
from recoupe.views.phrases import LANGUAGES, phrases
from recoupe.views.quotes import in_sentence
from recoupe.views.reading import render_reading
from recoupe.views.rules import rule_notes
from recoupe.views.safe import visible
from recoupe.views.terminal import render_brief
from telling import Telling

HOSTILE = "<script>alert(1)</script> \"'`><img src=x onerror=alert(1)> [link](javascript:alert(1)) **fort** \x1b[2J \u202e"


def ledger(*items: Reading) -> Ledger:
    made = Ledger(":memory:")
    made.add_all(items)
    return made


def shown(what: object, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, force_terminal=False)
    console.print(what)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture(scope="module", params=LANGUAGES)
def brief(request: pytest.FixtureRequest) -> Brief:
    return make_brief(ledger(*readings()), lang=request.param)


def hostile() -> Reading:
    text = f"Le ministre {HOSTILE} a dit que douze soldats avaient quitté Lomé lundi."
    t = Telling("x", "2024-05-05", text, outlet=HOSTILE, title=HOSTILE, agency=HOSTILE, url="javascript:alert(1)")
    t.place("Lomé", "TGO").actor(HOSTILE, "person").time("lundi", "2024-05-06").statement(
        "douze soldats avaient quitté Lomé", HOSTILE
    )
    t.event("avaient quitté", "RETREAT", actors=(HOSTILE,), place="Lomé", time="lundi")
    t.figure("douze soldats", 12, "troops", events=("avaient quitté",), unit=HOSTILE)
    return t.reading


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class TestBrief:
    def test_every_line_has_its_words(self, brief: Brief) -> None:
        quoted = [
            *(line.quotes for line in brief.timeline),
            *(value.quotes for course in brief.courses for value in course.values),
            *(pledge.quotes for pledge in brief.pledges),
            *(side.quotes for dispute in brief.disputes for side in dispute.sides),
        ]
        assert brief.timeline
        assert brief.courses
        assert brief.pledges
        assert brief.disputes
        assert all(quotes and all(quote.words and quote.outlet for quote in quotes) for quotes in quoted)

    def test_copies_are_quoted_once(self, brief: Brief) -> None:
        (raid,) = [line for line in brief.timeline if len(line.quotes) > 2]
        assert [quote.outlet for quote in raid.quotes if quote.also] == ["AFP"]
        assert raid.quotes[0].also == ("Le Fleuve",)

    def test_the_words_stand_in_their_sentence(self) -> None:
        reading = readings()[0]
        event = reading.events[0]
        before, words, after = in_sentence(reading, event.trigger, "text")
        assert words == "ont enlevé"
        assert before == "Des hommes armés "
        assert after.startswith(" samedi douze ouvriers")

    def test_renderers_show_every_section(self, brief: Brief) -> None:
        titles = [brief.say("sections", name) for name in ("timeline", "figures", "commitments", "disagreements", "sources")]
        for page in (to_html(brief), to_markdown(brief), shown(render_brief(brief))):
            assert all(title in page for title in titles)
            assert "Le Fleuve" in page

    def test_an_empty_ledger_is_said(self) -> None:
        empty = make_brief(ledger())
        for page in (to_html(empty), to_markdown(empty), shown(render_brief(empty))):
            assert "no dispatch" in page

    def test_it_is_the_same_twice(self, brief: Brief) -> None:
        again = make_brief(ledger(*reversed(readings())), lang=brief.say.lang)
        assert to_html(again) == to_html(brief)
        assert to_markdown(again) == to_markdown(brief)


class TestPage:
    def test_it_needs_nothing_else(self, brief: Brief) -> None:
        page = to_html(brief)
        tags = Tags(page)
        assert not tags.open
        assert not {"script", "link", "img", "iframe", "form"} & {tag for tag, _ in tags.found}
        assert not re.search(r"url\(|@import", page)
        assert "default-src 'none'" in page

    def test_a_dispatch_is_never_markup(self) -> None:
        told = ledger(hostile())
        page = to_html(make_brief(told))
        tags = Tags(page)
        assert not {"script", "img"} & {tag for tag, _ in tags.found}
        assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
        assert not any((attributes.get("href") or "").startswith("javascript") for _, attributes in tags.found)
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "&lt;script&gt;" in page

    def test_nor_is_it_markdown(self) -> None:
        page = to_markdown(make_brief(ledger(hostile())))
        assert "<script>" not in page.replace("\\<script\\>", "")
        assert not re.search(r"(?<!\\)\]\(", page)
        assert "**fort**" not in page

    def test_nor_can_it_move_the_cursor(self) -> None:
        told = ledger(hostile())
        occurrence = told.occurrences()[0].id
        for what in (
            render_brief(make_brief(told)),
            render_reading(hostile()),
            render_explanation(told.explain(occurrence), told.get),
        ):
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown(what))

    def test_an_explanation_says_what_ids_stand_for(self) -> None:
        told = ledger(*readings())
        (raid,) = [occurrence for occurrence in told.occurrences() if len(occurrence.reports) > 3]
        page = shown(render_explanation(told.explain(raid.id), told.get))
        assert re.search(r"/e1  ASSAULT/abduct · Bankilaré · .*test *\n", page)
        assert "taken together because" in page

    def test_an_item_is_derived_with_what_each_value_rests_on(self) -> None:
        told = ledger(*readings())
        reading = readings()[0]
        page = shown(render_explanation(told.explain(f"{reading.dispatch.id}/e1"), told.get))
        assert "on the word" in page
        assert re.search(r"place +Bankilaré \(p\d\)", page)
        assert "rule test" in page

    def test_a_rule_is_shown_with_its_own_examples(self) -> None:
        early, month = rule_notes("times.fr.early(month)")
        assert any("début" in example for example in early.examples)
        assert (early.name, month.name) == ("early", "month")
        assert rule_notes("figures.en.at_least")[0].makes == ("bound low",)
        assert rule_notes("events.fr.agreements.sign")[0].leaves
        assert rule_notes("places.country") == rule_notes("times.xx.day") == rule_notes("") == ()

    @pytest.mark.parametrize("reading", [hostile(), *readings()[:3]], ids=lambda reading: reading.dispatch.ref)
    def test_a_notebook_shows_the_words(self, reading: Reading) -> None:
        page = reading_html(reading)
        assert not Tags(page).open
        assert "<script>" not in page

    def test_a_notebook_shows_the_brief_of_a_ledger(self) -> None:
        page = ledger(hostile())._repr_html_()
        (frame,) = Tags(page).found
        assert frame[0] == "iframe"
        assert frame[1]["sandbox"] is None
        assert "<!doctype html>" in str(frame[1]["srcdoc"])

    @given(st.text(max_size=80))
    def test_markdown_shows_text_as_it_stands(self, text: str) -> None:
        plain = plain_markdown(text)
        assert "\n" not in plain
        assert not re.search(r"(?<!\\)[<>*_`\[\]]", plain)


class TestWords:
    @pytest.mark.parametrize(
        ("start", "end", "en", "fr"),
        [
            ("2024-07-24", "2024-07-24", "24 July 2024", "24 juillet 2024"),
            ("2024-08-01", "2024-08-01", "1 August 2024", "1er août 2024"),
            ("2024-08-01", "2024-08-10", "1–10 August 2024", "1er–10 août 2024"),
            ("2024-07-01", "2024-07-31", "July 2024", "juillet 2024"),
            ("2024-04-01", "2024-05-31", "April–May 2024", "avril–mai 2024"),
            ("2012-01-01", "2012-12-31", "2012", "2012"),
            ("2010-01-01", "2012-12-31", "2010–2012", "2010–2012"),
            ("2023-12-28", "2024-01-03", "28 December 2023 – 3 January 2024", "28 décembre 2023 – 3 janvier 2024"),
            ("2024-05-19", "2024-09-15", "19 May – 15 September 2024", "19 mai – 15 septembre 2024"),
            ("2024-05-19T10:00:00", "2024-05-19T10:00:00", "19 May 2024", "19 mai 2024"),
            ("2024-05-19", None, "from 19 May 2024", "à partir du 19 mai 2024"),
            (None, "2024-05-19", "until 19 May 2024", "jusqu’au 19 mai 2024"),
            (None, None, "", ""),
            ("9999-12-31", "9999-12-31", "31 December 9999", "31 décembre 9999"),
        ],
    )
    def test_days(self, start: str | None, end: str | None, en: str, fr: str) -> None:
        assert phrases("en").days(start, end) == en
        assert phrases("fr").days(start, end) == fr

    @pytest.mark.parametrize(
        ("value", "low", "high", "approx", "of", "said"),
        [
            (766, 766, 766, False, 950, "766 of 950"),
            (200, None, None, True, None, "about 200"),
            (54, 54, None, False, None, "at least 54"),
            (54, None, 54, False, None, "at most 54"),
            (None, 10, 20, False, None, "10–20"),
            (1500000, 1500000, 1500000, False, None, "1\u202f500\u202f000"),
            (64.27, 64.27, 64.27, False, None, "64.27"),
            (None, 2000, None, True, None, "thousands"),
            (None, 3000, None, True, None, "at least about 3\u202f000"),
            (None, None, None, False, None, "?"),
        ],
    )
    def test_quantities(self, value: float, low: float, high: float, approx: bool, of: int, said: str) -> None:
        assert phrases("en").quantity(value, low, high, approx, of) == said

    def test_languages_have_the_same_phrases(self) -> None:
        def keys(table: object) -> object:
            return {key: keys(value) for key, value in table.items()} if isinstance(table, dict) else type(table)

        assert keys(phrases("en").table) == keys(phrases("fr").table)

    @pytest.mark.parametrize(
        ("name", "lang", "is_"),
        [
            ("Etats-Unis", "en", "United States"),
            ("États-Unis", "en", "United States"),
            ("US", "fr", "États-Unis"),
            ("Germany", "fr", "Allemagne"),
            ("Côte d'Ivoire", "fr", "Côte d’Ivoire"),
            ("Niamey", "en", "Niamey"),
            ("us", "en", "United States"),
            ("", "en", ""),
        ],
    )
    def test_countries(self, name: str, lang: str, is_: str) -> None:
        assert country(name, lang) == is_

    @given(st.text())
    def test_what_is_made_visible_keeps_its_length(self, text: str) -> None:
        assert len(visible(text)) == len(text)
        assert visible("a\n\tb") == "a\n\tb"


class TestMarks:
    @given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8))
    def test_pieces_joined_are_the_text(self, text: str, spans: list[tuple[int, int]]) -> None:
        made = [Mark(span, "time", f"t{n}") for n, span in enumerate(spans)]
        pieces = list(segments(text, made))
        assert "".join(words for words, _ in pieces) == text
        for mark in made:
            if mark.span[0] < mark.span[1] <= len(text):
                assert "".join(words for words, over in pieces if mark in over) == text[slice(*mark.span)]

    def test_they_are_in_order(self) -> None:
        found = marks(readings()[0], "text")
        assert list(found) == sorted(found, key=lambda mark: mark.span)
        assert {"event", "figure", "time", "place", "actor", "statement"} == {mark.kind for mark in found}


class TestChart:
    def test_dots_stand_in_the_box(self) -> None:
        points = [Point(as_of=f"2024-05-{day:02}", value=value) for day, value in ((1, 10), (2, 10), (9, 25), (30, 3))]
        made = chart(points, [str(p.value) for p in points], [str(p.as_of) for p in points])
        assert made is not None
        assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in made.dots)
        assert made.dots[2].y < made.dots[0].y < made.dots[3].y
        assert [dot.label for dot in made.dots] == ["10", "", "25", "3"]

    @pytest.mark.parametrize(
        "points",
        [[], [Point(as_of="2024-05-01", value=1)], [Point(value=1), Point(value=2)], [Point(as_of="2024-05-01", value=1)] * 2],
    )
    def test_one_day_is_no_course(self, points: list[Point]) -> None:
        assert chart(points, ["x"] * len(points), ["x"] * len(points)) is None
