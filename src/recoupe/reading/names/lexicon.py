"""What a language and the ontology know of names, compiled once for looking up word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from recoupe import ontology
from recoupe.language import Language, language
from recoupe.model import NameKind
from recoupe.reading.gazetteer import fold

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a known name: its words as written, folded, and its kind; other for a medium that others speak on."""

    words: tuple[str, ...]
    folded: tuple[str, ...]
    kind: NameKind

    def reads(self, words: list[str]) -> bool:
        """Whether these words have the capitals that the form asks for. More capitals are let through, fewer are not."""
        for asked, word in zip(self.words, words, strict=True):
            if asked[0].isupper() and not word[0].isupper():
                return False
            if len(asked) > 1 and asked.isupper() and not word.isupper():
                return False
        return True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word sets of names.toml; known organisations and landmarks by the folded first word of each form, longest form first."""

    titles: frozenset[str]
    sure_titles: frozenset[str]
    roles: frozenset[str]
    speech: frozenset[str]
    particles: frozenset[str]
    edges: frozenset[str]
    locatives: frozenset[str]
    bodies: frozenset[str]
    official_bodies: frozenset[str]
    levels: frozenset[str]
    signs: frozenset[str]
    of_bodies: frozenset[str]
    contests: frozenset[str]
    national_bodies: frozenset[str]
    kinds_of_bodies: frozenset[str]
    place_heads: frozenset[str]
    place_names: frozenset[str]
    not_names: frozenset[str]
    first_names: frozenset[str]
    named_bodies: frozenset[str]
    state_bodies: frozenset[str]
    ministers: frozenset[str]
    field_articles: frozenset[str]
    ministries: frozenset[str]
    missions: frozenset[str]
    indefinites: frozenset[str]
    between: frozenset[str]
    acronyms: frozenset[str]
    links: frozenset[str]
    determiners: frozenset[str]
    articles: frozenset[str]
    wheres: frozenset[str]
    joints: frozenset[str]
    complements: frozenset[str]
    beyond: frozenset[str]
    channels: frozenset[str]
    roads: re.Pattern[str]
    demonyms: dict[str, str]
    known: dict[str, tuple[Form, ...]]
    rulers: frozenset[str]


SETS = tuple(name for name in Lexicon.__dataclass_fields__ if name not in ("roads", "demonyms", "known", "rulers"))


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language."""
    lang = language(code)
    table = lang.table("names")
    sets = {name: frozenset(table.get(name, ())) for name in SETS}
    roads, rulers = re.compile(table["roads"]), _rulers() - sets["not_names"]
    return Lexicon(**sets, roads=roads, demonyms=demonyms(lang), known=_known(code), rulers=rulers)


def demonyms(lang: Language) -> dict[str, str]:
    """Every inflected demonym, in lower case, with its country."""
    table = lang.table("places")["demonyms"]
    endings = table["endings"]
    found: dict[str, str] = {}
    for country, stems in table.items():
        if country != "endings":
            found.update({(stem + ending).lower(): country for stem in stems for ending in endings})
    return found


@cache
def organisations() -> tuple[dict[str, Any], ...]:
    """The rows of ontology/organisations.toml, those that it lists by kind and country included."""
    table = ontology.table("organisations")
    rows = list(table["organisations"])
    for group in table["listed"]:
        shared = {key: group[key] for key in ("kind", "country", "sectors")}
        written = (line.split(" = ") for line in group["names"])
        rows += [{"name": forms[-1], "forms_fr": forms, "forms_en": forms, **shared} for forms in written]
    return tuple(rows)


def _rulers() -> frozenset[str]:
    """Surnames of those who led a state or its government."""
    table = ontology.table("offices")
    leaders = (names for _, function, _, _, names in table["offices"] if function.startswith("head_of_"))
    return frozenset(name.split()[-1] for names in leaders for name in names.split("/") if " " in name)


def _known(code: str) -> dict[str, tuple[Form, ...]]:
    forms: dict[str, list[Form]] = {}
    for row in organisations():
        for written in row.get(f"forms_{code}", ()):
            _add(forms, written, "other" if row["kind"] == "platform" else "organisation")
    for written in _landmarks():
        _add(forms, written, "place")
    return {first: tuple(sorted(found, key=lambda f: -len(f.words))) for first, found in forms.items()}


def _add(forms: dict[str, list[Form]], written: str, kind: NameKind) -> None:
    words = tuple(WORD.findall(written))
    folded = tuple(fold(word) for word in words)
    forms.setdefault(folded[0], []).append(Form(words, folded, kind))


def _landmarks() -> Iterator[str]:
    """Names of places that hold an ordinary word, such as «bande de Gaza»: capitals alone would not show where they begin."""
    table = ontology.table("localities")
    for kinds in table.values():
        for kind in ("admin", "region", "facility", "water"):
            for name, _, _, *others in kinds.get(kind, ()):
                for written in (name, *others):
                    if " " in written and "(" not in written and any(word[0].islower() for word in WORD.findall(written)):
                        yield written


def acronym(word: str) -> bool:
    """Whether a word is written as an acronym: of two to eight signs, two of them capitals («CNRS», «FFTri», «M5S»)."""
    return 2 <= len(word) <= 8 and word[0].isupper() and word.isalnum() and sum(ch.isupper() for ch in word) > 1


def initials(acronym: str, name: list[str]) -> bool:
    """Whether the letters of an acronym begin words of the name, in order; small words may be passed over."""
    letters = [ch for ch in fold(acronym) if ch.isalpha()]
    at = 0
    for word in name:
        if at < len(letters) and fold(word)[:1] == letters[at]:
            at += 1
    return len(letters) > 1 and at >= len(letters) - (len(letters) > 3) and fold(name[0])[:1] == letters[0]
