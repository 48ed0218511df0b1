"""The same view as data: JSON is the page's own dataclass, CSV its lists. No cell of a table can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import is_dataclass
from typing import Any

import msgspec
from starlette.responses import Response

from recoupe.export.cells import FORMULA

BEFORE_FORMULAS = (*FORMULA, "\t", "\r")  # a tab or a line break may hide one


def as_json(page: Any) -> Response:
    """The page's dataclass."""
    return Response(msgspec.json.encode(page, enc_hook=str), media_type="application/json")


def as_csv(rows: Iterable[Any], name: str) -> Response:
    """A list of one kind of dataclass: a column a field, nested values on one line."""
    plain = [_flat(msgspec.to_builtins(row, enc_hook=str) if is_dataclass(row) else row) for row in rows]
    columns: Sequence[str] = list(dict.fromkeys(key for row in plain for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _safe(value) for key, value in row.items()} for row in plain)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _flat(value: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, part in value.items():
        if isinstance(part, dict):
            row |= _flat(part, f"{prefix}{key}." if prefix or key not in ("line", "pledge", "dispute", "voice", "course") else "")
        elif isinstance(part, list):
            row[prefix + key] = "; ".join(_said(one) for one in part)
        else:
            row[prefix + key] = part
    return row


def _said(value: Any) -> str:
    if isinstance(value, dict):
        words = [str(value[key]) for key in ("when", "said", "value", "weight", "how", "words", "outlet") if value.get(key)]
        quotes = [_said(quote) for quote in value.get("quotes") or ([value["quote"]] if "quote" in value else [])]
        return " · ".join([*words, *quotes])
    return " · ".join(map(str, value)) if isinstance(value, list) else str(value)


def _safe(value: Any) -> Any:
    text = value if isinstance(value, str) else ""
    return "'" + text if text.startswith(BEFORE_FORMULAS) else value
