"""Feeds, watched: each is asked when it is due and not before, and each of its items is taken once.

Politely: what has not changed is not sent again (ETag, Last-Modified), a server that asks for time gets it (Retry-After), one
that fails is asked less and less often, robots.txt is obeyed, and requests to one host are apart. A feed that fails stops
nothing: it comes as the error that says why, and the others go on.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime

from recoupe.errors import InputError, UnreadableInput
from recoupe.intake.draft import Draft, Given
from recoupe.intake.sources import Collector
from recoupe.intake.web.address import is_address, origin_of
from recoupe.intake.web.feedlist import Feed, FeedList
from recoupe.intake.web.fetching import Fetched, Fetching, document, fetch
from recoupe.intake.web.robots import Robots
from recoupe.intake.web.state import Known, State
from recoupe.model import Dispatch

PAUSE = 1.0  # seconds between two requests to one host
MOST_PAUSE = 30.0
LONGEST_BACK_OFF = 86_400.0
EARLY = 0.1  # of its span: a run that comes this much too soon (cron is never quite on time) counts as on time
NEVER = 10**12


@dataclass
class Watch:
    """A list of feeds and what is remembered of them."""

    feeds: FeedList
    state: State
    fetching: Fetching
    pause: float = PAUSE
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    met: dict[str, float] = field(default_factory=dict)

    def round(self) -> Iterator[Dispatch | InputError]:
        """What is new in the feeds that are due. A dispatch counts as taken once the next thing is asked for: whoever stops
        in between finds it again.
        """
        robots = Robots(self._fetching)
        for feed in self.feeds.feeds:
            known = self.state.feed(feed.url)
            if known.due <= self.clock() + EARLY * feed.every:
                yield from self._look(feed, known, robots)

    def next_due(self) -> float:
        """When the next feed is due, in seconds since 1970."""
        return min(self.state.feed(feed.url).due for feed in self.feeds.feeds)

    def _look(self, feed: Feed, known: Known, robots: Robots) -> Iterator[Dispatch | InputError]:
        """What is new in one feed. Its ETag is kept when all of it was taken, not before."""
        url = known.moved or feed.url
        asked = replace(known, asked=self.clock(), due=self.clock() + feed.every)
        try:
            answer = self._ask(url, known, robots)
            if answer.status == 304:
                self.state.keep(replace(asked, failures=0, problem=None))
                return
            self._check(answer, feed)
            count = 0
            for found in self._items(feed, answer, robots):
                yield found
                count += isinstance(found, Dispatch)
        except InputError as error:
            failures = known.failures + 1
            due = self.clock() + self._back_off(feed, failures, error)
            self.state.keep(replace(asked, failures=failures, due=due, problem=error.reason))
            yield error
            return
        self.state.keep(
            replace(
                asked,
                etag=answer.headers.get("etag"),
                modified=answer.headers.get("last-modified"),
                moved=answer.moved or known.moved,
                failures=0,
                problem=None,
                taken=known.taken + count,
            )
        )

    def _ask(self, url: str, known: Known, robots: Robots) -> Fetched:
        if why := robots.unreachable(url):
            raise UnreadableInput(why, source=url)
        if not robots.allow(url):
            raise Refusal("robots.txt does not let it be fetched, or cannot be had", source=url, wait=LONGEST_BACK_OFF)
        self._wait(url, robots)
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        return fetch(url, self._fetching, {name: value for name, value in headers.items() if value})

    def _check(self, answer: Fetched, feed: Feed) -> None:
        """Raises where the answer is no feed, with the time that the server asks for."""
        if answer.status == 410:
            raise Refusal(
                "the server says that this feed is gone for good (410); it is asked no more", source=feed.url, wait=NEVER
            )
        if answer.status != 200:
            wait = retry_after(answer, self.clock())
            asks = f", and asks to come back in {wait:.0f} s" if wait else ""
            raise Refusal(f"the server answers {answer.status}{asks}", source=feed.url, wait=wait)

    def _items(self, feed: Feed, answer: Fetched, robots: Robots) -> Iterator[Dispatch | InputError]:
        taker = Collector(Given(lang=feed.lang), form="feed", outlet=feed.outlet, fetching=self._fetching)
        for found in taker.fetched(answer):
            if isinstance(found, InputError) and not found.place:
                raise found  # the feed itself, not one of its items
            key, version, digest = _identity(feed, found)
            before = self.state.item(key)
            if before is None or (version > before[0] and digest != before[1]):
                if isinstance(found, Draft):
                    if feed.full and found.url:
                        found, failed = self._full(found, robots)
                        yield from failed
                    yield taker.finished(found if before else replace(found, version=None))
                else:
                    yield found
                self.state.took(key, version, digest)

    def _full(self, draft: Draft, robots: Robots) -> tuple[Draft, list[InputError]]:
        """The draft with the text of its own page; as it was where that cannot be had, which is said."""
        url = draft.url or ""
        try:
            if not robots.allow(url):
                why = robots.unreachable(url) or "robots.txt does not let it be fetched"
                raise UnreadableInput(f"{why}; the feed's own text is taken", source=url)
            self._wait(url, robots)
            (page,) = Collector(form="html").fetched(document(url, self._fetching))
        except InputError as error:
            return draft, [error]
        if isinstance(page, InputError):
            return draft, [page]
        extra = {**{key: value for key, value in draft.extra.items() if key not in ("part", "cut")}, **page.extra}
        return replace(draft, text=page.text, title=draft.title or page.title, extra=extra), []

    @property
    def _fetching(self) -> Fetching:
        return replace(self.fetching, user_agent=self.fetching.user_agent or self.feeds.user_agent)

    def _wait(self, url: str, robots: Robots) -> None:
        """Keeps requests to one host apart."""
        origin = origin_of(url)
        pause = min(MOST_PAUSE, max(self.pause, robots.delay(url)))
        left = self.met.get(origin, 0.0) + pause - self.clock()
        if left > 0:
            self.sleep(min(left, pause))
        self.met[origin] = self.clock()

    def _back_off(self, feed: Feed, failures: int, error: InputError) -> float:
        wait = error.wait if isinstance(error, Refusal) else 0.0
        return max(wait, min(LONGEST_BACK_OFF, feed.every * 2.0 ** min(failures, 20)))


class Refusal(UnreadableInput):
    """A feed that a server does not give. wait: the seconds that it is to be left alone at least."""

    def __init__(self, reason: str, *, source: str, wait: float = 0.0) -> None:
        super().__init__(reason, source=source)
        self.wait = wait


def retry_after(answer: Fetched, now: float) -> float:
    """The seconds that a server asks to be left alone, told as a number or as a date; at most a day."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return min(LONGEST_BACK_OFF, float(value[:9]))
    try:
        return min(LONGEST_BACK_OFF, max(0.0, parsedate_to_datetime(value).timestamp() - now))
    except (ValueError, OverflowError):
        return 0.0


def _identity(feed: Feed, found: Draft | InputError) -> tuple[str, str, str]:
    """What an item is known by, its version, and a digest of its words. An address names an item whichever feed it is in."""
    if isinstance(found, InputError):
        return f"{feed.url} refused {hashlib.sha256(str(found).encode()).hexdigest()}", "", ""
    digest = hashlib.sha256(f"{found.title}\0{found.text}".encode("utf-8", "replace")).hexdigest()
    named = found.ref or digest
    key = named if is_address(named) else f"{feed.url} {named}"
    return key, found.version or "", digest
