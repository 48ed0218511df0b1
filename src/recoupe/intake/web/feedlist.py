"""The list of feeds that are watched: a TOML file that people write, or the OPML that their reader exports.

every = "30m"                        # how often a feed is asked, where it does not say: 15m, 1h, 1d
user_agent = "Desk/1 (desk@lefil.example)"

[[feed]]
url = "https://lefleuve.example/rss"
outlet = "Le Fleuve"                 # for items that name no source of their own
every = "1h"
full = true                          # the page of each item is fetched too: this feed gives summaries
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from recoupe.errors import MalformedInput, UnreadableInput
from recoupe.intake.web.address import is_address
from recoupe.intake.xml import parse_xml, root_name, safe_text

EVERY = re.compile(r"(\d{1,6})\s*([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
USUAL = 1800.0
LEAST = 60.0  # seconds between two looks at one feed: nobody's news comes faster, and servers are other people's
KEYS: dict[str, type] = {"url": str, "outlet": str, "lang": str, "every": str, "full": bool}
TOP: dict[str, type] = {"every": str, "user_agent": str, "feed": list}
LONGEST = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed. every: seconds; full: the page of each item is fetched too."""

    url: str
    outlet: str | None = None
    lang: str | None = None
    every: float = USUAL
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """What is watched, and how we name ourselves to servers."""

    feeds: tuple[Feed, ...]
    user_agent: str = ""


def read_feeds(path: Path) -> FeedList:
    """The list that a file holds. Raises InputError, naming the feed and what is wrong with it."""
    source = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(error.strerror or str(error), source=source) from error
    if len(data) > LONGEST:
        raise UnreadableInput(f"longer than {LONGEST:,} bytes", source=source)
    text, _ = safe_text(data, source=source)
    if text.lstrip().startswith("<"):
        return FeedList(feeds=opml_feeds(text, source=source))
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MalformedInput(f"no TOML: {error}", source=source) from error
    _check(table, TOP, source, "")
    usual = _seconds(table.get("every", f"{USUAL:.0f}s"), source, "")
    rows = table.get("feed", [])
    feeds = [_feed(row, usual, source, f"feed {number}") for number, row in enumerate(rows, start=1)]
    if not feeds:
        raise MalformedInput('no feed in it; one is written [[feed]] and, below, url = "https://…"', source=source)
    return FeedList(feeds=_once(feeds), user_agent=table.get("user_agent", ""))


def opml_feeds(text: str, *, source: str) -> tuple[Feed, ...]:
    """The feeds of an OPML list, in any of its folders. Raises InputError."""
    if root_name(text) != "opml":
        raise MalformedInput("neither TOML nor OPML", source=source)
    outlines = parse_xml(text, source=source).iter("{*}outline")
    found = [(outline.get("xmlUrl") or outline.get("xmlurl") or "", outline) for outline in outlines]
    feeds = [
        Feed(url=url.strip(), outlet=outline.get("title") or outline.get("text") or None)
        for url, outline in found
        if is_address(url.strip())
    ]
    if not feeds:
        raise MalformedInput("no feed in this OPML list (an outline with an xmlUrl)", source=source)
    return _once(feeds)


def as_toml(feeds: Iterable[Feed]) -> str:
    """Feeds as a list has them."""
    return "\n".join(
        f"[[feed]]\nurl = {_quoted(feed.url)}\n" + (f"outlet = {_quoted(feed.outlet)}\n" if feed.outlet else "") for feed in feeds
    )


def _feed(row: Any, usual: float, source: str, place: str) -> Feed:
    if not isinstance(row, dict):
        raise MalformedInput("a table is expected: [[feed]]", source=source, place=place)
    _check(row, KEYS, source, place)
    url = row.get("url", "")
    if not is_address(url):
        raise MalformedInput(f"url: an address (https://…) is expected, not {url!r}", source=source, place=place)
    every = _seconds(row["every"], source, place) if "every" in row else usual
    return Feed(url=url, outlet=row.get("outlet"), lang=row.get("lang"), every=every, full=row.get("full", False))


def _check(row: dict[str, Any], keys: dict[str, type], source: str, place: str) -> None:
    for key, value in row.items():
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            known = f"{near[0]!r} is" if near else f"these are: {', '.join(keys)}"
            raise MalformedInput(f"{key!r} is nothing that is known here; {known}", source=source, place=place)
        if not isinstance(value, keys[key]):
            raise MalformedInput(f"{key}: {value!r} is no {keys[key].__name__}", source=source, place=place)


def _seconds(every: str, source: str, place: str) -> float:
    read = EVERY.fullmatch(every.strip())
    if read is None:
        raise MalformedInput(f"every: {every!r} is no span of time, as 15m, 1h or 1d", source=source, place=place)
    return max(LEAST, float(read[1]) * SECONDS[read[2]])


def _once(feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    return tuple({feed.url: feed for feed in reversed(list(feeds))}.values())[::-1]


def _quoted(value: str) -> str:
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
