"""Feeds, watched: politely, each item once, and a feed that fails stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake_samples import SAMPLES, Unread, page, rss
from loopback import Server, serving
from recoupe.cli import cli
from recoupe.errors import InputError, MalformedInput
from recoupe.intake.web.feedlist import Feed, FeedList, as_toml, read_feeds
from recoupe.intake.web.fetching import Fetching
from recoupe.intake.web.state import State
from recoupe.intake.web.watch import Watch
from recoupe.model import Dispatch

BRIDGE, STRIKE, RAIL = SAMPLES
HOUR = 3600.0


@dataclass
class World:
    """A server, a clock that tests move, and a memory on disk."""

    server: Server
    folder: Path
    now: float = 1_710_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def watch(self, *feeds: Feed | str, user_agent: str = "") -> Watch:
        """A watch as a new process would make it."""
        listed = tuple(Feed(url=self.server.url(feed), every=HOUR) if isinstance(feed, str) else feed for feed in feeds)
        return Watch(
            FeedList(feeds=listed, user_agent=user_agent),
            State(self.folder / "state.db"),
            Fetching(allow_private=True, seconds=5),
            clock=lambda: self.now,
            sleep=self.sleep,
        )

    def round(self, *feeds: Feed | str) -> list[str]:
        """Titles, and refusals, of one round."""
        return [told(one) for one in self.watch(*feeds).round()]

    def feed(self, path: str, *samples: int, **headers: str) -> None:
        body = rss(tuple(SAMPLES[number] for number in samples)).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.server[path] = (200, {"Content-Type": "application/rss+xml", **named}, body)


def told(one: Dispatch | InputError) -> str:
    return one.title if isinstance(one, Dispatch) else one.reason


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with serving() as server:
        yield World(server, tmp_path)


def test_each_item_is_taken_once(world: World) -> None:
    world.feed("/rss", 0)
    assert world.round("/rss") == [BRIDGE.title]
    world.now += HOUR
    assert world.round("/rss") == []
    world.feed("/rss", 1, 0)
    world.now += HOUR
    assert world.round("/rss") == [STRIKE.title]


def test_a_feed_is_asked_when_it_is_due_and_not_before(world: World) -> None:
    world.feed("/rss", 0)
    world.round("/rss")
    world.now += HOUR / 2
    assert world.round("/rss") == []
    assert world.server.paths() == ["/rss"]
    assert world.watch("/rss").next_due() == pytest.approx(world.now + HOUR / 2)


def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    world.feed("/rss", 0, ETag='"v1"', Last_Modified="Sat, 09 Mar 2024 16:00:00 GMT")
    world.round("/rss")
    world.server["/rss"] = 304
    world.now += HOUR
    assert world.round("/rss") == []
    headers = world.server.headers("/rss")
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Sat, 09 Mar 2024 16:00:00 GMT"


def test_a_watch_that_is_stopped_finds_again_what_was_not_kept(world: World) -> None:
    world.feed("/rss", 0, 1, ETag='"v1"')
    watch = world.watch("/rss")
    assert [told(one) for one in islice(watch.round(), 1)] == [BRIDGE.title]  # stopped before this one counted as kept
    assert world.round("/rss") == [BRIDGE.title, STRIKE.title]
    assert "if-none-match" not in world.server.headers("/rss")


def test_an_item_that_changed_is_a_new_version(world: World) -> None:
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>Le Fleuve</title><updated>2024-03-12T18:00:00Z</updated>'
        "<entry><id>urn:1</id><title>Le pont rouvre</title><published>2024-03-12T17:00:00Z</published>"
        "<updated>{updated}</updated>"
        "<content>{text}</content></entry></feed>"
    )

    def serve(updated: str, text: str) -> list[Dispatch | InputError]:
        world.server["/atom"] = (200, {"Content-Type": "application/atom+xml"}, entry.format(updated=updated, text=text).encode())
        world.now += HOUR
        return list(world.watch("/atom").round())

    (first,) = serve("2024-03-12T17:00:00Z", "Le pont de Labbezanga a rouvert, trois camions sont passés.")
    assert serve("2024-03-12T18:00:00Z", "Le pont de Labbezanga a rouvert, trois camions sont passés.") == []
    (second,) = serve("2024-03-12T19:00:00Z", "Le pont de Labbezanga a rouvert, treize camions sont passés.")
    assert isinstance(first, Dispatch)
    assert isinstance(second, Dispatch)
    assert (first.ref, first.version) == ("urn:1", None)
    assert (second.ref, second.version) == ("urn:1", "2024-03-12T19:00:00+00:00")


def test_one_bad_feed_stops_nothing(world: World) -> None:
    world.feed("/good", 0)
    world.feed("/also", 1)
    world.server["/broken"] = (200, {"Content-Type": "text/xml"}, b"<html><body>Nothing here</body></html>")
    world.server["/down"] = 500
    found = world.round("/good", "/broken", "/down", "/gone", "/also")
    assert found == [
        BRIDGE.title,
        "no RSS or Atom feed in it",
        "the server answers 500",
        "the server answers 404",
        STRIKE.title,
    ]


def test_one_that_fails_is_asked_less_and_less(world: World) -> None:
    world.server["/rss"] = 503
    waits = []
    for _ in range(7):
        assert world.round("/rss") == ["the server answers 503"]
        due = world.watch("/rss").next_due()
        waits.append((due - world.now) / HOUR)
        world.now = due
    assert waits == [2, 4, 8, 16, 24, 24, 24]
    world.feed("/rss", 0)
    assert world.round("/rss") == [BRIDGE.title]
    assert world.watch("/rss").next_due() == pytest.approx(world.now + HOUR)


@pytest.mark.parametrize("as_date", [False, True])
def test_a_server_that_asks_for_time_gets_it(world: World, as_date: bool) -> None:
    when = formatdate(world.now + 10 * HOUR, usegmt=True) if as_date else "36000"
    world.server["/rss"] = (429, {"Retry-After": when}, b"")
    assert world.round("/rss") == ["the server answers 429, and asks to come back in 36000 s"]
    assert world.watch("/rss").next_due() == pytest.approx(world.now + 10 * HOUR, abs=1)


@pytest.mark.parametrize("value", ["never", "-5", "9" * 400, "Mon, 99 Foo 2024"])
def test_nonsense_is_no_time(world: World, value: str) -> None:
    world.server["/rss"] = (503, {"Retry-After": value}, b"")
    world.round("/rss")
    assert world.now + HOUR <= world.watch("/rss").next_due() <= world.now + 24 * HOUR


def test_one_that_is_gone_is_asked_no_more(world: World) -> None:
    world.server["/rss"] = 410
    (refusal,) = world.round("/rss")
    assert "gone for good" in refusal
    world.now += 1000 * HOUR
    assert world.round("/rss") == []
    assert world.server.paths() == ["/rss"]


def test_one_that_has_moved_for_good_is_asked_there(world: World) -> None:
    world.server["/old"] = (301, {"Location": "/new"}, b"")
    world.feed("/new", 0)
    assert world.round("/old") == [BRIDGE.title]
    world.now += HOUR
    world.round("/old")
    assert world.server.paths() == ["/old", "/new", "/new"]


def test_robots_txt_is_obeyed(world: World) -> None:
    world.feed("/private/rss", 0)
    world.feed("/public/rss", 1)
    world.server["/robots.txt"] = b"User-agent: Recoupe\nDisallow: /private/*\nCrawl-delay: 7\n"
    refusal, title = world.round("/private/rss", "/public/rss")
    assert "robots.txt" in refusal
    assert title == STRIKE.title
    assert world.server.paths() == ["/public/rss"]
    assert [path for path, _ in world.server.asked].count("/robots.txt") == 1


def test_a_robots_txt_that_cannot_be_had_lets_nothing(world: World) -> None:
    world.feed("/rss", 0)
    world.server["/robots.txt"] = 500
    assert "robots.txt" in world.round("/rss")[0]
    assert world.server.paths() == []


def test_a_site_that_cannot_be_reached_is_said_to_be_and_asked_again_soon(world: World) -> None:
    watch = world.watch(Feed(url="http://127.0.0.1:9/rss", every=HOUR))
    (refusal,) = (told(one) for one in watch.round())
    assert "robots.txt" not in refusal
    assert watch.next_due() == world.now + 2 * HOUR


def test_requests_to_one_host_are_apart(world: World) -> None:
    world.feed("/a", 0)
    world.feed("/b", 1)
    world.round("/a", "/b")
    assert world.slept == [1.0]
    world.server["/robots.txt"] = b"User-agent: *\nCrawl-delay: 7\n"
    world.now += HOUR
    world.round("/a", "/b")
    assert world.slept == [1.0, 7.0]


def test_we_name_ourselves_as_the_list_says(world: World) -> None:
    world.feed("/rss", 0)
    list(world.watch("/rss", user_agent="Desk/1 (desk@lefleuve.example)").round())
    assert {headers["user-agent"] for _, headers in world.server.asked} == {"Desk/1 (desk@lefleuve.example)"}


def test_an_item_of_two_feeds_is_one(world: World) -> None:
    body = rss((BRIDGE,)).replace(f"<guid isPermaLink='false'>{BRIDGE.slug}</guid>", f"<guid>{BRIDGE.url}</guid>").encode()
    for path in ("/all", "/mali"):
        world.server[path] = (200, {"Content-Type": "application/rss+xml"}, body)
    assert world.round("/all", "/mali") == [BRIDGE.title]


def test_a_refused_item_is_named_once(world: World) -> None:
    spanish = "El presidente dijo el lunes que las tropas saldrán del país en mayo, según el ministerio."
    world.server["/rss"] = rss((replace(BRIDGE, title="Tropas", text=spanish, lang="es"), STRIKE))
    refusal, title = world.round("/rss")
    assert "Spanish" in refusal
    assert title == STRIKE.title
    world.now += HOUR
    assert world.round("/rss") == []


class TestWholePages:
    """A feed of summaries: the page of each item is fetched too, where the list says so."""

    def feed(self, world: World) -> Feed:
        link = f"<link>{world.server.url('/a')}</link>"
        item = f"<item><title>{BRIDGE.title}</title>{link}<description>Le pont rouvre.</description></item>"
        world.server["/rss"] = f"<rss version='2.0'><channel><title>Le Fleuve</title>{item}</channel></rss>"
        return Feed(url=world.server.url("/rss"), full=True)

    def test_the_text_is_that_of_the_page(self, world: World) -> None:
        world.server["/a"] = page(BRIDGE)
        (found,) = world.watch(self.feed(world)).round()
        assert isinstance(found, Dispatch)
        assert (found.title, found.text) == (BRIDGE.title, BRIDGE.text)
        assert "part" not in found.extra

    def test_where_there_is_none_the_summary_is_taken_and_that_is_said(self, world: World) -> None:
        refusal, found = world.watch(self.feed(world)).round()
        assert "404" in str(refusal)
        assert isinstance(found, Dispatch)
        assert (found.text, found.extra["part"]) == ("Le pont rouvre.", "summary")

    def test_nothing_is_fetched_where_it_does_not(self, world: World) -> None:
        feed = self.feed(world)
        list(world.watch(replace(feed, full=False)).round())
        assert world.server.paths() == ["/rss"]


class TestLists:
    def written(self, tmp_path: Path, text: str, name: str = "feeds.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_what_one_says(self, tmp_path: Path) -> None:
        text = """
every = "2h"
user_agent = "Desk/1"
[[feed]]
url = "https://lefleuve.example/rss"
outlet = "Le Fleuve"
lang = "fr"
every = "15m"
full = true
[[feed]]
url = "https://river.example/rss"
"""
        listed = read_feeds(self.written(tmp_path, text))
        first, second = listed.feeds
        assert first == Feed(url="https://lefleuve.example/rss", outlet="Le Fleuve", lang="fr", every=900, full=True)
        assert (second.every, listed.user_agent) == (7200, "Desk/1")

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "no feed in it"),
            ("[[feed]]\nurl = 3", "feed 1: url: 3 is no str"),
            ("[[feed]]\nurl = 'lefleuve.example/rss'", "feed 1: url: an address .* is expected, not 'lefleuve.example/rss'"),
            ("[[feed]]\nurl = 'https://a.example'\nevry = '1h'", "feed 1: 'evry' is nothing that is known here; 'every' is"),
            ("[[feed]]\nurl = 'https://a.example'\nevery = 'often'", "every: 'often' is no span of time, as 15m, 1h or 1d"),
            ("feeds = []", "'feeds' is nothing that is known here; 'feed' is"),
            ("= 3", "no TOML"),
            ("<opml><body/></opml>", "no feed in this OPML list"),
            ("<html></html>", "neither TOML nor OPML"),
            ("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "declares entities"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, text: str, why: str) -> None:
        path = self.written(tmp_path, text)
        with pytest.raises(MalformedInput, match=why) as error:
            read_feeds(path)
        assert error.value.source == str(path)

    OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="Sahel">
    <outline type="rss" text="Le Fleuve" xmlUrl="https://lefleuve.example/rss"/><outline text="No feed"/></outline>
    <outline type="rss" title="The &quot;River&quot;" xmlUrl="https://river.example/rss"/></body></opml>"""

    def test_opml_with_folders(self, tmp_path: Path) -> None:
        listed = read_feeds(self.written(tmp_path, self.OPML, "mine.opml"))
        assert [(feed.url, feed.outlet) for feed in listed.feeds] == [
            ("https://lefleuve.example/rss", "Le Fleuve"),
            ("https://river.example/rss", 'The "River"'),
        ]
        assert read_feeds(self.written(tmp_path, as_toml(listed.feeds))) == listed

    def test_import_adds_what_is_not_there(self, tmp_path: Path) -> None:
        opml, feeds = self.written(tmp_path, self.OPML, "mine.opml"), tmp_path / "feeds.toml"
        feeds.write_text('every = "1d"\n\n[[feed]]\nurl = "https://river.example/rss"\n', encoding="utf-8")
        for told in ("1 feeds added", "0 feeds added"):
            done = CliRunner().invoke(cli, ["watch", "--import", str(opml), str(feeds)])
            assert done.exit_code == 0
            assert told in done.stderr
        assert [feed.url for feed in read_feeds(feeds).feeds] == ["https://river.example/rss", "https://lefleuve.example/rss"]


def test_the_command(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.reading.pipeline.Reader", Unread)
    world.feed("/rss", 0)
    feeds = world.folder / "feeds.toml"
    feeds.write_text(as_toml([Feed(url=world.server.url("/rss")), Feed(url=world.server.url("/none"))]), encoding="utf-8")
    ledger = str(world.folder / "a.db")
    command = ["watch", "--once", "--allow-private", "--ledger", ledger, str(feeds)]
    first = CliRunner().invoke(cli, command)
    assert first.exit_code == 1
    assert BRIDGE.title in first.stdout
    assert f"refused: {world.server.url('/none')}: the server answers 404" in first.stderr
    assert "1 added, 0 already there, 1 refused" in first.stderr
    second = CliRunner().invoke(cli, command)
    assert second.exit_code == 0
    assert second.stdout == ""
    status = CliRunner().invoke(cli, ["watch", "--status", str(feeds)]).stdout.splitlines()
    assert status[0].split("\t")[2:5] == ["1", "0", "-"]
    assert status[1].split("\t")[3:5] == ["1", "the server answers 404"]


@pytest.mark.parametrize(("feeds", "why"), [("absent.toml", "No such file"), ("bad.toml", "no feed in it")])
def test_a_list_that_is_none(tmp_path: Path, feeds: str, why: str) -> None:
    (tmp_path / "bad.toml").write_text("")
    done = CliRunner().invoke(cli, ["watch", "--once", str(tmp_path / feeds)])
    assert why in str(done.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.toml"]
