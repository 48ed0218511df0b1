"""One table as CSV (RFC 4180): UTF-8, a line of column names, cells made harmless. bom: the mark by which Excel knows UTF-8."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from recoupe.export.bundle import Bundle
from recoupe.export.cells import written
from recoupe.export.tables import Table
from recoupe.export.tables import table as table_of


def write(bundle: Bundle, out: BinaryIO, *, table: str = "occurrences", bom: bool = False) -> None:
    """Writes the table of that name. Raises ExportError where there is none."""
    write_table(table_of(bundle, table), out, bom=bom)


def write_table(made: Table, out: BinaryIO, *, bom: bool = False, delimiter: str = ",") -> None:
    """Writes any table."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if bom else "utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n" if delimiter == "," else "\n")
    writer.writerow(made.columns)
    writer.writerows([written(cell) for cell in row] for row in made.rows)
    text.detach()
