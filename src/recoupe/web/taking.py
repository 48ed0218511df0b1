"""Dispatches out of what is sent: a form's fields, JSON, JSON Lines, a page, or plain text. As files are taken, so are bodies."""

from __future__ import annotations

import io
from collections.abc import Mapping

from recoupe.errors import InputError
from recoupe.intake.draft import Given
from recoupe.intake.sources import STDIN, Collector
from recoupe.intake.take import take
from recoupe.model import Dispatch
from recoupe.web.problems import Problem

FIELDS = ("title", "published", "outlet", "lang", "url", "agency")


def of_fields(fields: Mapping[str, str]) -> Dispatch:
    """The dispatch of named values. Raises InputError, Problem 422 where there is no text."""
    if not fields.get("text", "").strip():
        raise Problem(422, "there is no text to read")
    return take({"text": fields["text"], **{name: fields[name].strip() for name in FIELDS if fields.get(name, "").strip()}})


def of_form(fields: Mapping[str, str]) -> Dispatch:
    """The same, where the text of a form may be a whole web page or a line of JSON, as files are."""
    text = fields.get("text", "").replace("\r\n", "\n")
    if text.lstrip()[:1] in ("<", "{"):
        found = of_bytes(text.encode(), {name: fields.get(name, "") for name in ("published", "lang", "outlet")})
        first = found[0]
        if isinstance(first, InputError):
            raise first
        return first
    return of_fields({**fields, "text": text})


def of_bytes(data: bytes, given: Mapping[str, str]) -> list[Dispatch | InputError]:
    """The dispatches of a body, by what it looks like; in place of one that cannot be taken, why."""
    said = Given(**{name: given.get(name) or None for name in ("published", "lang", "outlet")})
    return list(Collector(said, stdin=io.BytesIO(data)).collect([STDIN])) or [InputError("there is nothing to read in it")]
