"""Place names and what they refer to.

A name is looked up in the gazetteer and settled by what the dispatch talks of: the countries that it names, their people,
the size of the place. Where two readings remain, the place has no country and no point, and the reading says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from recoupe.model import Name, Place
from recoupe.reading.names.lexicon import lexicon
from recoupe.reading.page import Page
from recoupe.reading.places.metonyms import is_government
from recoupe.reading.places.settle import scene, settle
from recoupe.reading.places.vague import widen


def read_places(page: Page, names: Sequence[Name]) -> tuple[Place, ...]:
    """Every place of the page, in order, spans in page offsets."""
    lex = lexicon(page.language.code)
    here = [name for name in names if name.kind == "place" and name.text not in lex.beyond]
    stage = scene(page, here, lex)
    places = []
    for n in range(len(here)):
        place = settle(page, here, n, stage, f"p{n + 1}")
        wider = place if place.dateline else widen(page, place, stage.main)
        if wider is place and is_government(page, place):
            wider = replace(place, metonym=True, basis={**place.basis, "metonym": "syntax"})
        places.append(wider)
    return tuple(places)
