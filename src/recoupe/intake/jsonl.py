"""JSON Lines, one dispatch a line: id, title, text, published, outlet, lang, url, agency. Other keys are kept.

A line may name a text file beside it (`"file": "a.txt"`) instead of holding the text: its keys then describe that file.
A line that is refused does not stop the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from recoupe.errors import InputError, MalformedInput, UnreadableInput
from recoupe.intake.draft import Draft, draft_of
from recoupe.intake.plain import read_plain

CHUNK = 1 << 16
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_jsonl(lines: BinaryIO, *, source: str, longest: int, folder: Path | None = None) -> Iterator[Draft | InputError]:
    """The draft of each line, or why it is none. longest: the most bytes that a line may have; folder: where files lie."""
    for number, line in enumerate(_lines(lines, longest), start=1):
        place = f"line {number}"
        try:
            if line is None:
                raise UnreadableInput(f"longer than {longest:,} bytes", source=source, place=place)
            if number == 1 and line.startswith(UTF_16):
                yield UnreadableInput("JSON Lines in UTF-16; only UTF-8 is read", source=source)
                return
            if line.strip():
                yield _draft(line.removeprefix(b"\xef\xbb\xbf"), source, place, longest, folder)
        except InputError as error:
            yield error
        except OSError as error:
            yield UnreadableInput(error.strerror or str(error), source=source, place=place)


def _draft(line: bytes, source: str, place: str, longest: int, folder: Path | None) -> Draft:
    row = _row(line, source, place)
    if folder is not None and isinstance(row.get("file"), str) and row.get("text") is None:
        return _beside(folder, row, source, place, longest)
    draft = draft_of(row, source=source, place=place)
    if not draft.text.strip():
        raise UnreadableInput("its text is empty", source=source, place=place)
    return draft


def _row(line: bytes, source: str, place: str) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedInput(f"no JSON: {str(error)[:120]}", source=source, place=place) from error
    if not isinstance(row, dict):
        raise MalformedInput("a JSON object is expected", source=source, place=place)
    return row


def _beside(folder: Path, row: dict[str, Any], source: str, place: str, longest: int) -> Draft:
    """The draft of the text file that a line names, as the line describes it."""
    try:
        path = (folder / row["file"]).resolve()
        there = path.is_file()
    except (ValueError, OSError) as error:
        raise MalformedInput(f"file: {row['file'][:80]!r} is no name of a file", source=source, place=place) from error
    if not path.is_relative_to(folder.resolve()):
        raise MalformedInput(f"file: {row['file']!r} lies outside this folder", source=source, place=place)
    if not there:
        raise UnreadableInput(f"file: there is no {row['file']!r}", source=source, place=place)
    if path.stat().st_size > longest:
        raise UnreadableInput(f"file: {row['file']!r} is longer than {longest:,} bytes", source=source, place=place)
    plain = read_plain(path.read_bytes(), ref=row["file"], source=str(path))
    stated = draft_of({"id": row["file"], "title": plain.title, **row, "text": plain.text}, source=source, place=place)
    return replace(stated, extra={**plain.extra, **stated.extra})


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long, which is passed over without being held."""
    while line := stream.readline(longest + 1):
        if len(line) > longest and not line.endswith(b"\n"):
            while (rest := stream.readline(CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line
