"""Regular expressions compiled once a machine: inside `remembered`, what an earlier run compiled is not compiled again.

The same expression gives the same object as `re.compile` makes: only the work of translating it is spared. spaCy's French
tokenizer compiles one expression of every letter there is, in three seconds; the grammars take another. Python keeps
its translation private, so where a version has moved it this does nothing, and the expressions compile as ever.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import msgspec

from recoupe.cache import keep, kept

Translated = tuple[int, bytes, int, dict[str, int], list[str | None]]  # flags, code, groups, their numbers, their names

try:
    _compiler: Any = importlib.import_module("re._compiler")
    _machine: Any = _compiler._sre
    VERSION = f"{sys.implementation.cache_tag}-{_machine.MAGIC}"
except (ImportError, AttributeError):  # another Python keeps them elsewhere
    _compiler = None

_lock = RLock()


@contextmanager
def remembered(scope: str, fingerprint: str) -> Iterator[None]:
    """Within it, expressions compile from what was kept under `scope`; new ones are kept when it ends.

    fingerprint: changes with whatever the expressions are made from, so that those of an older version are dropped.
    """
    if _compiler is None:
        yield
        return
    with _lock:
        memory = _Memory(_compiler.compile, _load(scope, fingerprint))
        _compiler.compile = memory.compile
        try:
            yield
        finally:
            _compiler.compile = memory.original
        if memory.new:
            content = msgspec.msgpack.encode(memory.known)
            keep(f"patterns-{scope}", f"{fingerprint}-{VERSION}", lambda file: file.write_bytes(content))


def _load(scope: str, fingerprint: str) -> dict[bytes, Translated]:
    content = kept(f"patterns-{scope}", f"{fingerprint}-{VERSION}")
    try:
        return msgspec.msgpack.decode(content, type=dict[bytes, Translated]) if content else {}
    except msgspec.DecodeError:  # not ours: made anew
        return {}


class _Memory:
    """Stands in for the compiler: known expressions are put together, new ones compiled and noted."""

    def __init__(self, original: Callable[..., Any], known: dict[bytes, Translated]) -> None:
        self.original = original
        self.known = known
        self.new = False

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str):
            return self.original(pattern, flags)
        key = hashlib.blake2b(f"{int(flags)} {pattern}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found = self.known.get(key)
        if found is None:
            return self.note(key, pattern, flags)
        whole, code, groups, numbers, names = found
        return _machine.compile(pattern, whole, list(array("I", code)), groups, numbers, tuple(names))

    def note(self, key: bytes, pattern: str, flags: int) -> Any:
        parsed = _compiler._parser.parse(pattern, flags)
        code = _compiler._code(parsed, flags)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        whole = int(flags | state.flags)
        self.known[key] = (whole, array("I", code).tobytes(), state.groups - 1, dict(state.groupdict), names)
        self.new = True
        return _machine.compile(pattern, whole, code, state.groups - 1, state.groupdict, tuple(names))
