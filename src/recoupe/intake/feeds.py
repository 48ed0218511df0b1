"""RSS and Atom: each item is a dispatch, of the outlet that the item itself names as its source, else of the feed.

The fullest text that an item has is taken; where a feed gives summaries only, `extra["part"]` says so.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import time
from collections.abc import Iterator
from typing import Any

from recoupe.errors import MalformedInput, UnreadableInput
from recoupe.intake.boilerplate import Cut, article, report, sifted
from recoupe.intake.clean import clean
from recoupe.intake.credits import agencies_in
from recoupe.intake.draft import Draft
from recoupe.intake.inputs import Found, Input
from recoupe.intake.markup import fragment, paragraphs
from recoupe.intake.xml import safe_text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WITH_WEEKDAY = re.compile(r"\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*,", re.I)
ITEM, CDATA = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\b"), re.compile(r"<!\[CDATA\[.*?\]\]>", re.S)
MOST_ITEMS, MOST_ELEMENTS = 3_000, 60_000
SUMMARY = 600  # characters: an item without full content that is shorter than this is a summary
MARKUP = re.compile(r"<[a-zA-Z/!][^>]{0,500}>|&(?:#\d{1,6}|[a-zA-Z]{2,8});")


def read_feed(given: Input) -> Iterator[Found]:
    """The draft of each item, or why it is none. Raises InputError where the file is no feed."""
    import feedparser

    text, encoding = safe_text(given.whole(), source=given.source, charset=given.charset)
    _check_size(text, given.source)
    read = feedparser.parse(
        text.encode("utf-8", "replace"),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": given.url or ""},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not read.version and not read.entries:
        raise MalformedInput("no RSS or Atom feed in it", source=given.source)
    if not read.entries:
        raise UnreadableInput("a feed without items", source=given.source)
    for number, item in enumerate(read.entries, start=1):
        place = f"item {number}"
        draft = _draft(item, read.feed, given, place, encoding)
        yield draft if draft.text.strip() else UnreadableInput("there is no text in it", source=given.source, place=place)


def _check_size(text: str, source: str) -> None:
    """Raises UnreadableInput where there is more in a feed than a feed has: what is escaped in it is no element of it."""
    if sum(1 for _ in ITEM.finditer(text)) > MOST_ITEMS:
        raise UnreadableInput(f"a feed of more than {MOST_ITEMS:,} items", source=source)
    if CDATA.sub("", text).count("<") > 2 * MOST_ELEMENTS:
        raise UnreadableInput(f"a feed of more than {MOST_ELEMENTS:,} elements", source=source)


def _draft(item: Any, feed: Any, given: Input, place: str, encoding: str) -> Draft:
    full = max((part.get("value") or "" for part in item.get("content", ())), key=len, default="")
    summary = item.get("summary") or ""
    body, cuts = _text(full if len(full) >= len(summary) else summary)
    title = " ".join(clean(_inline(item.get("title") or "")).split())
    published, doubts = _published(item)
    author = item.get("author") or None
    agencies = agencies_in(f"{author or ''} {(item.get('source') or {}).get('title') or ''}")
    extra = {
        "byline": author,
        "part": "summary" if not full and len(body) < SUMMARY else None,
        "cut": report(cuts),
        "encoding": encoding if encoding != "utf-8" else None,
    }
    return Draft(
        text=body or title,
        title=title if body else "",
        ref=item.get("id") or item.get("link") or None,
        published=published,
        outlet=_outlet(item, feed, given),
        agency=agencies[0] if agencies else None,
        url=item.get("link") or None,
        version=_updated(item),
        doubts=doubts,
        extra={key: value for key, value in extra.items() if value},
        source=given.source,
        place=place,
    )


def _text(html: str) -> tuple[str, list[Cut]]:
    """The paragraphs of an item, and what was taken off around them."""
    if not MARKUP.search(html):
        return sifted(line.strip() for line in html.split("\n") if line.strip())
    tree = fragment(html)
    return article(tree) if tree is not None else ("", [])


def _inline(html: str) -> str:
    tree = fragment(html) if MARKUP.search(html) else None
    return html if tree is None else " ".join(paragraphs(tree))


def _outlet(item: Any, feed: Any, given: Input) -> str | None:
    """The source that an item names (a feed of many outlets does), else the feed itself, as a person or it names it."""
    named = (item.get("source") or {}).get("title") or given.outlet or feed.get("title")
    return " ".join(_inline(named).split()) or None if named else None


def _published(item: Any) -> tuple[str | None, tuple[str, ...]]:
    """When, in ISO form, and what speaks against it: a weekday that the day was not."""
    for name in ("published", "updated", "created"):
        parsed, written = item.get(f"{name}_parsed") if f"{name}_parsed" in item else None, item.get(name)
        if parsed is None:
            continue
        when = _as_written(written or "") or _moment(parsed)
        weekday = WITH_WEEKDAY.match(written or "")
        if weekday and when.weekday() != WEEKDAYS.index(weekday[1].lower()):
            return None, (f"«{written}»: that day was a {when:%A}",)
        return when.isoformat(), ()
    return None, ()


def _as_written(written: str) -> dt.datetime | None:
    """The moment in the time zone that it was written in: the day that its readers had."""
    from email.utils import parsedate_to_datetime

    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = read(written.strip())
        except ValueError:
            continue
        if when.tzinfo:
            return when
    return None


def _updated(item: Any) -> str | None:
    """When the item says that it was changed after it was published: its version."""
    parsed = item["updated_parsed"] if "updated_parsed" in item else None  # noqa: SIM401 (its `get` answers for `published`)
    if parsed is None or parsed == item.get("published_parsed"):
        return None
    return _moment(parsed).isoformat()


def _moment(parsed: time.struct_time) -> dt.datetime:
    """feedparser's moments are in UTC."""
    return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)
