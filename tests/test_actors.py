"""Actors: who is read as what, of which state; the tables of roles, nations and offices; what must hold whatever the text."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors_help import Staged, staged
from recoupe.language import language
from recoupe.reading.actors.grammar import grammar
from recoupe.reading.actors.nations import nations, table
from recoupe.reading.actors.offices import offices
from recoupe.reading.actors.organisations import known
from recoupe.reading.actors.roles import Role, roles

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("fr", "en")
SECTORS = frozenset(language("fr").table("roles")["sectors"])
WORDS = ["Il", "elle", "Le", "la", "l'", "d'", "des", "soldats", "de", "du", "Mali", "président", "M.", "Ouattara", ",", ".", ";"]
WORDS += ["«", "»", "(", ")", "ONU", "qui", "son", "ce", "dernier", "deux", "pays", "et", "😀", "\n"]
Stage = Callable[..., Staged]


@pytest.fixture
def stage(reader: Any) -> Stage:
    return partial(staged, reader)


def cases() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for lang in LANGUAGES:
        rows = tomllib.loads((CASES / lang / "actors.toml").read_text(encoding="utf-8"))["cases"]
        found += [(lang, row) for row in rows]
    return found


@pytest.mark.model
@pytest.mark.parametrize(("lang", "case"), cases())
def test_case(stage: Stage, lang: str, case: dict[str, Any]) -> None:
    title, _, text = case["text"].rpartition("\n\n")
    read = stage(text, lang, title=title)
    if "absent" in case:
        assert read.named(case["absent"]) is None
        return
    actor_id = read.named(case["of"])
    assert actor_id is not None
    actor = read.cast[actor_id]
    for field in ("name", "kind", "title", "role"):
        if field in case:
            assert getattr(actor, field) == case[field]
    if "country" in case:
        assert (actor.country or "") == case["country"]
    assert set(case.get("sectors", ())) <= set(actor.sectors)


def rule_examples(key: str) -> list[tuple[str, str, str]]:
    return [
        (lang, row["name"], text)
        for lang in LANGUAGES
        for row in language(lang).table("roles")["roles"]
        for text in row.get(key, ())
    ]


def rules_read(read: Staged) -> set[str]:
    """Names of the rules of roles by which some noun of the page became an actor."""
    by_rule = {actor.rule.removeprefix("actors.") for actor in read.cast.actors}
    lexicon = roles(read.page.language.code)
    lower = [token.lower_ for token in read.page.doc]
    for mention in read.cast.mentions:
        span = read.page.tokens(mention.span)
        done = span.start
        for i in range(span.start, span.end):
            found = lexicon.at(lower, i) if i >= done else None
            if found and found[1] and i + found[1].head == mention.head:
                by_rule.add(found[1].name)
                done = found[0]
    return by_rule


@pytest.mark.model
def test_every_example_of_a_role_is_read_by_it(stage: Stage) -> None:
    unread = [(name, text) for lang, name, text in rule_examples("examples") if name not in rules_read(stage(text, lang))]
    assert not unread


@pytest.mark.model
def test_no_counter_example_of_a_role_is_read_by_it(stage: Stage) -> None:
    read = [(name, text) for lang, name, text in rule_examples("not") if name in rules_read(stage(text, lang))]
    assert not read


@pytest.mark.parametrize("lang", LANGUAGES)
def test_roles_are_sound(lang: str) -> None:
    rows = language(lang).table("roles")["roles"]
    nouns = [noun.split("/")[0].lower() for row in rows for key in ("nouns", "adjectives") for noun in row.get(key, ())]
    assert len(nouns) == len(set(nouns)), sorted(noun for noun in set(nouns) if nouns.count(noun) > 1)
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(set(row["sectors"]) | set(row.get("fits", ())) <= SECTORS for row in rows)


@pytest.mark.parametrize(
    ("lang", "form", "base", "number"),
    [
        ("fr", "policières", "policier", "p"),
        ("fr", "hommes armés", "homme armé", "p"),
        ("fr", "premiers ministres", "premier ministre", "p"),
        ("fr", "directrice", "directeur", "s"),
        ("fr", "députées", "député", "p"),
        ("en", "gunmen", "gunman", "p"),
        ("en", "security chiefs", "security chief", "p"),
        ("en", "heads of state", "head of state", "p"),
        ("en", "security forces", "security force", "p"),
    ],
)
def test_forms_follow_from_the_singular(lang: str, form: str, base: str, number: str) -> None:
    found = roles(lang).at(form.split(), 0)
    assert found is not None
    role = found[1]
    assert isinstance(role, Role)
    assert (role.base, role.number) == (base, number)


@pytest.mark.parametrize(
    ("lang", "word", "codes"),
    [
        ("fr", "nigériennes", ("NER",)),
        ("fr", "nigérians", ("NGA",)),
        ("fr", "béninoise", ("BEN",)),
        ("fr", "grecques", ("GRC",)),
        ("fr", "burkinabè", ("BFA",)),
        ("fr", "congolais", ("COD", "COG")),
        ("en", "nigeriens", ("NER",)),
        ("en", "nigerians", ("NGA",)),
        ("en", "chinese", ("CHN",)),
        ("en", "frenchmen", ("FRA",)),
    ],
)
def test_demonyms(lang: str, word: str, codes: tuple[str, ...]) -> None:
    assert nations(lang).demonym(word) == codes


def test_nations_are_sound() -> None:
    rows = table()["states"]
    assert len(rows) >= 195
    assert all(len(code) == 3 and code.isupper() for code in rows)
    assert all(row["fr"] and row["en"] and row["capital"] and row["gender"] in ("m", "f", "mp", "fp") for row in rows.values())
    names = [name for row in rows.values() for name in {*row["fr"], *row["en"]}]
    assert len(names) == len(set(names)), "two states of one name belong in `shared`"
    assert {code for ruled in table()["colonies"].values() for code in ruled} <= set(rows)


def test_offices_are_sound() -> None:
    raw = tomllib.loads((files("recoupe.ontology") / "offices.toml").read_text(encoding="utf-8"))["offices"]
    holders: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = {}
    for state, function, start, end, _ in raw:
        term = dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else dt.date.max
        assert term[0] < term[1]
        holders.setdefault((state, function), []).append(term)
    for office, terms in holders.items():
        ordered = sorted(terms)
        overlaps = [(a, b) for a, b in pairwise(ordered) if (a[1] - b[0]).days > 7]
        assert not overlaps, office


def test_offices_know_who_held_what_when() -> None:
    full, _ = offices()
    day = dt.date(2018, 6, 1)
    assert [o.state for o in full["donald trump"] if o.held(day)] == ["USA"]
    assert not [o for o in full["donald trump"] if o.held(dt.date(2023, 6, 1))]
    assert any(o.function == "head_of_state" and o.held(dt.date(2022, 1, 1)) for o in full["mohamed bazoum"])


def test_organisations_are_known_in_both_languages() -> None:
    assert known()["cedeao"].name == known()["ecowas"].name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_grammars_compile(lang: str) -> None:
    assert grammar(lang).subject_pronouns
    assert all(
        gender in ("", "m", "f", "n") and number in ("", "s", "p") for gender, number in grammar(lang).subject_pronouns.values()
    )


@pytest.mark.model
@given(text=st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_text_mentions_are_in_it_and_actors_have_ids_in_order(stage: Stage, text: str) -> None:
    read = stage(text + ".", "fr")
    numbers = [int(actor.id[1:]) for actor in read.cast.actors]
    assert numbers == list(range(1, len(numbers) + 1))
    ids = {actor.id for actor in read.cast.actors}
    for mention in read.cast.mentions:
        assert 0 <= mention.span[0] < mention.span[1] <= len(read.page.text)
        assert mention.actor in ids
    assert all(actor.mentions and actor.name for actor in read.cast.actors)
    assert [a.id for a in read.cast.actors] == [a.id for a in stage(text + ".", "fr").cast.actors]


@pytest.mark.model
def test_every_persons_name_is_somebodys_mention(stage: Stage) -> None:
    text = (
        "Le président Ibrahim Sawadogo a reçu Awa Cissé, Moussa Diarra et le général Paul Obiang. "
        "Cissé a quitté la salle avant Mme Rokia Keïta."
    )
    read = stage(text)
    for name in read.names:
        if name.kind == "person":
            actor = read.actor(name.span[0] - read.page.body, name.span[1] - name.span[0])
            assert actor is not None
            assert read.cast[actor].kind == "person"


@pytest.mark.model
def test_empty_and_odd_texts_have_no_cast_and_raise_nothing(stage: Stage) -> None:
    for text in ("", " ", "\n\n", "😀😀", "M.", "«", "l'", "漢字"):
        assert not [a for a in stage(text).cast.actors if a.kind == "state"]


def test_terms_of_an_office_follow_each_other() -> None:
    """Two may overlap by a few days, where a predecessor would not leave."""
    rows = tomllib.loads((files("recoupe.ontology") / "offices.toml").read_text(encoding="utf-8"))["offices"]
    terms: dict[tuple[str, str], list[tuple[dt.date, dt.date, str]]] = {}
    for state, function, start, end, names in rows:
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else dt.date.max
        assert first < last, names
        terms.setdefault((state, function), []).append((first, last, names))
    for office, held in terms.items():
        for (_, left, old), (entered, _, new) in pairwise(sorted(held)):
            assert (left - entered).days <= 7, (office, old, new)
