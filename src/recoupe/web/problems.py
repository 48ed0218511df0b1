"""What went wrong, as RFC 9457 says it to programs and as a page says it to people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from recoupe.errors import InputError, LedgerError, RecoupeError

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer that is no result. detail: what the caller can do about it; fields: what RFC 9457 calls extension members."""

    def __init__(self, status: int, detail: str, **fields: Any) -> None:
        self.status, self.detail, self.fields = status, detail, fields
        super().__init__(detail)

    @property
    def title(self) -> str:
        return HTTPStatus(self.status).phrase

    def body(self) -> bytes:
        """The problem as JSON."""
        plain = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail, **self.fields}
        return msgspec.json.encode(plain)

    def response(self) -> Response:
        return Response(self.body(), self.status, media_type=MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """The problem that an error of the package is."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, InputError):
        return Problem(422, str(error), source=error.source, place=error.place)
    return Problem(503 if isinstance(error, LedgerError) else 500, str(error))


@contextmanager
def looked_up() -> Iterator[None]:
    """What the ledger does not hold is not found."""
    try:
        yield
    except LedgerError as error:
        raise Problem(404, str(error)) from error


@contextmanager
def decided() -> Iterator[None]:
    """What cannot be judged so is not understood."""
    try:
        yield
    except RecoupeError as error:
        raise Problem(422, str(error)) from error


def wants_data(request: Request) -> bool:
    """Is this a program that asks?"""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("text/html" not in accepted and "json" in accepted)
