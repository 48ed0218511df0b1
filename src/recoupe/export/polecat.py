"""Events in the 40 columns of POLECAT (Halterman et al., Harvard Dataverse AJGVIT), tab-separated.

What POLECAT gets from Wikipedia (names and ids of actors) and the codes of the Correlates of War are left empty: nothing here
knows them. Columns of several values are joined by «;». Rows are as POLECAT's: one an event, codes as the PLOVER manual has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from recoupe import __version__
from recoupe.export.bundle import Bundle
from recoupe.export.coded import Coded, coded
from recoupe.export.csv import write_table
from recoupe.export.plover import FEATURE_CLASS, plover_type, quad_code
from recoupe.export.tables import Row, Table
from recoupe.model import Actor, NameKind, Reading
from recoupe.ontology import types


def _side(role: str) -> tuple[str, ...]:
    return (
        f"{role} Name", f"{role} Country", f"{role} COW", f"Primary {role} Sector", f"{role} Sectors", f"{role} Title",
        f"{role} Name Raw", f"Wikipedia {role} ID",
    )  # fmt: skip


COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", *_side("Actor"),
    *_side("Recipient"), "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes one row an event, in the order of the ledger."""
    rows = (polecat_row(row) for row in coded(bundle))
    write_table(Table("polecat", COLUMNS, tuple(row for row in rows if row)), out, delimiter="\t")


def polecat_row(row: Coded) -> Row | None:
    """The 40 cells, or None where PLOVER codes no event."""
    kind = plover_type(row)
    if kind is None:
        return None
    dispatch, place = row.main.reading.dispatch, row.place
    published = (dispatch.published or "")[:10] or None
    mode = row.event.mode if kind == row.event.type else None
    return (
        row.occurrence.id, row.occurrence.start or published, kind, mode, types()[kind].score, quad_code(kind),
        ";".join(row.event.contexts), *_cells(row.actors), *_cells(row.recipients),
        place.name if place else row.occurrence.place, place.name if place and place.kind == "city" else None, None,
        place.admin1 if place else None, (place.country if place else None) or row.occurrence.country,
        place.lat if place else None, place.lon if place else None, place.geonames if place else None,
        place.text if place else None, FEATURE_CLASS[place.kind] if place else None, dispatch.outlet or dispatch.agency,
        published, *(_names(row.main.reading, kind) for kind in ("person", "organisation", "place")), dispatch.lang,
        __version__,
    )  # fmt: skip


def _cells(actors: tuple[Actor, ...]) -> Row:
    countries = _each(a.country for a in actors)
    sectors = [sector for a in actors for sector in a.sectors]
    titles = _each(a.role or a.title for a in actors)
    names = _each(a.name for a in actors)
    return (names, countries, None, sectors[0] if sectors else None, _each(sectors), titles, names, None)


def _names(reading: Reading, kind: NameKind) -> str:
    return _each(name.text for name in reading.names if name.kind == kind)


def _each(values: Iterable[str | None]) -> str:
    return ";".join(dict.fromkeys(value for value in values if value))
