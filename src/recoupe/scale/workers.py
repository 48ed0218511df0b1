"""Many cores: each worker is a process with its own reader, and takes the next piece when it has done one.

A worker that dies loses nothing: what was under way is read again apart, in ever smaller parts, so that a dispatch which
kills whoever reads it is refused and all others are read.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace

from recoupe.errors import InputError
from recoupe.scale.coding import Carry, Coded, Coder, Piece, Work, refusal

AHEAD = 2  # pieces a worker
_own: list[Coder] = []  # a worker's coder, made when the process starts


def on_cores(workers: int) -> Carry:
    """Reads pieces with that many processes; they come back as they are done."""
    return lambda work, pieces: _Pool(work, workers).run(pieces)


@dataclass
class _Pool:
    work: Work
    workers: int
    waiting: dict[Future[Coded], Piece] = field(default_factory=dict)

    def run(self, pieces: Iterator[Piece]) -> Iterator[Coded]:
        executor = _executor(self.work, self.workers)
        try:
            for piece in pieces:
                try:
                    self.waiting[executor.submit(_code, piece)] = piece
                except BrokenProcessPool:
                    executor.shutdown()
                    yield from self._apart()
                    executor = _executor(self.work, self.workers)
                    self.waiting[executor.submit(_code, piece)] = piece
                if len(self.waiting) >= AHEAD * self.workers:
                    yield from self._collect()
            while self.waiting:
                yield from self._collect()
        finally:
            executor.shutdown(cancel_futures=True)

    def _collect(self) -> Iterator[Coded]:
        done, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
            yield from self._apart()
        else:
            for future in done:
                del self.waiting[future]
                yield future.result()

    def _apart(self) -> Iterator[Coded]:
        """What was under way when a worker died."""
        pieces, self.waiting = list(self.waiting.items()), {}
        for future, piece in pieces:
            whole = future.done() and not future.cancelled() and future.exception() is None
            yield future.result() if whole else _alone(self.work, piece)


def _alone(work: Work, piece: Piece) -> Coded:
    with _executor(work, 1) as executor:
        try:
            return executor.submit(_code, piece).result()
        except BrokenProcessPool:
            pass
    if len(piece.drafts) > 1:
        half = len(piece.drafts) // 2
        parts = [_alone(work, replace(piece, drafts=drafts)) for drafts in (piece.drafts[:half], piece.drafts[half:])]
        return Coded(piece.number, parts[0].readings + parts[1].readings, parts[0].refused + parts[1].refused)
    (draft,) = piece.drafts
    place = "" if isinstance(draft, InputError) else draft.place
    return Coded(piece.number, (), (refusal(draft.source, place, "the process that read it died: out of memory, perhaps"),))


def _executor(work: Work, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(work,))


def _begin(work: Work) -> None:
    _own[:] = [work.coder()]


def _code(piece: Piece) -> Coded:
    coded = _own[0].code(piece)
    gc.freeze()  # tables and models stay for good: the collector need not look through them again
    return coded
