"""Versions of one item: an agency sends a dispatch again, corrected or updated, or withdraws it. The latest version stands, in
whatever order they came; where it is a withdrawal, none does.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from recoupe.model import Dispatch, Reading


def marked(readings: Iterable[Reading], others: Iterable[Dispatch] = ()) -> list[Reading]:
    """The readings, those marked as withdrawn of whose item there is a later version, among them or elsewhere."""
    found = list(readings)
    replaced = superseded([*(r.dispatch for r in found), *others])
    return [_withdrawn(r) if r.dispatch.id in replaced else r for r in found]


def superseded(dispatches: Iterable[Dispatch]) -> set[str]:
    """The ids of the dispatches that a later version of the same item (its `ref`) replaces or withdraws."""
    items: dict[str, dict[str, Dispatch]] = {}
    for dispatch in dispatches:
        if dispatch.ref:
            items.setdefault(dispatch.ref, {})[dispatch.id] = dispatch
    replaced: set[str] = set()
    for versions in items.values():
        latest = max(versions.values(), key=_order)
        if latest.version is not None or latest.status == "withdrawn":
            replaced |= {name for name, dispatch in versions.items() if _order(dispatch) < _order(latest)}
    return replaced


def _order(dispatch: Dispatch) -> tuple[int, str, bool]:
    """Numbers count as numbers, moments as they are written; of one version, the withdrawal is the last word."""
    version = dispatch.version or ""
    number = int(version) if version.isdecimal() and len(version) < 20 else 0
    return number, "" if number else version, dispatch.status == "withdrawn"


def _withdrawn(reading: Reading) -> Reading:
    return msgspec.structs.replace(reading, dispatch=msgspec.structs.replace(reading.dispatch, status="withdrawn"))
