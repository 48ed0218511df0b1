"""One document by its address, over HTTP: bounded in time, in size and in redirects, each of which is checked anew.

No cookie is kept, no credential is sent, no proxy is asked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from recoupe.errors import UnreadableInput
from recoupe.intake.warc import charset_of, media_of
from recoupe.intake.web.address import Target, absolute, resolved

PROJECT = "https://pypi.org/project/recoupe/"
REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 1 << 16
MEDIA = (
    "text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf", "application/json",
    "application/ld+json", "application/feed", "application/ndjson", "application/x-ndjson", "application/jsonl",
    "application/vnd.iptc.g2", "application/warc", "application/zip", "application/x-zip", "application/gzip",
    "application/x-gzip", "application/octet-stream", "application/vnd.apache.parquet", "application/parquet",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """What holds of every fetch. seconds: for the whole of one, redirects among it; longest: bytes, unpacked."""

    user_agent: str = ""
    seconds: float = 30.0
    longest: int = 16_000_000
    redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered, and where it was found at last. moved: where it says that this is to be found from now on."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved: str | None = None

    @property
    def charset(self) -> str | None:
        return charset_of(self.headers.get("content-type"))


def default_user_agent() -> str:
    """How Recoupe names itself to servers."""
    from recoupe import __version__

    return f"Recoupe/{__version__} (+{PROJECT})"


def fetch(url: str, how: Fetching, headers: Mapping[str, str] | None = None) -> Fetched:
    """The document of an address. Raises UnreadableInput, naming the address and why, where there is none to be read.

    An answer that is no success is an answer: see `status`. Only the body of a success is held.
    """
    deadline = time.monotonic() + how.seconds
    asked, moved, permanent = url, None, True
    for _ in range(how.redirects + 1):
        target = resolved(asked, allow_private=how.allow_private)
        answer = _answer(asked, target, how, headers or {}, deadline)
        location = answer.headers.get("location")
        if answer.status not in REDIRECTS or not location:
            return Fetched(url=asked, status=answer.status, headers=answer.headers, body=answer.body, moved=moved)
        asked = absolute(asked, location)
        permanent = permanent and answer.status in (301, 308)
        moved = asked if permanent else moved
    raise UnreadableInput(f"more than {how.redirects} redirects", source=url)


def document(url: str, how: Fetching) -> Fetched:
    """The same, where nothing but a document will do."""
    answer = fetch(url, how)
    if answer.status != 200:
        phrase = http.client.responses.get(answer.status, "")
        raise UnreadableInput(f"the server answers {answer.status} {phrase}".rstrip(), source=url)
    media = media_of(answer.headers.get("content-type"))
    if media and not media.startswith(MEDIA):
        raise UnreadableInput(f"its content type is {media}, which is not read", source=url)
    return answer


def _answer(url: str, target: Target, how: Fetching, headers: Mapping[str, str], deadline: float) -> Fetched:
    """What the server at that very address answers."""
    from urllib3.exceptions import HTTPError

    late = UnreadableInput(f"no whole answer within {how.seconds:g} s", source=url)
    left = deadline - time.monotonic()
    if left <= 0:
        raise late
    tried: list[Any] = []
    stopped = threading.Event()
    watchdog = threading.Timer(left, _stop, (tried, stopped))
    watchdog.daemon = True
    watchdog.start()
    try:
        connection = _connected(target, deadline, tried)
        named = {
            "Host": target.netloc,
            "User-Agent": how.user_agent or default_user_agent(),
            "Accept": "text/html,application/xhtml+xml,application/xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        connection.request("GET", target.path, headers={**named, **headers}, preload_content=False)
        response = connection.getresponse()
        body = _body(response, how, url, deadline) if response.status == 200 else b""
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        if stopped.is_set() or isinstance(error, TimeoutError):
            raise late from error
        raise UnreadableInput(f"cannot be fetched: {_why(error)}", source=url) from error
    finally:
        watchdog.cancel()
        for one in tried:
            one.close()
    if stopped.is_set():
        raise late
    return Fetched(url=url, status=response.status, headers={k.lower(): v for k, v in response.headers.items()}, body=body)


def _connected(target: Target, deadline: float, tried: list[Any]) -> Any:
    """A connection to the first of the checked addresses that answers, in the name of the host."""
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import HTTPError

    failed: Exception | None = None
    for ip in target.ips:
        seconds = max(0.1, deadline - time.monotonic())
        if target.scheme == "http":
            connection = HTTPConnection(ip, target.port, timeout=seconds)
        else:
            connection = HTTPSConnection(ip, target.port, timeout=seconds, ssl_context=_tls(), server_hostname=target.host)
        tried.append(connection)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            failed = error
        else:
            return connection
    raise failed or OSError("no address")


def _stop(tried: list[Any], stopped: threading.Event) -> None:
    """Ends what is under way: time is up. One that is closed already needs no stopping."""
    stopped.set()
    for connection in tried:
        with suppress(OSError):
            if connection.sock is not None:
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _body(response: Any, how: Fetching, url: str, deadline: float) -> bytes:
    """The body, unpacked, as far as it may go."""
    stated = response.headers.get("Content-Length", "")
    if stated.isdigit() and int(stated) > how.longest:
        raise UnreadableInput(f"longer than {how.longest:,} bytes ({int(stated):,})", source=url)
    held = bytearray()
    while time.monotonic() < deadline:
        chunk = response.read1(CHUNK, decode_content=True)
        if not chunk:
            return bytes(held)
        held += chunk
        if len(held) > how.longest:
            raise UnreadableInput(f"longer than {how.longest:,} bytes", source=url)
    raise UnreadableInput(f"no whole answer within {how.seconds:g} s", source=url)


def _why(error: BaseException) -> str:
    """The reason of a failure in few words: the innermost one says most."""
    inner: BaseException = error
    while (inner.__cause__ or inner.__context__) is not None:
        inner = inner.__cause__ or inner.__context__  # type: ignore[assignment]
    return " ".join((getattr(inner, "strerror", None) or str(inner) or type(inner).__name__).split())[:160]
