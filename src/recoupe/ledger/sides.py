"""The sides of a disagreement: each value with its words and how many origins give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recoupe.ledger.ids import content_id
from recoupe.ledger.values import Disagreement, Report, Side

Voice = tuple[Report, str]


def disagreement(about: str, field: str, sides: Mapping[str, Sequence[Voice]], story: str | None) -> Disagreement | None:
    """A disagreement of these sides, the one with most independent sources first; None where there is one side."""
    if len(sides) < 2:
        return None
    made = [
        Side(value=value, reports=tuple(sorted({r for r, _ in voices})), independent_sources=len({o for _, o in voices}))
        for value, voices in sides.items()
    ]
    made.sort(key=lambda s: (-s.independent_sources, s.value))
    first = min(r for side in made for r in side.reports)
    dispatches = {r.dispatch for side in made for r in side.reports}
    origins = {o for voices in sides.values() for _, o in voices}
    within = len(dispatches) == 1 and len(origins) == 1
    lone = len(made) == 2 and made[1].independent_sources == 1 and made[0].independent_sources >= 2
    return Disagreement(
        id=content_id("d", field, first.dispatch, first.item),
        about=about,
        field=field,
        scope="within a dispatch" if within else "between sources",
        sides=tuple(made),
        note="one source against several" if lone else "",
        story=story,
    )
