"""Violence, protest and their like in the 31 columns of ACLED, after its codebook; it holds no others, so they are left out.

Only what is told as done is coded. Deaths follow ACLED's conservative rule, here alone: the lowest count that stands, 0 where
none is told; what else is said of them goes to `notes`. ACLED names armed groups from its own lists, which are not known here:
actors bear the names that the dispatches give them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from pycountry import countries

from recoupe.export.bundle import Bundle
from recoupe.export.coded import Coded, coded
from recoupe.export.csv import write_table
from recoupe.export.tables import Row, Table, joined
from recoupe.model import Actor
from recoupe.tables import read_table
from recoupe.views.countries import country_name

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
CIVILIANS = "Civilians"
PROTESTERS = {"Protests": "Protesters", "Riots": "Rioters"}
GEO_PRECISION = {"exact": 1, "vicinity": 2, "region": 3, "country": 3}


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes one row an event that ACLED holds."""
    rows = (acled_row(bundle, row) for row in coded(bundle))
    write_table(Table("acled", COLUMNS, tuple(row for row in rows if row)), out)


def acled_row(bundle: Bundle, row: Coded) -> Row | None:
    """The 31 cells, or None for what ACLED does not hold: another type, not done, without a day or a country."""
    country = (row.place.country if row.place else None) or row.occurrence.country
    kinds = _kinds(row, country)
    if kinds is None or row.event.modality != "asserted" or not row.occurrence.start or not country:
        return None
    event, sub_event = kinds
    start, end = (dt.date.fromisoformat(d[:10]) for d in (row.occurrence.start, row.occurrence.end or row.occurrence.start))
    first, second = PROTESTERS.get(event) or _inter(row.actors, country), _inter(row.recipients, country)
    if event == "Violence against civilians":
        second = CIVILIANS
    place, published = row.place, (row.main.reading.dispatch.published or "")[:10]
    found = countries.get(alpha_3=country)
    return (
        row.occurrence.id, start, start.year, _time_precision(start, end), _table()["disorder"][event], event, sub_event,
        *_actor(row.actors), first, *_actor(row.recipients), second, "-".join(i for i in (first, second) if i),
        "Civilian targeting" if second == CIVILIANS and event != "Protests" else None,
        int(found.numeric) if found else None, _region(country), country_name(country, "en"), place.admin1 if place else None,
        None, None, place.name if place else row.occurrence.place, place.lat if place else None, place.lon if place else None,
        GEO_PRECISION.get(place.precision or "") if place else None,
        joined(dict.fromkeys(bundle.outlet(t.report.dispatch) for t in row.tellings)), None, _notes(row),
        min(row.counts.get("dead", ()), default=0), None, published or None,
    )  # fmt: skip


def _kinds(row: Coded, country: str | None) -> tuple[str, str] | None:
    kind, mode = row.event.type, row.event.mode or ""
    if kind == "ASSAULT":
        armed = all(_inter(side, country) not in ("", CIVILIANS) for side in (row.actors, row.recipients))
        coded_as = _table()["assault"]
        name = mode if mode in coded_as else "battle" if armed else "attack"
        return tuple(coded_as[name])
    found = _table()["other"].get(f"{kind}-{mode}") or _table()["other"].get(kind)
    return tuple(found) if found else None


def _inter(actors: Iterable[Actor], country: str | None) -> str:
    """What kind of actor ACLED takes the first of them for. Forces of one state in another are external."""
    actor = next(iter(actors), None)
    if actor is None:
        return ""
    if actor.kind == "armed_group":
        return "Rebel group"
    kind: str = next((_table()["inter"][s] for s in actor.sectors if s in _table()["inter"]), CIVILIANS)
    if actor.kind == "state" and not actor.sectors:
        kind = "State forces"
    abroad = kind == "State forces" and actor.country and country and actor.country != country
    return "External/Other forces" if abroad else kind


def _actor(actors: tuple[Actor, ...]) -> tuple[str | None, str | None]:
    names = [f"{a.name} ({country_name(a.country, 'en')})" if a.country else a.name for a in actors]
    return (names[0] if names else None, joined(names[1:]) or None)


def _time_precision(start: dt.date, end: dt.date) -> int:
    """1: the day; 2: within a week; 3: within a month or more."""
    return 1 if start == end else 2 if (end - start).days < 8 else 3


def _notes(row: Coded) -> str:
    said = [row.occurrence.summary]
    deaths = row.counts.get("dead", ())
    if len(set(deaths)) > 1:
        said.append(f"Deaths told: {', '.join(str(n) for n in sorted(set(deaths)))}; the lowest is coded.")
    if row.occurrence.status == "contested":
        said.append("Denied by one of the sources.")
    said.append(f"{row.occurrence.independent_sources} independent source(s).")
    return " ".join(said)


def _region(country: str) -> str | None:
    return next((name for name, codes in _table()["regions"].items() if country in codes), None)


@cache
def _table() -> dict[str, Any]:
    return read_table(files(__package__) / "acled.toml", "export/acled.toml")
