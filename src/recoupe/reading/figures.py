"""Counts, sums and shares, with their bounds, units and kinds."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Event, Figure, Place, Statement, Time
from recoupe.reading.cast import Cast
from recoupe.reading.page import Page


def read_figures(page: Page, times: Sequence[Time]) -> tuple[Figure, ...]:
    """Every figure of the page, in order, spans in page offsets; a number inside a time expression is none."""
    return ()


def tie_figures(
    page: Page,
    figures: Sequence[Figure],
    cast: Cast,
    times: Sequence[Time],
    places: Sequence[Place],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Figure, ...]:
    """The figures with whose, where, as of when, and the events and the statement they belong to."""
    return tuple(figures)
