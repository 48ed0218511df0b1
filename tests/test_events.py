"""Events of a whole dispatch: what users rely on, and that nothing raises."""

from __future__ import annotations

import pytest

from recoupe.intake import take
from recoupe.model import Event, Reading
from recoupe.reading.pipeline import Reader

ODD = ["", " \n\n ", "🙂🙂", "« « « »", "!?", "مرحبا بالعالم", "a" * 3000, "Retrait. " * 200, "1 2 3 4 morts"]


def read(reader: Reader, text: str, lang: str = "fr", title: str = "") -> Reading:
    return reader.read(take({"lang": lang, "text": text, "title": title, "published": "2024-07-25"}))


def by_type(reading: Reading, type_: str) -> list[Event]:
    return [e for e in reading.events if e.type == type_]


@pytest.mark.model
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("text", ODD)
def test_nothing_raises(reader: Reader, text: str, lang: str) -> None:
    read(reader, text, lang, title="Titre")


@pytest.mark.model
def test_a_toll_and_its_attack_are_one_event(reader: Reader) -> None:
    text = "Des hommes armés ont attaqué un village mardi. L'attaque a fait douze morts et trente blessés, selon la mairie."
    assert len(by_type(read(reader, text), "ASSAULT")) == 1


@pytest.mark.model
def test_a_demand_and_its_content_are_two_events(reader: Reader) -> None:
    events = read(reader, "L'ONU a exigé mardi la libération des otages.").events
    assert [(e.type, e.modality) for e in events] == [("REQUEST", "asserted"), ("RETREAT", "demanded")]


@pytest.mark.model
def test_a_headline_is_read_and_joins_the_body(reader: Reader) -> None:
    reading = read(reader, "La police a arrêté mardi trois opposants à Bamako.", title="Mali : trois opposants arrêtés")
    (event,) = by_type(reading, "COERCE")
    assert event.in_ == "text"
    assert event.title_mentions


@pytest.mark.model
def test_a_denial_keeps_who_denies(reader: Reader) -> None:
    events = read(reader, "Le Rwanda a démenti mardi avoir envoyé des soldats au Congo.").events
    denied = next(e for e in events if e.modality == "denied")
    assert denied.denied_by


@pytest.mark.model
def test_spans_lie_in_the_text_and_ids_are_in_order(reader: Reader) -> None:
    text = "Paris a retiré ses soldats du Niger. La junte avait dénoncé l'accord de défense. Les otages ont été libérés."
    events = read(reader, text).events
    assert [e.id for e in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    for event in events:
        assert 0 <= event.evidence[0] <= event.trigger[0] < event.trigger[1] <= event.evidence[1] <= len(text)
        assert event.rule.startswith("events.fr.")


@pytest.mark.model
def test_a_question_tells_no_event(reader: Reader) -> None:
    assert not read(reader, "L'armée a-t-elle bombardé la ville ?").events


@pytest.mark.model
def test_violence_without_a_doer_is_the_attackers_of_its_scene(reader: Reader) -> None:
    text = "Des hommes armés ont attaqué le village de Koro. Le maire de Bandiagara a été tué."
    events = by_type(read(reader, text), "ASSAULT")
    assert len(events) == 2
    assert events[0].actors
    assert {e.actors for e in events} == {events[0].actors}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Le putsch mené par le colonel Sanou a entraîné une crise.", "COERCE"),
        ("Peu après le scrutin, la junte a dénoncé l'accord de défense.", "SANCTION"),
    ],
)
def test_what_is_told_as_cause_or_sequel_takes_no_day_by_default(reader: Reader, text: str, type_: str) -> None:
    (event,) = by_type(read(reader, text), type_)
    assert event.start is None


@pytest.mark.model
def test_whose_decision_is_blamed_is_whom_the_blame_is_for(reader: Reader) -> None:
    reading = read(reader, "L'opposition a dénoncé la décision du gouvernement malien.")
    (event,) = by_type(reading, "ACCUSE")
    assert [a.country for a in reading.actors if a.id in event.recipients] == ["MLI"]
