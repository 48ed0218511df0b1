"""Events as the PLOVER manual writes them: one JSON object a line, its field names, its codes for what is planned or demanded.

An event whose type PLOVER leaves out (what nobody says happened) is left out. The text of a dispatch is not written: only the
words that the event rests on.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from recoupe.export.bundle import Bundle
from recoupe.export.coded import Coded, Telling, coded
from recoupe.model import Actor, Place
from recoupe.ontology import coded_as, types
from recoupe.views.countries import country_name

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
RESOLUTION = {"exact": 4, "vicinity": 3, "region": 2, "country": 1}
FEATURE_CLASS = {"city": "P", "admin": "A", "country": "A", "region": "L", "facility": "S", "water": "H"}


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes one line an event."""
    for row in coded(bundle):
        made = plover_event(bundle, row)
        if made is not None:
            out.write(msgspec.json.encode(made) + b"\n")


def plover_type(row: Coded) -> str | None:
    """The type that PLOVER codes, or None where it codes nothing."""
    return coded_as(row.event.type, row.event.modality, agreed=row.event.object is not None)


def quad_code(kind: str) -> int:
    """1 verbal cooperation … 4 material conflict."""
    return QUADS.index(types()[kind].quad) + 1


def plover_event(bundle: Bundle, row: Coded) -> dict[str, Any] | None:
    kind = plover_type(row)
    if kind is None:
        return None
    occurrence, event = row.occurrence, row.event
    same = kind == event.type
    made: dict[str, Any] = {
        "id": occurrence.id,
        "date": occurrence.start or _published(row.main),
        "enddate": occurrence.end,
        "actor": [_entity(actor) for actor in row.actors] or [{"code": None}],
        "recipient": [_entity(actor) for actor in row.recipients],
        "event": [kind],
        "event_loc": location(row.place) if row.place else None,
        "event_text": list(dict.fromkeys(bundle.words(t.report) for t in row.tellings)),
        "quad_code": quad_code(kind),
        "event_scale": types()[kind].score,
        "mode": [event.mode] if event.mode and same else [],
        "context": list(event.contexts),
        "link": occurrence.story,
        "size": {name: values[0] for name, values in row.counts.items() if values},
        "text_info": {"start": event.evidence[0], "end": event.evidence[1]},
        "cite_info": _citation(row.main),
        "coder": f"recoupe {row.main.reading.reader.version}",
        "comment": f"{occurrence.status}; {event.modality}; {occurrence.independent_sources} independent source(s)",
    }
    return {name: value for name, value in made.items() if value not in (None, [], {})}


def _entity(actor: Actor) -> dict[str, Any]:
    made = {"code": actor.country, "sector": actor.sectors[0] if actor.sectors else None, "entity_text": actor.name}
    return {name: value for name, value in (made | {"office": actor.role or actor.title}).items() if value}


def location(place: Place) -> dict[str, Any]:
    """The manual's location object."""
    country = country_name(place.country, "en") if place.country else None
    made = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.kind == "city" else None,
        "province": place.admin1,
        "country": country,
        "country_code": place.country,
        "feature_class": FEATURE_CLASS[place.kind],
        "resolution": RESOLUTION.get(place.precision or ""),
    }
    return {name: value for name, value in made.items() if value is not None}


def _citation(telling: Telling) -> dict[str, Any]:
    dispatch = telling.reading.dispatch
    made = {
        "citation": dispatch.id,
        "url": dispatch.url,
        "title": dispatch.title,
        "language": dispatch.lang,
        "publication": dispatch.outlet or dispatch.agency,
        "codebook": "PLOVER",
    }
    return {name: value for name, value in made.items() if value}


def _published(telling: Telling) -> str | None:
    published = telling.reading.dispatch.published
    return published[:10] if published else None
