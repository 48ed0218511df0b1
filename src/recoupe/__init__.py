"""Recoupe reads news dispatches and keeps a ledger in which every line is traced to its words.

    reading = recoupe.read("Les soldats ont quitté Niamey mardi.", published="2024-07-10", lang="fr")
    with recoupe.Ledger("story.db") as ledger:
        for dispatch in recoupe.collect("dispatches/"):
            ledger.add(dispatch)

Importing this loads nothing: each name is fetched from its module when it is first asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoupe.errors import (
        InputError,
        LanguageDataError,
        LedgerError,
        MalformedInput,
        RecoupeError,
        UnknownLanguage,
        UnreadableInput,
    )
    from recoupe.ledger import Ledger
    from recoupe.model import Actor, Dispatch, Event, Figure, Name, Place, Reading, Statement, Time
    from recoupe.reading.pipeline import Reader
    from recoupe.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Dispatch",
    "Event",
    "Figure",
    "InputError",
    "LanguageDataError",
    "Ledger",
    "LedgerError",
    "MalformedInput",
    "Name",
    "Place",
    "Reader",
    "Reading",
    "RecoupeError",
    "Settings",
    "Statement",
    "Time",
    "UnknownLanguage",
    "UnreadableInput",
    "__version__",
    "collect",
    "read",
]

_HOMES = {
    "recoupe.model": ("Actor", "Dispatch", "Event", "Figure", "Name", "Place", "Reading", "Statement", "Time"),
    "recoupe.errors": (
        "InputError", "LanguageDataError", "LedgerError", "MalformedInput", "RecoupeError", "UnknownLanguage", "UnreadableInput",
    ),
    "recoupe.ledger": ("Ledger",),
    "recoupe.reading.pipeline": ("Reader",),
    "recoupe.settings": ("Settings",),
}  # fmt: skip


def read(
    text: str | Dispatch,
    *,
    title: str = "",
    published: str | dt.date | None = None,
    lang: str | None = None,
    outlet: str | None = None,
    agency: str | None = None,
    url: str | None = None,
) -> Reading:
    """What one dispatch says, every item with its span in `reading.dispatch.text`.

    published: the day, or day and time, of publication (ISO 8601); where it is not given it is worked out from the address,
    the dateline or the text, and `reading.dispatch.published_basis` says which. lang: "fr" or "en"; detected where not given.
    Raises UnknownLanguage where the language is not read, MalformedInput where `published` is no date, UnreadableInput where
    the text is longer than `Settings.max_chars`.
    """
    return _reader().read(text if not isinstance(text, str) else _dispatch(text, title, published, lang, outlet, agency, url))


def collect(
    *sources: str | Path,
    published: str | dt.date | None = None,
    lang: str | None = None,
    outlet: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Dispatch | InputError]:
    """The dispatches of files, folders and addresses, in order; in place of one that cannot be taken, the error.

    published, lang, outlet: for those that do not say it themselves.
    """
    from recoupe.intake.draft import Given
    from recoupe.intake.sources import Collector
    from recoupe.settings import Settings

    given = Given(published=_iso(published), lang=lang, outlet=outlet)
    return Collector(given, settings or Settings()).collect(sources)


def _dispatch(text: str, title: str, published: str | dt.date | None, *rest: str | None) -> Dispatch:
    from recoupe.intake.draft import Draft
    from recoupe.intake.take import finish

    lang, outlet, agency, url = rest
    return finish(Draft(text=text, title=title, published=_iso(published), lang=lang, outlet=outlet, agency=agency, url=url))


def _iso(published: str | dt.date | None) -> str | None:
    return published.isoformat() if isinstance(published, dt.date) else published


@cache
def _reader() -> Reader:
    """The one reader of `read`: it holds the models."""
    from recoupe.reading.pipeline import Reader

    return Reader()


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
