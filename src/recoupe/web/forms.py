"""What a browser sends: bodies of a bounded length, and forms that carry our own mark."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import Request

from recoupe.settings import Settings
from recoupe.web.problems import Problem


async def body(request: Request) -> bytes:
    """The body of a request. Raises Problem 413 where it is too long."""
    longest = Settings().max_bytes
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > longest:
            raise Problem(413, f"longer than {longest:,} bytes")
    return bytes(held)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, each with its values."""

    values: Mapping[str, list[str]]

    def __getitem__(self, name: str) -> str:
        """A field's first value; "" where there is none."""
        return self.values.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        return [value for value in self.values.get(name, []) if value]


async def form(request: Request) -> Form:
    """A form that one of our pages sent. Raises Problem 403 where it lacks our mark, 422 where it is none."""
    data = await body(request)
    try:
        sent = Form(parse_qs(data.decode("utf-8"), keep_blank_values=True, max_num_fields=5_000))
    except ValueError as error:
        raise Problem(422, f"no form: {error}") from error
    expected = request.app.state.served.signed(request.state.session)
    if not hmac.compare_digest(sent["csrf"].encode(), expected.encode()):
        raise Problem(403, "this form is not of a page that is open in this browser: load the page again")
    return sent


def own_path(path: str) -> str:
    """An address of our own to go back to; the first page where it is another's."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path and "\r" not in path else "/"
