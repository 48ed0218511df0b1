"""Who did what to whom and when: a sheet of sentences in each language, by construction.

Written before the rules that it measures; some lines are beyond them, so a share is asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from recoupe.intake import take
from recoupe.model import Event, Reading, Span
from recoupe.reading.events.frame_examples import Example
from recoupe.reading.pipeline import Reader

CASES = Path(__file__).parent / "cases"
PUBLISHED = "2024-07-25"
RIGHT = {"fr": 0.72, "en": 0.70}
QUIET = 0.75


@dataclass(frozen=True)
class Line:
    """One line of the sheet. when: first and last day, where the text says so."""

    type: str
    example: Example
    when: tuple[str, str] | None

    @classmethod
    def of(cls, written: str) -> Line:
        type_, _, rest = written.partition(": ")
        day = re.search(r" @ (\S+)", rest)
        if day is None:
            return cls(type_, Example.of(rest), None)
        first, _, last = day[1].partition("/")
        return cls(type_, Example.of(rest.replace(day[0], "")), (first, last or first))


def lines(code: str) -> Iterator[tuple[str, str]]:
    """The lines of a sheet with the construction that each shows."""
    sheet = tomllib.loads((CASES / code / "arguments.toml").read_text(encoding="utf-8"))
    return ((name, line) for name, written in sheet.items() for line in written)


def read(reader: Reader, text: str, code: str) -> Reading:
    return reader.read(take({"lang": code, "text": text, "published": PUBLISHED}))


def named(reading: Reading, ids: tuple[str, ...], spans: tuple[Span, ...]) -> bool:
    """Whether the actors are those of the marked spans, and no others."""
    mentions = [m for actor in reading.actors if actor.id in ids for m in actor.mentions]
    return len(ids) == len(spans) and all(any(a <= m[0] < b or a < m[1] <= b for m in mentions) for a, b in spans)


def faults(line: Line, reading: Reading) -> list[str]:
    """What is not read as the line marks it."""
    start, end = line.example.trigger
    here = [e for e in reading.events if any(a < end and start < b for a, b in (e.trigger, *e.mentions))]
    event: Event | None = next((e for e in here if e.type == line.type), None)
    if event is None:
        return [f"type {[e.type for e in here]}"]
    found = [] if named(reading, event.actors, line.example.actors) else ["actors"]
    found += [] if named(reading, event.recipients, line.example.recipients) else ["recipients"]
    found += [] if event.modality == line.example.modality else [event.modality]
    if line.when is not None and ((event.start or "")[:10], (event.end or "")[:10]) != line.when:
        found.append(f"{event.start} to {event.end}")
    return found


@pytest.mark.model
@pytest.mark.parametrize("code", ["fr", "en"])
def test_sheet_of_arguments(reader: Reader, code: str) -> None:
    wrong, n = [], 0
    for name, written in lines(code):
        if name == "none":
            continue
        line = Line.of(written)
        n += 1
        if found := faults(line, read(reader, line.example.text, code)):
            wrong.append(f"{name}: {written} read with {', '.join(found)}")
    assert n - len(wrong) >= RIGHT[code] * n, "\n".join(wrong)


@pytest.mark.model
@pytest.mark.parametrize("code", ["fr", "en"])
def test_sheet_of_no_events(reader: Reader, code: str) -> None:
    quiet = [line for name, line in lines(code) if name == "none"]
    told = [line for line in quiet if read(reader, line, code).events]
    assert len(quiet) - len(told) >= QUIET * len(quiet), "\n".join(told)


SPOKEN = [
    ("fr", "La Cédéao a exigé mardi la libération du président.", "REQUEST", "RETREAT"),
    ("fr", "Le colonel a menacé de bombarder la capitale.", "THREATEN", "ASSAULT"),
    ("fr", "Le Mali accuse l'Algérie d'avoir abattu un drone.", "ACCUSE", "ASSAULT"),
    ("fr", "Le Rwanda a démenti avoir envoyé des soldats au Congo.", "REJECT", "MOBILIZE"),
    ("fr", "L'Union africaine a condamné l'arrestation de l'opposant.", "ACCUSE", "COERCE"),
    ("en", "The council demanded the release of the president.", "REQUEST", "RETREAT"),
    ("en", "Chad accused Sudan of bombing a border town.", "ACCUSE", "ASSAULT"),
    ("en", "The colonel threatened to attack the capital.", "THREATEN", "ASSAULT"),
]


@pytest.mark.model
@pytest.mark.parametrize(("code", "text", "speech", "content"), SPOKEN)
def test_the_content_of_an_act_of_words_knows_it(reader: Reader, code: str, text: str, speech: str, content: str) -> None:
    events = {e.type: e for e in read(reader, text, code).events}
    assert events[content].parent == events[speech].id
    assert events[speech].parent is None


@pytest.mark.model
def test_what_merely_follows_an_act_of_words_is_not_its_content(reader: Reader) -> None:
    events = read(reader, "L'ONU a condamné le putsch. Des rebelles ont attaqué la ville lundi.", "fr").events
    assert all(e.parent is None for e in events if e.type == "ASSAULT")


@pytest.mark.model
@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "Kinshasa accuse le Rwanda d'avoir bombardé un camp de réfugiés, ce que Kigali dément."),
        ("fr", "Le Mali accuse l'Ukraine d'avoir attaqué un convoi. L'Ukraine a rejeté ces accusations."),
        ("en", "Chad accused Sudan of bombing a border town. Sudan denied the accusation."),
    ],
)
def test_what_the_accused_deny_is_denied_by_them(reader: Reader, code: str, text: str) -> None:
    reading = read(reader, text, code)
    deed = next(e for e in reading.events if e.type == "ASSAULT")
    charge = next(e for e in reading.events if e.type == "ACCUSE")
    assert deed.modality == "denied"
    assert deed.denied_by == charge.recipients
    assert charge.modality == "asserted"


@pytest.mark.model
def test_what_others_deny_is_not_denied_by_the_accused(reader: Reader) -> None:
    text = "Kinshasa accuse le Rwanda d'avoir bombardé un camp. Le Burundi a démenti toute implication."
    deed = next(e for e in read(reader, text, "fr").events if e.type == "ASSAULT")
    assert deed.denied_by == ()


@pytest.mark.model
@pytest.mark.parametrize(
    ("code", "text", "parts"),
    [
        ("fr", "Les rebelles se sont retirés de Bukavu lundi.", {"Bukavu": "from"}),
        ("fr", "L'armée a envoyé des renforts vers Bukavu.", {"Bukavu": "to"}),
        ("fr", "Des hommes armés ont attaqué un marché à Bamako.", {"Bamako": "at"}),
        ("en", "Rebels withdrew their forces from Goma on Monday.", {"Goma": "from"}),
        ("en", "The army sent troops to Bukavu.", {"Bukavu": "to"}),
        ("en", "Gunmen attacked a market in Bamako.", {"Bamako": "at"}),
    ],
)
def test_places_have_their_part(reader: Reader, code: str, text: str, parts: dict[str, str]) -> None:
    reading = read(reader, text, code)
    name = {place.id: place.text for place in reading.places}
    assert {name[p.id]: p.role for e in reading.events for p in e.places} == parts


@pytest.mark.model
def test_the_day_of_an_announcement_is_not_that_of_the_deed(reader: Reader) -> None:
    events = read(reader, "Le Kenya a annoncé mardi le retrait de ses troupes de Somalie.", "fr").events
    retreat = next(e for e in events if e.type == "RETREAT")
    assert retreat.modality == "planned"
    assert retreat.start is None
    assert [t.role for t in retreat.times] == ["announced"]
