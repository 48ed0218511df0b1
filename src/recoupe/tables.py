"""Tables of the package: TOML files, parsed once a machine.

A parsed table is kept between runs where it comes back from there unchanged; a file that is edited is parsed anew.
"""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from recoupe.cache import keep, kept


def read_table(file: Traversable, path: str) -> dict[str, Any]:
    """The table in `file`; path: what names it among the tables. Raises FileNotFoundError and tomllib.TOMLDecodeError."""
    source = file.read_bytes()
    kind, mark = "table-" + path.removesuffix(".toml").replace("/", "-"), hashlib.sha256(source).hexdigest()[:16]
    content = kept(kind, mark)
    if content is not None:
        try:
            return msgspec.msgpack.decode(content, type=dict[str, Any])
        except msgspec.DecodeError:  # not ours: parsed anew
            pass
    table = tomllib.loads(source.decode("utf-8"))
    packed = msgspec.msgpack.encode(table)
    if msgspec.msgpack.decode(packed) == table:
        keep(kind, mark, lambda aside: aside.write_bytes(packed))
    return table
