"""Quotations as they are marked on the page, in any typography, before anyone is asked who speaks.

Works on the text alone. A quotation has its marks outside and its words inside; one that is never closed, or never opened, ends
with its sentence; one that goes on over paragraphs is one quotation. Quotations nest and never cross.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from recoupe.model import Span

MARK = re.compile(r"<<|>>|``|''|[«»“”„‟‹›\"‘’']")
OPENING = frozenset({"«", "“", "„", "‟", "<<", "‹", "``", "‘"})
SINGLE = frozenset({"‘", "’", "'", "‹", "›"})
FAMILY = {
    "«": "«",
    "»": "«",
    "“": "“",
    "”": "“",
    "„": "“",
    "‟": "“",
    "<<": "<",
    ">>": "<",
    "‹": "‹",
    "›": "‹",
    "``": "`",
    "''": "`",
    '"': '"',
}
FAMILY |= {"‘": "'", "’": "'", "'": "'"}
PARAGRAPH = re.compile(r"[^\n]+")
DASH = re.compile(r"\s*(?:[—–]|--)\s*(?=\S)")
SINGLE_CLOSE = re.compile(r"[\w.,!?…]['’](?=[\s.,;:!?)»”]|$)")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation. outer: with its marks; inner: its words; parent: index of the quotation around it."""

    outer: Span
    inner: Span
    closed: bool = True
    opened: bool = True
    dash: bool = False
    parent: int | None = None


@dataclass
class _Open:
    at: int
    end: int
    mark: str
    paragraph: int


@dataclass
class _Scan:
    text: str
    starts: Sequence[int]
    stack: list[_Open] = field(default_factory=list)
    found: list[Quote] = field(default_factory=list)

    def sentence_end(self, offset: int, limit: int) -> int:
        i = bisect_right(self.starts, offset)
        return min(self.starts[i] if i < len(self.starts) else len(self.text), limit)

    def sentence_start(self, offset: int, floor: int) -> int:
        i = bisect_right(self.starts, offset) - 1
        return max(self.starts[i] if i >= 0 else 0, floor)

    def close(self, mark: re.Match[str]) -> None:
        family = FAMILY[mark[0]]
        while self.stack and FAMILY[self.stack[-1].mark] != family:
            self.stack.pop()
        opened = self.stack.pop()
        self.keep(Quote(outer=(opened.at, mark.end()), inner=(opened.end, mark.start())))

    def lose(self, opened: _Open, limit: int) -> None:
        """A quotation that is never closed ends with its sentence."""
        if opened.mark in SINGLE:
            return
        end = self.sentence_end(opened.at, limit)
        self.keep(Quote(outer=(opened.at, end), inner=(opened.end, end), closed=False))

    def keep(self, quote: Quote) -> None:
        start, end = quote.inner
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start < end:
            outer = (quote.outer[0], max(end, quote.outer[1] if quote.closed else end))
            self.found.append(Quote(outer, (start, end), quote.closed, quote.opened, quote.dash))


def quotations(text: str, starts: Sequence[int]) -> list[Quote]:
    """The quotations of a text, in order of their beginning. starts: offsets at which a sentence begins, in order."""
    scan = _Scan(text, starts)
    paragraphs = [m.span() for m in PARAGRAPH.finditer(text) if m[0].strip()]
    for number, (first, last) in enumerate(paragraphs):
        for mark in MARK.finditer(text, first, last):
            _meet(scan, mark, first, last, number)
        _end_paragraph(scan, paragraphs, number)
    return _nested(scan.found)


def _meet(scan: _Scan, mark: re.Match[str], first: int, last: int, number: int) -> None:
    text, sign = scan.text, mark[0]
    before, after = text[first : mark.start()][-1:], text[mark.end() : last][:1]
    glued_left = bool(before) and not before.isspace() and before not in "([{—–-'’/«“\"<"
    glued_right = bool(after) and not after.isspace() and after not in '.,;:!?)]}…»”"'
    if sign in ("'", "’", "‘") and not _is_single_mark(text, mark, last, glued_left, glued_right, scan):
        return
    family = FAMILY[sign]
    depth = [o for o in scan.stack if FAMILY[o.mark] == family]
    if sign in OPENING and depth and not glued_right and (glued_left or depth[-1].mark in ("»", "”")):
        scan.close(mark)
    elif sign in OPENING and depth and depth[-1].paragraph < number and not text[first : mark.start()].strip():
        depth[-1].paragraph = number
    elif (
        sign in OPENING
        and not depth
        and glued_left
        and not glued_right
        and sign in ("«", "“")
        and text[mark.start() - 1] not in ":,"
    ):
        _unopened(scan, mark, first)
    elif sign in OPENING:
        scan.stack.append(_Open(mark.start(), mark.end(), sign, number))
    elif family in ('"', "'"):
        _meet_straight(scan, mark, depth, glued_left, glued_right, first, last, number)
    elif depth:
        scan.close(mark)
    elif not glued_left and (glued_right or (not text[first : mark.start()].strip() and _opened_wrongly(text, mark, last))):
        scan.stack.append(_Open(mark.start(), mark.end(), sign, number))
    elif family != "`":
        _unopened(scan, mark, first)


def _opened_wrongly(text: str, mark: re.Match[str], last: int) -> bool:
    """Whether the next mark of the family closes what this closing mark would open («» Non «, dit-il»)."""
    following = next((m for m in MARK.finditer(text, mark.end(), last) if FAMILY[m[0]] == FAMILY[mark[0]]), None)
    return following is not None and following[0] in OPENING and not text[following.end() : following.end() + 1].isalnum()


def _meet_straight(
    scan: _Scan, mark: re.Match[str], depth: list[_Open], glued_left: bool, glued_right: bool, first: int, last: int, number: int
) -> None:
    at_start = not scan.text[first : mark.start()].strip()
    if not depth:
        if not scan.text[mark.start() - 1 : mark.start()].isdigit():
            scan.stack.append(_Open(mark.start(), mark.end(), mark[0], number))
    elif at_start and depth[-1].paragraph < number:
        depth[-1].paragraph = number
    elif glued_right and not glued_left and not at_start and mark[0] == '"':
        following = "".join(_shape(scan.text, m) for m in MARK.finditer(scan.text, mark.end(), last) if m[0] == '"')
        if not following.startswith("cc"):
            while scan.stack and scan.stack[-1] is not depth[-1]:
                scan.stack.pop()
            scan.lose(scan.stack.pop(), mark.start())
        scan.stack.append(_Open(mark.start(), mark.end(), mark[0], number))
    else:
        scan.close(mark)


def _shape(text: str, mark: re.Match[str]) -> str:
    """Whether a straight mark looks as if it opened (o) or closed (c) something."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    left = bool(before) and not before.isspace() and before not in "([—–-'’"
    right = bool(after) and after.isalnum()
    return "o" if right and not left else "c" if left and not right else "?"


def _is_single_mark(text: str, mark: re.Match[str], last: int, glued_left: bool, glued_right: bool, scan: _Scan) -> bool:
    """Whether an apostrophe's sign is a quotation mark here; a plural's closes nothing where a better close follows."""
    if any(FAMILY[o.mark] == "'" for o in scan.stack):
        if not glued_left or glued_right:
            return False
        possessive = text[mark.start() - 1] == "s"
        return not (possessive and re.search(r"^[^'‘’]{0,300}[\w.,!?…]['’](?=[\s.,;:!?)»”]|$)", text[mark.end() : last]))
    if glued_left or not glued_right:
        return False
    return bool(SINGLE_CLOSE.search(text[mark.end() : min(last, mark.end() + 600)]))


def _unopened(scan: _Scan, mark: re.Match[str], first: int) -> None:
    start = scan.sentence_start(mark.start() - 1, first)
    if any(q.outer[1] > start for q in scan.found):
        start = max(q.outer[1] for q in scan.found if q.outer[1] > start)
        if not re.search(r"[.!?;:]", scan.text[start : mark.start()]):
            return
    if scan.text[start : mark.start()].strip():
        scan.keep(Quote(outer=(start, mark.end()), inner=(start, mark.start()), opened=False))


def _end_paragraph(scan: _Scan, paragraphs: list[Span], number: int) -> None:
    """What stays open goes on where the next paragraph opens with the mark again or closes it; the rest is lost."""
    limit = paragraphs[number][1]
    upcoming = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
    while scan.stack:
        opened = scan.stack[-1]
        if upcoming and limit - opened.at < LONGEST and opened.mark not in SINGLE:
            ahead = scan.text[upcoming[0] : upcoming[1]]
            marks = [m for m in MARK.finditer(ahead) if FAMILY[m[0]] == FAMILY[opened.mark]]
            starts = bool(marks) and not ahead[: marks[0].start()].strip()
            closes = bool(marks) and marks[0][0] not in OPENING and marks[0][0] != '"'
            if (starts and (opened.mark != '"' or len(marks) % 2 == 0 or len(marks) == 1)) or closes:
                return
        scan.lose(scan.stack.pop(), limit)


def _nested(found: list[Quote]) -> list[Quote]:
    ordered = sorted(found, key=lambda q: (q.outer[0], -q.outer[1]))
    kept: list[Quote] = []
    around: list[int] = []
    for quote in ordered:
        while around and kept[around[-1]].outer[1] <= quote.outer[0]:
            around.pop()
        if around and quote.outer[1] > kept[around[-1]].outer[1]:
            continue
        parent = around[-1] if around else None
        around.append(len(kept))
        kept.append(Quote(quote.outer, quote.inner, quote.closed, quote.opened, quote.dash, parent))
    return kept


def dialogue(text: str) -> list[Span]:
    """Paragraphs that open with a dash, as a speaker's turn does; the words after the dash."""
    turns = []
    for paragraph in PARAGRAPH.finditer(text):
        dash = DASH.match(text, *paragraph.span())
        if dash:
            turns.append((dash.end(), paragraph.end()))
    return turns
