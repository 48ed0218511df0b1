"""Places told loosely: «le nord du Mali», «à 30 km de Gao», «la frontière avec le Bénin», «la base de Niamey».

What stands before a name widens its span and says how near the point is. A point is moved only where a distance and a
bearing, or a part of a country, are stated; its precision says no more than the words do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from typing import Any

from msgspec.structs import replace

from recoupe.language import language
from recoupe.model import Place
from recoupe.reading.gazetteer import gazetteer
from recoupe.reading.names.words import words
from recoupe.reading.page import Page

BACK = 90
KM_A_DEGREE = 111.2
MILE = 1.609
RULES = ("distance", "near", "outside", "border", "facility", "inside")


@dataclass(frozen=True, slots=True)
class Vague:
    """One rule: what it is called and what stands before the name."""

    name: str
    before: re.Pattern[str]


@cache
def rules(code: str) -> tuple[tuple[Vague, ...], dict[str, float]]:
    """The rules of a language, the most telling first, and its bearings in degrees."""
    table = language(code).table("places")
    return tuple(Vague(n, re.compile(table["vague"][n]["before"], re.I)) for n in RULES), table["bearings"]


def widen(page: Page, place: Place, main: str | None) -> Place:
    """The place as the words before its name widen it; unchanged where none does. main: the country that the page talks of."""
    vague, bearings = rules(page.language.code)
    start = place.span[0]
    text = words(page.doc).text
    before = text[max(0, start - BACK, text.rfind("\n", 0, start) + 1) : start]
    for rule in vague:
        found = rule.before.search(before)
        if found and _fits(rule.name, place):
            return _widened(page, place, rule.name, found, bearings, main)
    return place


def _fits(rule: str, place: Place) -> bool:
    wide = place.kind in ("country", "admin", "region")
    if rule == "inside":
        return wide
    if rule == "border":
        return place.kind == "country"
    return not wide or rule == "near" or (rule in ("distance", "facility") and place.kind == "admin")


def _widened(page: Page, place: Place, rule: str, found: re.Match[str], bearings: dict[str, float], main: str | None) -> Place:
    said = found.groupdict()
    start = place.span[0] - (len(said["span"]) if said.get("span") else 0)
    span = (start, place.span[1])
    bearing = bearings.get((said.get("bearing") or "").lower())
    changes: dict[str, Any] = {"span": span, "text": page.words(span), "rule": f"places.{page.language.code}.{rule}"}
    if rule == "near":
        changes |= {"precision": "vicinity"} if place.lat is not None and place.kind == "city" else {}
    elif rule == "facility":
        changes |= {"kind": "facility", "name": page.words(span), "geonames": None}
        changes |= {"precision": "vicinity"} if place.lat is not None else {}
    elif rule == "border":
        other = main if main and main != place.country else None
        country = other if said.get("with") else place.country
        changes |= {
            "kind": "region",
            "country": country,
            "lat": None,
            "lon": None,
            "precision": "region",
            "name": page.words(span),
        }
        changes |= {"geonames": None, "basis": {"country": "discourse"} if country and said.get("with") else {}}
    elif rule == "inside":
        changes |= {"kind": "region", "precision": "region", "name": page.words(span), "geonames": None}
        changes |= _part(place, said["bearing"], bearings) if place.kind == "country" and place.country else {}
    else:
        changes |= {"kind": "region", "precision": "vicinity" if place.lat is not None else None, "geonames": None}
        changes |= _moved(place, said.get("km"), bearing, "mi" in found[0])
    return replace(place, **changes)


def _moved(place: Place, km: str | None, bearing: float | None, miles: bool) -> dict[str, float]:
    """The point so many kilometres off, where both distance and bearing are stated."""
    digits = re.sub(r"[ .,]", "", km or "")
    if bearing is None or not digits.isdigit() or place.lat is None or place.lon is None or int(digits) > 1500:
        return {}
    off = int(digits) * (MILE if miles else 1.0) / KM_A_DEGREE
    lat = place.lat + off * cos(radians(bearing))
    lon = place.lon + off * sin(radians(bearing)) / max(0.2, cos(radians(place.lat)))
    return {"lat": round(lat, 2), "lon": round(lon, 2)}


def _part(place: Place, bearing: str, bearings: dict[str, float]) -> dict[str, float]:
    """The middle of a part of a country: half-way from the middle of its towns to their edge, in that direction."""
    extent = gazetteer().extent(place.country or "")
    if extent is None:
        return {}
    south, west, north, east = extent
    degrees = next((d for word, d in bearings.items() if bearing.lower().endswith(word)), None)
    lat, lon = (south + north) / 2, (west + east) / 2
    if degrees is not None:
        lat += cos(radians(degrees)) * (north - south) / 4
        lon += sin(radians(degrees)) * (east - west) / 4
    return {"lat": round(lat, 2), "lon": round(lon, 2)}
