"""Metonyms: sheets of sentences whose bracketed name is a government or a place, half and half, in both languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from recoupe.intake import take
from recoupe.reading.names import read_names
from recoupe.reading.pipeline import Reader
from recoupe.reading.places import read_places

CASES = Path(__file__).parent / "cases"
LEAST = 0.92


def judged(reader: Reader, lang: str, sentence: str) -> list[tuple[str, bool | None]]:
    """Each bracketed name with what was read of it: a government, a place, or nothing."""
    plain = sentence.replace("[", "").replace("]", "")
    page = reader.lay_out(take({"text": plain, "lang": lang, "published": "2024-07-25"}))
    places = read_places(page, read_names(page))
    found = []
    for n, bracket in enumerate(re.finditer(r"\[(.+?)\]", sentence)):
        at = bracket.start() - 2 * n
        found.append((bracket[1], next((p.metonym for p in places if p.span[0] <= at < p.span[1]), None)))
    return found


@pytest.mark.model
def test_most_names_of_the_sheets_are_read_right(reader: Reader) -> None:
    wrong, asked = [], 0
    for lang in ("fr", "en"):
        sheet = tomllib.loads((CASES / lang / "metonyms.toml").read_text(encoding="utf-8"))
        for label, sentences in sheet.items():
            for sentence in sentences:
                for name, said in judged(reader, lang, sentence):
                    asked += 1
                    if said is not (label == "government"):
                        wrong.append(f"{label}, {said}: {name} in {sentence}")
    assert asked >= 100
    assert 1 - len(wrong) / asked >= LEAST, "\n".join(wrong)


@pytest.mark.model
def test_a_town_that_governs_nothing_stands_for_no_government(reader: Reader) -> None:
    assert judged(reader, "fr", "[Agadez] a accueilli le convoi et [Gao] s'inquiète.") == [("Agadez", False), ("Gao", False)]
