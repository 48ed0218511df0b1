"""Zip and gzip: the files in them are read where they lie, and nothing is written to disk.

Against bombs: how many files, how deep, how much they come to and how often they were packed is counted while they are
unpacked, whatever the archive says of itself.
"""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from recoupe.errors import MalformedInput, UnreadableInput
from recoupe.intake.formats import SUFFIXES
from recoupe.intake.inputs import Budget, Found, Input, buffered, printable

DEEPEST = 3
MOST_FILES = 10_000
MOST_BYTES = 2_000_000_000
SPARED = 4_000_000  # bytes before a ratio is looked at: a short text may repeat itself
RATIO = 150
CHUNK = 1 << 16
SPOOLED = 16_000_000
END_OF_DIRECTORY = b"PK\x05\x06"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def read_zip(given: Input) -> Iterator[Found]:
    """The files of a zip archive that may be dispatches, in the order of their names."""
    budget = _entered(given)
    with _seekable(given, budget) as stream:
        _check_directory(stream, given.source)
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise MalformedInput(f"no zip archive: {error}", source=given.source) from error
        members = [m for m in sorted(archive.infolist(), key=lambda m: m.filename) if _wanted(m)]
        if not members:
            raise UnreadableInput(f"nothing to read in this archive ({', '.join(SUFFIXES)})", source=given.source)
        for member in members:
            name = printable(member.filename)
            if member.flag_bits & 1:
                yield UnreadableInput("it is locked with a password", source=f"{given.source}: {name}")
                continue
            source = f"{given.source}: {name}"
            try:
                packed = cast(zipfile.ZipExtFile, archive.open(member))
            except BROKEN as error:
                yield MalformedInput(f"cannot be unpacked: {error}", source=source)
                continue
            with packed:
                size = member.compress_size
                yield given.inside(Unpacked(packed, budget, partial(int, size), source), member.filename, budget=budget)


def read_gzip(given: Input) -> Iterator[Found]:
    """What a gzip file holds."""
    budget = _entered(given)
    packed = Counted(given.stream)
    unpacked = Unpacked(gzip.GzipFile(fileobj=packed), budget, lambda: packed.count, given.source)
    name = given.ref.removesuffix(".gz")
    yield replace(given, stream=buffered(unpacked), ref=name, form=None, depth=given.depth + 1, budget=budget)


class Counted(io.RawIOBase):
    """A stream that counts what was taken from it."""

    def __init__(self, stream: BinaryIO | io.BufferedReader) -> None:
        self.stream, self.count = stream, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.count += len(data)
        return data


class Unpacked(io.RawIOBase):
    """What a packed stream holds, until it comes to more than it may. Reading it raises InputError."""

    def __init__(
        self, stream: gzip.GzipFile | zipfile.ZipExtFile, budget: Budget, packed: Callable[[], int], source: str
    ) -> None:
        self.stream, self.budget, self.packed, self.source, self.count = stream, budget, packed, source, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self.stream.read1(min(len(buffer), CHUNK))
        except BROKEN as error:
            raise MalformedInput(f"cannot be unpacked: {error}", source=self.source) from error
        self.count += len(data)
        self.budget.left -= len(data)
        if self.count > SPARED and self.count > RATIO * max(1, self.packed()):
            raise UnreadableInput(f"unpacked it is more than {RATIO} times as long: a bomb", source=self.source)
        if self.budget.left < 0:
            raise UnreadableInput(f"unpacked the archive comes to more than {MOST_BYTES:,} bytes", source=self.source)
        buffer[: len(data)] = data
        return len(data)


def _entered(given: Input) -> Budget:
    if given.depth >= DEEPEST:
        raise UnreadableInput(f"archives in archives, more than {DEEPEST} deep", source=given.source)
    return given.budget or Budget(MOST_BYTES)


@contextmanager
def _seekable(given: Input, budget: Budget) -> Iterator[BinaryIO]:
    """A file as it lies; a stream is kept for a while, since a zip archive is read from its end."""
    if given.depth == 0 and given.stream.seekable():
        yield given.stream
        return
    with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as kept:
        while data := given.stream.read(CHUNK):
            kept.write(data)
            if kept.tell() > MOST_BYTES:
                raise UnreadableInput(f"longer than {MOST_BYTES:,} bytes", source=given.source)
        kept.seek(0)
        yield cast(BinaryIO, kept)


def _check_directory(stream: BinaryIO, source: str) -> None:
    """That the archive lists no more files than are read: its list is held whole before the first of them."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - 65_557))
    tail = stream.read()
    at = tail.rfind(END_OF_DIRECTORY)
    stream.seek(0)
    if at >= 0 and int.from_bytes(tail[at + 10 : at + 12], "little") > MOST_FILES:
        raise UnreadableInput(f"more than {MOST_FILES:,} files", source=source)


def _wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return not member.is_dir() and not hidden and path.suffix.lower() in SUFFIXES
