"""The JSON Schema of a reading, as `recoupe schema` prints it: what `recoupe read --json` promises, and nothing more."""

from __future__ import annotations

from typing import Any

import msgspec

from recoupe import __version__
from recoupe.model import Reading

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def reading_schema() -> dict[str, Any]:
    """The schema of one line. Every key is always written; none is written besides."""
    (root,), parts = msgspec.json.schema_components([Reading], ref_template="#/$defs/{name}")
    for part in parts.values():
        if part.get("type") == "object":
            part["required"] = sorted(part["properties"])
            part["additionalProperties"] = False
    return {"$schema": DRAFT, "title": f"A reading, as recoupe {__version__} writes it", **root, "$defs": parts}
