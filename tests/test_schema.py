"""Readings are what `recoupe schema` says they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from recoupe.intake.sources import Collector
from recoupe.intake.take import take
from recoupe.ledger import Ledger
from recoupe.model import Dispatch, Reading
from recoupe.reading.pipeline import Reader
from recoupe.schema import reading_schema

EXAMPLES = Path(__file__).parent.parent / "examples" / "niger-2024"
SCHEMA = reading_schema()


@pytest.fixture(scope="module")
def validate() -> Callable[[Any], None]:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return lambda value: validator.validate(json.loads(msgspec.json.encode(value)))


def test_the_schema_in_the_docs_is_the_one_printed() -> None:
    kept = json.loads((Path(__file__).parent.parent / "docs" / "reading.schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(msgspec.json.encode(SCHEMA)), "run `make docs`"


def test_a_key_that_is_not_promised_is_refused() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert not validator.is_valid({"reader": {}, "dispatch": {}})
    assert set(SCHEMA["$defs"]["Reading"]["required"]) == set(Reading.__struct_fields__)


@pytest.mark.model
def test_the_examples(reader: Reader, validate: Callable[[Any], None]) -> None:
    for taken in Collector().collect([EXAMPLES]):
        assert isinstance(taken, Dispatch)
        validate(reader.read(taken))


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " \n", "😀", "Niamey", "12"])
def test_next_to_nothing(reader: Reader, validate: Callable[[Any], None], text: str) -> None:
    validate(reader.read(take({"text": text, "lang": "fr"})))


@pytest.mark.model
def test_a_reading_comes_back_from_json(reader: Reader) -> None:
    reading = reader.read(take({"text": "Le ministre a dit lundi que 12 soldats avaient quitté Niamey.", "lang": "fr"}))
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


@pytest.mark.model
def test_an_export_is_json(reader: Reader) -> None:
    with Ledger(":memory:", reader=reader) as ledger:
        for taken in Collector().collect([EXAMPLES]):
            assert isinstance(taken, Dispatch)
            ledger.add(taken)
        assert json.loads(msgspec.json.encode(ledger.export())) == ledger.export()
