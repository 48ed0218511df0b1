"""Many machines: the same pieces read by actors of a Ray cluster, each with its own reader, made once.

The pieces stream through Ray Data. A worker that is killed loses nothing: Ray starts another and has it read what was under
way. The output is that of one machine, since pieces are numbered before they leave.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from itertools import islice
from typing import Any

from recoupe.errors import JobError
from recoupe.scale.coding import Carry, Coded, Piece, Work

WINDOW = 256  # pieces an actor, in one stream


def on_cluster(address: str, workers: int) -> Carry:
    """Reads pieces with that many actors of the cluster at `address`: "local" starts one here. Raises JobError."""
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise JobError('a cluster needs Ray: pip install "recoupe[ray]"') from error

    def carry(work: Work, pieces: Iterator[Piece]) -> Iterator[Coded]:
        if not ray.is_initialized():
            try:
                ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING)
            except (ConnectionError, ValueError) as error:
                raise JobError(f"no Ray cluster at {address!r}: {error}") from error
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = 0
        while window := [{"piece": pickle.dumps(piece)} for piece in islice(pieces, WINDOW * workers)]:
            data = ray.data.from_items(window, override_num_blocks=len(window))
            coded = data.map_batches(
                Actor,
                fn_constructor_args=(pickle.dumps(work),),
                batch_size=1,
                concurrency=min(workers, len(window)),
            )
            for row in coded.iter_rows():
                yield pickle.loads(row["coded"])

    return carry


class Actor:
    """A worker of the cluster."""

    def __init__(self, work: bytes) -> None:
        self.coder = pickle.loads(work).coder()

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        return {"coded": [pickle.dumps(self.coder.code(pickle.loads(piece))) for piece in batch["piece"]]}
