"""A job on disk: what is done stays done, and is done once.

Beside the output lies a folder `OUT.parts` with a file for every piece that is done, put there whole or not at all. A
piece that has its file is never read again. When all are there they are joined, in order, into the output, and the folder goes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from recoupe.errors import JobError
from recoupe.scale.outputs import join

PARTS = ".parts"
REFUSED = ".refused.jsonl"


class Plan(msgspec.Struct, frozen=True):
    """What a job is: the same plan gives the same output. now: the moment that embargoes are held against, kept over restarts."""

    source: str
    content: str
    reader: str
    options: str
    now: str

    def same_as(self, other: Plan) -> bool:
        return msgspec.structs.replace(self, now=other.now) == other


class Job:
    """The pieces of one output, numbered from 0."""

    def __init__(self, output: Path, plan: Plan, *, restart: bool = False) -> None:
        """Opens a job, or goes on with it. Raises JobError where the folder holds another one, or the output is there already."""
        self.output = output
        self.folder = output.with_name(output.name + PARTS)
        self.plan = plan
        if restart and self.folder.exists():
            shutil.rmtree(self.folder)
        header = self._header
        self.finished = self.folder.exists() and not header.exists() and output.exists()  # stopped while it tidied up
        if self.finished:
            shutil.rmtree(self.folder)
            return
        if header.exists():
            self.plan = msgspec.json.decode(header.read_bytes(), type=Plan)
            if not self.plan.same_as(plan):
                raise JobError(f"{self.folder} holds another job (other inputs, options or rules): finish that, or use --restart")
        elif output.exists() and not restart:
            raise JobError(f"{output} is there already: remove it, or use --restart to make it anew")
        else:
            self.folder.mkdir(parents=True, exist_ok=True)
            _put(header, msgspec.json.encode(plan))

    @property
    def _header(self) -> Path:
        return self.folder / "plan.json"

    @property
    def now(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.plan.now)

    def piece(self, number: int) -> Path:
        return self.folder / f"{number:09}.jsonl"

    def done(self, number: int) -> bool:
        return self.piece(number).exists()

    def keep(self, number: int, readings: Sequence[bytes], refused: Sequence[bytes]) -> None:
        """Keeps a piece. What was refused goes first: a piece that is there is whole."""
        if refused:
            _put(self.refusals(number), b"".join(line + b"\n" for line in refused))
        _put(self.piece(number), b"".join(line + b"\n" for line in readings))

    def refusals(self, number: int) -> Path:
        return self.folder / f"{number:09}{REFUSED}"

    def finish(self, pieces: int) -> int:
        """Joins the pieces into the output, and the refusals into a file beside it; returns how many were refused."""
        refused = [self.refusals(k) for k in range(pieces) if self.refusals(k).exists()]
        beside = self.output.with_name(self.output.name + REFUSED)
        beside.unlink(missing_ok=True)
        if refused:
            join(refused, beside)
        join([self.piece(k) for k in range(pieces)], self.output)
        self._header.unlink()
        shutil.rmtree(self.folder)
        return sum(beside.read_bytes().count(b"\n") for _ in refused[:1])


def fingerprint(source: Path) -> str:
    """What tells one state of an input from another: names, sizes and times of its files."""
    digest = hashlib.sha256()
    for path in sorted(_files(source)):
        stat = path.stat()
        digest.update(f"{path.relative_to(source)} {stat.st_size} {stat.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _files(source: Path) -> Iterator[Path]:
    yield from (path for path in source.rglob("*") if path.is_file()) if source.is_dir() else (source,)


def _put(path: Path, content: bytes) -> None:
    """A file that is there whole, on the disk itself, or not at all."""
    aside = path.with_name(path.name + f".{os.getpid()}.part")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
