"""What users rely on in statements, whatever the text: nothing raises, one text gives one reading, spans and links hold."""

from __future__ import annotations

import pytest

from recoupe.intake import take
from recoupe.model import Reading
from recoupe.reading.pipeline import Reader

TEXTS = [
    ("fr", ""),
    ("fr", "   \n\n  "),
    ("fr", "😀😀 « 😀 », dit 😀."),
    ("fr", "« « « » » » \" ' ’ << >> — : ; selon"),
    ("fr", "selon"),
    ("fr", "Le maire affirme que"),
    ("fr", "« Le pont est fermé », a-t-il dit. " * 40),
    ("en", "according to"),
    ("en", "said said said, \"said\" said he said"),
    ("en", "北京 said \"好\" and مرحبا told Reuters."),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("lang", "text"), TEXTS)
def test_any_text_is_read_twice_alike(reader: Reader, lang: str, text: str) -> None:
    dispatch = take({"id": "t", "lang": lang, "text": text, "published": "2024-05-02"})
    assert reader.read(dispatch).statements == reader.read(dispatch).statements


@pytest.fixture(scope="module")
def reading(reader: Reader) -> Reading:
    text = (
        "Le général Paul Renard a déclaré mardi à l'AFP que la base serait rendue en août. "
        "« Nous partirons à l'heure », a-t-il ajouté. « Tout est prêt. »\n\n"
        "Le ministre affirme que le maire a déclaré que le pont était sûr. "
        "Selon une source sécuritaire, deux soldats ont été blessés. Les rebelles et l'armée assurent que la trêve tient."
    )
    row = {"id": "t", "lang": "fr", "title": "Le pont est fermé, dit le maire", "text": text, "published": "2024-05-02"}
    return reader.read(take(row))


@pytest.mark.model
def test_spans_hold_their_parts_and_ids_are_in_order(reading: Reading) -> None:
    assert [s.id for s in reading.statements] == [f"s{n}" for n in range(1, len(reading.statements) + 1)]
    for statement in reading.statements:
        where = reading.dispatch.title if statement.in_ == "title" else reading.dispatch.text
        assert 0 <= statement.span[0] <= statement.parts[0][0] < statement.parts[-1][1] <= statement.span[1] <= len(where)
        assert statement.rule.startswith("statements.fr.")
        if statement.speaker_span:
            assert where[slice(*statement.speaker_span)] == statement.speaker_text


@pytest.mark.model
def test_a_statement_within_a_statement_names_its_parent(reading: Reading) -> None:
    (inner,) = [s for s in reading.statements if s.speaker_text == "le maire" and s.in_ == "text"]
    (outer,) = [s for s in reading.statements if s.id == inner.parent]
    assert outer.speaker_text == "Le ministre"


@pytest.mark.model
def test_a_quotation_after_a_quotation_keeps_the_speaker(reading: Reading) -> None:
    said = {reading.dispatch.text[slice(*s.span)]: s for s in reading.statements if s.kind == "direct" and s.in_ == "text"}
    assert said["Tout est prêt."].speaker_text == said["Nous partirons à l'heure"].speaker_text == "il"
    assert said["Tout est prêt."].basis["speaker"] == "discourse"


@pytest.mark.model
def test_an_agency_that_was_told_passes_it_on(reading: Reading) -> None:
    first = next(s for s in reading.statements if s.in_ == "text")
    assert [link.text for link in first.via] == ["l'AFP"]
    assert first.time is not None


@pytest.mark.model
def test_two_speakers_are_both_kept(reading: Reading) -> None:
    last = reading.statements[-1]
    assert last.speaker_text == "Les rebelles et l'armée"
    assert last.speaker is None


@pytest.mark.model
def test_the_headline_is_read_too(reading: Reading) -> None:
    assert [s.in_ for s in reading.statements].count("title") == 1
