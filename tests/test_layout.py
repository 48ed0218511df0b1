"""Where sentences begin, by typography alone, and the copy that the parser reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.language import language
from recoupe.reading.layout import breaks, parsed_copy, tail

FRENCH = [
    ["Le convoi est parti. ", "Il comptait douze camions."],
    ["Le convoi est parti. ", "« Nous rentrons », a dit le colonel."],
    ["« Nous rentrons. » ", "« Tout va bien. » ", "Le colonel a souri."],
    ["« Nous rentrons ! » a lancé le colonel."],
    ["« Vraiment ? » a-t-il demandé. ", "Personne n’a répondu."],
    ['Il a dit : "Nous rentrons." ', '"Tout va bien", a-t-il ajouté.'],
    ["M. Diallo et Mme Sow ont signé. ", "Le Dr. Ba était absent."],
    ["Le chef J. B. Koné a signé. ", "L’accord vaut cinq ans."],
    ["Le retrait est achevé.", "Le dernier avion a décollé."],
    ["Le site www.exemple.org reste fermé."],
    ["La base compte 3.500 hommes. ", "Elle ferme le 3. ", "Puis plus rien."],
    ["Titre sans point\n", "Le texte commence ici."],
    ["Ligne une.\n\n", "Ligne deux."],
    ["Le n. 3 du mouvement est mort."],
    ["Il hésite… puis renonce."],
    ["Il hésite… ", "Puis il renonce."],
    ["Quatre morts (bilan provisoire). ", "Le bilan peut monter."],
    ["L’U.A. s’est réunie."],
    ["Des tirs ? ", "Aucun."],
]
ENGLISH = [
    ["Mr. Smith met Gen. Jones. ", "They signed."],
    ["The U.S. Army left. ", "Its last plane took off."],
    ['He said: "We are leaving." ', '"All is well," he added.'],
    ["“We are leaving.” ", "“All is well.”"],
    ["It began at 6 p.m. on Monday. ", "Nobody was hurt."],
    ["Some 1.5 million fled. ", "Many have returned."],
]


@pytest.mark.parametrize(("code", "sentences"), [("fr", s) for s in FRENCH] + [("en", s) for s in ENGLISH])
def test_sentences(code: str, sentences: list[str]) -> None:
    text = "".join(sentences)
    starts = breaks(text, frozenset(language(code).info["abbreviations"]))
    ends = [*starts[1:], len(text)]
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == sentences


@given(st.text())
def test_the_copy_keeps_every_offset(text: str) -> None:
    assert len(parsed_copy(text)) == len(text)


@given(st.text())
def test_breaks_rise_and_stay_inside(text: str) -> None:
    starts = breaks(text, frozenset())
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(text) and not text[start].isspace() for start in starts)


def test_a_shouted_lead_is_lowered_and_keeps_the_names_that_the_text_writes() -> None:
    copy = parsed_copy("L’ARMÉE A QUITTÉ LA VILLE DE KIDAL MARDI. À Kidal, l’armée est partie.")
    assert copy.startswith("L'armée a quitté la ville de Kidal mardi.")


def test_a_short_acronym_is_not_shouting() -> None:
    assert parsed_copy("L’ONU et la CEDEAO se taisent.") == "L'ONU et la CEDEAO se taisent."


@pytest.mark.parametrize("line", ["Sources : AFP", "Source: www.exemple.org", "(Avec Reuters)", "Avec AFP"])
def test_a_closing_credit_is_the_tail(line: str) -> None:
    text = f"Le convoi est parti.\n\n{line}"
    span = tail(text)
    assert span is not None
    assert text[slice(*span)] == line


def test_an_ordinary_last_line_is_no_tail() -> None:
    assert tail("Le convoi est parti.\nIl reviendra demain avec deux camions.") is None
