"""Named values, as tables and JSON hold them, become drafts. Which column holds what may be told: text=body,published=date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from recoupe.errors import MalformedInput, UnreadableInput
from recoupe.intake.draft import STATED, Draft, draft_of

LIKELY = {
    "text": ("body", "content", "article", "texte", "corps", "contenu", "story", "full_text", "maintext", "description"),
    "title": ("headline", "titre", "heading"),
    "published": ("date", "published_at", "pubdate", "publication_date", "date_publication", "datetime"),
}  # fmt: skip


def columns_of(mapping: str) -> dict[str, str]:
    """What `--map` says: {"text": "body", "published": "date"} of "text=body,published=date". Raises ValueError."""
    columns: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in mapping.split(","))):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not (name and equals and column):
            raise ValueError(f"{pair!r} is no NAME=COLUMN, as in text=body")
        if name not in STATED:
            near = get_close_matches(name, STATED, n=1)
            meant = f"; is {near[0]!r} meant?" if near else ""
            raise ValueError(f"{name!r} is nothing that a dispatch has ({', '.join(STATED)}){meant}")
        columns[name] = column
    return columns


def check_columns(there: Iterable[str], columns: Mapping[str, str], *, source: str) -> None:
    """Raises MalformedInput, naming the columns, where one that is asked for is not there, or none holds the text."""
    names = list(there)
    listed = ", ".join(names[:30]) + (", …" if len(names) > 30 else "")
    for name, column in columns.items():
        if column not in names:
            raise MalformedInput(f"there is no column {column!r} for {name}; its columns are {listed}", source=source)
    if "text" not in columns and "text" not in names:
        guesses = {name: found for name, likely in LIKELY.items() if (found := _likely(likely, names)) and name not in names}
        example = (
            ",".join(f"{name}={column}" for name, column in ({"text": names[0]} | guesses).items()) if names else "text=COLUMN"
        )
        raise MalformedInput(f"there is no column 'text'; its columns are {listed}; say which is: --map {example}", source=source)


def row_draft(row: Mapping[str, Any], columns: Mapping[str, str], *, source: str, place: str) -> Draft:
    """The draft of a row; columns that nothing asks for are kept in `extra`. Raises InputError."""
    taken = set(columns.values())
    values = {name: value for name, value in row.items() if name not in taken and name not in columns}
    values |= {name: row[column] for name, column in columns.items() if column in row}
    plain = {name: value if name == "text" else _plain(value) for name, value in values.items()}
    draft = draft_of(plain, source=source, place=place)
    if not draft.text.strip():
        raise UnreadableInput("its text is empty", source=source, place=place)
    return draft


def _plain(value: Any) -> Any:
    """A day or a moment as ISO writes it; a blank cell says nothing."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return None if value == "" else value


def _likely(likely: Iterable[str], names: list[str]) -> str | None:
    lowered = {name.lower(): name for name in reversed(names)}
    return next((lowered[name] for name in likely if name in lowered), None)
