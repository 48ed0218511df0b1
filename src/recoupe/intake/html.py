"""Web pages: the article without what stands around it, and what the page says of it: title, outlet, day, byline, agency.

What was taken off is kept in `extra["cut"]`. A day that its own weekday contradicts is named as doubtful and not believed.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from recoupe.errors import UnreadableInput
from recoupe.intake.boilerplate import Cut, report, sifted, trim
from recoupe.intake.calendar import calendar
from recoupe.intake.clean import clean, decode
from recoupe.intake.credits import agencies_in
from recoupe.intake.draft import Draft
from recoupe.intake.inputs import Input
from recoupe.intake.markup import paragraphs
from recoupe.intake.xml import DOCTYPE, INSTRUCTION
from recoupe.language import languages

EARLIEST, LATEST = "1980-01-01", "2100-01-01"  # fixed, so that a page reads the same on any day
ADDRESSES = "//link[@rel='canonical' or @rel='alternate' or @rel='shortlink' or @rel='amphtml'] | //meta[@property='og:url']"
BYLINES = (
    "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')"
    " or contains(concat(' ', @class, ' '), ' author ') or contains(concat(' ', @class, ' '), ' signature ')"
    " or contains(concat(' ', @class, ' '), ' auteur ')]"
)
HEADING = re.compile(rf"\A\s*(?:{INSTRUCTION}\s*)?(?:{DOCTYPE})?", re.I)
MOST_ELEMENTS = 40_000
DEEPEST = 400
MOST_TEXT = 1_000_000  # characters
LONGEST_ARTICLE = 400_000  # characters: a longer one is refused later on, whatever else the page holds
STAMP = 120  # characters: what is longer than this does not only say when a page was published


def read_html(given: Input) -> Iterator[Draft]:
    """The draft of a page. Raises UnreadableInput where no article is found in it."""
    text, encoding = decode(given.whole(), source=given.source, declared=given.charset)
    tree = _tree(text, given.source)
    said = paragraphs(tree)
    if sum(map(len, said)) > MOST_TEXT:
        raise UnreadableInput(f"a page of more than {MOST_TEXT:,} characters", source=given.source)
    published, doubts = _published(deepcopy(tree), _stamps(said))
    signed = " ".join(_short(element) for element in tree.xpath(BYLINES)[:20])
    cuts = trim(tree)
    page = _article(deepcopy(tree), given.source)
    title = clean(page.title or "").strip()
    lines = clean(page.text).removeprefix(title).lstrip().split("\n") if title else clean(page.text).split("\n")
    body, announced = sifted(lines)
    cuts += announced + _outside(tree, [title, *lines])
    agencies = agencies_in(f"{page.author or ''} {signed}")
    extra = {
        "encoding": encoding if encoding != "utf-8" else None,
        "byline": page.author,
        "cut": report(cuts),
    }
    yield Draft(
        text=body,
        title=title,
        ref=given.ref,
        published=published,
        basis="metadata",
        outlet=page.sitename or page.hostname,
        agency=agencies[0] if agencies else None,
        url=page.url or given.url,
        doubts=doubts,
        extra={key: value for key, value in extra.items() if value},
        source=given.source,
    )


def _tree(text: str, source: str) -> Any:
    import trafilatura
    from lxml import etree

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if text.count("<") > 4 * MOST_ELEMENTS:
        raise UnreadableInput(f"a page of more than {MOST_ELEMENTS:,} elements", source=source)
    tree = trafilatura.load_html(HEADING.sub("", text, count=1))
    if tree is None:
        raise UnreadableInput("no web page in it", source=source)
    count = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        count, depth = count + (event == "start"), depth + (1 if event == "start" else -1)
        if depth > DEEPEST:
            raise UnreadableInput(f"a page whose elements are more than {DEEPEST} deep", source=source)
    if count > MOST_ELEMENTS:
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


def _published(tree: Any, stamps: list[tuple[dt.date, str]]) -> tuple[str | None, tuple[str, ...]]:
    """The day that the page's metadata state, and what speaks against it; one in its address alone is found there."""
    from htmldate import find_date

    for element in tree.xpath(ADDRESSES):
        element.getparent().remove(element)
    day: str | None = find_date(tree, original_date=True, extensive_search=False, min_date=EARLIEST, max_date=LATEST)
    doubts = tuple(f"the page says «{words}», and that day was a {date:%A}" for date, words in stamps)
    return (None if day in {date.isoformat() for date, _ in stamps} else day), doubts


def _stamps(lines: list[str]) -> list[tuple[dt.date, str]]:
    """The days that short lines of a page name with a weekday which they were not."""
    found: dict[dt.date, str] = {}
    for line in lines:
        for code in languages() if len(line) <= STAMP else ():
            for written in calendar(code).written(line):
                if written.exists and written.date is None and written.year is not None:
                    day = dt.date(written.year, written.month, written.day)
                    found.setdefault(day, line[written.start : written.end])
    return sorted(found.items())


def _outside(tree: Any, lines: list[str]) -> list[Cut]:
    """The paragraphs of the page that are no part of its article."""
    article = " ".join(" ".join(lines).split())
    if len(article) > LONGEST_ARTICLE:
        return []
    return [Cut("outside the article", line) for line in paragraphs(tree) if " ".join(clean(line).split()) not in article]


def _short(element: Any) -> str:
    words = " ".join(paragraphs(element))
    return words if len(words) <= STAMP else ""
