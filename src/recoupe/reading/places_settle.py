"""Which of the places of one name is meant: the scene that the dispatch sets, and the choice it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log10

from recoupe.model import Name, Place, Precision
from recoupe.reading.gazetteer import Locality, gazetteer
from recoupe.reading.names_lexicon import Lexicon
from recoupe.reading.page import Page

CLEAR = 0.6


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


def scene(page: Page, names: Sequence[Name], lex: Lexicon) -> Scene:
    """What the countries, nationals and unmistakable places of a page say of where it happens."""
    found = Scene()
    for token in page.doc:
        country = lex.demonyms.get(token.lower_)
        if country:
            found.countries[country] += 1
    gaz = gazetteer()
    for name in names:
        places = gaz.find(name.text)
        own = [p for p in places if p.kind == "country"]
        if own:
            found.countries.update({p.country: 2 for p in own if p.country} if len(own) == 1 else {})
        elif (len({p.country for p in places}) == 1 and places[0].country) or (
            places and places[0].population > 500_000 and places[0].country
        ):
            found.countries[places[0].country] += 1
    return found


def settle(page: Page, name: Name, stage: Scene, identifier: str) -> Place | None:
    """The place that a name refers to; with no country and no point where two readings remain."""
    ranked = rank(gazetteer().find(name.text), stage)
    dateline = page.dateline is not None and page.dateline[0] <= name.span[0] < page.dateline[1]
    if not ranked:
        return Place(
            id=identifier, span=name.span, text=name.text, name=name.text, kind="city", country=stage.main, dateline=dateline,
            rule="places.unlisted", basis={"country": "discourse"} if stage.main else {},
        )  # fmt: skip
    best = ranked[0][1]
    rivals = [p for score, p in ranked[1:] if score > ranked[0][0] - CLEAR and p.country != best.country]
    if rivals:
        page.abstain(
            identifier, "country", "several places have this name", tuple(f"{p.name} ({p.country})" for p in (best, *rivals))
        )
        return Place(
            id=identifier,
            span=name.span,
            text=name.text,
            name=name.text,
            kind=best.kind,
            dateline=dateline,
            rule="places.unclear",
        )
    return Place(
        id=identifier, span=name.span, text=name.text, name=name.text, kind=best.kind, country=best.country, admin1=best.admin1,
        lat=best.lat, lon=best.lon, precision=_precision(best), geonames=best.geonames, dateline=dateline, rule="places.capital" if best.seat else f"places.{best.kind}",
    )  # fmt: skip


def rank(places: Sequence[Locality], stage: Scene) -> list[tuple[float, Locality]]:
    """The places with their scores, best first."""
    scored = [(_score(place, stage), place) for place in places]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].id))


def _score(place: Locality, stage: Scene) -> float:
    size = log10(place.population + 10)
    return size + 0.8 * place.main + 3.0 * stage.share(place.country) + (2.0 if place.kind == "country" else 0.0)


def _precision(place: Locality) -> Precision:
    return {"country": "country", "admin": "region", "region": "region", "water": "region"}.get(place.kind, "exact")  # type: ignore[return-value]
