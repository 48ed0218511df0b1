"""What the program knows of a language, as data: one folder a language, the same file names in each.

A language is a folder that holds `language.toml`. A table that is a folder (`frames/`) is the union of its files.
Nothing here is code: the stages of `reading/` compile these tables and own their meaning.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from recoupe.errors import LanguageDataError, UnknownLanguage
from recoupe.tables import read_table

ROOT: Traversable = files(__name__)


@dataclass(frozen=True)
class Language:
    """One language's tables, each read once."""

    code: str

    @property
    def folder(self) -> Traversable:
        return ROOT / self.code

    @cached_property
    def info(self) -> dict[str, Any]:
        """language.toml: its name, quotation marks, abbreviations that end in a point."""
        return self.table("language")

    def table(self, name: str) -> dict[str, Any]:
        """The table `name`; of a folder, its files merged, in the order of their names.

        Raises LanguageDataError where a file is no TOML, is absent, or two files set one key.
        """
        return _table(self.code, name)


@cache
def language(code: str) -> Language:
    """The language of an ISO 639-1 code. Raises UnknownLanguage, naming those that are read."""
    if code not in languages():
        raise UnknownLanguage(f"language {code!r} is not read; these are: {', '.join(languages())}")
    return Language(code)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that are read, sorted."""
    return tuple(sorted(entry.name for entry in ROOT.iterdir() if (entry / "language.toml").is_file()))


@cache
def rules_hash() -> str:
    """Short hash of every rule file of every language: part of what identifies a reader."""
    digest = hashlib.sha256()
    for code in languages():
        for path, content in _rule_files(ROOT / code, code):
            digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def _rule_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        path = f"{prefix}/{entry.name}"
        if entry.is_dir():
            yield from _rule_files(entry, path)
        elif entry.name.endswith(".toml"):
            yield path, entry.read_bytes()


@cache
def _table(code: str, name: str) -> dict[str, Any]:
    entry = ROOT / code / name
    if not entry.is_dir():
        return _load(ROOT / code / f"{name}.toml", f"{code}/{name}.toml")
    merged: dict[str, Any] = {}
    for file in sorted(entry.iterdir(), key=lambda e: e.name):
        if file.name.endswith(".toml"):
            _merge(merged, _load(file, f"{code}/{name}/{file.name}"), f"{code}/{name}/{file.name}")
    return merged


def _merge(into: dict[str, Any], new: dict[str, Any], path: str) -> None:
    for key, value in new.items():
        present = into.get(key)
        if isinstance(present, list) and isinstance(value, list):
            into[key] = present + value
        elif isinstance(present, dict) and isinstance(value, dict):
            into[key] = dict(present)
            _merge(into[key], value, path)
        elif key in into:
            raise LanguageDataError(f"{path}: {key!r} is set by another file of this table")
        else:
            into[key] = value


def _load(file: Traversable, path: str) -> dict[str, Any]:
    try:
        return read_table(file, path)
    except FileNotFoundError as error:
        raise LanguageDataError(f"{path}: there is no such table") from error
    except tomllib.TOMLDecodeError as error:
        raise LanguageDataError(f"{path}: {error}") from error
