"""Inputs made to do harm: each is refused or made harmless, with a clear message, within 500 MB and 10 seconds.

All of them are taken in one process of its own, whose memory the system limits; seconds are the processor's. Servers are on
the loopback interface.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from intake_samples import FILES as FILES_OF_ALL
from intake_samples import SAMPLES, archive, kinds, page, rss
from loopback import Server, serving
from recoupe.errors import InputError
from recoupe.intake.sources import Collector
from recoupe.model import Dispatch

MEMORY, SECONDS = 500_000_000, 10
FRENCH = "Les soldats ont quitté la base dans la nuit et le ministre a salué leur départ."
TAKER = """
import json, pathlib, re, resource, sys, time
resource.setrlimit(resource.RLIMIT_DATA, ({memory}, {memory}))
from recoupe.intake.sources import Collector
from recoupe.intake.web import Fetching
from recoupe.model import Dispatch
for name, source in json.loads(sys.stdin.read()):
    began, found = time.process_time(), []
    pathlib.Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew
    try:
        for one in Collector(fetching=Fetching(allow_private=True, seconds=8)).collect([source]):
            read = isinstance(one, Dispatch)
            found.append({{"text": one.text[:2000], "title": one.title}} if read else {{"refused": str(one)}})
            if len(found) > 450:
                break
    except BaseException as error:
        found.append({{"raised": repr(error)}})
    peak = int(re.search("VmHWM: *([0-9]+) kB", pathlib.Path("/proc/self/status").read_text().replace("\t", " "))[1]) * 1024
    print(json.dumps([name, found, time.process_time() - began, peak]), flush=True)
"""
BOMB = '<!DOCTYPE {root} [<!ENTITY a "ha">{laughs}]>'
LAUGHS = "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefghi", "bcdefghij", strict=True))


def laughing(root: str, inside: str) -> bytes:
    return (f'<?xml version="1.0"?>{BOMB.format(root=root, laughs=LAUGHS)}' + inside).encode()


def zipped(size: int, copies: int = 1) -> bytes:
    """Very many blanks in a few bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for number in range(copies):
            packed.writestr(f"{number}.jsonl", b"\n" * size)
    return out.getvalue()


def within(data: bytes, times: int) -> bytes:
    for number in range(times):
        data = archive({f"{number}.zip": data})
    return data


def many(count: int) -> bytes:
    return archive({f"{number}.txt": b"" for number in range(count)})


def table(size: int) -> bytes:
    """A column that is one word, very often, which Parquet holds once."""
    out = io.BytesIO()
    pq.write_table(
        pa.table({"text": pa.array(["x" * 1_000_000] * (size // 1_000_000)).dictionary_encode()}), out, compression="zstd"
    )
    return out.getvalue()


FEED = '<rss version="2.0"><channel><title>&j;</title><item><title>{}</title><description>{}</description></item></channel></rss>'
FILES: Mapping[str, tuple[str, Callable[[Path], bytes], str]] = {
    "billion laughs in a feed": ("a.xml", lambda _: laughing("rss", FEED.format("&j;", "&j;")), "declares entities of its own"),
    "billion laughs in NewsML": (
        "a.xml",
        lambda _: laughing("newsItem", '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">&j;</newsItem>'),
        "line 1: it declares entities",
    ),
    "billion laughs in a page": ("a.html", lambda _: laughing("html", f"<html><body><p>&j; {FRENCH}</p></body></html>"), ""),
    "an external entity": (
        "a.xml",
        lambda folder: f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{folder}/secret">]>{FEED.format("&x;", "&x;")}'.encode(),
        "declares entities of its own",
    ),
    "an external entity in UTF-16": (
        "a.xml",
        lambda folder: f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{folder}/secret">]>{FEED.format("&x;", "&x;")}'.encode(
            "utf-16"
        ),
        "declares entities of its own",
    ),
    "an external entity in OPML": ("a.opml", lambda _: laughing("opml", "<opml><body>&j;</body></opml>"), "OPML"),
    "a DTD elsewhere": (
        "a.xml",
        lambda _: (
            ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">' + rss())
            .replace('<?xml version="1.0" encoding="UTF-8"?>', "")
            .encode()
        ),
        "read",
    ),
    "a zip bomb": ("a.zip", lambda _: zipped(60_000_000), "0.jsonl: unpacked it is more than 150 times as long"),
    "a zip in a zip in a zip": ("a.zip", lambda _: within(zipped(1000), 5), "archives in archives"),
    "a zip of very many files": ("a.zip", lambda _: many(10_500), "more than 10,000 files"),
    "a zip whose names turn the line": (
        "a.zip",
        lambda _: archive({"../../etc/\x1b[2Jcron\u202e.txt": b"", "b.txt": FRENCH.encode()}),
        "\\.\\./\\.\\./etc/\ufffd\\[2Jcron\ufffd.txt: empty",
    ),
    "a zip that is broken": ("a.zip", lambda _: zipped(50_000)[:-40], "no zip archive"),
    "a gzip bomb": ("a.jsonl.gz", lambda _: gzip.compress(b"\n" * 60_000_000, 9), "a bomb"),
    "a gzip file that is cut off": ("a.txt.gz", lambda _: gzip.compress(FRENCH.encode() * 50)[:-9], "cannot be unpacked"),
    "a page of 10,000 levels": ("a.html", lambda _: ("<div>" * 10_000 + f"<p>{FRENCH}</p>").encode(), ""),
    "10,000 levels of XML": ("a.xml", lambda _: b"<newsItem>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</newsItem>", "no XML"),
    "100,000 levels of JSON": ("a.json", lambda _: b'{"text": ' + b"[" * 100_000, "no JSON"),
    "a page of a million elements": ("a.html", lambda _: b"<html><body>" + b"<b>" * 1_000_000, "more than 40,000 elements"),
    "a page of 22,000 elements": ("a.html", lambda _: f"<html><body>{f'<p>{FRENCH}<b></b></p>' * 11_000}".encode(), ""),
    "a page of a million letters": ("a.html", lambda _: f"<p>{FRENCH}</p>".encode() * 14_000, "more than 1,000,000 characters"),
    "menus in menus": ("a.html", lambda _: ('<div class="menu"><p>mot</p>' * 390 + f"<article><p>{FRENCH}</p>").encode(), ""),
    "a feed of a million items": (
        "a.xml",
        lambda _: f"<rss version='2.0'><channel>{'<item/>' * 1_000_000}".encode(),
        "more than 3,000 items",
    ),
    "a feed of 2,900 items": (
        "a.xml",
        lambda _: f"<rss version='2.0'><channel>{'<item><title>Le pont rouvre</title></item>' * 2_900}".encode(),
        "",
    ),
    "NewsML of very many elements": ("a.xml", lambda _: b"<newsItem>" + b"<a/>" * 1_000_000 + b"</newsItem>", "elements"),
    "a quotation mark that is never closed": (
        "a.csv",
        lambda _: b'id,text\n1,"' + (b"mot, " * 200 + b"\n") * 20_000,
        "longer than|no CSV",
    ),
    "a line without end in CSV": ("a.csv", lambda _: b"id,text\n1," + b"mot " * 5_000_000, "longer than"),
    "a line without end in JSON Lines": ("a.jsonl", lambda _: b'{"text": "' + b"mot " * 5_000_000, "longer than"),
    "Parquet that unpacks to very much": ("a.parquet", lambda _: table(120_000_000), "in one piece|longer|characters"),
    "Parquet that is none": ("a.parquet", lambda _: b"PAR1" + bytes(range(256)) * 40 + b"PAR1", "no Parquet"),
    "WARC that is none": ("a.warc", lambda _: b"WARC/1.0\r\nContent-Length: -5\r\n\r\n" + b"\xff" * 1000, "WARC"),
    "mixed encodings": (
        "a.txt",
        lambda _: f"{FRENCH} Été à l’aube.\n".encode() * 5 + "Le général a quitté Gao.".encode("cp1252"),
        "line 6: invalid UTF-8 at byte .*mixed encodings",
    ),
    "mixed encodings in a page": (
        "a.html",
        lambda _: b"<html><body><p>" + f"{FRENCH} Été à l’aube.".encode() + "<p>Le général".encode("cp1252"),
        "mixed encodings",
    ),
    "mixed encodings in a table": (
        "a.csv",
        lambda _: f"id,text{f'{chr(10)}1,{FRENCH}' * 400}\n".encode() + "2,Le général a quitté Gao.\n".encode("cp1252"),
        "mixed encodings",
    ),
    "an encoding that does harm": ("a.html", lambda _: b'<meta charset="unicode_escape"><p>\\x3cscript\xff', "encoding|invalid"),
    "a formula for a title": (
        "a.csv",
        lambda _: f'title,text\n"=HYPERLINK(""http://x.example"",""ici"")",{FRENCH}\n'.encode(),
        "read",
    ),
    "remarks without end": ("a.xml", lambda _: b"<!--" * 4_000_000, ""),
    "brackets without end": ("a.txt", lambda _: (f"{FRENCH} " + "(" * 190_000).encode(), "read"),
    "dashes without end": ("a.txt", lambda _: (f"{FRENCH} " + " – le 3 mars, (AFP" * 9_000).encode(), "read"),
    "a page of 200 MB on disk": ("a.html", lambda _: b"", "longer than 16,000,000 bytes"),
}


def forever(request: BaseHTTPRequestHandler) -> None:
    """A feed that never ends."""
    request.send_response(200)
    request.send_header("Content-Type", "application/rss+xml")
    request.end_headers()
    item = b"<item><title>Encore</title><description>Encore une chose.</description></item>" * 1000
    request.wfile.write(b"<rss version='2.0'><channel>")
    while True:
        request.wfile.write(item)


def large(request: BaseHTTPRequestHandler) -> None:
    """A page of 200 MB that does not say how long it is."""
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"<p>mot</p>" * 100_000)


def heads(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    for number in range(5000):
        request.send_header(f"X-{number}", "a" * 1000)
    request.end_headers()


PAGES: Mapping[str, tuple[Any, str]] = {
    "a feed that never ends": (forever, "longer than 16,000,000 bytes"),
    "redirects in a ring": ((302, {"Location": "/redirects-in-a-ring"}, b""), "more than 5 redirects"),
    "a page of 200 MB": (large, "longer than 16,000,000 bytes"),
    "a page of 60 MB in 60 kB": (
        (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(bytes(60_000_000))),
        "longer than",
    ),
    "a picture that calls itself a page": ((200, {"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n" + bytes(5000)), "a picture"),
    "a page that calls itself a picture": (
        (200, {"Content-Type": "image/png"}, page(SAMPLES[0]).encode()),
        "content type is image/png",
    ),
    "bytes that call themselves a page": ((200, {"Content-Type": "text/html"}, bytes(range(256)) * 50), "binary"),
    "headers without end": (heads, "cannot be fetched"),
    "an encoding that nobody knows": (
        (200, {"Content-Type": "text/html; charset=klingon"}, b"\xe9t\xe9"),
        "unknown encoding 'klingon'",
    ),
}


@dataclass(frozen=True)
class Taken:
    """What came of one source."""

    found: list[dict[str, str]]
    seconds: float
    peak: int


def path_of(name: str) -> str:
    return f"/{name.replace(' ', '-')}"


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Taken]:
    """What came of each, in one process."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "secret").write_text("mot de passe")
    sources = []
    for number, (name, (file, make, _)) in enumerate(FILES.items()):
        path = folder / str(number) / file
        path.parent.mkdir()
        path.write_bytes(make(folder))
        sources.append((name, str(path)))
    with Path(dict(sources)["a page of 200 MB on disk"]).open("r+b") as file_of_nothing:
        file_of_nothing.truncate(200_000_000)
    with serving() as server:
        answer(server)
        sources += [(name, server.url(path_of(name))) for name in PAGES]
        sources.sort(key=lambda source: "Parquet" in source[0])  # its library reserves most of what the process may have
        done = subprocess.run(
            [sys.executable, "-c", TAKER.format(memory=MEMORY)],
            input=json.dumps(sources),
            capture_output=True,
            text=True,
            timeout=300,
        )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == len(sources), done.stderr[-2000:]
    return {name: Taken(found, seconds, peak) for name, found, seconds, peak in rows}


def answer(server: Server) -> None:
    for name, (given, _) in PAGES.items():
        server[path_of(name)] = given


@pytest.mark.parametrize("name", [*FILES, *PAGES])
def test_each_is_refused_or_harmless(name: str, taken: dict[str, Taken]) -> None:
    expected = FILES[name][2] if name in FILES else PAGES[name][1]
    found = taken[name].found
    assert not [one for one in found if "raised" in one], found
    assert found, "nothing is said"
    refusals = [one["refused"] for one in found if "refused" in one]
    if expected == "read":
        assert not refusals
    elif expected:
        assert any(re.search(expected, refusal) for refusal in refusals), found
    assert "mot de passe" not in json.dumps(found)
    assert taken[name].seconds < SECONDS
    assert taken[name].peak < MEMORY


def test_every_refusal_names_its_input(taken: dict[str, Taken]) -> None:
    for name, one in taken.items():
        for refusal in (found["refused"] for found in one.found if "refused" in found):
            assert FILES[name][0] in refusal if name in FILES else path_of(name) in refusal


def test_a_formula_is_words(taken: dict[str, Taken]) -> None:
    (found,) = taken["a formula for a title"].found
    assert found == {"title": '=HYPERLINK("http://x.example","ici")', "text": FRENCH}


def test_the_rest_of_a_zip_is_done(taken: dict[str, Taken]) -> None:
    assert [found.get("text") for found in taken["a zip whose names turn the line"].found] == [None, FRENCH]


@pytest.mark.parametrize("kind", kinds())
def test_a_file_with_wrong_bytes_in_it_is_read_or_refused(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Bytes changed, put in and taken out at places that are the same each time."""
    whole, chance = FILES_OF_ALL[kind][1](), random.Random(kind)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    data[place:place] = chance.choice([b"\0", b"\xff", b"<", b"&", b'"', b"{", b"\r\n\r\n", b"-1", b"<a>" * 30])
                case 2:
                    del data[place : place + chance.choice([1, 20, 300])]
                case _:
                    del data[place + 1 :]
        for one in Collector(stdin=io.BytesIO(bytes(data))).collect(["-"]):
            assert isinstance(one, Dispatch | InputError)
    assert capfd.readouterr() == ("", "")
