"""ninjs, the IPTC's news in JSON: 1 (`body_text`, `headline`), 2 (`bodies`, `headlines`) and 3 (the same, `versionCreated`).

An item under embargo or withheld by its source is not read, and said; one that is cancelled is a withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from recoupe.errors import UnreadableInput
from recoupe.intake.boilerplate import Cut, article, report
from recoupe.intake.draft import Draft
from recoupe.intake.inputs import Input
from recoupe.intake.markup import fragment
from recoupe.intake.release import NOTHING, checked, is_correction

MARKS = ("body_", "bodies", "headlines", "versioncreated", "pubstatus", "representationtype")
UNREAD = ("audio", "video", "picture", "graphic", "planning", "event", "component")


def is_ninjs(row: Mapping[str, Any]) -> bool:
    """Whether an object is a ninjs item: it says so, or it has a `uri` and what only ninjs has."""
    standard = row.get("standard") or row.get("$standard")
    if isinstance(standard, dict) and standard.get("name") == "ninjs":
        return True
    return isinstance(row.get("uri"), str) and any(key.lower().startswith(MARKS) for key in row)


def ninjs_draft(row: Mapping[str, Any], given: Input, place: str) -> Draft:
    """The draft of an item of any version. Raises UnreadableInput where it may not be read, or holds no text."""
    item = {key.lower(): value for key, value in row.items()}
    uri = item.get("uri")
    where = place or (uri if isinstance(uri, str) else "")
    kind = item.get("type")
    if kind in UNREAD and not _bodies(item):
        raise UnreadableInput(f"no text: an item of type {kind}", source=given.source, place=where)
    published = _first(item, "versioncreated", "contentcreated", "firstcreated")
    note = _string(item.get("ednote")) or ""
    headline = _headline(item)
    status, published = checked(
        _string(item.get("pubstatus")) or "usable",
        _first(item, "embargoeduntil", "embargoed"),
        published,
        corrected=is_correction(note, headline),
        now=given.now,
        source=given.source,
        place=where,
    )
    text, cuts = _text(item)
    if not text and status != "withdrawn":
        raise UnreadableInput("there is no text in it", source=given.source, place=where)
    extra = {
        "byline": _string(item.get("byline")) or _string(item.get("by")),
        "slug": _string(item.get("slugline")),
        "ednote": note,
        "cut": report(cuts),
    }
    return Draft(
        text=text or note or headline or NOTHING,
        title=headline if text else "",
        ref=uri if isinstance(uri, str) else given.ref,
        lang=_string(item.get("language")),
        published=published,
        outlet=_string(item.get("copyrightholder")) or _named(item, ("publisher", "provider")),
        agency=_named(item, ()),
        url=uri if isinstance(uri, str) and uri.startswith(("http://", "https://")) else given.url,
        version=str(item["version"]) if item.get("version") is not None else None,
        status=status,
        extra={key: value for key, value in extra.items() if value},
        source=given.source,
        place=where,
    )


def _text(item: Mapping[str, Any]) -> tuple[str, list[Cut]]:
    """The paragraphs of the body: plain where there is a plain one, else those of its markup."""
    bodies = _bodies(item)
    plain = next((value for media, value in bodies if media == "text/plain"), None)
    if plain is not None:
        return "\n".join(line.strip() for line in plain.splitlines() if line.strip()), []
    tree = fragment(bodies[0][1]) if bodies else None
    return article(tree) if tree is not None else ("", [])


def _bodies(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Media type and value of each body that holds words."""
    found: list[tuple[str, str]] = []
    for body in item["bodies"] if isinstance(item.get("bodies"), list) else ():
        value = body.get("value") if isinstance(body, dict) else None
        if isinstance(value, str) and value.strip():
            media = _string(body.get("contenttype")) or _string(body.get("contentType"))
            found.append((media or ("text/html" if "<" in value else "text/plain"), value))
    for key, value in sorted(item.items()):
        if key.startswith("body_") and isinstance(value, str) and value.strip():
            found.append(("text/plain" if key == "body_text" else "text/html", value))
    return found


def _headline(item: Mapping[str, Any]) -> str:
    headlines = item.get("headlines")
    if isinstance(headlines, list):
        rows = [row for row in headlines if isinstance(row, dict) and _string(row.get("value"))]
        rows.sort(key=lambda row: row.get("role") not in ("main", "headline"))
        return rows[0]["value"].strip() if rows else _string(item.get("title")) or ""
    extended = (value for key, value in sorted(item.items()) if key.startswith("headline_"))
    return next((text for value in (item.get("headline"), *extended, item.get("title")) if (text := _string(value))), "")


def _named(item: Mapping[str, Any], roles: Iterable[str]) -> str | None:
    """The name of the first source of information that plays one of these parts, or any part where none is given."""
    sources = item.get("infosources") or item.get("infosource") or ()
    wanted = set(roles)
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict) and (not wanted or wanted & {source.get("role"), source.get("rel")}):
            name = _string(source.get("name"))
            if name:
                return name
    return None


def _first(item: Mapping[str, Any], *keys: str) -> str | None:
    return next((value for key in keys if (value := _string(item.get(key)))), None)


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
