"""Places: what each name refers to, how near, and what is left open; the rules' own examples."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recoupe.intake import take
from recoupe.language import language
from recoupe.model import Place
from recoupe.reading.names import read_names
from recoupe.reading.page import Page
from recoupe.reading.pipeline import Reader
from recoupe.reading.places import read_places
from recoupe.reading.places.vague import RULES, rules

CASES = Path(__file__).parent / "cases"


def read(reader: Reader, text: str, lang: str = "fr") -> tuple[Page, tuple[Place, ...]]:
    page = reader.lay_out(take({"text": text, "lang": lang, "published": "2024-07-25"}))
    return page, read_places(page, read_names(page))


def sheet() -> Iterator[tuple[str, dict[str, Any]]]:
    for lang in ("fr", "en"):
        for case in tomllib.loads((CASES / lang / "places.toml").read_text(encoding="utf-8"))["case"]:
            yield lang, case


@pytest.mark.model
@pytest.mark.parametrize(("lang", "case"), [pytest.param(lang, case, id=case["text"][:50]) for lang, case in sheet()])
def test_each_place_is_read_as_what_it_is(reader: Reader, lang: str, case: dict[str, Any]) -> None:
    _, places = read(reader, case["text"], lang)
    said = {p.text: [p.country or "", p.kind, p.precision or ""] for p in reversed(places)}
    for text, *wanted in case["places"]:
        assert said.get(text) == wanted, text


@pytest.mark.model
def test_the_dateline_is_kept_apart(reader: Reader) -> None:
    _, places = read(reader, "BAMAKO, 4 mars 2024 (AFP) - Des soldats ont été tués à Ménaka, a annoncé l'armée malienne.")
    assert [(p.text, p.dateline) for p in places] == [("BAMAKO", True), ("Ménaka", False)]


@pytest.mark.model
def test_two_readings_leave_the_country_open(reader: Reader) -> None:
    page, places = read(reader, "Une explosion a été entendue à San Fernando hier soir.")
    assert [(p.text, p.country, p.lat) for p in places] == [("San Fernando", None, None)]
    assert page.abstentions
    assert page.abstentions[-1].field == "country"


@pytest.mark.model
def test_a_distance_with_a_bearing_moves_the_point(reader: Reader) -> None:
    _, (near, *_rest) = read(reader, "L'embuscade a eu lieu à 111 km au nord de Gao, au Mali.")
    assert near.lat == pytest.approx(16.27 + 1.0, abs=0.05)
    assert near.precision == "vicinity"


@pytest.mark.model
def test_a_place_that_no_gazetteer_lists_has_no_point_of_its_own(reader: Reader) -> None:
    _, places = read(reader, "Les assaillants ont brûlé le village de Tondikoukoye, au Niger, selon la police nigérienne.")
    village = places[0]
    assert (village.text, village.country, village.lat, village.rule) == ("Tondikoukoye", "NER", None, "places.unlisted")


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_rule_reads_its_examples(code: str) -> None:
    """The first rule that matches before the name is the one that the example stands for."""
    table = language(code).table("places")["vague"]
    compiled, _ = rules(code)
    for name in RULES:
        for example in table[name]["examples"]:
            before, inner = example.split("[")[0], example.split("[")[1].split("]")[0]
            at = max(i for i, c in enumerate(inner) if c.isupper() and not inner[i - 1 : i].isalnum() and i >= len(inner) - 40)
            first = min(i for i, c in enumerate(inner) if c.isupper() and (i == 0 or not inner[i - 1].isalnum()))
            text = before + inner[: first if first <= at else at]
            hit = next((rule.name for rule in compiled if rule.before.search(text)), None)
            assert hit == name or (name == "inside" and hit == "outside"), (name, example, hit)
        for example in table[name]["not"]:
            first = next(i for i, c in enumerate(example) if c.isupper() and i)
            hit = next((rule.name for rule in compiled if rule.before.search(example[:first])), None)
            assert hit != name, (name, example)
