"""What a watch remembers between two runs: when a feed was asked and what it answered, and which items were taken.

A small SQLite file of its own, so that a watch can be stopped at any moment and taken up again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from recoupe.errors import UnreadableInput

TABLES = """
CREATE TABLE IF NOT EXISTS feed (
  url TEXT PRIMARY KEY, etag TEXT, modified TEXT, asked REAL, due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
  problem TEXT, moved TEXT, taken INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS item (key TEXT PRIMARY KEY, version TEXT NOT NULL, digest TEXT NOT NULL);
"""
COLUMNS = ("url", "etag", "modified", "asked", "due", "failures", "problem", "moved", "taken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a feed. asked, due: seconds since 1970; failures: how many in a row; moved: where it is to be found."""

    url: str
    etag: str | None = None
    modified: str | None = None
    asked: float | None = None
    due: float = 0.0
    failures: int = 0
    problem: str | None = None
    moved: str | None = None
    taken: int = 0


class State:
    """The memory of a watch, in one file. Raises UnreadableInput where the file is none."""

    def __init__(self, path: Path | str) -> None:
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._db.executescript(TABLES)
        except sqlite3.Error as error:
            raise UnreadableInput(f"no memory of a watch: {error}", source=str(path)) from error

    def close(self) -> None:
        self._db.close()

    def feed(self, url: str) -> Known:
        """What is known of a feed, if anything."""
        row = self._db.execute(f"SELECT {', '.join(COLUMNS)} FROM feed WHERE url = ?", (url,)).fetchone()
        return Known(**dict(zip(COLUMNS, row, strict=True))) if row else Known(url=url)

    def keep(self, known: Known) -> None:
        """Remembers what is known of a feed now."""
        values = [getattr(known, column) for column in COLUMNS]
        marks = ", ".join("?" * len(COLUMNS))
        self._db.execute(f"INSERT OR REPLACE INTO feed ({', '.join(COLUMNS)}) VALUES ({marks})", values)

    def item(self, key: str) -> tuple[str, str] | None:
        """Version and digest of an item that was taken."""
        found: tuple[str, str] | None = self._db.execute("SELECT version, digest FROM item WHERE key = ?", (key,)).fetchone()
        return found

    def took(self, key: str, version: str, digest: str) -> None:
        """Remembers that an item was taken."""
        self._db.execute("INSERT OR REPLACE INTO item (key, version, digest) VALUES (?, ?, ?)", (key, version, digest))
