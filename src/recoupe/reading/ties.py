"""Whose, where, as of when: a figure tied to the actors, places, times, events and statements of its clause."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Event, Figure, Place, Statement, Time
from recoupe.reading.cast import Cast
from recoupe.reading.page import Page


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
