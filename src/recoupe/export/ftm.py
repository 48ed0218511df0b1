"""FollowTheMoney entities, one a line: an Event for each occurrence, an Article for each dispatch, people and bodies, and a
Mention of each where it is named. An Event's `proof` are the Articles it rests on: every line leads back to a text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec
from pycountry import countries

from recoupe.export.bundle import Bundle
from recoupe.export.coded import coded
from recoupe.model import Actor, Reading
from recoupe.views.safe import one_line

SCHEMA = {"person": "Person", "state": "PublicBody", "organisation": "Organization", "armed_group": "Organization"}
Entity = dict[str, Any]


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes each entity once, articles before what they prove."""
    seen: set[str] = set()
    for entity in _entities(bundle):
        if entity["id"] not in seen:
            seen.add(entity["id"])
            out.write(msgspec.json.encode(entity) + b"\n")


def _entities(bundle: Bundle) -> Iterator[Entity]:
    for name, reading in bundle.readings.items():
        yield _article(name, reading)
        for actor in reading.actors:
            if _named(actor):
                yield _party(actor)
                yield _mention(name, actor)
    for row in coded(bundle):
        told = row.occurrence
        yield _entity(
            "Event", told.id, name=[told.summary], summary=[bundle.words(t.report) for t in row.tellings],
            startDate=[told.start], endDate=[told.end], location=[told.place], country=[_iso2(told.country)],
            organizer=[_key(a) for a in row.actors if _named(a)], involved=[_key(a) for a in row.recipients if _named(a)],
            keywords=[told.type, told.mode, told.status], proof=[_article_id(t.report.dispatch) for t in row.tellings],
            publisher=[bundle.outlet(t.report.dispatch) for t in row.tellings],
            sourceUrl=[t.reading.dispatch.url for t in row.tellings],
        )  # fmt: skip


def _article(name: str, reading: Reading) -> Entity:
    d = reading.dispatch
    return _entity(
        "Article", _article_id(name), title=[d.title or " ".join(d.text[:80].split())], bodyText=[d.text],
        language=[_iso639(d.lang)], publishedAt=[(d.published or "")[:10]], publisher=[d.outlet or d.agency], sourceUrl=[d.url],
    )  # fmt: skip


def _party(actor: Actor) -> Entity:
    person = actor.kind == "person"
    return _entity(
        SCHEMA[actor.kind], _key(actor), name=[actor.name], country=[_iso2(actor.country)],
        title=[actor.title if person else None], position=[actor.role if person else None],
    )  # fmt: skip


def _mention(dispatch: str, actor: Actor) -> Entity:
    return _entity(
        "Mention", f"{_article_id(dispatch)}-{actor.id}", name=[actor.name], document=[_article_id(dispatch)],
        resolved=[_key(actor)], detectedSchema=[SCHEMA[actor.kind]], contextCountry=[_iso2(actor.country)],
    )  # fmt: skip


def _entity(schema: str, key: str, /, **properties: Iterable[str | None]) -> Entity:
    kept = {name: list(dict.fromkeys(one_line(v) for v in values if v)) for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _named(actor: Actor) -> bool:
    return actor.kind in SCHEMA


def _key(actor: Actor) -> str:
    """One id for one name of one kind and country: namesakes of one country are one, as in the ledger's ties."""
    return "a" + hashlib.sha256(f"{actor.kind}|{actor.country}|{actor.name}".encode()).hexdigest()[:12]


def _article_id(dispatch: str) -> str:
    return f"d{dispatch}"


def _iso2(iso3: str | None) -> str | None:
    found = countries.get(alpha_3=iso3) if iso3 else None
    return found.alpha_2.lower() if found else None


def _iso639(code: str) -> str:
    return {"fr": "fra", "en": "eng"}.get(code, code)
