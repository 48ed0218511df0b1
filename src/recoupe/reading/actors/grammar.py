"""What a language's tables say of how people are taken up again, compiled for the stage of actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from recoupe.language import language
from recoupe.reading.actors.nations import Nations, nations
from recoupe.reading.actors.roles import Roles, roles
from recoupe.reading.actors.words import Phrases

Feature = tuple[str, str]


@dataclass(frozen=True)
class Grammar:
    """One language's words for taking up, with its nations and roles.

    head_last: the noun that is the head ends its phrase (English) or begins it (French).
    """

    code: str
    nations: Nations
    roles: Roles
    head_last: bool
    subjects: frozenset[str]
    active: frozenset[str]
    relative_clauses: frozenset[str]
    reported: frozenset[str]
    subject_pronouns: Mapping[str, Feature]
    other_pronouns: Mapping[str, Feature]
    possessives: Mapping[str, Feature]
    relatives: frozenset[str]
    relative_owners: frozenset[str]
    latter: Phrases[Feature]
    impersonal: Phrases[bool]
    definite: frozenset[str]
    demonstrative: frozenset[str]
    indefinite: frozenset[str]
    contracted: frozenset[str]
    feminine_articles: frozenset[str]
    plural_articles: frozenset[str]
    prepositions: frozenset[str]
    of: frozenset[str]
    determiners: frozenset[str]
    dummies: frozenset[str]
    expletives: frozenset[str]
    human_verbs: frozenset[str]
    at: frozenset[str]
    locative: Phrases[bool]
    regional: frozenset[str]
    continents: frozenset[str]
    neutral: frozenset[str]
    quantities: frozenset[str]
    ones: frozenset[str]
    courtesy: Phrases[str]
    dignity: Phrases[str]
    rank: Phrases[bool]
    aka: frozenset[str]
    feminine_given: frozenset[str]
    functions: Phrases[str]
    copulas: frozenset[str]
    negations: frozenset[str]
    colonial: frozenset[str]
    counts: Mapping[str, int]
    sorts: Mapping[str, frozenset[str]]
    full_rank: Mapping[str, str]
    capacity: Phrases[bool]
    additive: frozenset[str]


@cache
def grammar(code: str) -> Grammar:
    """The grammar of taking up of one language."""
    own = language(code)
    table = own.table("coreference")
    pronouns, determiners, names = table["pronouns"], table["determiners"], table["names"]

    def phrases(items: Any, value: Any = True) -> Phrases[Any]:
        found: Phrases[Any] = Phrases()
        for item in items:
            found.add(item, value)
        return found.settle()

    def features(rows: Mapping[str, Any]) -> dict[str, Feature]:
        return {word: (value[0], value[1]) for word, value in rows.items()}

    latter: Phrases[Feature] = Phrases()
    for words, gender, number in pronouns["latter"]:
        latter.add(words, (gender, number))
    courtesy: Phrases[str] = Phrases()
    for words, gender in names["courtesy"]:
        courtesy.add(words, gender)
    dignity: Phrases[str] = Phrases()
    for words, gender in names["dignity"]:
        dignity.add(words, gender)
    functions: Phrases[str] = Phrases()
    for function, forms in table["functions"].items():
        for form in forms:
            functions.add(form, function)
    possessive = features(pronouns["possessive"])
    return Grammar(
        code=code,
        nations=nations(code),
        roles=roles(code),
        head_last=own.table("roles")["inflection"]["head"] == "last",
        subjects=frozenset(table["subjects"]),
        reported=frozenset(table["reported"]),
        active=frozenset(table["active"]),
        relative_clauses=frozenset(table["relative_clauses"]),
        subject_pronouns=features(pronouns["subject"]),
        other_pronouns=features(pronouns["other"]),
        possessives=possessive,
        relatives=frozenset(pronouns["relative"]),
        relative_owners=frozenset(pronouns["relative_owners"]),
        latter=latter.settle(),
        impersonal=phrases(pronouns["impersonal"]),
        definite=frozenset(determiners["definite"]),
        demonstrative=frozenset(determiners["demonstrative"]),
        indefinite=frozenset(determiners["indefinite"]),
        contracted=frozenset(determiners["contracted"]),
        plural_articles=frozenset(determiners["plural"]),
        feminine_articles=frozenset(determiners["feminine"]),
        prepositions=frozenset(determiners["prepositions"]),
        of=frozenset(determiners["of"]),
        determiners=frozenset(word for kind in ("definite", "demonstrative", "indefinite") for word in determiners[kind])
        | frozenset(possessive),
        human_verbs=frozenset(pronouns["human_verbs"]),
        expletives=frozenset(table["expletives"]),
        dummies=frozenset(pronouns["dummies"]),
        at=frozenset(determiners["at"]),
        locative=phrases(determiners["locative"]),
        regional=frozenset(determiners["regional"]),
        continents=frozenset(determiners["continents"]),
        neutral=frozenset(determiners["neutral"]),
        quantities=frozenset(table["quantities"]["nouns"]),
        ones=frozenset(table["quantities"]["ones"]),
        courtesy=courtesy.settle(),
        dignity=dignity.settle(),
        rank=phrases(names["rank"]),
        aka=frozenset(names["aka"]),
        feminine_given=frozenset(names["feminine_given"]),
        functions=functions.settle(),
        copulas=frozenset(table["copulas"]),
        negations=frozenset(table["negations"]),
        colonial=frozenset(table["states"]["colonial"]),
        counts=table["states"]["counts"],
        sorts={noun: frozenset(signs) for noun, signs in table["sorts"].items()},
        full_rank=names["full_rank"],
        capacity=phrases(determiners["capacity"]),
        additive=frozenset(pronouns["additive"]),
    )
