"""Plain text, one dispatch a file. A first line that is clearly a headline becomes the title; the rest is the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.errors import UnreadableInput
from recoupe.intake.clean import clean, decode
from recoupe.intake.draft import Draft
from recoupe.intake.inputs import Input

LONGEST_HEADLINE = 160
HEADLINE = re.compile(r"\s*(?P<title>[^\n]*\S)[^\S\n]*\n[^\S\n]*\n\s*(?=\S)")
SENTENCE_END = re.compile(r"(?<!\.)\.[»”\"')\s]*$|[;:,]$")
FURNITURE = re.compile(r"[^a-zà-ÿ]*$|.*[-–—|]\s*$")


def read_plain(given: Input) -> Iterator[Draft]:
    """The draft of a text file. Raises UnreadableInput where it holds no text."""
    text, encoding = decode(given.whole(), source=given.source, declared=given.charset)
    title, body = split_headline(clean(text))
    if not body.strip():
        raise UnreadableInput("empty: there is no text in it", source=given.source)
    extra = {} if encoding == "utf-8" else {"encoding": encoding}
    yield Draft(text=body, title=title, ref=given.ref, url=given.url, source=given.source, extra=extra)


def split_headline(text: str) -> tuple[str, str]:
    """The headline and the text below it; no headline where the first line is not clearly one.

    It is where it is short, ends no sentence, is no dateline, and a blank line stands between it and the rest.
    """
    first = HEADLINE.match(text)
    if first is None:
        return "", text
    title = first["title"]
    shouted = title.isupper() and len(title.split()) >= 3
    if len(title) > LONGEST_HEADLINE or SENTENCE_END.search(title) or (FURNITURE.match(title) and not shouted):
        return "", text
    return (title, text[first.end() :]) if len(title.split()) >= 2 else ("", text)
