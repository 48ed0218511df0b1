"""A language's figure grammar, compiled once from its `figures` table: the shape of the table, and no word of any language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from recoupe.language import Language
from recoupe.reading.figures.words import Phrases, Words

Bound = Literal["low", "high", "approx", "exact"]
Role = Literal["participle", "subject", "object", "near"]


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A named rule of the table: «au moins» is `at_least`, and sets the low bound.

    unless, needs: words a little before it that undo it, or without which it is none.
    """

    name: str
    bound: Bound
    unless: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what happened to those counted. plural: whether a participle agrees with more than one."""

    field: str
    value: str
    role: Role
    plural: bool | None = None
    only: str | None = None


@dataclass(frozen=True)
class FigureTable:
    """Everything the grammar knows of one language; the comments are in the table itself."""

    lang: str
    decimal: str
    number_words: frozenset[str]
    joiners: frozenset[str]
    ones: frozenset[str]
    articles: frozenset[str]
    article_scales: Mapping[str, int]
    scales: Mapping[str, int]
    glued_scales: Mapping[str, int]
    clear_scales: frozenset[str]
    dozens: Mapping[str, int]
    about: Mapping[str, int]
    vague: Mapping[str, int]
    multiples: Mapping[str, int]
    several: frozenset[str]
    qualities: frozenset[str]
    of: Phrases[bool]
    halves: Phrases[bool]
    fractions: Phrases[float]
    signs: frozenset[str]
    sign_prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    before: Phrases[BoundRule]
    after: Phrases[BoundRule]
    opens: Mapping[str, frozenset[str]]
    mids: frozenset[str]
    joins: frozenset[str]
    changes: frozenset[str]
    wholes: Phrases[str]
    parts: Phrases[str]
    units: Phrases[str]
    nouns: Mapping[str, str]
    totals: Mapping[str, str]
    people: frozenset[str]
    personnel: frozenset[str]
    things: frozenset[str]
    plural: tuple[str, ...]
    not_heads: tuple[str, ...]
    heads_last: bool
    adjectives: frozenset[str]
    more: Phrases[str]
    increment: Phrases[bool]
    function_words: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    passive: frozenset[str]
    active: frozenset[str]
    copulas: frozenset[str]
    fences: frozenset[str]
    relatives: frozenset[str]
    named_by: frozenset[str]
    agents: Phrases[bool]
    through: Phrases[bool]
    idioms: Phrases[bool]
    not_after: Phrases[bool]
    strong: Phrases[bool]
    licence_before: Phrases[bool]
    licence_after: Phrases[bool]
    year_before: frozenset[str]
    cues: Phrases[Cue]

    def known(self, noun: str) -> bool:
        """Whether a noun is listed among those that are counted."""
        return noun in self.nouns or noun in self.people or noun in self.personnel or noun in self.things

    def number_at(self, words: Words, i: int) -> bool:
        """Whether a number stands at i, in digits or in words."""
        return words.kind(i) == "number" or words.low(i) in self.number_words


@cache
def figure_table(lang: Language) -> FigureTable:
    """The compiled table of a language."""
    raw = lang.table("figures")
    number, unit, word = raw["numerals"], raw["units"], raw["words"]
    contracted: Mapping[str, Sequence[str]] = raw["contracted"]

    def phrases(entries: Iterable[tuple[str, Any]]) -> Phrases[Any]:
        return Phrases(entries, contracted)

    def flags(listed: Iterable[str]) -> Phrases[bool]:
        return phrases((phrase, True) for phrase in listed)

    def bounds(side: str) -> Phrases[BoundRule]:
        return phrases(
            (phrase, BoundRule(name, rule["bound"], frozenset(rule.get("unless", ())), frozenset(rule.get("needs", ()))))
            for name, rule in raw["bounds"].items()
            for phrase in rule.get(side, ())
        )

    def named(section: str) -> Phrases[str]:
        return phrases((phrase, name) for name, listed in raw[section].items() for phrase in listed)

    return FigureTable(
        lang=lang.code,
        decimal=number["decimal"],
        number_words=frozenset(number["words"]),
        joiners=frozenset(number["joiners"]),
        ones=frozenset(number["ones"]),
        articles=frozenset(number["articles"]),
        article_scales=number["article_scales"],
        scales=number["scales"],
        glued_scales=number["glued_scales"],
        clear_scales=frozenset(number["clear_scales"]),
        dozens=number["dozens"],
        about=number["about"],
        vague=number["vague"],
        multiples=number["multiples"],
        several=frozenset(number["several"]),
        qualities=frozenset(number["qualities"]),
        of=flags(number["of"]),
        halves=flags(number["halves"]),
        fractions=phrases(number["fractions"].items()),
        signs=frozenset(sign.lower() for sign in unit["signs"]),
        sign_prefixes=tuple(unit["signs"]),
        suffixes=tuple(unit["suffixes"]),
        before=bounds("before"),
        after=bounds("after"),
        opens={k: frozenset(v) for k, v in raw["ranges"]["opens"].items()},
        mids=frozenset(raw["ranges"]["mids"]),
        joins=frozenset(raw["ranges"]["joins"]),
        changes=frozenset(raw["ranges"]["changes"]),
        wholes=named("wholes"),
        parts=named("parts"),
        units=phrases((phrase, kind) for kind in ("percent", "money", "measure", "name") for phrase in unit[kind]),
        nouns={noun: kind for kind, rule in raw["kinds"].items() for noun in rule.get("nouns", ())},
        totals={noun: kind for kind, rule in raw["kinds"].items() for noun in rule.get("totals", ())},
        people=frozenset(unit["people"]),
        personnel=frozenset(unit["personnel"]),
        things=frozenset(unit["things"]),
        plural=tuple(unit["plural"]),
        not_heads=tuple(unit["not_heads"]),
        heads_last=unit["heads_last"],
        adjectives=frozenset(unit["adjectives"]),
        increment=flags(raw["increment"]["before"]),
        more=named("more"),
        function_words=frozenset(w for group in word.values() for w in group),
        prepositions=frozenset(word["prepositions"]),
        determiners=frozenset(word["determiners"]),
        definite=frozenset(word["definite"]),
        passive=frozenset(word["passive"]),
        active=frozenset(word["active"]),
        copulas=frozenset(word["copulas"]),
        fences=frozenset(word["fences"]),
        relatives=frozenset(word["relatives"]),
        named_by=frozenset(unit["named_by"]),
        agents=flags(raw["agents"]["words"]),
        not_after=flags(unit["not_after"]),
        idioms=flags(unit["idioms"]),
        through=flags(unit["through"]),
        strong=flags(raw["elided"]["strong"]),
        licence_before=flags(raw["elided"]["before"]),
        licence_after=flags(raw["elided"]["after"]),
        year_before=frozenset(unit["year_before"]),
        cues=phrases(_cues(raw)),
    )


def _cues(raw: Mapping[str, Any]) -> Iterable[tuple[str, Cue]]:
    endings: Mapping[str, Sequence[str]] = raw["participle_endings"]
    for section, field in (("kinds", "kind"), ("states", "state")):
        for value, rule in raw[section].items():
            only = rule.get("only")
            for role in ("subject", "object", "near"):
                yield from ((phrase, Cue(field, value, role, None, only)) for phrase in rule.get(role, ()))
            yield from ((phrase, Cue(field, value, "object", None, "stated")) for phrase in rule.get("people_object", ()))
            for stem in rule.get("participles", ()):
                for number, suffixes in endings.items():
                    plural = {"singular": False, "plural": True}.get(number)
                    yield from ((stem + suffix, Cue(field, value, "participle", plural, only)) for suffix in suffixes)
