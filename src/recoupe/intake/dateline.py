"""The dateline: where, when and by whom a text was sent, before the dash that opens it.

A head before a dash is a dateline only where all of it is place names, one date, agencies; with neither a date nor an
agency, the place must be in capitals, or be a town known or of a known country, before a whole sentence. A correspondent's
line says where from as well («De notre envoyé spécial à Goma»).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from recoupe import ontology
from recoupe.intake.calendar import Written, any_of, calendar
from recoupe.intake.credits import agencies_in, without_agencies
from recoupe.language import language
from recoupe.model import Span

LONGEST = 110
LINES = 4  # a headline, a photo credit or a byline may come first
DASH = re.compile(r"\s+-{1,2}(?=\s)|\s*[–—](?=\s)|(?<=[)\]])\s*-{1,2}(?=\s)|(?<=\w)--(?=\s)")
BRACKETS = re.compile(r"\(([^()\n]{1,40})\)")
SENTENCE = re.compile(r"""\s*[«“"]?\s?(?![\w’'-]{1,40} ?:)[A-ZÀ-Ý](?:[^\n:]{24,300}[.!?»”"]|(?:[^\s:]{1,40} ){4})""")
PREFIX = re.compile(r"\s*([A-Z][A-Za-z]{2,11})\s?[-–|]\s?(?=[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class Head:
    """A dateline as found, its date perhaps without a year."""

    span: Span
    place: str | None = None
    written: Written | None = None
    agencies: tuple[str, ...] = ()

    def date(self, near: dt.date | None) -> dt.date | None:
        """The day it names; where it names no year, the one that falls nearest to a day that is known."""
        if self.written is None or self.written.year is not None or near is None:
            return self.written.date if self.written else None
        days = [self.written.within(near.year + shift) for shift in (-1, 0, 1)]
        return min((day for day in days if day), key=lambda day: abs(day - near), default=None)


def find_dateline(text: str, code: str) -> Head | None:
    """The dateline of a text, at its start or after a few short lines."""
    offset = 0
    for number, line in enumerate(text[: LINES * 200].split("\n")[: LINES * 2]):
        if line.strip():
            head = _head(line, offset, code)
            if head and (number == 0 or head.agencies or head.written):
                return head
            if len(line) > LONGEST * 2:
                return None
        offset += len(line) + 1
    return None


def _head(line: str, offset: int, code: str) -> Head | None:
    indent = len(line) - len(line.lstrip())
    sent = _correspondents(code).match(line)
    if sent:
        return Head((offset + indent, offset + sent.end()), sent["place"].strip())
    prefix = PREFIX.match(line)
    agencies = agencies_in(prefix[1]) if prefix else []
    begin = prefix.end() if prefix and agencies else indent
    for dash in DASH.finditer(line, begin, begin + LONGEST):
        head = _parse(line[begin : dash.start()], agencies, code, whole=bool(SENTENCE.match(line, dash.end())))
        if head:
            place, written, credited = head
            return Head((offset + indent, offset + dash.end()), place, written, credited)
        return None
    return None


def _parse(
    words: str, agencies: list[str], code: str, *, whole: bool
) -> tuple[str | None, Written | None, tuple[str, ...]] | None:
    """Place, date and agencies, where the words are nothing else. whole: a whole sentence follows them."""
    agencies, rest = list(agencies), words
    for bracketed in BRACKETS.finditer(words):
        named = agencies_in(bracketed[1])
        if not named and not _is_place(bracketed[1], code) and not list(calendar(code).written(bracketed[1])):
            return None
        if named and re.search(r"[a-z]", without_agencies(bracketed[1])):
            return None
        agencies += named
        if named or _is_place(bracketed[1], code):
            rest = rest.replace(bracketed[0], ",", 1)
    dates = list(calendar(code).written(rest))
    if len(dates) > 1:
        return None
    if dates:
        articles = any_of(language(code).table("intake")["articles"])
        before = re.sub(rf"(?<!\w)(?:{articles})\s+$", "", rest[: dates[0].start], flags=re.I)
        rest = before + "," + rest[dates[0].end :]
    places = [part.strip(" .()") for part in re.split(r"[,/|]", rest) if part.strip(" .()")]
    if not all(_is_place(place, code) for place in places):
        return None
    told = places and (_shouted(places[0], code) or (whole and _known(tuple(places))))
    if not agencies and not dates and not told:
        return None
    return (places[0] if places else None), (dates[0] if dates else None), tuple(dict.fromkeys(agencies))


def _is_place(words: str, code: str) -> bool:
    return bool(_place(code).fullmatch(words.strip()))


def _known(places: tuple[str, ...]) -> bool:
    """Whether a town is one of those that news is sent from, or stands before its country, with nothing else."""
    towns, countries = _places()
    first, *rest = (place.lower() for place in places)
    return (first in towns and not rest) or (len(rest) == 1 and rest[0] in countries and first not in countries)


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """Capitals and the towns of localities.toml; countries, in every language."""
    states = ontology.table("nations")["states"]
    local = ontology.table("localities")
    towns = {name for state in states.values() for name in state.get("capital", ())}
    towns |= {row[0] for kinds in local.values() for row in kinds.get("city", ())}
    countries = {name for state in states.values() for code in ("fr", "en") for name in state[code]}
    return frozenset(town.lower() for town in towns), frozenset(country.lower() for country in countries)


@cache
def _correspondents(code: str) -> re.Pattern[str]:
    return re.compile(
        rf"\s*{language(code).table('intake')['correspondent']}(?P<place>{_place(code).pattern})\s*(?:[,.:–—-].{{0,60}})?$"
    )


def _shouted(words: str, code: str) -> bool:
    """Whether a lone place is in capitals, and no label of the kind of copy."""
    return len(words) >= 3 and words.isupper() and words.lower() not in language(code).table("intake")["labels"]


@cache
def _place(code: str) -> re.Pattern[str]:
    word, link = r"(?:[A-ZÀ-Ý][\w’'.]*)", any_of(language(code).table("intake")["place_words"])
    return re.compile(rf"{word}(?:[\s\-’']+(?:{word}|(?:{link})(?!\w))){{0,5}}")
