"""Place names and what they refer to."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Name, Place
from recoupe.reading.page import Page


def read_places(page: Page, names: Sequence[Name]) -> tuple[Place, ...]:
    """Every place of the page, in order, spans in page offsets."""
    return ()
