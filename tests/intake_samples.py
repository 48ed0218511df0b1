"""One set of dispatches, written in every format that is taken in."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from recoupe.model import Dispatch, ReaderInfo, Reading


@dataclass(frozen=True)
class Sample:
    """One dispatch, as an outlet has it: a title, a day, and one paragraph a line."""

    slug: str
    lang: str
    title: str
    published: str
    outlet: str
    text: str

    @property
    def url(self) -> str:
        return f"https://lefleuve.example/{self.slug}"

    @property
    def row(self) -> dict[str, str]:
        return {
            "id": self.slug, "title": self.title, "text": self.text, "published": self.published, "outlet": self.outlet,
            "lang": self.lang, "url": self.url,
        }  # fmt: skip


SAMPLES = (
    Sample(
        "pont-de-labbezanga",
        "fr",
        "Labbezanga : le pont rouvre, 40 camions passent",
        "2024-03-12T17:05:00+00:00",
        "Le Fleuve",
        "GAO (Mali), 12 mars 2024 (AFP) – Le pont de Labbezanga a rouvert mardi, et une quarantaine de camions l’ont franchi dans"
        " l’après-midi, a annoncé le gouverneur de Gao à la presse.\n"
        "« Nous tenons la date que nous avions donnée », a déclaré le gouverneur, qui avait promis en janvier une réouverture"
        " avant la fin du mois de mars.\n"
        "Au moins trois personnes avaient été tuées le 4 février dans l’attaque du poste voisin, selon une source sécuritaire.",
    ),
    Sample(
        "greve-des-dockers",
        "fr",
        "Les dockers de Cotonou suspendent leur grève",
        "2024-03-14T08:30:00+00:00",
        "Le Fleuve",
        "Les dockers du port de Cotonou ont suspendu jeudi leur grève, commencée lundi, après une rencontre avec le ministre des"
        " Transports.\n"
        "Le syndicat demande toujours la libération de ses deux délégués, arrêtés mercredi, et menace de reprendre le mouvement"
        " le 25 mars.",
    ),
    Sample(
        "tema-rail",
        "en",
        "Ghana opens rail link to Burkina border",
        "2024-03-15T12:00:00+00:00",
        "The River",
        "ACCRA, March 15 (Reuters) - Ghana opened a rail link from Tema to the border with Burkina Faso on Friday, the transport"
        " minister said.\n"
        "About 1,200 workers built the line, which cost $450 million and was due last year, according to the ministry.",
    ),
)


class Unread:
    """Reads nothing in a dispatch: what becomes of it in a ledger can be seen without."""

    def read(self, dispatch: Dispatch) -> Reading:
        return Reading(reader=ReaderInfo(version="test", models={}, rules="none"), dispatch=dispatch)


def rows() -> list[dict[str, str]]:
    return [sample.row for sample in SAMPLES]


def marked_up(sample: Sample) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in sample.text.split("\n"))


def page(sample: Sample, *, around: bool = True) -> str:
    """A page as a site makes them, with what sites put around an article."""
    menu = '<nav class="menu"><a href="/">Accueil</a> <a href="/monde">Monde</a></nav>' if around else ""
    also = '<p class="lire-aussi"><a href="/autre">Lire aussi : le prix du mil baisse à Niamey</a></p>' if around else ""
    foot = (
        '<section id="comments"><p>Commentaires</p><p>Quel beau pont, vraiment, il fallait le dire ici.</p></section>'
        if around
        else ""
    )
    return (
        f'<!doctype html><html lang="{sample.lang}"><head><title>{escape(sample.title)} - {sample.outlet}</title>'
        f'<meta charset="utf-8"><meta property="og:title" content="{escape(sample.title)}">'
        f'<meta property="og:site_name" content="{sample.outlet}"><link rel="canonical" href="{sample.url}">'
        f'<meta property="article:published_time" content="{sample.published}"></head><body>{menu}'
        f"<article><h1>{escape(sample.title)}</h1>{marked_up(sample)}{also}</article>{foot}</body></html>"
    )


def rss(samples: tuple[Sample, ...] = SAMPLES, title: str = "Fil de presse") -> str:
    """RSS 2.0 of an aggregator: each item names its own source."""
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{s.url}</link><guid isPermaLink='false'>{s.slug}</guid>"
        f"<pubDate>{format_datetime(datetime.fromisoformat(s.published))}</pubDate>"
        f"<source url='https://lefleuve.example/rss'>{s.outlet}</source><description>{escape(s.text[:60])}…</description>"
        f"<content:encoded><![CDATA[{marked_up(s)}]]></content:encoded></item>"
        for s in samples
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><link>https://fil.example/</link><description>Tout</description>{items}</channel></rss>"
    )


def atom() -> str:
    entries = "".join(
        f"<entry><id>urn:fleuve:{s.slug}</id><title>{escape(s.title)}</title><link href='{s.url}'/>"
        f"<published>{s.published}</published><updated>{s.published}</updated><source><title>{s.outlet}</title></source>"
        f"<content type='html'>{escape(marked_up(s))}</content></entry>"
        for s in SAMPLES
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:fil</id><title>Fil de presse</title>'
        f"<updated>2024-03-15T12:00:00Z</updated>{entries}</feed>"
    )


def news_item(sample: Sample, *, version: int = 1, meta: str = "", status: str = "usable", lines: str | None = None) -> str:
    """A NewsML-G2 news item with its text in XHTML."""
    text = sample.text if lines is None else lines
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)
    content = (
        '<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title/></head><body>{body}</body></html></inlineXML></contentSet>"
    )
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:lefleuve.example:{sample.slug}"'
        f' version="{version}"'
        f' standard="NewsML-G2" standardversion="2.34" conformance="power" xml:lang="{sample.lang}">'
        '<catalogRef href="https://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"/>'
        '<itemMeta><itemClass qcode="ninat:text"/><provider literal="fleuve">'
        f"<name>{sample.outlet}</name></provider><versionCreated>{sample.published}</versionCreated>{meta}"
        f'<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><language tag="{sample.lang}"/>'
        f"<headline>{escape(sample.title)}</headline></contentMeta>{content}</newsItem>"
    )


def news_message(items: str, package: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>'
        f"<sent>2024-03-15T13:00:00Z</sent></header><itemSet>{package}{items}</itemSet></newsMessage>"
    )


def ninjs(sample: Sample, major: int) -> dict[str, Any]:
    """The item in the first, second or third dialect of ninjs."""
    uri = f"urn:lefleuve:{sample.slug}"
    if major == 1:
        return {
            "uri": uri, "type": "text", "version": "1", "versioncreated": sample.published, "pubstatus": "usable",
            "language": sample.lang, "headline": sample.title, "copyrightholder": sample.outlet, "body_text": sample.text,
        }  # fmt: skip
    body = marked_up(sample)
    if major == 2:
        return {
            "uri": uri, "type": "text", "version": "1", "versioncreated": sample.published, "pubstatus": "usable",
            "standard": {"name": "ninjs", "version": "2.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"},
            "language": sample.lang, "copyrightholder": sample.outlet, "headlines": [{"role": "main", "value": sample.title}],
            "bodies": [{"role": "main", "contenttype": "application/xhtml+html", "value": f"<div>{body}</div>"}],
        }  # fmt: skip
    return {
        "uri": uri, "type": "text", "version": "1", "versionCreated": sample.published, "pubStatus": "usable",
        "standard": {"name": "ninjs", "version": "3.0", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"},
        "language": sample.lang, "copyrightHolder": sample.outlet, "headlines": [{"role": "main", "value": sample.title}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": f"<section>{body}</section>"}],
    }  # fmt: skip


def warc(*, packed: bool = False) -> bytes:
    """What a crawler keeps of the pages, and of things that are none."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "a crawler"}))
    for sample in SAMPLES:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(sample.url, "response", payload=io.BytesIO(page(sample).encode()), http_headers=headers)
        )
    gone = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("https://x.example/", "response", payload=io.BytesIO(b"gone"), http_headers=gone)
    )
    image = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("https://x.example/a", "response", payload=io.BytesIO(b"\x89PNG"), http_headers=image)
    )
    return out.getvalue()


def table(separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows()[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows())
    return out.getvalue().encode(encoding)


def parquet(text: str = "text") -> bytes:
    out = io.BytesIO()
    columns = pa.Table.from_pylist(rows())
    pq.write_table(columns.rename_columns([text if name == "text" else name for name in columns.column_names]), out)
    return out.getvalue()


def archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def lines() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows()).encode()


FILES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "jsonl": ("wire.jsonl", lines),
    "json": ("wire.json", lambda: json.dumps(rows(), ensure_ascii=False, indent=1).encode()),
    "csv": ("wire.csv", table),
    "csv of a spreadsheet": ("wire.csv", lambda: table(";", "cp1252")),
    "tsv": ("wire.tsv", lambda: table("\t", "utf-16")),
    "parquet": ("wire.parquet", parquet),
    "rss": ("feed.xml", lambda: rss().encode()),
    "atom": ("feed.atom", lambda: atom().encode()),
    "newsml": ("wire.xml", lambda: news_message("".join(news_item(s) for s in SAMPLES)).encode()),
    "ninjs 1": ("wire.json", lambda: json.dumps([ninjs(s, 1) for s in SAMPLES]).encode()),
    "ninjs 2": ("wire.json", lambda: json.dumps([ninjs(s, 2) for s in SAMPLES], indent=2).encode()),
    "ninjs 3": ("wire.jsonl", lambda: "\n".join(json.dumps(ninjs(s, 3)) for s in SAMPLES).encode()),
    "warc": ("crawl.warc", warc),
    "warc.gz": ("crawl.warc.gz", lambda: warc(packed=True)),
    "zip of pages": ("pages.zip", lambda: archive({f"{i}.html": page(s).encode() for i, s in enumerate(SAMPLES)})),
    "jsonl.gz": ("wire.jsonl.gz", lambda: gzip.compress(lines())),
}


def written(folder: Path, kind: str) -> Path:
    """The file of a format, written into a folder."""
    name, make = FILES[kind]
    path = folder / name
    path.write_bytes(make())
    return path


def kinds() -> list[str]:
    return list(FILES)
