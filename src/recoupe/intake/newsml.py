"""NewsML-G2: news items, alone or in a news message, as agencies send them. Their text is XHTML, NITF or plain.

An item under embargo or withheld by its source is not read, and said; one that is cancelled is a withdrawal; a correction is
marked. A package names items: those that lie beside it are read, and that others are not here is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recoupe.errors import InputError, UnreadableInput
from recoupe.intake.boilerplate import Cut, article, report
from recoupe.intake.draft import Draft
from recoupe.intake.inputs import Found, Input
from recoupe.intake.markup import fragment, name_of
from recoupe.intake.release import NOTHING, checked, is_correction
from recoupe.intake.xml import parse_xml, safe_text

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CORRECTION = ("correction", "corrected")


def read_newsml(given: Input) -> Iterator[Found]:
    """The draft of each text item, or why it is none. Raises InputError where the file is no NewsML-G2."""
    text, encoding = safe_text(given.whole(), source=given.source, charset=given.charset)
    root = parse_xml(text, source=given.source)
    items = [root] if name_of(root) == "newsitem" else list(root.iter("{*}newsItem"))
    others = 0
    for item in items:
        if _class(item) not in ("text", "composite", ""):
            others += 1
            continue
        try:
            yield _draft(item, given, encoding)
        except InputError as error:
            yield error
    held = {item.get("guid") for item in items}
    named = [ref.get("residref") or ref.get("href") for ref in root.iter("{*}itemRef")]
    absent = [name for name in named if name not in held]
    if absent:
        reason = f"a package that names {len(absent)} items which are not in this file: {', '.join(map(str, absent[:5]))}"
        yield UnreadableInput(reason, source=given.source)
    elif others == len(items):
        yield UnreadableInput(
            f"no text item in it{f', only {others} of pictures or sound' if others else ''}", source=given.source
        )


def _draft(item: Any, given: Input, encoding: str) -> Draft:
    guid = item.get("guid")
    place = str(guid or "")
    meta, content = _child(item, "itemMeta"), _child(item, "contentMeta")
    note, headline = _text_of(meta, "edNote"), _text_of(content, "headline")
    signals = {_code(signal) for signal in _all(meta, "signal")}
    created = _text_of(meta, "versionCreated") or _text_of(content, "contentCreated") or _text_of(meta, "firstCreated")
    status, published = checked(
        _code(_child(meta, "pubStatus")) or "usable",
        _text_of(meta, "embargoed") or None,
        created or None,
        corrected=bool(signals & set(CORRECTION)) or is_correction(note, headline),
        now=given.now,
        source=given.source,
        place=place,
    )
    text, cuts, inner = _body(item)
    if not text and status != "withdrawn":
        raise UnreadableInput("there is no text in it", source=given.source, place=place)
    provider = _name(_child(meta, "provider"))
    source = next((name for found in _all(content, "infoSource") if (name := _name(found))), None)
    extra = {
        "byline": _text_of(content, "by") or inner.get("byline"),
        "slug": _text_of(content, "slugline"),
        "ednote": note,
        "creditline": _text_of(content, "creditline"),
        "encoding": encoding if encoding != "utf-8" else "",
        "cut": report(cuts),
    }
    return Draft(
        text=text or note or headline or NOTHING,
        title=(headline or inner.get("headline") or "") if text else "",
        ref=guid,
        lang=_language(item, content),
        published=published,
        outlet=provider,
        agency=_text_of(content, "creditline") or source,
        url=guid if str(guid).startswith(("http://", "https://")) else given.url,
        version=item.get("version"),
        status=status,
        extra={key: value for key, value in extra.items() if value},
        source=given.source,
        place=place,
    )


def _body(item: Any) -> tuple[str, list[Cut], dict[str, str]]:
    """Paragraphs of the content, what was cut of it, and what its markup says besides (NITF's headline and byline)."""
    for content in _all(_child(item, "contentSet"), "inlineXML"):
        root = next((child for child in content if isinstance(child.tag, str)), None)
        if root is not None:
            return _markup(root)
    for content in _all(_child(item, "contentSet"), "inlineData"):
        media, words = content.get("contenttype") or "", "".join(content.itertext())
        tree = fragment(words) if "html" in media else None
        if tree is not None:
            return _markup(tree)
        return "\n".join(line.strip() for line in words.splitlines() if line.strip()), [], {}
    return "", [], {}


def _markup(root: Any) -> tuple[str, list[Cut], dict[str, str]]:
    inner = {
        "headline": _joined(next(root.iter("{*}hl1"), None)),
        "byline": _joined(next(root.iter("{*}byline"), None)),
    }
    body = next(root.iter("{*}body.content"), None)
    text, cuts = article(next(root.iter("{*}body"), root) if body is None else body)
    return text, cuts, inner


def _class(item: Any) -> str:
    """The kind of an item: text, picture, video, …"""
    return _code(_child(_child(item, "itemMeta"), "itemClass"))


def _code(element: Any) -> str:
    """The code of a property, without the name of its list: `stat:usable` is usable."""
    if element is None:
        return ""
    found = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return found.rstrip("/").rpartition("/")[2].rpartition(":")[2].lower()


def _language(item: Any, content: Any) -> Any:
    tagged = _child(content, "language")
    return (tagged.get("tag") if tagged is not None else None) or item.get(LANG)


def _name(element: Any) -> Any:
    """The name of a party, else its literal, else its code (`nprov:AFP` is AFP)."""
    if element is None:
        return None
    return _text_of(element, "name") or element.get("literal") or (element.get("qcode") or "").rpartition(":")[2] or None


def _child(element: Any, name: str) -> Any:
    return None if element is None else element.find(f"{{*}}{name}")


def _all(element: Any, name: str) -> list[Any]:
    return [] if element is None else element.findall(f"{{*}}{name}")


def _text_of(element: Any, name: str) -> str:
    return _joined(_child(element, name))


def _joined(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
