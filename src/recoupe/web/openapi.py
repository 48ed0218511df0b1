"""The API's own description: FastAPI's, with the values of the package as their JSON Schemas."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from recoupe.ledger import values as ledger
from recoupe.ledger.explain import Explanation
from recoupe.model import Dispatch, Reading

TYPES: tuple[Any, ...] = (
    Reading, Dispatch, Explanation, ledger.LedgerView, ledger.Judgement, ledger.ListedDispatch, ledger.Story, ledger.Occurrence,
    ledger.Series, ledger.Commitment, ledger.Disagreement, ledger.Copy, ledger.Relation, ledger.Tie,
)  # fmt: skip
PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
    },
}  # fmt: skip

TOLD = {
    "type": "object",
    "required": ["id", "dispatch", "statement"],
    "properties": {
        "id": {"type": "string"}, "dispatch": {"type": "string"}, "statement": {"$ref": "#/components/schemas/Statement"},
    },
}  # fmt: skip


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def page_of(schema: dict[str, Any]) -> dict[str, Any]:
    """A page of a list."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": schema},
            "next": {"type": ["string", "null"], "description": "the address of the next page"},
        },
    }


def answers(
    schema: dict[str, Any], status: int = 200, *, fails: tuple[int, ...] = (404, 422), what: str = "Done"
) -> dict[Any, Any]:
    """What a route answers, for its description."""
    said: dict[Any, Any] = {status: {"description": what, "content": {"application/json": {"schema": schema}}}}
    for code in (400, *fails):
        said[code] = {"description": "A problem", "content": {"application/problem+json": {"schema": ref("Problem")}}}
    return said


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes, openapi_version="3.1.0")
        _, components = msgspec.json.schema_components(TYPES, ref_template="#/components/schemas/{name}")
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(components)
        schemas["Problem"] = PROBLEM
        schemas["ToldStatement"] = TOLD
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for path in made["paths"].values():
            for operation in path.values():
                if operation.get("responses", {}).get("422", {}).get("content", {}).keys() == {"application/json"}:
                    operation["responses"]["422"] = answers({})[422]
        app.openapi_schema = made
    return app.openapi_schema
