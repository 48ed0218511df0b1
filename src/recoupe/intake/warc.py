"""WARC, an archive of the web: the pages in it, each read as the page that it is, of its address.

The day on which a page was archived is not the day on which it was published; it is kept as `archived`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any, BinaryIO

from recoupe.errors import MalformedInput, UnreadableInput
from recoupe.intake.inputs import Found, Input

PAGES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "text/xml",
)


def read_warc(given: Input) -> Iterator[Found]:
    """The pages of a WARC file: what servers answered (200), and texts that were made of pages. Others are passed over."""
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        for record in _records(given.stream):
            if _is_page(record):
                found = True
                yield _page(record, given)
    except (ArchiveLoadFailed, ValueError, EOFError, AttributeError) as error:  # the last: a record that names no type
        yield MalformedInput(f"no WARC from here on: {str(error)[:120]}", source=given.source)
        return
    if not found:
        yield UnreadableInput("no page is found in this WARC file", source=given.source)


def _records(stream: BinaryIO) -> Iterator[Any]:
    """The records of a WARC file. warcio prints what it doubts, with the file's own bytes: no terminal is to get them."""
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(stream)
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _is_page(record: Any) -> bool:
    """Whether a record holds words that people were shown."""
    if record.rec_type == "response":
        headers = record.http_headers
        return bool(headers) and headers.get_statuscode() == "200" and media_of(headers.get_header("Content-Type")) in PAGES
    return record.rec_type in ("resource", "conversion") and media_of(record.rec_headers.get_header("Content-Type")) in PAGES


def _page(record: Any, given: Input) -> Found:
    """The page as an input of its own, or why it is none."""
    url = record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("WARC-Record-ID") or "record"
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    data = record.content_stream().read(given.longest + 1)
    if len(data) > given.longest:
        return UnreadableInput(f"longer than {given.longest:,} bytes", source=f"{given.source}: {url}")
    charset = charset_of(headers.get_header("Content-Type"))
    archived = record.rec_headers.get_header("WARC-Date")
    known = {"archived": archived} if archived else {}
    return given.inside(io.BytesIO(data), url, ref=url, url=url, charset=charset, known=known)


def media_of(content_type: str | None) -> str:
    """The media type that a content type names."""
    return (content_type or "").split(";")[0].strip().lower()


def charset_of(content_type: str | None) -> str | None:
    """The encoding that a content type names."""
    for part in (content_type or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None
