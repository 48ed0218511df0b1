"""A web server on the loopback interface, for tests: what it answers at each path, and what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = bytes | str | int | tuple[int, Mapping[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers by path: a body (200, as HTML), a status, (status, headers, body), or a function that writes what it likes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __setitem__(self, path: str, answer: Answer) -> None:
        self.answers[path] = answer

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def headers(self, path: str) -> dict[str, str]:
        """The headers of the last request for a path, by their names in small letters."""
        return next(headers for asked, headers in reversed(self.asked) if asked == path)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.path, {name.lower(): value for name, value in request.headers.items()}))
        found = self.answers.get(request.path, 404)
        if callable(found):
            found(request)
            return
        status, headers, body = found if isinstance(found, tuple) else (200, {"Content-Type": "text/html; charset=utf-8"}, found)
        if isinstance(body, int):
            status, headers, body = body, {}, b""
        data = body.encode() if isinstance(body, str) else body
        request.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(data)


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs while it is needed."""
    held: list[Server] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                held[0].answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    held.append(Server(httpd.server_address[1]))
    thread = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield held[0]
    finally:
        httpd.shutdown()
        httpd.server_close()
