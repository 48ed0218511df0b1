"""A whole ledger as one JSON object, with lists in a fixed order: the contract that this program keeps."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from recoupe.export.bundle import Bundle


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes the ledger; the same ledger gives the same bytes."""
    out.write(msgspec.json.format(msgspec.json.encode(bundle.view), indent=2) + b"\n")
