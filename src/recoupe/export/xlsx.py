"""Every table as a sheet of one workbook: days are days, numbers numbers, text is never a formula, the head row stays in view."""

from __future__ import annotations

import datetime as dt
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from recoupe.export.bundle import Bundle
from recoupe.export.tables import Cell, tables
from recoupe.views.safe import one_line

LONGEST_CELL = 32_767  # Excel's own limit
WIDEST = 60
MADE = dt.datetime(2000, 1, 1)  # the same ledger gives the same bytes: the file does not say when it was written


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes the workbook."""
    book = Workbook(write_only=True)
    for table in tables(bundle):
        sheet: Any = book.create_sheet(table.name)  # the stubs know less of it than it holds
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.columns, 1):
            longest = max((len(str(row[number - 1] or "")) for row in table.rows), default=0)
            sheet.column_dimensions[get_column_letter(number)].width = min(max(longest, len(column)) + 2, WIDEST)
        head = [WriteOnlyCell(sheet, value=column) for column in table.columns]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
        if table.rows:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    book.properties.creator = "Recoupe"
    book.properties.created = book.properties.modified = MADE
    book.save(out)


def _cell(sheet: Any, value: Cell) -> object:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=one_line(value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
