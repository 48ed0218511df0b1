"""The sheets of typography and of statements: a text and what it says, read with nobody on the page known beforehand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recoupe.reading.pipeline import Reader
from test_statements_cues import statements

CASES = Path(__file__).parent / "cases"
ENDS = " \u00a0\u202f.,;:«»“”„‟\"'‘’<>`"


def sheet(name: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for code in ("fr", "en"):
        path = CASES / code / f"{name}.toml"
        found += [(code, case) for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    return found


def plain(words: str) -> str:
    return " | ".join(part.strip(ENDS) for part in words.split("|"))


def said(reader: Reader, code: str, text: str) -> list[list[str]]:
    page, found = statements(reader, code, text)
    return [[s.kind, s.speaker_text or "", plain(" | ".join(page.words(part) for part in s.parts))] for s in found]


def test_the_sheet_of_typography_is_long_enough() -> None:
    assert len(sheet("typography")) >= 80


@pytest.mark.model
@pytest.mark.parametrize(("code", "case"), sheet("typography"), ids=lambda v: v if isinstance(v, str) else v["text"][:50])
def test_a_quotation_is_read_in_any_typography(reader: Reader, code: str, case: dict[str, Any]) -> None:
    assert said(reader, code, case["text"]) == [[kind, who, plain(content)] for kind, who, content in case["says"]]


@pytest.mark.model
@pytest.mark.parametrize(("code", "case"), sheet("statements"), ids=lambda v: v if isinstance(v, str) else v["text"][:50])
def test_a_statement_is_read_with_its_speaker(reader: Reader, code: str, case: dict[str, Any]) -> None:
    page, found = statements(reader, code, case["text"])
    assert said(reader, code, case["text"]) == [[kind, who, plain(content)] for kind, who, content in case["says"]]
    if "via" in case:
        assert [link.text for link in found[0].via] == case["via"]
    if "force" in case:
        assert found[0].force == case["force"]
    for statement in found:
        assert page.words(statement.span).strip()
