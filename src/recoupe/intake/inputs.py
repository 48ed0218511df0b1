"""One input: a stream of bytes, and what is known of it before it is read. A format reads it into drafts, or into further
inputs where it holds files (an archive), and says in the place of each that it cannot take why.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from recoupe.errors import InputError, UnreadableInput
from recoupe.intake.draft import Draft

HEAD = 1 << 14
LATEST = dt.datetime.max.replace(tzinfo=dt.UTC)
UNPRINTABLE = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")


@dataclass
class Budget:
    """How many bytes all the files of one archive may still come to, unpacked."""

    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """ref: the name that a dispatch of it bears; source: the name that messages call it by.

    url, charset: what a server said of it; folder: where text files that it names may lie; columns: which column of a
    table holds what (`text` → `body`); longest: the most bytes of one dispatch; now: what an embargo is held against.
    form, outlet: its format, and whose feed it is, where a person says so; known: what else is known of it, kept in `extra`.
    depth, budget: in how many archives it lies, and what those may still come to.
    """

    stream: io.BufferedReader
    ref: str
    source: str
    url: str | None = None
    charset: str | None = None
    folder: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    longest: int = 16_000_000
    now: dt.datetime = LATEST
    depth: int = 0
    budget: Budget | None = None
    form: str | None = None
    outlet: str | None = None
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def head(self) -> bytes:
        """Its first bytes, which stay to be read."""
        return self.stream.peek(HEAD)[:HEAD]

    def whole(self) -> bytes:
        """All of it. Raises UnreadableInput where that is too long, or nothing."""
        data = self.stream.read(self.longest + 1)
        if len(data) > self.longest:
            raise UnreadableInput(f"longer than {self.longest:,} bytes", source=self.source)
        if not data.strip():
            raise UnreadableInput("empty: there is no text in it", source=self.source)
        return data

    def inside(self, stream: BinaryIO | io.RawIOBase, name: str, **known: Any) -> Input:
        """An input that lies in this one."""
        shown = printable(name)
        ref, source = f"{self.ref}/{shown}", f"{self.source}: {shown}"
        within = {"ref": ref, "form": None, "folder": None, "depth": self.depth + 1, **known}
        return replace(self, stream=buffered(stream), source=source, **within)


Found: TypeAlias = Draft | Input | InputError
Read: TypeAlias = Callable[[Input], Iterator[Found]]


def buffered(stream: BinaryIO | io.RawIOBase) -> io.BufferedReader:
    """A stream that can be looked into before it is read."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, HEAD)  # type: ignore[arg-type]


def printable(name: str) -> str:
    """A file's name as messages show it: no character moves the cursor, turns the line or hides text."""
    return name.encode("utf-8", "replace").decode().translate(UNPRINTABLE)[:200]
