"""Which format an input is in: told by its first bytes, and by its name only where these leave it open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath

from recoupe.errors import UnreadableInput
from recoupe.intake.inputs import Input, Read
from recoupe.intake.xml import root_name

READERS: Mapping[str, str] = {
    "plain": "plain.read_plain",
    "html": "html.read_html",
    "feed": "feeds.read_feed",
    "newsml": "newsml.read_newsml",
    "ninjs": "json.read_ninjs",
    "json": "json.read_json",
    "jsonl": "jsonl.read_jsonl",
    "csv": "csv.read_csv",
    "parquet": "parquet.read_parquet",
    "warc": "warc.read_warc",
    "zip": "archives.read_zip",
    "gzip": "archives.read_gzip",
}  # fmt: skip
SUFFIXES: Mapping[str, str] = {
    ".txt": "plain", ".text": "plain", ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".xml": "xml", ".rss": "feed", ".atom": "feed",
    ".warc": "warc", ".gz": "gzip", ".zip": "zip",
}  # fmt: skip
MAGIC = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x1f\x8b", "gzip"), (b"PAR1", "parquet"), (b"WARC/", "warc"),
)  # fmt: skip
KNOWN = {
    b"%PDF-": "a PDF", b"\x89PNG": "a picture (PNG)", b"\xff\xd8\xff": "a picture (JPEG)", b"GIF8": "a picture (GIF)",
    b"\xd0\xcf\x11\xe0": "an old Office document", b"SQLite format 3": "a database (SQLite)",
}  # fmt: skip
ROOTS = {
    "rss": "feed", "RDF": "feed", "feed": "feed", "newsItem": "newsml", "newsMessage": "newsml", "packageItem": "newsml",
    "html": "html",
}  # fmt: skip
HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|header|div|p|h[1-6]|span|table|ul|meta|title|script|!--)\b", re.I
)
OBJECT = re.compile(r'\s*\{\s*(?:"|\}|$)')
ARRAY = re.compile(r"\s*\[\s*(?:\{|\]|$)")


def reader(form: str) -> Read:
    """What reads a format."""
    module, name = READERS[form].split(".")
    found: Read = getattr(import_module(f"recoupe.intake.{module}"), name)
    return found


def recognised(given: Input) -> str:
    """The format of an input. Raises UnreadableInput where it is one that is not read."""
    if given.form:
        return given.form
    head, suffix = given.head, PurePath(given.ref).suffix.lower()
    for magic, form in MAGIC:
        if head.startswith(magic):
            return form
    for magic, name in KNOWN.items():
        if head.startswith(magic):
            raise UnreadableInput(f"{name}, which is not read", source=given.source)
    text = _ascii(head)
    if OBJECT.match(text) or ARRAY.match(text):
        return _json(text, suffix)
    if text.lstrip().startswith("<"):
        marked = _markup(text, suffix, given.source)
        if marked:
            return marked
    if _tabular(text, given.columns):
        return "csv"
    by_name = SUFFIXES.get(suffix)
    return by_name if by_name in ("csv", "html") else "plain"


def _ascii(head: bytes) -> str:
    """What a head says in ASCII, whatever its encoding."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head.decode(encoding, "replace").removeprefix("\ufeff")
    return head.decode("latin-1")


def _json(text: str, suffix: str) -> str:
    """Lines, or one document: the first line is an object of its own, or it is not."""
    import msgspec

    if SUFFIXES.get(suffix) == "jsonl":
        return "jsonl"
    first, newline, _ = text.lstrip().partition("\n")
    if first.lstrip().startswith("[") or (newline and not first.strip().endswith("}")):
        return "json"
    try:
        msgspec.json.decode(first.encode() if newline else b"{}")
    except (msgspec.DecodeError, RecursionError):
        return "json"
    return "jsonl"


def _markup(text: str, suffix: str, source: str) -> str | None:
    root = root_name(text)
    if root in ROOTS or (root and root.lower() == "html"):
        return ROOTS.get(root, "html")
    if root == "opml":
        raise UnreadableInput("a list of feeds (OPML): give it to `recoupe watch`", source=source)
    if HTML.match(text.lstrip()) or SUFFIXES.get(suffix) == "html":
        return "html"
    if text.lstrip().startswith("<?xml") or SUFFIXES.get(suffix) in ("xml", "feed"):
        raise UnreadableInput(f"XML of a kind that is not read{f' (<{root}>)' if root else ''}", source=source)
    return None


def _tabular(text: str, columns: Mapping[str, str]) -> bool:
    """Whether a first line names columns, the text's among them."""
    line = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    names = {cell.strip().strip('"').lower() for cell in re.split(r"[,;\t|]", line)}
    return len(names) > 1 and {columns.get("text", "text").lower()} <= names and len(line) < 2000
