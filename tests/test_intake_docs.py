"""Every command of docs/intake.md does what it says there, on real files of each format and a server on loopback."""

from __future__ import annotations

import gzip
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake_samples import SAMPLES, Unread, archive, atom, lines, news_item, news_message, ninjs, page, parquet, rss, table, warc
from loopback import Server, serving
from recoupe.cli import cli

DOC = (Path(__file__).parent.parent / "docs" / "intake.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", DOC, re.S) for line in block.splitlines()]
SITE = "https://lefleuve.example"
BRIDGE = SAMPLES[0]
LIST = f'[[feed]]\nurl = "{SITE}/rss"\noutlet = "Le Fleuve"\n'
OPML = f'<opml version="2.0"><body><outline type="rss" text="Le Fleuve" xmlUrl="{SITE}/rss"/></body></opml>'


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        running["/rss"] = (200, {"Content-Type": "application/rss+xml"}, rss().encode())
        running[f"/{BRIDGE.slug}"] = page(BRIDGE)
        yield running


@pytest.fixture
def _desk(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that holds all that the commands name."""
    renamed = table().replace(b",text,", b",body,", 1).replace(b",published,", b",date,", 1).replace(b",title,", b",headline,", 1)
    files = {
        "dispatch.txt": f"{BRIDGE.title}\n\n{BRIDGE.text}".encode(),
        "notes.md": BRIDGE.text.encode(),
        "page.html": page(BRIDGE).encode(),
        "feed.xml": rss().encode(),
        "feed.atom": atom().encode(),
        "newsml-g2.xml": news_message("".join(news_item(sample) for sample in SAMPLES)).encode(),
        "ninjs-1.json": json.dumps(ninjs(BRIDGE, 1)).encode(),
        "ninjs-2.json": json.dumps([ninjs(sample, 2) for sample in SAMPLES]).encode(),
        "ninjs-3.jsonl": "\n".join(json.dumps(ninjs(sample, 3)) for sample in SAMPLES).encode(),
        "wire.jsonl": lines(),
        "archive.csv": renamed,
        "archive.parquet": parquet(text="body"),
        "crawl.warc.gz": warc(packed=True),
        "wire.zip": archive({"a.jsonl.gz": gzip.compress(lines())}),
        "dispatches/a.txt": BRIDGE.text.encode(),
        "feeds.toml": LIST.replace(SITE, server.url("")).encode(),
        "subscriptions.opml": OPML.replace(SITE, server.url("")).encode(),
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("recoupe.reading.pipeline.Reader", lambda *_: Unread())


@pytest.mark.usefixtures("_desk")
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_does_what_it_says(command: str, server: Server) -> None:
    words, _, redirected = command.replace(SITE, server.url("")).partition(" < ")
    program, *arguments = shlex.split(words)
    assert program == "recoupe"
    reaches = "127.0.0.1" in words or ("watch" in arguments and "--import" not in arguments and "--status" not in arguments)
    stdin = Path(redirected).read_bytes() if redirected else None
    done = CliRunner().invoke(cli, [*arguments, *(["--allow-private"] if reaches else [])], input=stdin, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    assert "refused" not in done.stderr.replace("0 refused", "")
    if arguments[0] in ("read", "add"):
        assert "Labbezanga" in done.stdout
    elif "--once" in arguments:
        assert done.stdout.count("added ") == len(SAMPLES)


def test_no_format_is_left_out() -> None:
    from recoupe.intake.formats import READERS

    (option,) = (option for option in cli.commands["read"].params if option.name == "form")
    assert set(option.type.choices) == set(READERS)  # type: ignore[attr-defined]

    told = (
        DOC.lower()
        .replace("rss", "feed")
        .replace("plain text", "plain")
        .replace("newsml-g2", "newsml")
        .replace("json lines", "jsonl")
    )
    assert not [form for form in READERS if form not in told]


def test_the_list_of_feeds_is_one(tmp_path: Path) -> None:
    from recoupe.intake.web.feedlist import read_feeds

    path = tmp_path / "feeds.toml"
    path.write_text(re.findall(r"```toml\n(.*?)```", DOC, re.S)[0], encoding="utf-8")
    listed = read_feeds(path)
    assert (len(listed.feeds), listed.feeds[0].full, listed.feeds[0].every) == (1, True, 3600)
