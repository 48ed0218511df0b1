"""Web pages: the article without its menus, and what the page's metadata say of it."""

from __future__ import annotations

import logging
import re
from typing import Any

from recoupe.errors import UnreadableInput
from recoupe.intake.clean import clean, decode
from recoupe.intake.draft import Draft

EARLIEST, LATEST = "1980-01-01", "2100-01-01"  # fixed, so that a page reads the same on any day
ADDRESSES = "//link[@rel='canonical' or @rel='alternate' or @rel='shortlink' or @rel='amphtml'] | //meta[@property='og:url']"
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
MOST_ELEMENTS = 200_000


def read_html(data: bytes, *, ref: str, source: str) -> Draft:
    """The draft of a page. Raises UnreadableInput where no article is found in it."""
    text, encoding = decode(data, source=source)
    page = _article(_tree(text, source), source)
    title, body = clean(page.title or "").strip(), clean(page.text)
    return Draft(
        text=body.removeprefix(title).lstrip() if title else body,
        title=title,
        ref=ref,
        published=_published(_tree(text, source)),
        basis="metadata",
        outlet=page.sitename or page.hostname,
        url=page.url,
        extra={} if encoding == "utf-8" else {"encoding": encoding},
        source=source,
    )


def _tree(text: str, source: str) -> Any:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(XML_DECLARATION.sub("", text))
    if tree is None:
        raise UnreadableInput("no web page in it", source=source)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise UnreadableInput(f"a page of more than {MOST_ELEMENTS:,} elements", source=source)
    return tree


def _article(tree: Any, source: str) -> Any:
    from trafilatura import bare_extraction

    page = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "min_date": EARLIEST, "max_date": LATEST},
    )
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise UnreadableInput("no article is found in this page", source=source)
    return page


def _published(tree: Any) -> str | None:
    """The day that the page's metadata state; one that stands in its address alone is found there."""
    from htmldate import find_date

    for element in tree.xpath(ADDRESSES):
        element.getparent().remove(element)
    day: str | None = find_date(tree, original_date=True, extensive_search=False, min_date=EARLIEST, max_date=LATEST)
    return day
