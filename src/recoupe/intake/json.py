"""JSON documents: a dispatch or a list of them, with the keys of JSON Lines or as ninjs has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recoupe.errors import InputError, MalformedInput
from recoupe.intake.clean import decode
from recoupe.intake.draft import Draft
from recoupe.intake.inputs import Found, Input
from recoupe.intake.ninjs import is_ninjs, ninjs_draft
from recoupe.intake.rows import row_draft


def read_json(given: Input) -> Iterator[Found]:
    """The draft of each object of a document, or why it is none."""
    for place, row in _objects(given):
        try:
            yield object_draft(row, given, place)
        except InputError as error:
            yield error


def read_ninjs(given: Input) -> Iterator[Found]:
    """The same, of objects that are said to be ninjs."""
    for place, row in _objects(given):
        try:
            yield ninjs_draft(_named(row, given, place), given, place)
        except InputError as error:
            yield error


def object_draft(row: object, given: Input, place: str) -> Draft:
    """The draft of one object, in whichever dialect it is. Raises InputError."""
    values = _named(row, given, place)
    if is_ninjs(values):
        return ninjs_draft(values, given, place)
    return row_draft(values, given.columns, source=given.source, place=place)


def decoded(data: bytes, given: Input, place: str = "") -> Any:
    """What some JSON holds. Raises MalformedInput."""
    import msgspec

    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedInput(f"no JSON: {str(error)[:120]}", source=given.source, place=place) from error


def _objects(given: Input) -> Iterator[tuple[str, Any]]:
    text, _ = decode(given.whole(), source=given.source, declared=given.charset)
    document = decoded(text.encode("utf-8", "replace"), given)
    if isinstance(document, list):
        yield from ((f"item {number}", row) for number, row in enumerate(document, start=1))
    else:
        yield "", document


def _named(row: object, given: Input, place: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise MalformedInput("a JSON object is expected", source=given.source, place=place)
    return row
