"""What a format finds in an input, before it is a dispatch: its words as they stand, and what the input says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from recoupe.errors import MalformedInput

STATED = ("id", "title", "text", "published", "outlet", "lang", "url", "agency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One dispatch to be. source and place say where it was found, for messages (a path, a line).

    published: ISO day, or day and time; basis: whether it was given with the input or stands in a page's metadata.
    version, status: which version of the item that `ref` names this is, and what its source says of it.
    doubts: what the input says that cannot be right, and was left out. extra: what it says besides, kept as it is.
    """

    text: str
    title: str = ""
    ref: str | None = None
    lang: str | None = None
    published: str | None = None
    basis: Literal["given", "metadata"] = "given"
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None
    version: str | None = None
    status: Literal["usable", "corrected", "withdrawn"] = "usable"
    doubts: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of inputs that do not say it themselves."""

    published: str | None = None
    lang: str | None = None
    outlet: str | None = None


def draft_of(row: Mapping[str, Any], *, source: str = "", place: str = "") -> Draft:
    """A draft of named values; other keys are kept in `extra`. Raises MalformedInput where a value is of the wrong kind."""
    values = {key: row[key] for key in STATED if row.get(key) is not None}
    if isinstance(values.get("id"), int):
        values["id"] = str(values["id"])
    for key, value in values.items():
        if not isinstance(value, str):
            raise MalformedInput(f"{key}: a string is expected, not {_kind(value)}", source=source, place=place)
    if "text" not in values:
        raise MalformedInput("there is no text", source=source, place=place)
    return Draft(
        ref=values.pop("id", None),
        **values,
        extra={key: value for key, value in row.items() if key not in STATED},
        source=source,
        place=place,
    )


def iso(published: str) -> str:
    """A date or a date and time in one ISO form: "2024-07-24", "2024-07-24T18:40:00+02:00". Raises ValueError."""
    stripped = published.strip()
    if len(stripped) == 10 or ("-" not in stripped[:8] and len(stripped) == 8):
        return dt.date.fromisoformat(stripped).isoformat()
    return dt.datetime.fromisoformat(stripped).isoformat()


def _kind(value: object) -> str:
    return {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}.get(
        type(value), type(value).__name__
    )
