"""`recoupe watch`: what a terminal or a crontab sees of a watch. What it takes is kept before the next thing is asked for."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from recoupe.intake.web import Fetching
from recoupe.intake.web.feedlist import as_toml, read_feeds
from recoupe.intake.web.state import State
from recoupe.intake.web.watch import Watch
from recoupe.shell import Refusals, added, open_ledger, row


def watch(
    feeds: Path, state: Path | None, ledger: str, *, once: bool, allow_private: bool = False, user_agent: str | None = None
) -> None:
    """Looks at the feeds that are due, again and again, or once."""
    fetching = Fetching(allow_private=allow_private, user_agent=user_agent or "")
    listed = read_feeds(feeds)
    with _memory(feeds, state) as memory, open_ledger(ledger) as kept:
        watched = Watch(listed, memory, fetching)
        while True:
            refusals = Refusals()
            new, old = added(kept, refusals.sift(watched.round()))
            click.echo(f"{new} added, {old} already there, {refusals.count} refused: {ledger}", err=True)
            if once:
                refusals.end()
                return
            time.sleep(max(1.0, watched.next_due() - time.time()))


def print_status(feeds: Path, state: Path | None) -> None:
    """One line a feed: address, last look, items taken, failures in a row, what is wrong, where it has moved to."""
    listed = read_feeds(feeds).feeds
    with _memory(feeds, state) as memory:
        for known in (memory.feed(feed.url) for feed in listed):
            asked = dt.datetime.fromtimestamp(known.asked, dt.UTC).isoformat(timespec="minutes") if known.asked else None
            row(known.url, asked, str(known.taken), str(known.failures), known.problem, known.moved)


def import_feeds(opml: Path, feeds: Path) -> None:
    """Adds the feeds of an OPML list to a TOML one, which is made where there is none."""
    held = {feed.url for feed in read_feeds(feeds).feeds} if feeds.exists() else set()
    new = [feed for feed in read_feeds(opml).feeds if feed.url not in held]
    with feeds.open("a", encoding="utf-8") as out:
        out.write(("\n" if held and new else "") + as_toml(new))
    click.echo(f"{len(new)} feeds added to {feeds}", err=True)


@contextmanager
def _memory(feeds: Path, state: Path | None) -> Iterator[State]:
    memory = State(state or feeds.with_suffix(".state.db"))
    try:
        yield memory
    finally:
        memory.close()
