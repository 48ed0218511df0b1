"""A dispatch's words where people see them: they may hold characters that move the cursor, turn the line or hide text."""

from __future__ import annotations

CONTROLS = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)]
TURNS = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
SURROGATES = range(0xD800, 0xE000)
UNPRINTABLE = dict.fromkeys([*CONTROLS, *TURNS, *SURROGATES], "\ufffd")


def visible(text: str) -> str:
    """The text with control characters, marks of direction and halves of pairs replaced, one for one."""
    return text.translate(UNPRINTABLE)


def one_line(text: str) -> str:
    """The same on one line, without tabs."""
    return visible(" ".join(text.split()))
