"""What an event is coded as in PLOVER, where a reading gives it the type of its content."""

from __future__ import annotations

import pytest

from recoupe.ontology import coded_as, types


@pytest.mark.parametrize(
    ("kind", "modality", "coded"),
    [
        ("CONSULT", "asserted", "CONSULT"),
        ("CONSULT", "planned", "AGREE"),
        ("AID", "planned", "AGREE"),
        ("RETREAT", "planned", "CONCEDE"),
        ("CONCEDE", "planned", "CONCEDE"),
        ("PROTEST", "planned", "THREATEN"),
        ("RETREAT", "demanded", "REQUEST"),
        ("SANCTION", "threatened", "THREATEN"),
        ("ASSAULT", "hypothetical", "ASSAULT"),
        ("ASSAULT", "denied", None),
    ],
)
def test_coded_as(kind: str, modality: str, coded: str | None) -> None:
    assert coded_as(kind, modality) == coded


def test_an_agreement_with_its_text_is_support() -> None:
    assert coded_as("AGREE", "asserted", agreed=True) == "SUPPORT"
    assert coded_as("AGREE", "planned", agreed=True) == "AGREE"
    assert coded_as("AGREE", "asserted") == "AGREE"


@pytest.mark.parametrize("modality", ["asserted", "planned", "demanded", "threatened", "rumoured", "denied", "hypothetical"])
def test_every_code_is_a_type(modality: str) -> None:
    assert {coded_as(kind, modality) for kind in types()} <= {*types(), None}
