"""A frame's examples as marked sentences: *the trigger*, [the actor], {the recipient}, "= modality" at the end.

And what the frames of each language cover.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from recoupe.language import language, languages
from recoupe.model import Span
from recoupe.ontology import types

MARKS = {"*": "trigger", "[": "actor", "{": "recipient"}
MARK = re.compile(r"\*(?P<trigger>[^*]+)\*|\[(?P<actor>[^\]]+)\]|\{(?P<recipient>[^}]+)\}")


@dataclass(frozen=True)
class Example:
    """One marked sentence: its plain text, the spans marked in it, and the modality expected."""

    text: str
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    modality: str = "asserted"

    @classmethod
    def of(cls, marked: str) -> Example:
        """Raises ValueError where a sentence marks no trigger, or more than one."""
        marked, _, modality = marked.partition(" = ")
        text, end = "", 0
        spans: dict[str, list[Span]] = {kind: [] for kind in MARKS.values()}
        for found in MARK.finditer(marked):
            text += marked[end : found.start()]
            kind = found.lastgroup or "trigger"
            spans[kind].append((len(text), len(text) + len(found[kind])))
            text, end = text + found[kind], found.end()
        text += marked[end:]
        if len(spans["trigger"]) != 1:
            raise ValueError(f"one trigger is to be marked: {marked}")
        return cls(text, spans["trigger"][0], tuple(spans["actor"]), tuple(spans["recipient"]), modality.strip() or "asserted")


def coverage() -> str:
    """Frames, verbs' and nouns' entries by event type and language, as a Markdown table."""
    rows = ["| type | " + " | ".join(f"{code}: frames | words" for code in languages()) + " |"]
    rows.append("| --- |" + " ---: | ---: |" * len(languages()))
    for name in types():
        cells = []
        for code in languages():
            frames = [(f, row) for f, row in rows_of(code) if row["type"] == name]
            words = sum(len(row.get(kind, "").split()) for _, row in frames for kind in ("verbs", "nouns", "adjectives"))
            cells.append(f"{len(frames)} | {words}")
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def rows_of(code: str) -> list[tuple[str, dict[str, Any]]]:
    """Every frame of a language as its table has it, with its name."""
    return [(f"{file}.{name}", row) for file, rows in language(code).table("frames").items() for name, row in rows.items()]
