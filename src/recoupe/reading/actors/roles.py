"""Nouns for people and bodies of people, compiled from a language's table of roles.

Invariant: every form of a noun that the table implies is found by its first word; the longest phrase wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from recoupe.language import language
from recoupe.model import ActorKind
from recoupe.reading.actors.words import Phrases


@dataclass(frozen=True, slots=True)
class Role:
    """What one form of a noun says of those it names.

    base: the noun in the masculine singular; noun: its head alone; cls: mentions of one class may be the same group;
    number: s, p, or "" where the form has both; head: index of the head in the phrase;
    adjective: a noun only after an article or a number; national: belongs to the country of the talk unless another is stated;
    generic: takes its sectors from whose it is; anaphoric: only takes up what was named, fits: of which sectors;
    takes_up: rules of those who may be meant by it later on; capital: written with one;
    strict: a noun only with an article of its own.
    """

    name: str
    cls: str
    base: str
    noun: str
    kind: ActorKind
    sectors: tuple[str, ...]
    gender: str
    number: str
    head: int
    adjective: bool
    anaphoric: bool
    national: bool
    generic: bool
    strict: bool
    capital: bool
    fits: tuple[str, ...]
    takes_up: tuple[str, ...]

    @property
    def person(self) -> bool:
        """Whether it names people one by one rather than a body of them."""
        return self.kind not in ("organisation", "state")


Roles = Phrases[Role | None]


@cache
def roles(code: str) -> Roles:
    """The table of roles of a language; None for phrases that begin like people and are things."""
    table = language(code).table("roles")
    phrases: Roles = Phrases()
    for thing in table["things"]:
        phrases.add(thing, None)
    for row in table["roles"]:
        for key in ("nouns", "adjectives"):
            for noun in row.get(key, ()):
                for form, role in _forms(noun, row, key == "adjectives", table["inflection"]):
                    phrases.add(form, role)
    return phrases.settle()


def _forms(noun: str, row: dict[str, Any], adjective: bool, inflection: dict[str, Any]) -> Iterator[tuple[str, Role]]:
    noun, _, mark = noun.partition("/")
    words = noun.split()
    starred = next((i for i, word in enumerate(words) if word.startswith("*")), None)
    words = [word.lstrip("*") for word in words]
    stop = next((i for i, word in enumerate(words) if i and _stops(word, inflection)), len(words))
    head = starred if starred is not None else (stop - 1 if inflection.get("head") == "last" else 0)
    lead, rest = words[:stop], words[stop:]
    if inflection.get("head") == "last":
        lead_forms = [(lead, "s"), ([*lead[:-1], _plural(lead[-1], inflection)], "p")]
    else:
        lead_forms = [(lead, "s"), ([_plural(word, inflection) for word in lead], "p")]
    if not mark and row.get("kind") in ("organisation", "state"):
        mark = "m"
    for gender, forms, number in _genders(mark, lead_forms, inflection):
        yield (
            " ".join(forms + rest),
            Role(
                name=row["name"],
                cls=row.get("class", f"{row['name']}:{' '.join(words)}"),
                base=" ".join(words),
                noun=words[head],
                kind=row.get("kind", "group"),
                sectors=tuple(row["sectors"]),
                gender=gender,
                number="p" if mark == "p" else number,
                head=_head_token(forms, head),
                adjective=adjective,
                anaphoric=row.get("anaphoric", False),
                national=row.get("country", "own") in ("own", "many" if number == "p" or mark == "p" else "own"),
                generic=row.get("generic", False),
                strict=row.get("strict", False),
                capital=words[0][0].isupper(),
                fits=tuple(row.get("fits", ())),
                takes_up=tuple(row.get("takes_up", ())),
            ),
        )


def _head_token(words: Sequence[str], head: int) -> int:
    """The head's place among tokens, which part a word after its apostrophe."""
    return head + sum(word.count("'") for word in words[:head])


def _genders(mark: str, forms: Any, inflection: dict[str, Any]) -> Iterator[tuple[str, list[str], str]]:
    same = forms[0][0] == forms[1][0]
    if "feminine" not in inflection:
        for words, number in forms:
            yield mark if mark in ("m", "f") else "", words, "" if same else number
        return
    if mark:
        for words, number in forms[:1] if mark in ("p", "f1", "m1") else forms:
            yield "f" if mark[0] == "f" else "m", words, "" if same and mark in ("m", "f") else number
        return
    singular = forms[0][0]
    feminine = [_feminine(word, inflection) for word in singular]
    epicene = feminine == singular
    for words, number in forms:
        yield "" if epicene else "m", words, "" if same else number
    if not epicene:
        yield "f", feminine, "s"
        yield "f", [_plural(word, inflection) for word in feminine], "p"


def _stops(word: str, inflection: dict[str, Any]) -> bool:
    return word in inflection["prepositions"] or word.partition("'")[0] + "'" in inflection["prepositions"]


def _plural(word: str, inflection: dict[str, Any]) -> str:
    for singular, plural in inflection.get("irregular", ()):
        if word == singular:
            return str(plural)
    for ending, plural in inflection["plural"]:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + str(plural)
    return word


def _feminine(word: str, inflection: dict[str, Any]) -> str:
    for masculine, feminine in inflection["exceptions"]:
        if word == masculine:
            return str(feminine)
    for ending, feminine in inflection["feminine"]:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + str(feminine)
    return word
