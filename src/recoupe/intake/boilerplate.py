"""What stands around an article is taken off: menus, tickers, «Lire aussi», comments, captions, and each is reported.

Nothing is taken that holds the article itself: an element with a headline or with most of the page's paragraphs stays.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from recoupe.intake.calendar import any_of
from recoupe.intake.markup import BLOCKS, name_of, paragraphs
from recoupe.language import language, languages

LONGEST = 220  # a line that announces another article, or asks to subscribe, is no longer
SHOWN = 200
MOST = 60
KEPT = {"html", "head", "body", "article", "main"}
HOLDS = 0.4  # of the paragraphs' words: what has more is the article
MARK = re.compile(r"[^a-z0-9]+")
STOP = re.compile(r"[.!?…][»”\"’)\s]*$")


@dataclass(frozen=True, slots=True)
class Cut:
    """What was taken off, and as what."""

    kind: str
    text: str


def trim(root: Any) -> list[Cut]:
    """Takes off what stands around the article in a tree, and says what that was."""
    told = _told(root)
    cuts: list[Cut] = []
    for kind, element in [(kind, e) for e in root.iter() if (kind := _kind(e))]:
        if not _gone(element, root) and not _holds_article(element, told):
            cuts.append(Cut(kind, _words(element)))
            remove(element)
    for element in [e for e in root.iter() if name_of(e) in BLOCKS and name_of(e) not in KEPT]:
        if not _gone(element, root) and not any(name_of(child) in BLOCKS for child in element.iterdescendants()):
            text = _words(element)
            kind = said(text, linked=_linked(element, text)) if 0 < len(text) <= LONGEST else None
            if kind:
                cuts.append(Cut(kind, text))
                remove(element)
    return [cut for cut in cuts if cut.text]


def said(line: str, *, linked: bool = False) -> str | None:
    """What a line is that says itself that it is none of the article's. linked: it is, for the most part, a link.

    Some lines begin so and go on («Lire aussi : …»), and then end no sentence or lead elsewhere; some are that and no more.
    """
    for kind, begins, whole in _cues():
        if whole and whole.fullmatch(line):
            return kind
        found = begins.match(line) if begins else None
        if found and (linked or ":" in found[0] or not STOP.search(line)):
            return kind
    return None


def sifted(lines: Iterable[str]) -> tuple[str, list[Cut]]:
    """The lines that are the article's, as one text, and those that say themselves that they are not."""
    kept: list[str] = []
    cuts: list[Cut] = []
    for line in lines:
        kind = said(line)
        if kind:
            cuts.append(Cut(kind, line))
        else:
            kept.append(line)
    return "\n".join(kept), cuts


def article(root: Any) -> tuple[str, list[Cut]]:
    """The article of some marked-up copy that holds no more than it, and what was taken off."""
    trimmed = trim(root)
    text, cuts = sifted(paragraphs(root))
    return text, trimmed + cuts


def report(cuts: Iterable[Cut]) -> list[dict[str, str]]:
    """What was taken off, as it is kept with a dispatch."""
    return [{"kind": cut.kind, "text": cut.text[:SHOWN]} for cut in cuts][:MOST]


def remove(element: Any) -> None:
    """Takes an element off; what follows it in its paragraph stays."""
    parent, tail = element.getparent(), element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def _kind(element: Any) -> str | None:
    """What an element's name or marks say that it is."""
    name = name_of(element)
    if not name or name in KEPT:
        return None
    marks = set(_marks(element))
    by_tag, by_mark = _table()
    return by_tag.get(name) or next((by_mark[mark] for mark in sorted(marks) if mark in by_mark), None)


def _marks(element: Any) -> Iterator[str]:
    for attribute in ("class", "id", "role"):
        for word in (element.get(attribute) or "").lower().split()[:12]:
            yield MARK.sub("-", word[:60]).strip("-")


def _told(element: Any) -> tuple[int, int]:
    """How long an element's paragraphs are, and all its words."""
    return sum(len(_words(p)) for p in element.iter("p", "{*}p")), len(_words(element))


def _holds_article(element: Any, page: tuple[int, int]) -> bool:
    """Whether the article is in it: by its paragraphs, or by all its words on a page that makes none."""
    if next(element.iter("h1", "article"), None) is not None:
        return True
    by = 0 if page[0] >= LONGEST else 1
    return name_of(element) not in ("nav", "figcaption") and _told(element)[by] > HOLDS * page[by]


def _gone(element: Any, root: Any) -> bool:
    """Whether an element was taken off with another that held it."""
    top = element
    while (parent := top.getparent()) is not None and top is not root:
        top = parent
    return top is not root


def _linked(element: Any, text: str) -> bool:
    return sum(len(_words(a)) for a in element.iter("a", "{*}a")) * 2 >= len(text)


def _words(element: Any) -> str:
    return " ".join(paragraphs(element))


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    table = tomllib.loads((files(__package__) / "boilerplate.toml").read_text(encoding="utf-8"))
    return (
        {tag: kind for kind, row in table.items() for tag in row["tags"]},
        {mark: kind for kind, row in table.items() for mark in row["marks"]},
    )


@cache
def _cues() -> list[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]]:
    """Of every language: kind, what a line begins with, what it is as a whole."""
    found: list[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]] = []
    for code in languages():
        for kind, row in language(code).table("intake")["boilerplate"].items():
            begins = re.compile(rf"\W{{0,4}}(?:{any_of(row['begins'])})(?!\w)\s?:?", re.I) if row["begins"] else None
            forms = [f"(?:{any_of(row['whole'])})"] if row["whole"] else []
            forms += [f".{{2,180}}\\b(?:{any_of(row['ends'])})\\b.{{1,60}}"] if row.get("ends") else []
            whole = re.compile(rf"\W{{0,4}}(?:{'|'.join(forms)})\W{{0,4}}", re.I) if forms else None
            found.append((kind, begins, whole))
    return found
