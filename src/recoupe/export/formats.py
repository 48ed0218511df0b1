"""The formats that a ledger is exported in, by name, and the one way into all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from recoupe.errors import ExportError

if TYPE_CHECKING:
    from recoupe.export.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Format:
    """One format. module: the file of this folder that writes it; suffix: of its files; text: whether it is text;
    options: what more it can be told."""

    name: str
    module: str
    suffix: str
    what: str
    text: bool = True
    options: tuple[str, ...] = ()


FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format("json", "json", ".json", "the whole ledger, as the contract of this program has it"),
        Format("csv", "csv", ".csv", "one table, for a spreadsheet", options=("table", "bom")),
        Format("xlsx", "xlsx", ".xlsx", "every table, one sheet each, for Excel", text=False),
        Format("parquet", "parquet", ".parquet", "one table, for pandas, R and databases", text=False, options=("table",)),
        Format("plover", "plover", ".jsonl", "events as the PLOVER manual writes them, one JSON object a line"),
        Format("polecat", "polecat", ".tsv", "events in the 40 columns of POLECAT, tab-separated"),
        Format("acled", "acled", ".csv", "violence, protest and their like in the 31 columns of ACLED"),
        Format("geojson", "geojson", ".geojson", "events on a map, for QGIS, uMap, Leaflet"),
        Format("timelinejs", "timelinejs", ".json", "a timeline for TimelineJS"),
        Format("ics", "ics", ".ics", "deadlines and dated events, for a calendar"),
        Format("gexf", "gexf", ".gexf", "who did what to whom as a graph, for Gephi"),
        Format("graphml", "graphml", ".graphml", "the same graph for yEd, Cytoscape, igraph"),
        Format("jsonld", "jsonld", ".jsonld", "every claim as a W3C Web Annotation of the words it rests on"),
        Format("ftm", "ftm", ".ftm.json", "FollowTheMoney entities, for Aleph and OpenSanctions tools, one a line"),
    )
}


class Writer(Protocol):
    """What each module of a format holds."""

    def write(self, bundle: Bundle, out: BinaryIO, **options: Any) -> None: ...


def export(bundle: Bundle, form: str, out: BinaryIO, **options: Any) -> None:
    """Writes a ledger in a format. options: those that the format takes; None is as if it were not given.

    Raises ExportError where there is no such format, it takes no such option, or a package that it needs is absent.
    """
    row = FORMATS.get(form)
    if row is None:
        raise ExportError(f"there is no format {form!r}; these are: {', '.join(FORMATS)}")
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        if name not in row.options:
            takers = ", ".join(f.name for f in FORMATS.values() if name in f.options)
            raise ExportError(f"{form} takes no --{name}; {takers} does" if takers else f"{form} takes no {name!r}")
    try:
        module = cast(Writer, import_module(f"recoupe.export.{row.module}"))
    except ModuleNotFoundError as error:
        raise ExportError(f"{form} needs the package {error.name!r}: pip install {error.name}") from error
    module.write(bundle, out, **given)
