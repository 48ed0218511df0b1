"""The main path of a job: drafts in, pieces out. A piece is some dozens of dispatches; it is read whole, then kept.

The output is the same however often the job was stopped and by how many it was done: pieces are cut from the input by its
order alone, and a reading is a function of its dispatch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import msgspec

from recoupe import __version__
from recoupe.errors import InputError, JobError
from recoupe.intake.draft import Draft
from recoupe.intake.sources import STDIN, Collector
from recoupe.language import rules_hash
from recoupe.model import Dispatch, Reading
from recoupe.scale.job import Job, Plan, fingerprint
from recoupe.scale.outputs import check_output

PIECE = 48
LARGEST = 150_000  # characters of a piece


class Reads(Protocol):
    """What reads dispatches, in order."""

    def read_many(self, dispatches: Iterable[Dispatch], /) -> Iterator[Reading]: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbours in the input."""

    number: int
    drafts: tuple[Draft | InputError, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A piece that was read: lines of the output, and of the refusals."""

    number: int
    readings: tuple[bytes, ...]
    refused: tuple[bytes, ...]


@dataclass(frozen=True)
class Coder:
    """Reads pieces. Whatever goes wrong with one dispatch is its refusal, and the rest goes on."""

    finish: Callable[[Draft], Dispatch | InputError]
    reader: Reads

    def code(self, piece: Piece) -> Coded:
        dispatches, refused = [], []
        for draft in piece.drafts:
            taken = draft if isinstance(draft, InputError) else self.finish(draft)
            if isinstance(taken, InputError):
                refused.append(refusal(taken.source, taken.place, taken.reason))
            else:
                dispatches.append(taken)
        try:
            readings = [msgspec.json.encode(reading) for reading in self.reader.read_many(dispatches)]
        except Exception:  # noqa: BLE001 (one of them cannot be read: which, is found by reading them alone)
            readings = [line for dispatch in dispatches for line in self._alone(dispatch, refused)]
        return Coded(piece.number, tuple(readings), tuple(refused))

    def _alone(self, dispatch: Dispatch, refused: list[bytes]) -> list[bytes]:
        try:
            return [msgspec.json.encode(reading) for reading in self.reader.read_many([dispatch])]
        except Exception as error:  # noqa: BLE001 (an archive is read to its end: the reason is kept beside the output)
            refused.append(refusal(dispatch.ref or dispatch.id, "", f"{type(error).__name__}: {error}"))
            return []


Carry = Callable[["Work", Iterator[Piece]], Iterator[Coded]]


@dataclass(frozen=True)
class Work:
    """What a worker needs to make its coder. skim: sentences that by their words tell nothing are not parsed."""

    collector: Collector
    skim: bool = False
    read_with: Callable[[], Reads] | None = None

    def coder(self) -> Coder:
        return Coder(self.collector.finished, self.read_with() if self.read_with else self._reader())

    def _reader(self) -> Reads:
        from recoupe.reading.pipeline import Reader

        reader = Reader(self.collector.settings)
        if not self.skim:
            return reader
        from recoupe.scale.skim import Skimmer

        return Skimmer(reader)


def here(work: Work, pieces: Iterator[Piece]) -> Iterator[Coded]:
    """Reads the pieces in this process."""
    yield from map(work.coder().code, pieces)


@dataclass
class Progress:
    """What was done. resumed: dispatches that an earlier run had read; each: called with how many were read just now."""

    each: Callable[[int], None] = field(default=lambda count: None)
    resumed: int = 0
    read: int = 0
    refused: int = 0


def code(
    source: Path,
    output: Path,
    work: Work,
    *,
    workers: int = 1,
    ray: str | None = None,
    restart: bool = False,
    progress: Progress | None = None,
) -> Progress:
    """Reads every dispatch of a source into the output; goes on where an earlier run of the same job was stopped.

    workers: how many processes read; ray: the address of a cluster whose processes they are. Raises JobError where the
    source is not there or the output cannot be made.
    """
    check_output(output)
    if str(source) == STDIN:
        raise JobError("a job must be able to start again, so it takes no stream: give a file or a folder")
    if not source.exists():
        raise JobError(f"{source}: there is no such file or folder")
    told = progress or Progress()
    job = Job(output, _plan(source, work), restart=restart)
    if job.finished:
        return told
    work = replace(work, collector=replace(work.collector, now=job.now, stdin=None, described=set()))
    count = 0

    def open_pieces() -> Iterator[Piece]:
        nonlocal count
        for piece in cut(work.collector.drafts(source)):
            count = piece.number + 1
            if not job.done(piece.number):
                yield piece
            else:
                told.resumed += len(piece.drafts)
                told.each(len(piece.drafts))

    for coded in _carry(workers, ray)(work, open_pieces()):
        job.keep(coded.number, coded.readings, coded.refused)
        told.read += len(coded.readings) + len(coded.refused)
        told.each(len(coded.readings) + len(coded.refused))
    told.refused = job.finish(count)
    return told


def _carry(workers: int, ray: str | None) -> Carry:
    """Who reads the pieces."""
    if ray is not None:
        from recoupe.scale.cluster import on_cluster

        return on_cluster(ray, workers)
    if workers > 1:
        from recoupe.scale.workers import on_cores

        return on_cores(workers)
    return here


def cut(drafts: Iterable[Draft | InputError]) -> Iterator[Piece]:
    """Pieces by count and by length, from the order of the input alone."""
    number, size, held = 0, 0, list[Draft | InputError]()
    for draft in drafts:
        held.append(draft)
        size += 0 if isinstance(draft, InputError) else len(draft.text)
        if len(held) == PIECE or size > LARGEST:
            yield Piece(number, tuple(held))
            number, size, held = number + 1, 0, []
    if held:
        yield Piece(number, tuple(held))


def _plan(source: Path, work: Work) -> Plan:
    taken = work.collector
    reader = f"{__version__} {rules_hash()} {sorted(taken.settings.models.items())}"
    options = f"{taken.given} {taken.form} {sorted(taken.columns.items())} {taken.outlet} {work.skim}"
    return Plan(str(source.resolve()), fingerprint(source), reader, options, dt.datetime.now(dt.UTC).isoformat())


def refusal(source: str, place: str, reason: str) -> bytes:
    return msgspec.json.encode({"source": source, "place": place, "reason": reason})
