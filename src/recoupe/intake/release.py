"""Whether an item may be read, as its source says: not under embargo, not while it is withheld; withdrawn items withdraw."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Literal

from recoupe.errors import MalformedInput, UnreadableInput
from recoupe.intake.calendar import any_of
from recoupe.language import language, languages

NOTHING = "—"  # the text of a withdrawal that says nothing
WITHDRAWN = ("canceled", "cancelled", "withdrawn")

Status = Literal["usable", "corrected", "withdrawn"]


def checked(
    status: str,
    embargo: str | None,
    published: str | None,
    *,
    corrected: bool,
    now: dt.datetime,
    source: str,
    place: str,
) -> tuple[Status, str | None]:
    """What an item is to be taken as, and when it was published: not before its embargo ended.

    status: as the IPTC names it (usable, withheld, canceled). Raises UnreadableInput where it may not be read yet,
    MalformedInput where its embargo is no date: then nobody knows whether it may.
    """
    if status in WITHDRAWN:
        return "withdrawn", published
    if status != "usable":
        raise UnreadableInput(f"its source says that it is {status}: it is not read", source=source, place=place)
    if embargo:
        try:
            ends = _moment(embargo)
        except ValueError as error:
            raise MalformedInput(f"embargo: {embargo!r} is no date as ISO 8601 writes it", source=source, place=place) from error
        if ends > now:
            raise UnreadableInput(f"under embargo until {embargo}: it is not read", source=source, place=place)
        published = embargo if published is None or _moment(published) < ends else published
    return ("corrected" if corrected else "usable"), published


def is_correction(*notes: str) -> bool:
    """Whether an editor's note or a headline begins with the words that mark corrected copy."""
    return any(_corrections().match(note) for note in notes)


def _moment(value: str) -> dt.datetime:
    """A moment; one without a time zone is in UTC, and a day ends an embargo when it begins."""
    read = dt.datetime.fromisoformat(value.strip())
    return read if read.tzinfo else read.replace(tzinfo=dt.UTC)


@cache
def _corrections() -> re.Pattern[str]:
    forms = [form for code in languages() for form in language(code).table("intake")["corrections"]]
    return re.compile(rf"\W{{0,4}}(?:{any_of(forms)})(?!\w)", re.I)
