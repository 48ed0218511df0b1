"""JSON Lines, one dispatch a line: id, title, text, published, outlet, lang, url, agency. Other keys are kept.

A line may name a text file beside it (`"file": "a.txt"`) instead of holding the text: its keys then describe that file.
A line that is refused does not stop the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from recoupe.errors import InputError, MalformedInput, UnreadableInput
from recoupe.intake.draft import Draft
from recoupe.intake.inputs import Found, Input, buffered
from recoupe.intake.json import decoded, object_draft
from recoupe.intake.plain import read_plain

CHUNK = 1 << 16
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_jsonl(given: Input) -> Iterator[Found]:
    """The draft of each line, or why it is none."""
    for number, line in enumerate(_lines(given.stream, given.longest), start=1):
        place = f"line {number}"
        try:
            if line is None:
                raise UnreadableInput(f"longer than {given.longest:,} bytes", source=given.source, place=place)
            if number == 1 and line.startswith(UTF_16):
                yield UnreadableInput("JSON Lines in UTF-16; only UTF-8 is read", source=given.source)
                return
            if line.strip():
                yield _draft(decoded(line.removeprefix(b"\xef\xbb\xbf"), given, place), given, place)
        except InputError as error:
            yield error
        except OSError as error:
            yield UnreadableInput(error.strerror or str(error), source=given.source, place=place)


def _draft(row: object, given: Input, place: str) -> Draft:
    if isinstance(row, dict) and given.folder is not None and isinstance(row.get("file"), str) and row.get("text") is None:
        return _beside(given.folder, row, given, place)
    return object_draft(row, given, place)


def _beside(folder: Path, row: dict[str, Any], given: Input, place: str) -> Draft:
    """The draft of the text file that a line names, as the line describes it."""
    source, longest = given.source, given.longest
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
    with path.open("rb") as stream:
        (plain,) = read_plain(replace(given, stream=buffered(stream), ref=row["file"], source=str(path)))
    stated = object_draft({"id": row["file"], "title": plain.title, **row, "text": plain.text}, given, place)
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
