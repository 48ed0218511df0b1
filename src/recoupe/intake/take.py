"""A mapping of given values (a line of JSON Lines) as a Dispatch."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any

from recoupe.model import Dispatch


def take(row: Mapping[str, Any]) -> Dispatch:
    """A dispatch of the given values. Text is NFC with "\\n" line ends; nothing else is changed in it."""
    text, title = clean(row["text"]), clean(row.get("title") or "")
    published = row.get("published")
    key = "\0".join([text, title, row.get("outlet") or "", published or "", row.get("url") or ""])
    return Dispatch(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        ref=row.get("id"),
        lang=row["lang"],
        title=title,
        text=text,
        published=published,
        published_basis="given" if published else "unknown",
        outlet=row.get("outlet"),
        agency=row.get("agency"),
        url=row.get("url"),
    )


def clean(text: str) -> str:
    """NFC, with "\\n" line ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
