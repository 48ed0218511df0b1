"""Whether a place name stands for a government here («Niamey s'est rapproché de la Russie»), or for the place («à Niamey»)."""

from __future__ import annotations

from recoupe.model import Place
from recoupe.reading.page import Page

SUBJECTS = frozenset({"nsubj"})


def is_government(page: Page, place: Place) -> bool:
    """Decided by the name's grammatical role and the class of the verb."""
    table = page.language.table("metonyms")
    tokens = page.tokens(place.span)
    if place.dateline or not len(tokens) or place.kind not in ("city", "country", "facility"):
        return False
    head = tokens.root
    return head.dep_ in SUBJECTS and head.head.lower_ in table["verbs"]
