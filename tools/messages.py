"""Brings the interface's catalogues up to date with the code: python tools/messages.py

New messages are added without a translation, those that are gone are left out. The tests fail where one is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from recoupe import model
from recoupe.ledger import values
from recoupe.views.explain import ANCHORS, BASIS, BULKY, KINDS, LABELS

ROOT = Path(__file__).parent.parent / "src" / "recoupe" / "web"
METHODS = [("**.py", "python"), ("templates/**.j2", "jinja2.ext.babel_extract")]
OPTIONS = {"templates/**.j2": {"silent": "false", "trim_blocks": "true"}}
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "many": (1, 2), "told": None}
TITLES = (
    "Bad Request", "Unauthorized", "Forbidden", "Not Found", "Method Not Allowed", "Request Entity Too Large",
    "Misdirected Request", "Unprocessable Entity", "Internal Server Error", "Service Unavailable",
)  # fmt: skip
FROZEN = (
    model.Time, model.Place, model.Actor, model.Figure, model.Statement, model.Event, values.Occurrence, values.Series,
    values.Commitment, values.Disagreement, values.Copy, values.Tie, values.Story,
)  # fmt: skip


def messages() -> Iterator[str | tuple[str, str]]:
    """Every message of the interface: those in the code, and the names that the code puts together."""
    for _, _, message, _, _ in extract_from_dir(str(ROOT), METHODS, OPTIONS, KEYWORDS):
        if message and (isinstance(message, tuple) or re.search(r"\w", message)):
            yield message
    yield from (*KINDS.values(), *BASIS.values(), *LABELS.values(), *ANCHORS.values(), *TITLES)
    yield from ("how many", "bounds", "at", "from", "to", "occurred", "due", "announced")
    for literal in (
        model.ActorKind,
        model.Precision,
        values.JudgementVerb,
        values.Scope,
        model.PlaceKind,
        model.TimeKind,
        model.StatementKind,
    ):
        yield from (str(name).replace("_", " ") for name in get_args(literal))
    for struct in FROZEN:
        yield from (
            field.name.strip("_").replace("_", " ") for field in msgspec.structs.fields(struct) if field.name not in BULKY
        )


def updated(path: Path) -> Catalog:
    """The catalogue at a path with the messages of now."""
    with path.open("rb") as stream:
        known = read_po(stream, locale=path.parent.name)
    made = Catalog(locale=path.parent.name, project="recoupe", charset="utf-8", fuzzy=False)
    for message in dict.fromkeys(messages()):
        old = known.get(message[0] if isinstance(message, tuple) else message)
        flags = {"python-brace-format"} if "{" in str(message) else set()
        made.add(message, old.string if old else None, flags=flags)
    return made


def main() -> None:
    for path in sorted(ROOT.glob("locale/*/messages.po")):
        made = updated(path)
        with path.open("wb") as stream:
            write_po(stream, made, sort_output=True, omit_header=False, no_location=True, width=120)


if __name__ == "__main__":
    main()
