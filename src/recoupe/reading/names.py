"""Names as they stand in the text, before they are resolved to anything."""

from __future__ import annotations

from recoupe.model import Name
from recoupe.reading.page import Page


def read_names(page: Page) -> tuple[Name, ...]:
    """Every name of the page, in order, spans in page offsets."""
    return ()
