"""PLOVER as data, all of it in `plover.toml`: types with modes, quad classes and scores; contexts; what is coded as what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from recoupe.tables import read_table


@dataclass(frozen=True, slots=True)
class Type:
    """One event type. quad: verbal or material, cooperation or conflict; score: from -10 (conflict) to +10 (cooperation)."""

    name: str
    quad: str
    score: float
    modes: tuple[str, ...]


@cache
def types() -> dict[str, Type]:
    """The 16 types by name, in the order from cooperation to conflict."""
    rows = _plover()["types"]
    return {name: Type(name, row["quad"], row["score"], tuple(row["modes"])) for name, row in rows.items()}


@cache
def contexts() -> tuple[str, ...]:
    """The contexts that any event may take."""
    return tuple(_plover()["contexts"]["all"])


def coded_as(type: str, modality: str, agreed: bool = False) -> str | None:
    """The type that PLOVER codes an event as, where a reading gives it that of its content: a planned meeting is AGREE, a
    demanded withdrawal REQUEST. None: PLOVER leaves it out, as it does what did not happen.

    agreed: whether it is an agreement whose text is there (signed, ratified, reached), and no mere consent to act.
    """
    codes = _plover()["coded"]
    if type == "AGREE" and agreed and modality == "asserted":
        return str(codes["agreed"])
    others = codes.get(modality, {})
    return others.get(type, others.get("*", type)) or None


@cache
def table(name: str) -> dict[str, Any]:
    """A table of this folder, by the name of its file without `.toml`; read once, and not to be changed."""
    return read_table(files(__name__) / f"{name}.toml", f"ontology/{name}.toml")


def _plover() -> dict[str, Any]:
    return table("plover")
