"""Place names and what they refer to.

A name is looked up in the gazetteer and settled by what the dispatch talks of: the countries that it names, their people,
the size of the place. Where two readings remain, the place has no country and no point, and the reading says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Name, Place
from recoupe.reading.metonyms import is_government
from recoupe.reading.names_lexicon import lexicon
from recoupe.reading.page import Page
from recoupe.reading.places_settle import Scene, scene, settle


def read_places(page: Page, names: Sequence[Name]) -> tuple[Place, ...]:
    """Every place of the page, in order, spans in page offsets."""
    lex = lexicon(page.language.code)
    found = [name for name in names if name.kind == "place"]
    stage: Scene = scene(page, found, lex)
    places: list[Place] = []
    for name in found:
        place = settle(page, name, stage, f"p{len(places) + 1}")
        if place is not None:
            places.append(place)
    return tuple(place if not is_government(page, place) else _as_government(place) for place in places)


def _as_government(place: Place) -> Place:
    import msgspec

    return msgspec.structs.replace(place, metonym=True, basis={**place.basis, "metonym": "syntax"})
