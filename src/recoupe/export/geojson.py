"""Occurrences on a map (RFC 7946): one point each, WGS 84, longitude first. What has no coordinates is a feature without a
geometry, as the standard allows, so that nothing is lost; `precision` says how exact the point is.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from recoupe.export.bundle import Bundle
from recoupe.export.coded import Coded, coded


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes one feature collection."""
    collection = {"type": "FeatureCollection", "features": [_feature(bundle, row) for row in coded(bundle)]}
    out.write(msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n")


def _feature(bundle: Bundle, row: Coded) -> dict[str, Any]:
    place, told = row.place, row.occurrence
    return {
        "type": "Feature",
        "id": told.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None,
        "properties": {
            "summary": told.summary,
            "type": told.type,
            "mode": told.mode,
            "status": told.status,
            "actors": list(told.actors),
            "recipients": list(told.recipients),
            "place": place.name if place else told.place,
            "country": (place.country if place else None) or told.country,
            "precision": place.precision if place else None,
            "start": told.start,
            "end": told.end,
            "dead": list(row.counts.get("dead", ())),
            "independent_sources": told.independent_sources,
            "outlets": list(dict.fromkeys(bundle.outlet(t.report.dispatch) for t in row.tellings)),
            "words": bundle.words(row.main.report),
        },
    }
