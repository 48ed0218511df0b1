"""Copies: reprints, cuts and recasts are found; two accounts of one event are not joined."""

from __future__ import annotations

import pytest

from ledger_stories import RECAST, WIRE
from recoupe.intake import take
from recoupe.ledger.copies import COMMON, find_copies, fingerprints, proposals
from recoupe.model import Dispatch

APART = (
    "Le chantier de Bankilaré était désert lundi. Douze ouvriers y ont été capturés samedi par des inconnus venus à moto, et "
    "deux vigiles abattus, confirme un chef. L'entreprise Sahel Routes dit attendre un signe des ravisseurs. La route, qui "
    "devait être livrée à l'automne, ne le sera pas."
)
QUOTED = (
    "« Nous avons vu arriver les motos bien avant le lever du jour, nous avons couru vers la rivière, et personne n'est venu "
    "nous aider avant le milieu de la matinée, voilà ce qui s'est passé ce jour-là et rien d'autre »"
)


def dispatch(ref: str, text: str, **rest: str) -> Dispatch:
    return take({"id": ref, "lang": "fr", "text": text, "published": "2024-05-05", "outlet": ref, **rest})


def groups(*dispatches: Dispatch) -> list[set[str | None]]:
    ref = {d.id: d.ref for d in dispatches}
    return [{ref[name] for name in copy.dispatches} for copy in find_copies(dispatches)]


@pytest.mark.parametrize(
    "changed",
    [
        WIRE,
        RECAST,
        WIRE.replace("'", "’").replace("é", "é").upper(),
        WIRE.replace("douze", "12").replace("deux", "2"),
        WIRE.split(". ", 1)[1] + " Un titre nouveau et une phrase de plus pour finir.",
        "\n\n".join(WIRE.split(". ")),
    ],
)
def test_a_changed_copy_is_a_copy(changed: str) -> None:
    assert groups(dispatch("a", WIRE), dispatch("b", changed)) == [{"a", "b"}]


def test_two_accounts_of_one_event_are_none() -> None:
    assert groups(dispatch("a", WIRE), dispatch("b", APART)) == []


def test_a_quotation_in_common_makes_no_copy() -> None:
    one = f"{APART} {QUOTED}, a raconté un témoin joint par notre rédaction lundi matin à Niamey."
    two = (
        f"Un survivant parle à la radio. {QUOTED}, dit-il. Il a perdu son frère, employé comme cuisinier. La route reste fermée "
        "au trafic et les villages voisins se vident peu à peu de leurs habitants."
    )
    assert groups(dispatch("a", one), dispatch("b", two)) == []


def test_a_credit_lowers_what_is_asked() -> None:
    half = WIRE[: len(WIRE) // 2 - 20]
    rest = (
        " Le préfet s'est rendu sur place dans la soirée avec une escorte. Les habitants demandent un poste permanent et du "
        "réseau téléphonique. Plusieurs familles ont déjà gagné Téra, la ville la plus proche, où une école les accueille. Des "
        "négociants craignent pour le marché du jeudi, le plus grand de toute la région, et pour le bétail qui doit y venir."
    )
    mixed = half[-140:] + rest
    plain = groups(dispatch("a", WIRE, outlet="AFP"), dispatch("b", mixed))
    credited = groups(dispatch("a", WIRE, outlet="AFP"), dispatch("b", mixed, agency="AFP"))
    assert len(plain) <= len(credited)


def test_a_cut_shares_fingerprints_with_its_source() -> None:
    assert fingerprints(dispatch("a", WIRE)) & fingerprints(dispatch("b", RECAST))


def test_set_phrases_propose_nothing() -> None:
    prints = {f"d{n}": [1, 2, 3] for n in range(COMMON + 1)}
    assert proposals(prints) == []
    assert proposals({"a": [1, 2, 3], "b": [1, 2, 3]}) == [("a", "b")]


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "Un.", "mot " * 5000])
def test_nothing_raises(text: str) -> None:
    find_copies([dispatch("a", text), dispatch("b", text)])
