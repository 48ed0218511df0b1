"""Names: sheets of sentences with every name they hold, and what holds of any text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.intake import take
from recoupe.reading.names import read_names
from recoupe.reading.names.lexicon import initials, lexicon, organisations
from recoupe.reading.pipeline import Reader
from recoupe.reading.places import read_places

CASES = Path(__file__).parent / "cases"
KINDS = ("person", "place", "organisation")
ODD = [
    "",
    " \n\t ",
    "🙂🙂 (🙂)",
    "«»",
    "中文新闻",
    "()",
    "A",
    "- - -",
    "L'",
    "(",
    "de de",
    "É" * 300,
    "M. " * 200,
    "Gao, " * 3000,
]
BITS = [
    "Le",
    "président",
    "Paul",
    "Biya",
    "à",
    "Paris",
    "(",
    ")",
    ",",
    "-",
    "« ",
    "l'",
    "CEDEAO",
    "de",
    "Niger",
    "Al-",
    "12",
    "M.",
    ".",
]


def sheet(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for lang in ("fr", "en"):
        for case in tomllib.loads((CASES / lang / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
            yield lang, case


@pytest.mark.model
@pytest.mark.parametrize(("lang", "case"), [pytest.param(lang, case, id=case["text"][:50]) for lang, case in sheet("names")])
def test_a_sentence_holds_these_names_and_no_others(reader: Reader, lang: str, case: dict[str, Any]) -> None:
    page = reader.lay_out(take({"text": case["text"], "lang": lang, "published": "2024-07-25"}))
    names = read_names(page)
    for kind in KINDS:
        assert [n.text for n in names if n.kind == kind] == case.get(kind, []), kind


@pytest.mark.model
@pytest.mark.parametrize("text", ODD)
def test_no_text_is_refused(reader: Reader, text: str) -> None:
    for lang in ("fr", "en"):
        page = reader.lay_out(take({"text": text or ".", "lang": lang, "published": "2024-07-25"}))
        read_places(page, read_names(page))


@pytest.mark.model
@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*BITS, "\n"]), max_size=25))
def test_names_lie_within_a_line_in_order_and_apart(reader: Reader, words: list[str]) -> None:
    page = reader.lay_out(take({"text": " ".join(words) or ".", "lang": "fr", "published": "2024-07-25"}))
    names = read_names(page)
    for name in names:
        assert page.words(name.span) == name.text
        assert "\n" not in name.text
    for before, after in pairwise(names):
        assert before.span[1] <= after.span[0]


def test_an_acronym_is_read_off_the_words_of_its_name() -> None:
    assert initials("CPI", ["Cour", "pénale", "internationale"])
    assert initials("CNSP", ["Conseil", "national", "pour", "la", "sauvegarde", "de", "la", "patrie"])
    assert not initials("ONU", ["Union", "africaine"])


def test_every_known_organisation_is_whole() -> None:
    for row in organisations():
        assert row["forms_fr"] or row["forms_en"], row["name"]
        assert row["sectors"], row["name"]
        assert row["country"] == "" or len(row["country"]) == 3, row["name"]


@pytest.mark.parametrize("code", ["fr", "en"])
def test_no_title_is_a_first_name(code: str) -> None:
    lex = lexicon(code)
    assert not lex.sure_titles & lex.first_names
