"""Files, folders and standard input, as dispatches in the order of their names. What cannot be taken comes as the
InputError that says why, in its place, and the rest goes on.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from recoupe.errors import InputError, UnreadableInput
from recoupe.intake.draft import Draft, Given
from recoupe.intake.html import read_html
from recoupe.intake.jsonl import read_jsonl
from recoupe.intake.plain import read_plain
from recoupe.intake.take import finish
from recoupe.model import Dispatch
from recoupe.settings import Settings

STDIN = "-"
FORMATS = {
    ".txt": "plain", ".text": "plain", ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip


@dataclass
class Collector:
    """Walks what it is given. described: text files that a JSON Lines file beside them has spoken for."""

    given: Given = field(default_factory=Given)
    settings: Settings = field(default_factory=Settings)
    stdin: BinaryIO | None = None
    described: set[Path] = field(default_factory=set)

    def collect(self, sources: Iterable[str | Path]) -> Iterator[Dispatch | InputError]:
        """Every dispatch of the sources: paths of files and folders, or "-" for standard input."""
        for source in sources:
            for draft in self.drafts(source):
                yield draft if isinstance(draft, InputError) else self._finished(draft)

    def drafts(self, source: str | Path) -> Iterator[Draft | InputError]:
        try:
            if source == STDIN:
                yield from self._stream(self.stdin or io.BytesIO(), "standard input")
            elif Path(source).is_dir():
                yield from self._folder(Path(source))
            else:
                yield from self._file(Path(source), Path(source).name)
        except InputError as error:
            yield error
        except OSError as error:
            yield UnreadableInput(error.strerror or str(error), source=str(source))

    def _finished(self, draft: Draft) -> Dispatch | InputError:
        try:
            return finish(draft, self.given, self.settings)
        except InputError as error:
            return error

    def _folder(self, folder: Path) -> Iterator[Draft | InputError]:
        """JSON Lines first, since they may describe text files; then the rest by name. Hidden and other files are left."""
        paths = [path for path in _files(folder) if path.suffix.lower() in FORMATS]
        if not paths:
            yield UnreadableInput(f"nothing to read in this folder ({', '.join(FORMATS)})", source=str(folder))
        for path in sorted(paths, key=lambda path: (FORMATS[path.suffix.lower()] != "jsonl", path.as_posix())):
            if path.resolve() not in self.described:
                try:
                    yield from self._file(path, path.relative_to(folder).as_posix())
                except InputError as error:
                    yield error
                except OSError as error:
                    yield UnreadableInput(error.strerror or str(error), source=str(path))

    def _file(self, path: Path, ref: str) -> Iterator[Draft | InputError]:
        if not path.exists():
            raise UnreadableInput("there is no such file or folder", source=str(path))
        with path.open("rb") as stream:
            kind = FORMATS.get(path.suffix.lower()) or _sniffed(stream.peek(1024))
            yield from self._read(kind, stream, ref, str(path), path.parent)

    def _stream(self, stream: BinaryIO, source: str) -> Iterator[Draft | InputError]:
        buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
        yield from self._read(_sniffed(buffered.peek(1024)), buffered, "stdin", source, None)

    def _read(self, kind: str, stream: BinaryIO, ref: str, source: str, folder: Path | None) -> Iterator[Draft | InputError]:
        longest = self.settings.max_bytes
        if kind == "jsonl":
            for draft in read_jsonl(stream, source=source, longest=longest, folder=folder):
                if isinstance(draft, Draft) and folder and isinstance(draft.extra.get("file"), str):
                    self.described.add((folder / draft.extra["file"]).resolve())
                yield draft
            return
        data = stream.read(longest + 1)
        if len(data) > longest:
            raise UnreadableInput(f"longer than {longest:,} bytes", source=source)
        if not data.strip():
            raise UnreadableInput("empty: there is no text in it", source=source)
        readers: dict[str, Callable[..., Draft]] = {"plain": read_plain, "html": read_html}
        yield readers[kind](data, ref=ref, source=source)


def how_many(sources: Iterable[str | Path]) -> int | None:
    """How many dispatches the sources hold at most, by counting files and lines; None where that cannot be told."""
    total = 0
    for source in sources:
        path = Path(source)
        if source == STDIN or not path.exists():
            return None
        for file in _files(path) if path.is_dir() else [path]:
            kind = FORMATS.get(file.suffix.lower())
            if kind == "jsonl":
                with file.open("rb") as stream:
                    total += sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
            else:
                total += kind is not None or not path.is_dir()
    return total


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in names if not name.startswith(".") and (path := Path(root) / name).is_file())


def _sniffed(head: bytes) -> str:
    """The format of bytes that no file name tells."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"{"):
        return "jsonl"
    return (
        "html" if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head", b"<article", b"<body")) else "plain"
    )
