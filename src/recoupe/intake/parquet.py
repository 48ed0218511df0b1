"""Parquet, one dispatch a row, read in small batches. It needs pyarrow: `pip install "recoupe[parquet]"`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from recoupe.errors import InputError, MalformedInput, UnreadableInput
from recoupe.intake.inputs import Found, Input
from recoupe.intake.rows import check_columns, row_draft

BATCH = 64
LARGEST_GROUP = 256_000_000  # bytes of one column of one row group, unpacked: what has to be held at once


def read_parquet(given: Input) -> Iterator[Found]:
    """The draft of each row, or why it is none. Raises InputError where the file is none, or its columns are other ones."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UnreadableInput('Parquet needs pyarrow: pip install "recoupe[parquet]"', source=given.source) from error
    try:
        table = pq.ParquetFile(_seekable(given), pre_buffer=False)
        check_columns(table.schema_arrow.names, given.columns, source=given.source)
        _check_size(table.metadata, given.source)
        number = 0
        for batch in table.iter_batches(batch_size=BATCH, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield row_draft(row, given.columns, source=given.source, place=f"row {number}")
                except InputError as refused:
                    yield refused
    except (pa.ArrowException, OSError, ValueError) as error:
        raise MalformedInput(f"no Parquet: {str(error).splitlines()[0][:120]}", source=given.source) from error


def _seekable(given: Input) -> Any:
    """A file as it lies, or what a stream holds."""
    return given.stream if given.stream.seekable() and given.depth == 0 else io.BytesIO(given.whole())


def _check_size(metadata: Any, source: str) -> None:
    for group in range(metadata.num_row_groups):
        found = metadata.row_group(group)
        for column in range(found.num_columns):
            if found.column(column).total_uncompressed_size > LARGEST_GROUP:
                place = f"row group {group + 1}, column {found.column(column).path_in_schema}"
                raise UnreadableInput(f"more than {LARGEST_GROUP:,} bytes in one piece", source=source, place=place)
