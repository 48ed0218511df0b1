"""Times: every example of every rule, hand-written cases, and what must hold of any text."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.language import language
from recoupe.reading.times import read_times
from recoupe.reading.times.narrative import read
from recoupe.reading.times.table import grammar
from recoupe.reading.times.tense import KINDS
from time_readings import unbracketed, value, whole
from unparsed import unparsed_page

LANGUAGES = ("fr", "en")
CASES = Path(__file__).parent / "cases"
PUBLISHED = dt.date(2024, 6, 12)


def rows(code: str) -> list[dict[str, Any]]:
    table = language(code).table("times")
    return [row for kind in ("rule", "shade", "join", "bound") for row in table[kind]]


def examples(key: str) -> list[Any]:
    return [
        pytest.param(code, row["name"], example, id=f"{code}-{row['name']}-{n}")
        for code in LANGUAGES
        for row in rows(code)
        for n, example in enumerate(row.get(key, []))
    ]


def cases() -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{n}")
        for code in LANGUAGES
        for n, case in enumerate(tomllib.loads((CASES / code / "times.toml").read_text(encoding="utf-8"))["case"])
    ]


@pytest.mark.parametrize(("code", "name", "example"), examples("examples"))
def test_a_rule_reads_its_examples(code: str, name: str, example: str) -> None:
    words, expected = example.rsplit(" → ", 1)
    text, spans = unbracketed(words)
    start, end = spans[0] if spans else (0, len(text))
    found = [r for r in whole(read(grammar(code), text, PUBLISHED)) if r.start < end and start < r.end]
    assert [value(r) for r in found] == [expected]
    assert not spans or (found[0].start <= start and found[0].end == end)


@pytest.mark.parametrize(("code", "name", "example"), examples("not"))
def test_a_rule_leaves_its_counter_examples_alone(code: str, name: str, example: str) -> None:
    assert [r.rule for r in read(grammar(code), example, PUBLISHED) if name in r.rule] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_has_an_example(code: str) -> None:
    assert [row["name"] for row in rows(code) if not row.get("examples")] == []


def test_both_languages_have_the_same_tables() -> None:
    keys = [{kind: type(table[kind]) for kind in table} for table in (language(code).table("times") for code in LANGUAGES)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_kind_of_verb_form_is_known(code: str) -> None:
    assert set(language(code).table("times")["context"]["tenses"]) <= {*KINDS, "clause"}


@pytest.mark.parametrize(("code", "case"), cases())
def test_sentences_as_news_writes_them(code: str, case: dict[str, Any]) -> None:
    published = case.get("published", PUBLISHED.isoformat())
    text, spans = unbracketed(case["text"])
    found = whole(read(grammar(code), text, dt.date.fromisoformat(published) if published else None))
    values = [value(r) for r in found]
    if case.get("spans") == "last":
        assert values[-1:] == case["times"]
        return
    assert values == case["times"]
    if case.get("spans") != "any":
        apart = [text[r.start : r.end] for r, (s, e) in zip(found, spans, strict=True) if r.end <= s or e <= r.start]
        assert apart == []


PIECES = sorted({word for code in LANGUAGES for words in language(code).table("times")["words"].values() for word in words})
NOISE = [*["le", "de", "à", "the", "of", "in", "3", "31", "2024", "99", "10h30", ",", ".", "-", "(", ")", "🙂", "İ", "’"], "\n"]


@given(
    st.sampled_from(LANGUAGES),
    st.lists(st.sampled_from(PIECES + NOISE), max_size=25),
    st.sampled_from([None, dt.date(1, 1, 1), PUBLISHED, dt.date(9999, 12, 31)]),
)
@settings(max_examples=250, deadline=None)
def test_any_words_are_read_without_error(code: str, words: list[str], published: dt.date | None) -> None:
    text = " ".join(words)
    found = read(grammar(code), text, published)
    assert found == read(grammar(code), text, published)
    assert all(0 <= r.start < r.end <= len(text) for r in found)
    assert all(a.end <= b.start for a, b in zip(whole(found), whole(found)[1:], strict=False))
    periods = [r.dated.period for r in found if r.dated.period]
    assert all(p.start <= p.end for p in periods)


@pytest.mark.parametrize(
    "text", ["", "  \n ", "🙂" * 500, "1" * 50_000, "lundi " * 4_000, "du 3 au " * 4_000, "3 3 " * 8_000, "العربية " * 500]
)
def test_odd_texts_are_read(text: str) -> None:
    for code in LANGUAGES:
        read(grammar(code), text, PUBLISHED)


def test_both_anchors_are_kept_where_the_text_does_not_decide() -> None:
    text = "À la fin de 2022, le camp a été fermé. Le colonel, qui l'avait ouvert un an auparavant, a démissionné."
    last = read(grammar("fr"), text, PUBLISHED)[-1]
    assert last.dated.period is None
    assert last.dated.candidates == ("2021-10-01/2021-12-31", "2023-06-01/2023-06-30")


def test_a_narrative_time_says_what_it_was_counted_from() -> None:
    found = read(grammar("fr"), "Le 3 mai, Gao est tombée. Le lendemain, Kidal a été prise.", PUBLISHED)
    assert [r.counted_from for r in found] == [None, 0]
    assert found[1].dated.anchor == "narrative"


def test_a_date_with_another_day_of_the_week_is_kept_and_said() -> None:
    (found,) = read(grammar("fr"), "mardi 5 juin 2024", PUBLISHED)
    assert value(found) == "2024-06-05"
    assert found.dated.left_open == "weekday"
    (found,) = read(grammar("fr"), "Il est venu jeudi 5 juin.", PUBLISHED)
    assert found.dated.candidates == ("2024-06-05", "2025-06-05")


@pytest.mark.parametrize(
    ("text", "edtf", "timex3"),
    [
        ("le 3 mai 2023", "2023-05-03", "2023-05-03"),
        ("en mai 2023", "2023-05", "2023-05"),
        ("en 2023", "2023", "2023"),
        ("les années 1990", "199X", "199X"),
        ("le XIXe siècle", "18XX", "18XX"),
        ("l'été 2023", "2023-22", "2023-SU"),
        ("vers 2020", "2019-07-01~/2021-06-30~", "2019-07-01"),
        ("du 3 au 5 mai 2023", "2023-05-03/2023-05-05", "2023-05-03"),
        ("jusqu'au 3 mai 2023", "../2023-05-03", "2023-05-03"),
        ("à partir du 3 mai 2023", "2023-05-03/..", "2023-05-03"),
        ("le 3 mai 2023 à 14 h 30", "2023-05-03", "2023-05-03T14:30"),
        ("hier soir", "2024-06-11", "2024-06-11TEV"),
        ("cette semaine", "2024-06-10/2024-06-16", "2024-W24"),
        ("au deuxième trimestre 2023", "2023-04-01/2023-06-30", "2023-Q2"),
        ("pendant trois jours", None, "P3D"),
        ("tous les lundis", None, "XXXX-WXX-1"),
        ("désormais", None, "PRESENT_REF"),
    ],
)
def test_values_in_edtf_and_timex3(text: str, edtf: str | None, timex3: str) -> None:
    found = whole(read(grammar("fr"), text, PUBLISHED))
    assert [(r.edtf, r.timex3) for r in found] == [(edtf, timex3)]


def test_times_of_a_page_have_ids_spans_and_abstentions() -> None:
    page = unparsed_page("En 2022, le fort est tombé. Il avait été repris un an plus tôt. Le 3 mai, il a brûlé.", "fr", PUBLISHED)
    times = read_times(page)
    assert [(t.id, page.words(t.span), t.start, t.rule) for t in times] == [
        ("t1", "En 2022", "2022-01-01", "times.fr.year"),
        ("t2", "un an plus tôt", None, "times.fr.earlier"),
        ("t3", "Le 3 mai", "2024-05-03", "times.fr.day_month"),
    ]
    assert [(a.about, a.field, len(a.candidates)) for a in page.abstentions] == [("t2", "start", 2)]
    assert times[2].basis == {"start": "syntax"}
