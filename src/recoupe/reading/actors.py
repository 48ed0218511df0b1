"""Actors as coreference chains over the whole dispatch."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Name, Place
from recoupe.reading.cast import Cast
from recoupe.reading.page import Page


def read_actors(page: Page, names: Sequence[Name], places: Sequence[Place]) -> Cast:
    """Who is on the page, with every mention."""
    return Cast()
