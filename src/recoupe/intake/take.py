"""A draft becomes a dispatch: its language, its dateline, when it was published, whose copy it is."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from recoupe.errors import MalformedInput, UnknownLanguage, UnreadableInput
from recoupe.intake.clean import clean
from recoupe.intake.credits import agency, credited
from recoupe.intake.dateline import Head, find_dateline
from recoupe.intake.dating import work_out
from recoupe.intake.draft import Draft, Given, draft_of, iso
from recoupe.language import language, languages
from recoupe.model import Dateline, Dispatch
from recoupe.settings import Settings

TOMORROW = dt.timedelta(days=1)  # it is tomorrow somewhere already
WHERE = {"url": "address", "dateline": "dateline", "text": "text"}
GAP = dt.timedelta(days=30)  # between a dateline's day and the day of publication, where its year is taken from there


def take(row: Mapping[str, Any]) -> Dispatch:
    """A dispatch of named values (a line of JSON Lines). Raises InputError."""
    return finish(draft_of(row))


def finish(
    draft: Draft, given: Given | None = None, settings: Settings | None = None, *, today: dt.date | None = None
) -> Dispatch:
    """The dispatch of a draft. today: no date that an input states may lie after it; one that does is left out and named.

    Raises UnreadableInput where it is too long, MalformedInput where its date is none, UnknownLanguage where its language is
    not read.
    """
    given, settings = given or Given(), settings or Settings()
    text, title = clean(draft.text), clean(draft.title).strip()
    if len(text) > settings.max_chars:
        reason = f"{len(text):,} characters, more than the {settings.max_chars:,} that are read"
        raise UnreadableInput(reason, source=draft.source, place=draft.place)
    lang = _language(draft, given, f"{title}\n{text}")
    outlet, ref, url = (clean(value) if value else None for value in (draft.outlet or given.outlet, draft.ref, draft.url))
    head = find_dateline(text, lang)
    published, basis, doubts = _published(draft, given, text, head, lang, today)
    near = dt.date.fromisoformat(published[:10]) if published else None
    named = [
        draft.agency and (agency(draft.agency) or clean(draft.agency)),
        *(head.agencies if head else ()),
        *credited(text, lang),
    ]
    named.append(agency(outlet) if outlet else None)
    agencies = tuple(dict.fromkeys(name for name in named if name))
    return Dispatch(
        id=_id(text, title, outlet, published, url, *((ref, draft.version) if draft.status == "withdrawn" else ())),
        ref=ref,
        lang=lang,
        title=title,
        text=text,
        published=published,
        published_basis=basis,
        outlet=outlet,
        agency=agencies[0] if agencies else None,
        agencies=agencies,
        url=url,
        dateline=_dateline(head, near) if head else None,
        version=draft.version,
        status=draft.status,
        extra={**draft.extra, **({"doubts": list(doubts)} if doubts else {})},
    )


def _language(draft: Draft, given: Given, words: str) -> str:
    from recoupe.intake.lang import detect

    try:
        return language((draft.lang or given.lang or detect(words)).lower().split("-")[0]).code
    except UnknownLanguage as error:
        if draft.status == "withdrawn":
            return languages()[0]  # a withdrawal counts, whatever it is written in: nothing of it is read
        raise UnknownLanguage(error.reason, source=draft.source, place=draft.place) from error


def _published(
    draft: Draft, given: Given, text: str, head: Head | None, lang: str, today: dt.date | None
) -> tuple[str | None, Any, tuple[str, ...]]:
    """When, what that rests on, and what was not believed: the first answer that can be right of what the input says, what
    the person says of it, its page, and what can be worked out.
    """
    doubts = [*draft.doubts, *_against_its_weekday(head)]
    latest = today + TOMORROW if today else dt.date.max
    said, stated = (given.published, "given"), (draft.published, draft.basis)
    for when, basis in (stated, said) if draft.basis == "given" else (said, stated):
        if not when:
            continue
        try:
            published = iso(when)
        except ValueError as error:
            reason = f"published: {when!r} is no date as ISO 8601 writes it (2024-07-24, 2024-07-24T18:40)"
            raise MalformedInput(reason, source=draft.source, place=draft.place) from error
        if when == given.published or dt.date.fromisoformat(published[:10]) <= latest:
            return published, basis, tuple(doubts)
        doubts.append(f"dated {published[:10]}, which is still to come")
    date, worked_out = work_out(text, draft.url, head, lang)
    if date and date > latest:
        doubts.append(f"dated {date} by its {WHERE[worked_out]}, which is still to come")
        date, worked_out = None, "unknown"
    return (date.isoformat() if date else None), worked_out, tuple(dict.fromkeys(doubts))


def _against_its_weekday(head: Head | None) -> list[str]:
    """That a dateline names a day and a weekday which that day was not."""
    written = head.written if head else None
    if written is None or written.year is None or written.date or not written.exists:
        return []
    return [f"its dateline's {dt.date(written.year, written.month, written.day)} was no such weekday"]


def _dateline(head: Head, near: dt.date | None) -> Dateline:
    date = head.date(near)
    if date and head.written and head.written.year is None and near and abs(date - near) > GAP:
        date = None
    return Dateline(
        span=head.span,
        place=head.place,
        date=date.isoformat() if date else None,
        agency=head.agencies[0] if head.agencies else None,
    )


def _id(*parts: str | None) -> str:
    return hashlib.sha256("\0".join(part or "" for part in parts).encode()).hexdigest()[:16]
