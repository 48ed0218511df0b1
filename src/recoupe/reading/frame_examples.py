"""A frame's examples as marked sentences: *the trigger*, [the actor], {the recipient}, "= modality" at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recoupe.model import Span

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
