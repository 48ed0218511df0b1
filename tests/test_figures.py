"""Figures: every rule's own examples, the case sheets, and what holds of any text."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.language import language
from recoupe.model import Time
from recoupe.reading.figures import read_figures
from unparsed import line, unparsed_page

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("fr", "en")


def read(text: str, lang: str) -> list[str]:
    return [line(figure) for figure in read_figures(unparsed_page(text, lang), ())]


def rules(lang: str) -> list[tuple[str, dict[str, Any]]]:
    """Every rule of a language's table that has examples, with its name."""
    table = language(lang).table("figures")
    sections = [(name, rule) for name, rule in table.items()]
    named = [(f"{group}.{name}", rule) for group in ("bounds", "kinds", "states") for name, rule in table[group].items()]
    return [(name, rule) for name, rule in sections + named if isinstance(rule, dict) and "examples" in rule]


def wanted() -> list[Any]:
    """The examples of the tables and the rows of the sheets: a language, a text, its figures."""
    params = []
    for lang in LANGUAGES:
        sheets = tomllib.loads((CASES / lang / "figures.toml").read_text(encoding="utf-8"))
        rows = [(name, row) for name, rule in rules(lang) for row in rule["examples"]]
        rows += [(name, row) for name, listed in sheets.items() for row in listed]
        params += [pytest.param(lang, row[0], [f for f in row[1:] if f], id=f"{lang}.{name}: {row[0]}") for name, row in rows]
    return params


def unwanted() -> list[Any]:
    return [
        pytest.param(lang, text, id=f"{lang}.{name}: {text}")
        for lang in LANGUAGES
        for name, rule in rules(lang)
        for text in rule["not"]
    ]


@pytest.mark.parametrize(("lang", "text", "figures"), wanted())
def test_reads(lang: str, text: str, figures: list[str]) -> None:
    assert read(text, lang) == figures


@pytest.mark.parametrize(("lang", "text"), unwanted())
def test_leaves_alone(lang: str, text: str) -> None:
    assert read(text, lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_bound_and_kind_has_examples(lang: str) -> None:
    table = language(lang).table("figures")
    bare = [name for group in ("bounds", "kinds") for name, rule in table[group].items() if not rule.get("examples")]
    assert bare == []


def test_both_languages_have_the_same_rules() -> None:
    french, english = (language(lang).table("figures") for lang in LANGUAGES)
    assert french.keys() == english.keys()
    assert french["kinds"].keys() == english["kinds"].keys()
    assert french["states"].keys() == english["states"].keys()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Les 766 soldats ont quitté le pays.", "left"),
        ("Il y avait encore environ 200 personnes sur la base.", "remaining"),
        ("Quelque 400 policiers ont débarqué mardi.", "arrived"),
        ("Le pays a promis 600 agents.", "promised"),
        ("Neuf otages ont été libérés.", "released"),
        ("Trois mille hommes sont déployés.", "present"),
        ("Six civils ont été tués.", "killed"),
    ],
)
def test_state(text: str, state: str) -> None:
    (figure,) = read_figures(unparsed_page(text, "fr"), ())
    assert figure.state == state


def test_a_part_points_to_the_figure_that_states_its_whole() -> None:
    whole, part = read_figures(unparsed_page("Le raid a fait 17 morts, dont six enfants.", "fr"), ())
    assert part.of_figure == whole.id
    assert part.of == 17


def test_what_a_figure_rests_on_is_told() -> None:
    said, led = read_figures(unparsed_page("Six civils ont été tués et 40 ont été blessés.", "fr"), ())
    assert said.basis == {"kind": "syntax", "unit": "stated"}
    assert led.basis == {"kind": "syntax", "unit": "discourse"}
    assert said.rule == "figures.fr.number_words"


def test_numbers_of_a_time_are_no_figures() -> None:
    text = "Depuis 2022, quelque 3 000 hommes patrouillent."
    held = Time(id="t1", span=(0, 11), text=text[:11], kind="interval", rule="times")
    assert [figure.text for figure in read_figures(unparsed_page(text, "fr"), [held])] == ["quelque 3 000 hommes"]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009"])
def test_any_blank_groups_digits(blank: str) -> None:
    text = f"On a compté 12{blank}500 tentes et 7{blank}% de pertes."
    assert read(text, "fr") == ["12500 tentes other", "7 pertes percent"]


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_never_raises_and_stays_in_the_text(text: str, lang: str) -> None:
    figures = read_figures(unparsed_page(text, lang), ())
    assert all(text[slice(*figure.span)] == figure.text for figure in figures)


WORDS = """17 2 500 1,5 million deux trois cent mille plus de moins au dont sur et ou à entre un une morts blessés % € . , ( :
- tués des"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=25), st.sampled_from(LANGUAGES))
@settings(max_examples=250, deadline=None)
def test_never_raises_on_its_own_words(words: list[str], lang: str) -> None:
    text = " ".join(words)
    figures = read_figures(unparsed_page(text, lang), ())
    assert [figure.span for figure in figures] == sorted(figure.span for figure in figures)
    assert all(figure.low is None or figure.high is None or figure.low <= figure.high for figure in figures)
    assert figures == read_figures(unparsed_page(text, lang), ())


@pytest.mark.parametrize(
    "text", ["", " \n\t", "💥 12 🙂", "9" * 5000, "1,2" * 5000, "vingt et " * 1500, "12 à " * 1500, "un deux " * 1500]
)
def test_long_and_odd_texts_take_no_time(text: str) -> None:
    page = unparsed_page(text, "fr")
    began = time.process_time()
    read_figures(page, ())
    assert time.process_time() - began < 3
