"""Cells that a spreadsheet opens without harm: what begins like a formula is text, and control characters are shown.

The rule is OWASP's for CSV injection: what begins with «=», «+», «-» or «@» gets an apostrophe before
it; a tab or a line break, which may hide one, is made a blank or dropped first.
"""

from __future__ import annotations

import datetime as dt

from recoupe.export.tables import Cell
from recoupe.views.safe import one_line

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A text on one line that no spreadsheet runs."""
    plain = one_line(text)
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def written(cell: Cell) -> str:
    """A cell as text: days in ISO 8601, numbers with a point, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
