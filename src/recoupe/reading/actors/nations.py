"""States: how they and what is theirs are called in a language, and the palaces that speak for their governments.

Invariant: a form that two states share yields both, and the caller decides or abstains.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from recoupe import ontology
from recoupe.language import language
from recoupe.reading.actors.words import Phrases


@dataclass(frozen=True, slots=True)
class Nation:
    """One state. name: in the page's language; gender and number as the language has them («», «m», «f»; «s», «p»)."""

    code: str
    name: str
    gender: str
    number: str


@dataclass(frozen=True)
class Nations:
    """Every state, by the words of one language. plurals: the forms of demonyms other than the adjective's own."""

    by_code: dict[str, Nation]
    names: Phrases[tuple[str, ...]]
    seats: Phrases[str]
    demonyms: dict[str, tuple[str, ...]]
    compounds: Phrases[tuple[str, ...]]
    plurals: frozenset[str]
    weak: frozenset[str]
    rulers: dict[str, str] = field(default_factory=dict)

    def demonym(self, word: str) -> tuple[str, ...]:
        """Codes of the states whose adjective or national this word is, in small letters."""
        return self.demonyms.get(word, ())


@cache
def table() -> dict[str, Any]:
    """ontology/nations.toml."""
    return ontology.table("nations")


@cache
def nations(code: str) -> Nations:
    """The states in the words of a language."""
    forms = _demonym_forms(code)
    by_code: dict[str, Nation] = {}
    names: dict[str, list[str]] = {}
    demonyms: dict[str, list[str]] = {}
    plurals: set[str] = set()
    seats: Phrases[str] = Phrases()
    for iso, row in table()["states"].items():
        gender = row["gender"] if code == "fr" else ""
        by_code[iso] = Nation(iso, row[code][0], gender[:1], "p" if gender.endswith("p") else "s")
        for name in dict.fromkeys(plain for form in row[code] for plain in (form, _unaccented(form))):
            names.setdefault(name, []).append(iso)
        for form in row["gentile" if code == "fr" else "people"]:
            plurals.update(inflected.lower() for inflected in forms(form)[1:])
            for inflected in forms(form):
                if iso not in demonyms.setdefault(inflected.lower(), []):
                    demonyms[inflected.lower()].append(iso)
        for seat in row.get("seats", ()):
            for name in dict.fromkeys((seat, _unaccented(seat))):
                seats.add(name, iso)
    names.update(table()["shared"])
    phrases: Phrases[tuple[str, ...]] = Phrases()
    for name, codes in names.items():
        phrases.add(name, tuple(codes))
    compounds: Phrases[tuple[str, ...]] = Phrases()
    for form, codes in demonyms.items():
        if " " in form or "-" in form:
            compounds.add(form, tuple(codes))
    return Nations(
        by_code=by_code,
        names=phrases.settle(),
        seats=seats.settle(),
        demonyms={form: tuple(codes) for form, codes in demonyms.items()},
        compounds=compounds.settle(),
        plurals=frozenset(plurals),
        weak=frozenset(table()["weak"]),
        rulers={subject: ruler for ruler, subjects in table()["colonies"].items() for subject in subjects},
    )


def _unaccented(name: str) -> str:
    """A name as it is often written, without the accent of its capital: «Etats-Unis»."""
    return name.replace("É", "E").replace("Î", "I")


def _demonym_forms(code: str) -> Any:
    """A function from a demonym to all its forms, by the endings that the language's table of roles gives."""
    endings = language(code).table("roles")["demonyms"]["endings"]

    def forms(base: str) -> list[str]:
        for ending, *others in endings:
            if base.endswith(ending):
                stem = base[: len(base) - len(ending)]
                return [base, *(stem + other for other in others)]
        return [base]

    return forms
