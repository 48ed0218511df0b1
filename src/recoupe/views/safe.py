"""A dispatch's words on a terminal: they may hold control characters, which would move the cursor or hide text."""

from __future__ import annotations

UNPRINTABLE = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x0D, *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
    "\ufffd",
)


def visible(text: str) -> str:
    """The text with control characters replaced, one for one."""
    return text.translate(UNPRINTABLE)
