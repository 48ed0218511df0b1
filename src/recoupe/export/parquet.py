"""One table as Parquet: a column has one type whatever it holds, days are dates, what is absent is null."""

from __future__ import annotations

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from recoupe.export.bundle import Bundle
from recoupe.export.tables import AMOUNTS, COUNTS, DAYS
from recoupe.export.tables import table as table_of


def write(bundle: Bundle, out: BinaryIO, *, table: str = "occurrences") -> None:
    """Writes the table of that name. Raises ExportError where there is none."""
    made = table_of(bundle, table)
    columns = [pa.array([row[n] for row in made.rows], _kind(name)) for n, name in enumerate(made.columns)]
    pq.write_table(pa.table(dict(zip(made.columns, columns, strict=True))), out, compression="zstd")


def _kind(column: str) -> pa.DataType:
    if column in DAYS:
        return pa.date32()
    return pa.int64() if column in COUNTS else pa.float64() if column in AMOUNTS else pa.string()
