"""The HTTP API: what it takes and gives, paging that misses nothing, and no request that makes it fail."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from recoupe.ledger import Ledger
from recoupe.web import Served, create_app
from web_site import TestClient, client, client_of, example_ledger, own_ledger

__all__ = ["client", "example_ledger", "own_ledger"]
pytestmark = pytest.mark.model
TEXT = "Le ministre a dit lundi 8 juillet 2024 que 766 soldats sur 950 avaient quitté Niamey."
PAGE = f"<!doctype html><html><body><article><h1>Niamey</h1><p>{TEXT}</p></article></body></html>"
KINDS = ("occurrences", "series", "commitments", "disagreements", "copies", "ties", "statements")


def test_a_text_is_read_and_nothing_kept(client: TestClient) -> None:
    before = client.get("/api/v1/dispatches?limit=500").json()["items"]
    for body, kind in ((json.dumps({"text": TEXT}), "application/json"), (TEXT, "text/plain"), (PAGE, "text/html")):
        reading = client.post("/api/v1/read", content=body, headers={"content-type": kind}).json()
        assert 766 in {figure["value"] for figure in reading["figures"]}, kind
    assert client.get("/api/v1/dispatches?limit=500").json()["items"] == before


def test_dispatches_are_added_once_and_refusals_named(own_ledger: Ledger) -> None:
    client = client_of(own_ledger)
    rows = ({"text": TEXT, "published": "2024-07-08"}, {"text": "x", "published": "soon"})
    lines = "\n{\n".join(map(json.dumps, rows))
    first = client.post("/api/v1/dispatches", content=lines).json()
    assert (len(first["added"]), len(first["there"]), len(first["refused"])) == (1, 0, 2)
    again = client.post("/api/v1/dispatches", content=json.dumps({"text": TEXT, "published": "2024-07-08"}))
    assert (again.status_code, again.json()["there"]) == (201, first["added"])
    assert client.get(f"/api/v1/dispatches/{first['added'][0]}").json()["dispatch"]["text"] == TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_pages_give_everything_once(client: TestClient, kind: str) -> None:
    found: list[Any] = []
    path: str | None = f"/api/v1/{kind}?limit=3"
    while path:
        page = client.get(path).json()
        assert len(page["items"]) <= 3
        found, path = found + page["items"], page["next"]
    whole = client.get(f"/api/v1/{kind}?limit=500").json()["items"]
    assert found == whole
    assert [client.get(f"/api/v1/{kind}/{one['id']}").json() for one in whole[:3]] == whole[:3]


def test_dispatches_are_paged_the_newest_first(client: TestClient) -> None:
    found, path = [], "/api/v1/dispatches?limit=4"
    while path:
        page = client.get(path).json()
        found, path = found + page["items"], page["next"]
    assert len({one["id"] for one in found}) == len(found) == len(client.get("/api/v1/dispatches?limit=500").json()["items"])
    assert [one["published"] for one in found] == sorted((one["published"] for one in found), reverse=True)


def test_filters_are_those_of_the_pages(client: TestClient) -> None:
    found = client.get("/api/v1/occurrences", params={"type": "RETREAT", "from": "2024-07-01"}).json()["items"]
    assert found
    assert all(one["type"] == "RETREAT" and one["end"] >= "2024-07-01" for one in found)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/occurrences/onothing", 404),
        ("/api/v1/dispatches/nothing", 404),
        ("/api/v1/nothing", 404),
        ("/api/v1/occurrences?limit=0", 422),
        ("/api/v1/occurrences?from=soon", 422),
        ("/api/v1/explain/nothing", 404),
    ],
)
def test_errors_are_problems(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_a_body_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/api/v1/read", content=b"x" * 17_000_000).status_code == 413


def test_an_explanation_has_words_and_rule(client: TestClient) -> None:
    event = client.get("/api/v1/occurrences?limit=1").json()["items"][0]
    found = client.get(f"/api/v1/explain/{event['id']}").json()
    assert found["words"][0]["words"]
    assert found["words"][0]["item"]["rule"]


CHECKS = schemathesis.checks
WIDE = [CHECKS.positive_data_acceptance, CHECKS.negative_data_rejection]  # any text may be sent, and most are no dispatch


@pytest.fixture
def described(own_ledger: Ledger) -> Any:
    served = Served(ledger=own_ledger.address, names=frozenset({"testserver"}))
    return schemathesis.openapi.from_asgi("/api/openapi.json", create_app(served, own_ledger))


def test_no_request_makes_it_fail(described: Any) -> None:
    for found in described.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        def holds(case: Any) -> None:
            case.call_and_validate(excluded_checks=WIDE)

        holds()
