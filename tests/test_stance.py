"""Modality: a sheet of sentences in each language, by how the event is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from recoupe.language import language
from recoupe.reading.events.frame_examples import Example
from recoupe.reading.events.frames import lexicon
from recoupe.reading.events.scan import scan
from recoupe.reading.events.stance import stance_rules
from recoupe.reading.parser import Parser

CASES = Path(__file__).parent / "cases"
RIGHT = 0.92


def read_modality(parser: Parser, code: str, text: str, offset: int) -> str:
    """The modality read of the event at an offset; what was seen instead where there is none."""
    seen = scan(parser.parse(text, language(code)), lexicon(code), stance_rules(code))
    at = [
        s for s in seen if s.candidate.trigger.start.idx <= offset < s.candidate.trigger.last.idx + len(s.candidate.trigger.last)
    ]
    return at[0].stance.modality if at else "not seen"


@pytest.mark.model
@pytest.mark.parametrize("code", ["fr", "en"])
def test_modality_sheet(parser: Parser, code: str) -> None:
    sheet = tomllib.loads((CASES / code / "modality.toml").read_text(encoding="utf-8"))
    wrong, n = [], 0
    for modality, sentences in sheet.items():
        for marked in sentences:
            example = Example.of(marked)
            read = read_modality(parser, code, example.text, example.trigger[0])
            n += 1
            if read != modality:
                wrong.append(f"{modality} read as {read}: {marked}")
    assert n - len(wrong) >= RIGHT * n, "\n".join(wrong)
