"""What texts say came of a pledge: every example of the tables, and that a pledge takes only the words about it."""

from __future__ import annotations

import msgspec
import pytest

from recoupe.language import language, languages
from recoupe.ledger import derive
from recoupe.ledger.outcomes import outcome_in
from recoupe.ledger.promises import restrains
from telling import Telling

EXAMPLES = [
    (lang, kind, text)
    for lang in languages()
    for kind, texts in language(lang).table("outcomes")["examples"].items()
    for text in texts
]
NOT = [(lang, text) for lang in languages() for text in language(lang).table("outcomes")["not"]]


@pytest.mark.parametrize(("lang", "kind", "text"), EXAMPLES)
def test_examples(lang: str, kind: str, text: str) -> None:
    if kind == "restraint":
        assert restrains(text, lang)
        return
    found = outcome_in(text, lang)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize(("lang", "text"), NOT)
def test_not(lang: str, text: str) -> None:
    assert outcome_in(text, lang) is None


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Le pont de Kidal a rouvert le 1er juin, avec deux jours de retard, dit Fati Diallo.", "met_late"),
        ("Le pont de Kidal a rouvert le 1er juin, avec dix jours de retard, dit Fati Diallo.", "overdue"),
        ("Le pont de Kidal, qui devait rouvrir le 30 mai, n'est pas rouvert, dit Fati Diallo.", "missed"),
        ("Le pont de Kidal est fermé le 1er juin, dit Fati Diallo.", "overdue"),
    ],
)
def test_a_pledge_takes_the_words_about_it(told: str, status: str) -> None:
    promise = Telling("p", "2024-05-05", "Le pont de Kidal doit rouvrir le 30 mai, selon Fati Diallo.", outlet="a")
    promise.place("Kidal", "MLI").actor("Fati Diallo", "person", "MLI").time("le 30 mai", "2024-05-30")
    later = Telling("l", "2024-06-02", told, outlet="b").place("Kidal", "MLI").actor("Fati Diallo", "person", "MLI")
    later.time("le 30 mai" if "30 mai" in told else "le 1er juin", "2024-05-30" if "30 mai" in told else "2024-06-01")
    whole = [msgspec.structs.replace(t.reading, sentences=((0, len(t.dispatch.text)),)) for t in (promise, later)]
    (found,) = derive(whole, as_of="2024-06-03").commitments
    assert found.status == status
