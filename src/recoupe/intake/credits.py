"""Whose copy a dispatch is: the agencies and outlets that its dateline, its last lines or its outlet credit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from recoupe.intake.calendar import any_of
from recoupe.language import language

LONGEST = 100
BRACKETED = re.compile(r"[(\[]([^()\[\]\n]{2,80})[)\]][\s.]*$")


@cache
def _forms() -> dict[str, str]:
    """Every form of an agency's name, and the name that it is given."""
    table = tomllib.loads((files(__package__) / "agencies.toml").read_text(encoding="utf-8"))
    return {form: name for name, forms in table.items() for form in forms}


@cache
def _any_agency() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-])(?:(?:l|d|L|D)['’])?(?P<name>{any_of(_forms())})(?![\w-])")


def agencies_in(words: str) -> list[str]:
    """The agencies that some words name, each once, in order."""
    return list(dict.fromkeys(_forms()[re.sub(r"\s+", " ", m["name"])] for m in _any_agency().finditer(words)))


def without_agencies(words: str) -> str:
    """The words without the agencies that they name."""
    return _any_agency().sub("", words)


def agency(name: str) -> str | None:
    """The agency that a whole name is, or None."""
    return _forms().get(name.strip())


def credited(text: str, code: str) -> list[str]:
    """The agencies that the closing lines of a text credit, each once, in order."""
    found: list[str] = []
    for line in _closing(text):
        found += agencies_in(line) if _credits(line, code) else []
    return list(dict.fromkeys(found))


def _closing(text: str) -> Iterator[str]:
    """The last two lines, where they are short, and what the text's last brackets hold."""
    lines = [line.strip() for line in text.rstrip()[-1000:].split("\n") if line.strip()]
    yield from (line for line in lines[1:][-2:] if len(line) <= LONGEST)
    bracketed = BRACKETED.search(text[-300:])
    if bracketed:
        yield bracketed[1]


def _credits(line: str, code: str) -> bool:
    """Whether a line does nothing but credit: it begins with a credit's word, has one before an agency, or is names alone."""
    starts, before_agency, filler = _patterns(code)
    if starts.match(line) or (len(line) <= 60 and before_agency.search(line)):
        return True
    return not re.search(r"\w", filler.sub("", without_agencies(line)))


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = language(code).table("intake")
    cue = any_of(table["credits"])
    return (
        re.compile(rf"\W*(?:{cue})(?!\w)\W", re.I),
        re.compile(rf"(?<!\w)(?i:{cue})\W{{1,3}}(?:www\.)?(?:(?:l|L)['’])?(?:{any_of(_forms())})(?![\w-])\W*$"),
        re.compile(rf"(?<!\w)(?:{any_of([*table['credits'], *table['credit_words']])})(?!\w)", re.I),
    )
