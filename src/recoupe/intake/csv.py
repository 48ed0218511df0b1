"""CSV and TSV, one dispatch a row, the columns named in the first: read row by row, so that a table may be of any length.

A row that is refused does not stop the rest.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from recoupe.errors import InputError, MalformedInput, UnreadableInput
from recoupe.intake.clean import decode
from recoupe.intake.inputs import HEAD, Found, Input
from recoupe.intake.rows import check_columns, row_draft

SEPARATORS = ",;\t|"


def read_csv(given: Input) -> Iterator[Found]:
    """The draft of each row, or why it is none. Raises MalformedInput where the columns are not what is asked for."""
    head, encoding = _head(given)
    separator = max(SEPARATORS, key=head.split("\n", 1)[0].count)
    text = io.TextIOWrapper(given.stream, encoding=encoding, errors="surrogateescape", newline="")
    csv.field_size_limit(max(csv.field_size_limit(), given.longest))  # the module keeps one limit for all; it is only raised
    rows = csv.reader(_lines(text, given), delimiter=separator)
    names = [name.strip() for name in next(rows, [])]
    check_columns(names, given.columns, source=given.source)
    try:
        for row in rows:
            if row:
                yield _draft(dict(zip(names, row, strict=False)), given, f"line {rows.line_num}", encoding)
    except csv.Error as error:
        yield MalformedInput(f"no CSV: {error}", source=given.source, place=f"line {rows.line_num + 1}")
    except InputError as error:  # a line without end: after it nothing can be told apart
        yield error


def _draft(row: dict[str, str], given: Input, place: str, encoding: str) -> Found:
    if any("\udc80" <= character <= "\udcff" for value in row.values() for character in value):
        reason = f"invalid {encoding.removesuffix('-sig')}: mixed encodings, or a broken file"
        return UnreadableInput(reason, source=given.source, place=place)
    try:
        return row_draft(row, given.columns, source=given.source, place=place)
    except InputError as error:
        return error


def _lines(text: io.TextIOWrapper, given: Input) -> Iterator[str]:
    number = 0
    while line := text.readline(given.longest + 1):
        number += 1
        if len(line) > given.longest:
            raise UnreadableInput(f"longer than {given.longest:,} characters", source=given.source, place=f"line {number}")
        yield line


def _head(given: Input) -> tuple[str, str]:
    """The first lines, and the encoding of all."""
    head = given.head
    if not head.strip():
        raise UnreadableInput("empty: there is no text in it", source=given.source)
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1] or head
    text, encoding = decode(whole, source=given.source, declared=given.charset)
    return text, "utf-8-sig" if encoding == "utf-8" else encoding
