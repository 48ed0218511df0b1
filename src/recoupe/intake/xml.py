"""XML, read without entities and without the network: what declares entities of its own is refused before it is parsed.

The text is decoded first and parsed as UTF-8, so that what is looked through is what is parsed.
"""

from __future__ import annotations

import re
from typing import Any

from recoupe.errors import MalformedInput, UnreadableInput
from recoupe.intake.clean import decode

DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
INSTRUCTION, REMARK = r"<\?[^>]{0,2000}\?>", r"<!--(?:(?!-->).){0,20000}-->"
DOCTYPE = r"<!DOCTYPE[^>\[]{0,2000}(?:\[[^\]]{0,20000}\])?\s*>"
PROLOGUE = re.compile(rf"\s*(?:(?:{INSTRUCTION}|{REMARK}|{DOCTYPE})\s*)*", re.S | re.I)
ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60})")
ENTITY = re.compile(r"<!\s*ENTITY", re.I)
MOST_ELEMENTS = 200_000


def root_name(text: str) -> str | None:
    """The name of the outermost element, without its prefix; None where the text does not begin as XML does."""
    found = ROOT.match(text, PROLOGUE.match(text).end())  # type: ignore[union-attr]
    return found[1] if found else None


def safe_text(data: bytes, *, source: str, charset: str | None = None) -> tuple[str, str]:
    """The text of an XML file without its declaration, and its encoding. Raises MalformedInput where it declares entities."""
    text, encoding = decode(data, source=source, declared=charset)
    text = DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    declared = ENTITY.search(text)
    if declared:
        line = text.count("\n", 0, declared.start()) + 1
        raise MalformedInput("it declares entities of its own, which are not read", source=source, place=f"line {line}")
    return text, encoding


def parse_xml(text: str, *, source: str) -> Any:
    """The root element. Raises MalformedInput where the text breaks the rules of XML."""
    from lxml import etree

    if text.count("<") > 2 * MOST_ELEMENTS:
        raise UnreadableInput(f"more than {MOST_ELEMENTS:,} elements", source=source)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        place = f"line {error.lineno}" if error.lineno else ""
        raise MalformedInput(f"no XML: {str(error.msg)[:120]}", source=source, place=place) from error
