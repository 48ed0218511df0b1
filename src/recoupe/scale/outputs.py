"""The output of a job: JSON Lines, one reading a line, or Parquet, one dispatch a row with each kind of item as JSON."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from recoupe.errors import JobError

DISPATCH = ("id", "ref", "lang", "title", "text", "published", "outlet", "agency", "url")
ITEMS = ("names", "times", "places", "actors", "figures", "statements", "events", "abstentions")
SUFFIXES = (".jsonl", ".parquet")
ROWS = 2_000


def check_output(output: Path) -> None:
    """Raises JobError where the name says no format that is written, or its library is absent."""
    if output.suffix not in SUFFIXES:
        raise JobError(f"{output}: the output's name must end in {' or '.join(SUFFIXES)}")
    if output.suffix == ".parquet":
        try:
            import pyarrow  # noqa: F401 (whether it is there)
        except ImportError as error:
            raise JobError('Parquet needs pyarrow: pip install "recoupe[parquet]"') from error


def join(pieces: Sequence[Path], output: Path) -> None:
    """The pieces as one file, whole or not at all."""
    aside = output.with_name(output.name + ".part")
    if output.suffix == ".parquet":
        _join_parquet(pieces, aside)
    else:
        with aside.open("wb") as whole:
            for path in pieces:
                with path.open("rb") as piece:
                    shutil.copyfileobj(piece, whole, 1 << 20)
            whole.flush()
            os.fsync(whole.fileno())
    os.replace(aside, output)


def _join_parquet(pieces: Iterable[Path], output: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in (*DISPATCH, *ITEMS, "reader")])
    rows: list[dict[str, Any]] = []
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        for row in _rows(pieces):
            rows.append(row)
            if len(rows) == ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema))
                rows.clear()
        writer.write_table(pa.Table.from_pylist(rows, schema))


def _rows(pieces: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in pieces:
        for line in path.read_bytes().splitlines():
            reading = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
            dispatch = msgspec.json.decode(reading["dispatch"])
            row = {name: dispatch.get(name) for name in DISPATCH}
            yield row | {name: bytes(reading[name]).decode() for name in (*ITEMS, "reader") if name in reading}
