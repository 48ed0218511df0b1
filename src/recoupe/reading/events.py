"""Who did what to whom: PLOVER events with their arguments and modality."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Event, Figure, Place, Statement, Time
from recoupe.reading.cast import Cast
from recoupe.reading.page import Page


def read_events(
    page: Page,
    cast: Cast,
    times: Sequence[Time],
    places: Sequence[Place],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
) -> tuple[Event, ...]:
    """Every event of the page, in order, spans in page offsets."""
    return ()
