"""Quotations by their marks alone: pairs of every kind, nested, unclosed, over paragraphs; and what holds on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.reading.layout import breaks
from recoupe.reading.statements.quotes import Quote, quotations


def found(text: str) -> list[Quote]:
    return quotations(text, breaks(text, ()))


def words(text: str) -> list[str]:
    return [text[q.inner[0] : q.inner[1]] for q in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "« Non », dit-il.", "«Non», dit-il.", "«\u202fNon\u00a0», dit-il.", "“Non”, dit-il.", '"Non", dit-il.',
        "<< Non >>, dit-il.", "<<Non>>, dit-il.", "„Non“, dit-il.", "»Non«, dit-il.", "‘Non’, dit-il.", "'Non', dit-il.",
        "``Non'', dit-il.", "‹ Non ›, dit-il.", "Il dit « Non« .",
    ],
)  # fmt: skip
def test_a_pair_of_any_kind_holds_its_words(text: str) -> None:
    assert words(text) == ["Non"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Il dit : « Non. Jamais. »", ["Non. Jamais."]),
        ("« Un.\n« Deux.\n« Trois. »", ["Un.\n« Deux.\n« Trois."]),
        ("« Un.\nDeux. »", ["Un.\nDeux."]),
        ('"Un.\n\n"Deux", dit-il. "Trois."', ['Un.\n\n"Deux', "Trois."]),
        ("« Il a crié “feu” deux fois »", ["Il a crié “feu” deux fois", "feu"]),
        ('"He cried "fire" and left," she said.', ['He cried "fire" and left,', "fire"]),
        ("‘It’s the soldiers’ job,’ he said.", ["It’s the soldiers’ job,"]),
        ("The soldiers' mess and the officers' mess.", []),
        ("L'eau, l'air et l'« énergie »", ["énergie"]),
        ("Il dit : « Non. Puis il part.", ["Non."]),
        ("Pas question », dit-il.", ["Pas question"]),
        ('Une planche de 5\'10" sur 6".', []),
        ("", []),
        ("« »", []),
        ('"', []),
    ],
)
def test_quotations_of_a_text(text: str, inside: list[str]) -> None:
    assert words(text) == inside


def test_an_unclosed_quotation_says_so() -> None:
    (quote,) = found("Il dit : « Non, jamais.")
    assert not quote.closed
    (quote,) = found("Non, jamais », dit-il.")
    assert not quote.opened


@given(st.text(alphabet="ab. ,\n«»“”\"'<>‘’:!", max_size=80))
@settings(max_examples=300, deadline=None)
def test_quotations_nest_and_stay_inside_the_text(text: str) -> None:
    quotes = found(text)
    for quote in quotes:
        assert 0 <= quote.outer[0] <= quote.inner[0] < quote.inner[1] <= quote.outer[1] <= len(text)
        if quote.parent is not None:
            around = quotes[quote.parent]
            assert around.outer[0] <= quote.outer[0]
            assert quote.outer[1] <= around.outer[1]
    assert quotes == found(text)
