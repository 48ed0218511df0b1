"""The words of marked-up copy: one paragraph a line, as a person would read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "tr", "td", "th", "blockquote", "figure", "figcaption", "pre", "hr", "form", "h1", "h2", "h3", "h4", "h5", "h6", "body",
    "html", "block", "hl1", "hl2", "hedline", "byline", "dateline", "abstract", "body.content", "body.head", "body.end", "media",
    "tagline",
}  # fmt: skip
SILENT = {"script", "style", "template", "noscript", "svg", "head", "iframe", "object", "textarea", "select", "button"}
BLANKS = re.compile(r"[ \t\r\n\f]+")


def paragraphs(root: Any) -> list[str]:
    """The paragraphs of an element, in order; white space between words is one blank, others (no-break blanks) stay."""
    lines = [BLANKS.sub(" ", line).strip(" ") for line in "".join(_pieces(root)).split("\0")]
    return [line for line in lines if line]


def name_of(element: Any) -> str:
    """The name of an element, without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def fragment(html: str) -> Any:
    """The body of some HTML, or None where there is none."""
    from lxml import html as markup
    from lxml.etree import LxmlError

    parser = markup.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        return markup.document_fromstring(f"<html><body>{html}</body></html>".encode("utf-8", "replace"), parser=parser).body
    except (LxmlError, IndexError, AssertionError):
        return None


def _pieces(root: Any) -> Iterator[str]:
    """The text of a tree, "\\0" between blocks. No recursion: a tree may be deep."""
    from lxml import etree

    silent: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = name_of(element) if event in ("start", "end") else ""
        if event == "start" and silent is None:
            if name in SILENT and element is not root:
                silent = element
                continue
            yield "\0" if name in BLOCKS or name == "br" else ""
            yield _clean(element.text)
        elif event != "start":
            if element is silent:
                silent = None
            if silent is None:
                yield "\0" if name in BLOCKS else ""
                yield _clean(element.tail) if element is not root else ""


def _clean(text: str | None) -> str:
    return (text or "").replace("\0", " ")
