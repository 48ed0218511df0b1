"""Where things happened, on Natural Earth's countries, which the package holds. No tile is ever asked for.

A place that is known to its country alone has no dot: its country is shaded. Dots that would touch are one, with their number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import cos, radians, sqrt
from typing import Any

WIDTH, HEIGHT = 640.0, 420.0
NEAR = 22.0  # dots closer than that are one
LEAST = 4.0  # degrees that a map shows at least
MARGIN = 0.22
WIDE = 40.0  # degrees; a wider map is drawn only where too much would be left out
KEPT = 0.6  # of what happened is on the map
BESIDE, BELOW = 70.0, 30.0  # room between two names
FINE = 0.4  # of a unit: points of an outline closer than that are one
RINGS = {"vicinity": 9.0, "region": 20.0}

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with what happened there. country: ISO 3166 alpha-3; precision: exact | vicinity | region | country."""

    name: str
    lat: float | None
    lon: float | None
    country: str | None
    precision: str
    count: int


@dataclass(frozen=True, slots=True)
class Dot:
    """Places that are one on the map. halo: how far off it may be, 0 where it is exact."""

    x: float
    y: float
    r: float
    halo: float
    names: tuple[str, ...]
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Land:
    """One country's outline. told: how many things are known to have happened somewhere in it."""

    code: str
    path: str
    told: int
    x: float
    y: float
    named: bool


@dataclass(frozen=True, slots=True)
class World:
    """The part of the world where most happened, in a box of WIDTH × HEIGHT. elsewhere: what lies far from it."""

    lands: tuple[Land, ...]
    dots: tuple[Dot, ...]
    elsewhere: tuple[Spot, ...] = ()
    width: float = WIDTH
    height: float = HEIGHT


@dataclass(frozen=True, slots=True)
class Shape:
    """A country's rings of (longitude, latitude), each with the box that holds it."""

    code: str
    rings: tuple[tuple[Ring, Box], ...]


def world(spots: Iterable[Spot]) -> World | None:
    """The map of these places, or None where none of them can be shown."""
    boxed = [(spot, box) for spot in spots if (box := _box_of(spot))]
    if not boxed:
        return None
    near = _most(boxed)
    view = _view([box for _, box in near])
    held = {spot for spot, _ in near}
    dots = _clusters([(s, *_project(box[0], box[1], view)) for s, box in near if _placed(s)])
    shaded = counted((s.country or "", s.count) for s in held if not _placed(s))
    lands: list[Land] = []
    for shape in shapes().values():
        parts = [ring for ring, box in shape.rings if _meet(box, view)]
        path = "".join(_path(ring, view) for ring in parts)
        if path:
            x, y, named = _label(shape, view, dots)
            clear = all(not land.named or abs(land.x - x) > BESIDE or abs(land.y - y) > BELOW for land in lands)
            lands.append(Land(shape.code, path, shaded.get(shape.code, 0), x, y, named and clear))
    return World(tuple(lands), dots, tuple(spot for spot, _ in boxed if spot not in held))


def counted(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sums by name."""
    sums: dict[str, int] = {}
    for name, count in pairs:
        sums[name] = sums.get(name, 0) + count
    return sums


def _placed(spot: Spot) -> bool:
    return spot.lat is not None and spot.lon is not None and spot.precision != "country"


def _box_of(spot: Spot) -> Box | None:
    """The degrees that a place takes: a point, or the largest part of its country."""
    if spot.lat is not None and spot.lon is not None and spot.precision != "country":
        return spot.lon, spot.lat, spot.lon, spot.lat
    shape = shapes().get(spot.country or "")
    return _largest(shape)[1] if shape else None


def _most(boxed: list[tuple[Spot, Box]]) -> list[tuple[Spot, Box]]:
    """Where most happened: while the map would be very wide, the place farthest from the middle is left to a list."""
    kept = list(boxed)
    total = sum(spot.count for spot, _ in kept)
    while len(kept) > 1:
        wide = max(b[2] for _, b in kept) - min(b[0] for _, b in kept)
        tall = max(b[3] for _, b in kept) - min(b[1] for _, b in kept)
        x, y = (_middle([(spot.count, (b[n] + b[n + 2]) / 2) for spot, b in kept]) for n in (0, 1))
        far = max(kept, key=lambda one: (_far(one[1], x, y), one[0].name))
        if max(wide, tall * 1.5) <= WIDE or sum(s.count for s, _ in kept) - far[0].count < total * KEPT:
            break
        kept.remove(far)
    return kept


def _far(box: Box, x: float, y: float) -> float:
    """How far the farthest edge of a box is."""
    return max(abs(box[0] - x), abs(box[2] - x)) + max(abs(box[1] - y), abs(box[3] - y))


def _middle(weighed: list[tuple[int, float]]) -> float:
    """The weighted median."""
    half, so_far = sum(weight for weight, _ in weighed) / 2, 0.0
    for weight, value in sorted(weighed, key=lambda one: one[1]):
        so_far += weight
        if so_far >= half:
            return value
    return weighed[-1][1]


def _view(boxes: Iterable[Box]) -> Box:
    """The box of degrees that is drawn: all of these, a margin, and the drawing's own proportions."""
    boxes = list(boxes)
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    middle, centre = (south + north) / 2, (west + east) / 2
    squeeze = max(cos(radians(middle)), 0.2)
    tall = max((north - south) * (1 + 2 * MARGIN), LEAST)
    wide = max((east - west) * (1 + 2 * MARGIN), LEAST)
    tall = min(max(tall, wide * squeeze * HEIGHT / WIDTH), 170.0)
    wide = tall * WIDTH / HEIGHT / squeeze
    return centre - wide / 2, middle - tall / 2, centre + wide / 2, middle + tall / 2


def _project(lon: float, lat: float, view: Box) -> tuple[float, float]:
    west, south, east, north = view
    return (lon - west) / (east - west) * WIDTH, (north - lat) / (north - south) * HEIGHT


def _clusters(located: list[tuple[Spot, float, float]]) -> tuple[Dot, ...]:
    """The most told first; each further place joins the dot that it would touch."""
    groups: list[tuple[float, float, list[Spot]]] = []
    for spot, x, y in sorted(located, key=lambda one: (-one[0].count, one[0].name)):
        near = next((g for g in groups if (g[0] - x) ** 2 + (g[1] - y) ** 2 < NEAR**2), None)
        if near:
            near[2].append(spot)
        else:
            groups.append((x, y, [spot]))
    dots = []
    for x, y, members in groups:
        count = sum(spot.count for spot in members)
        halo = min((RINGS.get(spot.precision, 0.0) for spot in members), default=0.0)
        names = tuple(dict.fromkeys(spot.name for spot in members))
        r = 4 + 2.2 * sqrt(count)
        label = names[0] + (f" +{len(names) - 1}" if len(names) > 1 else "")
        dots.append(Dot(round(x, 1), round(y, 1), round(r, 1), round(r + halo, 1) if halo else 0.0, names, count, label))
    return tuple(dots)


def _path(ring: Ring, view: Box) -> str:
    """An outline as SVG draws it, without the points that no one could tell apart; cut far outside the drawing."""
    drawn: list[tuple[float, float]] = []
    for lon, lat in ring:
        x, y = _project(lon, lat, view)
        x, y = min(max(x, -200.0), WIDTH + 200), min(max(y, -200.0), HEIGHT + 200)
        if not drawn or abs(x - drawn[-1][0]) > FINE or abs(y - drawn[-1][1]) > FINE:
            drawn.append((x, y))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in drawn) + "Z" if len(drawn) > 2 else ""


def _label(shape: Shape, view: Box, dots: Iterable[Dot]) -> tuple[float, float, bool]:
    """Where a country's name is written: within it, in sight, away from the dots; and whether there is room for it."""
    ring, (west, south, east, north) = _largest(shape)
    seen = max(west, view[0]), max(south, view[1]), min(east, view[2]), min(north, view[3])
    if seen[0] >= seen[2] or seen[1] >= seen[3]:
        return 0.0, 0.0, False
    wide, tall = (seen[2] - seen[0]) / (view[2] - view[0]) * WIDTH, (seen[3] - seen[1]) / (view[3] - view[1]) * HEIGHT
    best = (-1.0, 0.0, 0.0)
    for across in (0.5, 0.35, 0.65):
        for down in (0.5, 0.3, 0.7, 0.85):
            lon, lat = seen[0] + (seen[2] - seen[0]) * across, seen[3] - (seen[3] - seen[1]) * down
            x, y = _project(lon, lat, view)
            room = min((max(abs(dot.x + 30 - x) / 2, abs(dot.y - y) * 1.5) for dot in dots), default=99.0)
            if _inside(lon, lat, ring) and min(room, 60.0) > best[0] and 45 < x < WIDTH - 45 and 20 < y < HEIGHT - 30:
                best = min(room, 60.0), x, y
    return round(best[1], 1), round(best[2], 1), best[0] > 20 and wide > 70 and tall > 40


def _inside(lon: float, lat: float, ring: Ring) -> bool:
    """Is a point within an outline?"""
    within = False
    for (x1, y1), (x2, y2) in pairwise((*ring, ring[0])):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            within = not within
    return within


def _largest(shape: Shape) -> tuple[Ring, Box]:
    return max(shape.rings, key=lambda one: (one[1][2] - one[1][0]) * (one[1][3] - one[1][1]))


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@cache
def shapes() -> Mapping[str, Shape]:
    """Every country by its alpha-3 code, from world-atlas's TopoJSON (https://github.com/topojson/topojson-specification)."""
    import pycountry

    text = (files("recoupe.web") / "vendor" / "world-atlas" / "countries-50m.json").read_text(encoding="utf-8")
    topology: dict[str, Any] = json.loads(text)
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[tuple[float, float]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)
    found: dict[str, Shape] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        country = pycountry.countries.get(numeric=geometry["id"]) if geometry.get("id") else None
        code = country.alpha_3 if country else geometry["properties"]["name"]
        polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"]) or []
        rings = tuple((ring, _box(ring)) for polygon in polygons for ring in (_ring(line, arcs) for line in polygon))
        if rings:
            found[code] = Shape(code, found[code].rings + rings if code in found else rings)
    return found


def _ring(line: list[int], arcs: list[list[tuple[float, float]]]) -> Ring:
    points: list[tuple[float, float]] = []
    for n in line:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def _box(ring: Ring) -> Box:
    lons, lats = [x for x, _ in ring], [y for _, y in ring]
    return min(lons), min(lats), max(lons), max(lats)
