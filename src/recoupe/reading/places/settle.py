"""Which of the places of one name is meant: the scene that the dispatch sets, and the choice it makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log10

from msgspec.structs import replace

from recoupe.language import language
from recoupe.model import Name, Place, PlaceKind, Precision
from recoupe.reading.gazetteer import Locality, gazetteer, standing
from recoupe.reading.names.lexicon import Lexicon, lexicon
from recoupe.reading.names.words import words
from recoupe.reading.page import Page

CLEAR = 0.6
LARGE = 500_000
TALKED_OF, STATED, CAPITAL, COUNTRY, OWN_NAME = 3.0, 3.0, 1.5, 2.0, 0.8
SAID, HINTED = 6.0, 0.8
PRECISIONS: dict[PlaceKind, Precision] = {"country": "country", "admin": "region", "region": "region", "water": "region"}
PARENT = re.compile(r"\s?(?:\(|,)\s?(?:[^\W\d]+(?:-[^\W\d]+)?['\s]\s?){0,5}$")


@dataclass
class Scene:
    """The countries that a dispatch talks of, with their weights."""

    countries: Counter[str] = field(default_factory=Counter)

    def share(self, country: str | None) -> float:
        """0 for a country that is not talked of, 1 for the one talked of most."""
        top = max(self.countries.values(), default=0)
        return self.countries[country] / top if country and top else 0.0

    @property
    def main(self) -> str | None:
        """The country talked of most; None where two are talked of as much."""
        ranked = self.countries.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[1][1] > 0.7 * ranked[0][1]):
            return None
        return ranked[0][0]


@dataclass(frozen=True, slots=True)
class Heads:
    """The words around names of places: what kind of place they say it is."""

    kinds: dict[str, PlaceKind]
    before: re.Pattern[str]
    after: re.Pattern[str]
    inner: re.Pattern[str]
    into_regions: frozenset[str]
    into_towns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Role:
    """The kind of place asked for, and how firmly."""

    kind: PlaceKind
    weight: float


@cache
def heads(code: str) -> Heads:
    """The heads of a language."""
    table = language(code).table("places")["heads"]
    kinds: dict[str, PlaceKind] = dict.fromkeys(table["admin"], "admin") | dict.fromkeys(table["city"], "city")
    nouns = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    links = "|".join(sorted(map(re.escape, table["links"]), key=len, reverse=True))
    return Heads(
        kinds=kinds,
        before=re.compile(rf"\b({nouns}) (?:{links}) ?$", re.I),
        after=re.compile(rf" ({nouns})$", re.I),
        inner=re.compile(rf" (?:{links}) ?(?=[^\W\d_])"),
        into_regions=frozenset(table["into_regions"]),
        into_towns=frozenset(table["into_towns"]),
    )


def scene(page: Page, names: Sequence[Name], lex: Lexicon) -> Scene:
    """What the countries, nationals and unmistakable places of a page say of where it happens."""
    found = Scene()
    w = words(page.doc)
    for low in w.low:
        if low in lex.demonyms:
            found.countries[lex.demonyms[low]] += 1
    for name in names:
        places = gazetteer().find(name.text)
        own = {p.country for p in places if p.kind == "country"}
        if own:
            found.countries.update({country: 2 for country in own if country and len(own) == 1})
        likely = [p for p in places if p.main] or places
        if not own and likely and likely[0].country and (len({p.country for p in places}) == 1 or likely[0].population > LARGE):
            found.countries[likely[0].country] += 1
    return found


def settle(page: Page, names: Sequence[Name], n: int, stage: Scene, identifier: str) -> Place:
    """The place that the nth name refers to; with no country and no point where two readings remain."""
    name = names[n]
    dateline = page.dateline is not None and page.dateline[0] <= name.span[0] < page.dateline[1]
    base = Place(
        id=identifier, span=name.span, text=name.text, name=name.text, kind="city", dateline=dateline, rule="places.unlisted"
    )
    found, part = _look_up(page, name)
    parent = _parent(page, names, n)
    ranked = _rank(found, stage, _role(page, name), parent)
    if lexicon(page.language.code).roads.fullmatch(name.text):
        return replace(_unlisted(base, parent, stage), kind="facility", rule="places.road")
    if not ranked:
        return _unlisted(base, parent, stage)
    best = ranked[0][1]
    rivals = [p for score, p in ranked[1:] if score > ranked[0][0] - CLEAR and p.country != best.country]
    if rivals:
        candidates = tuple(dict.fromkeys(f"{p.name} ({p.country})" for p in (best, *rivals)))
        page.abstain(identifier, "country", "several places have this name", candidates)
        return replace(base, kind=best.kind, rule="places.unclear")
    place = replace(
        base, kind=best.kind, country=best.country, admin1=best.admin1, lat=best.lat, lon=best.lon, geonames=best.geonames,
        precision=PRECISIONS.get(best.kind, "exact"), rule="places.capital" if best.seat else f"places.{best.kind}",
    )  # fmt: skip
    return replace(place, kind="facility", precision="vicinity", geonames=None, rule="places.within") if part else place


def _look_up(page: Page, name: Name) -> tuple[tuple[Locality, ...], bool]:
    """The places of a name: as it stands, without its head, or, where it is «A de B», those of B (then it is a part of B)."""
    h, gaz = heads(page.language.code), gazetteer()
    found = gaz.find(name.text)
    after = h.after.search(name.text)
    if not found and after:
        found = tuple(p for p in gaz.find(name.text[: after.start()]) if p.kind in ("admin", "city"))
        found = tuple(p for p in found if p.kind == h.kinds.get(after[1].lower())) or found
    if found:
        return found, False
    for link in h.inner.finditer(name.text):
        found = gaz.find(name.text[link.end() :])
        if standing(found) >= 1.5:
            return found, True
    return (), False


def _role(page: Page, name: Name) -> Role | None:
    """The kind of place that the words before a name ask for: a head says so («la région de»), a preposition hints at it."""
    h = heads(page.language.code)
    before = words(page.doc).text[max(0, name.span[0] - 30) : name.span[0]]
    head = h.before.search(before)
    if head:
        return Role(h.kinds.get(head[1]) or h.kinds[head[1].lower()], SAID)
    word = re.sub(r"\W+$", "", before).rsplit(" ", 1)[-1].lower()
    return Role("admin", HINTED) if word in h.into_regions else Role("city", HINTED) if word in h.into_towns else None


def _parent(page: Page, names: Sequence[Name], n: int) -> Locality | None:
    """The place that the text says this one lies in: «Valence (Drôme)», «Saint-Denis, à La Réunion»."""
    if n + 1 >= len(names):
        return None
    between = words(page.doc).text[names[n].span[1] : names[n + 1].span[0]]
    if len(between) > 45 or not PARENT.fullmatch(between):
        return None
    found = [p for p in gazetteer().find(names[n + 1].text) if p.kind in ("country", "admin", "region")]
    if not found or (between.strip() == "," and found[0].kind != "country" and found[0].kind != "admin"):
        return None
    return found[0]


def _unlisted(place: Place, parent: Locality | None, stage: Scene) -> Place:
    """A place that no gazetteer lists: somewhere in the place that it is said to lie in, or in the country talked of."""
    if parent is not None and parent.kind != "country":
        return replace(
            place, country=parent.country, admin1=parent.admin1, lat=parent.lat, lon=parent.lon, precision="region",
            basis={"country": "stated"},
        )  # fmt: skip
    country = parent.country if parent else stage.main
    return replace(place, country=country, basis={"country": "stated" if parent else "discourse"} if country else {})


def _rank(places: Sequence[Locality], stage: Scene, role: Role | None, parent: Locality | None) -> list[tuple[float, Locality]]:
    """The places with their scores, best first."""
    scored = [(_score(place, stage, role, parent), place) for place in places]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].id))


def _score(place: Locality, stage: Scene, role: Role | None, parent: Locality | None) -> float:
    score = log10(place.population + 10) + TALKED_OF * stage.share(place.country)
    score += OWN_NAME * place.main + CAPITAL * place.seat + COUNTRY * (place.kind == "country")
    if place.population > LARGE and place.kind == "city":
        score += 0.5
    if role is None:
        score -= HINTED * (place.kind == "admin")
    elif role.kind == "city":
        score += role.weight * (place.kind == "city")
    else:
        score += role.weight * (place.kind in ("admin", "region") or (place.kind == "country" and role.weight < SAID))
    if parent is not None and parent.country == place.country:
        score += STATED + (1.0 if parent.admin1 and parent.admin1 == place.admin1 else 0.0)
    return score
