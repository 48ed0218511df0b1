"""Every cue of the tables reports: the examples of each group are read as marked, and each verb is tried in its group's form."""

from __future__ import annotations

import re
from functools import cache

import pytest

from recoupe.intake import take
from recoupe.language import language, languages
from recoupe.model import Statement
from recoupe.reading.cast import Cast
from recoupe.reading.morphology import verb_forms
from recoupe.reading.page import Page
from recoupe.reading.pipeline import Reader
from recoupe.reading.statements import read_statements
from recoupe.reading.statements.cues import lexicon, verbs
from recoupe.reading.times import read_times

LEAST = {"fr": 250, "en": 150}
GROUPS = [(code, group) for code in languages() for group in language(code).table("cues")["verbs"]]
EXAMPLES = [(code, group["name"], text) for code, group in GROUPS for text in group["examples"]]
COUNTER = [(code, group["name"], text) for code, group in GROUPS for text in group["not"]]
FORMS = [
    (cue.lemma, code, group["form"].replace(" a VERB", " s'est VERB") if cue.reflexive else group["form"], verb)
    for code, group in GROUPS
    if "form" in group
    for cue, verb in verbs(language(code))
    if cue.rule.endswith("." + group["name"])
]


def statements(reader: Reader, code: str, text: str) -> tuple[Page, tuple[Statement, ...]]:
    page = reader.lay_out(take({"id": "t", "lang": code, "text": text, "published": "2024-05-02"}))
    return page, read_statements(page, Cast(), read_times(page), ())


def unmarked(marked: str) -> tuple[str, str | None, str | None]:
    """The text of an example, its speaker and its content."""
    speaker = re.search(r"\[([^\]]+)\]", marked)
    content = re.search(r"\{([^}]+)\}", marked)
    text = re.sub(r"[\[\]{}]", "", marked)
    return text, speaker and speaker[1], content and content[1]


def squeezed(text: str) -> str:
    return re.sub(r"[\s«»\"“”.,!?]+", " ", text).strip().lower()


def holds(page: Page, statement: Statement, content: str) -> bool:
    said = squeezed(" ".join(page.words(part) for part in statement.parts))
    want = squeezed(content)
    return want in said and len(said) <= len(want) + 14


@pytest.mark.model
@pytest.mark.parametrize(("code", "name", "marked"), EXAMPLES)
def test_an_example_is_read_as_marked(reader: Reader, code: str, name: str, marked: str) -> None:
    text, speaker, content = unmarked(marked)
    page, found = statements(reader, code, text)
    assert content is not None
    right = [s for s in found if holds(page, s, content)]
    assert right, [(s.rule, [page.words(p) for p in s.parts]) for s in found]
    assert speaker is None or squeezed(speaker) in squeezed(right[0].speaker_text or "")
    assert len(found) == 1, [(s.rule, [page.words(p) for p in s.parts]) for s in found]


@pytest.mark.model
@pytest.mark.parametrize(("code", "name", "text"), COUNTER)
def test_a_counter_example_holds_no_statement(reader: Reader, code: str, name: str, text: str) -> None:
    page, found = statements(reader, code, text)
    assert not found, [(s.rule, [page.words(p) for p in s.parts]) for s in found]


@pytest.mark.model
@pytest.mark.parametrize("code", languages())
def test_every_verb_reports_in_the_form_of_its_group(reader: Reader, code: str) -> None:
    """All verbs of a language in one text, a paragraph each: what is missed is named."""
    missed = []
    for lemma, of, form, verb in FORMS:
        if of != code:
            continue
        text, _, content = unmarked(form.replace("VERB", past(code, lemma, verb)))
        page, found = statements(reader, code, text)
        assert content is not None
        if not any(holds(page, s, content) for s in found):
            missed.append(f"{text} -> {[page.words(s.span) for s in found]}")
    assert not missed, "\n".join(missed)


@cache
def past(code: str, lemma: str, verb: str) -> str:
    """The form that stands for VERB: the past participle, or the past tense where the form has no auxiliary."""
    lang = language(code)
    wanted = "participle" if code == "fr" else "past"
    form = [f.text for f in verb_forms(lang, verb) if f.tense == wanted][-1 if code == "en" else 0]
    rest = lemma.split(verb, 1)[1].strip()
    return f"{form} {rest}".strip()


@pytest.mark.parametrize("code", languages())
def test_there_are_cues_enough_and_each_inflects(code: str) -> None:
    lemmas = {cue.lemma for cue, _ in verbs(language(code))}
    assert len(lemmas) >= LEAST[code]
    still = [cue.lemma for cue, verb in verbs(language(code)) if len(verb_forms(language(code), verb)) < 4]
    assert not still
    assert lexicon(code).forms


@pytest.mark.parametrize(("code", "name"), [(code, group["name"]) for code, group in GROUPS])
def test_a_group_has_examples_of_both_kinds(code: str, name: str) -> None:
    group = next(g for c, g in GROUPS if c == code and g["name"] == name)
    assert group["examples"]
    assert group["not"]
    assert set(group) <= {"name", "force", "takes", "words", "form", "negated", "examples", "not"}
