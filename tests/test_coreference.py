"""Coreference over a dispatch: the sheet of tests/cases/{fr,en}/coreference.toml, and what must hold whatever the text."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path

import pytest

from actors_help import Staged, staged

CASES = Path(__file__).parent / "cases"
RIGHT, WRONG = 0.85, 0.05


def sheet() -> list[tuple[str, str, str, str, str]]:
    rows = []
    for lang in ("fr", "en"):
        table = tomllib.loads((CASES / lang / "coreference.toml").read_text(encoding="utf-8"))
        rows += [(lang, kind, *case) for kind, cases in table.items() for case in cases]
    return rows


def judge(staged: Staged, text: str, mention: str, antecedent: str) -> str:
    """right, wrong (linked to someone else or where nobody may be) or missed (left open)."""
    found = staged.actor(text.rindex(mention), len(mention))
    if antecedent:
        expected = staged.actor(text.index(antecedent), len(antecedent))
        if found is not None and found == expected:
            return "right"
        return "missed" if found is None or staged.first(found) > text.rindex(mention) else "wrong"
    return "right" if found is None or staged.first(found) > text.rindex(mention) else "wrong"


def test_the_sheet_is_large_and_a_third_of_it_abstains() -> None:
    rows = sheet()
    assert len(rows) >= 120
    assert sum(not antecedent for *_, antecedent in rows) >= 0.3 * len(rows)


@pytest.fixture
def stage(reader):  # type: ignore[no-untyped-def]
    return partial(staged, reader)


@pytest.mark.model
def test_sheet(stage) -> None:  # type: ignore[no-untyped-def]
    verdicts = {
        (lang, kind, text, mention): judge(stage(text, lang), text, mention, antecedent)
        for lang, kind, text, mention, antecedent in sheet()
    }
    right = [case for case, verdict in verdicts.items() if verdict == "right"]
    wrong = [case for case, verdict in verdicts.items() if verdict == "wrong"]
    missed = [case for case, verdict in verdicts.items() if verdict == "missed"]
    assert len(right) >= RIGHT * len(verdicts), (len(right), len(verdicts), missed, wrong)
    assert len(wrong) <= WRONG * len(verdicts), wrong


@pytest.mark.model
def test_the_police_of_the_news_is_not_that_of_another_country(stage) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Des manifestants ont défilé samedi en France. La police a arrêté dix personnes. La police française se dit prête. "
        "À Bruxelles, la police belge a interpellé vingt manifestants."
    )
    read = stage(text, "fr")
    assert read.named("La police a") == read.named("police française") != read.named("police belge")
