"""A whole ledger as one JSON object: the contract of `recoupe export json`, with lists in a fixed order."""

from __future__ import annotations

import msgspec

from recoupe.ledger.values import LedgerView


def ledger_json(view: LedgerView, *, indent: int = 1) -> str:
    """The ledger as JSON text that ends in a line break; the same ledger gives the same text. indent 0: on one line."""
    text = msgspec.json.encode(view).decode()
    return (msgspec.json.format(text, indent=indent) if indent else text) + "\n"
