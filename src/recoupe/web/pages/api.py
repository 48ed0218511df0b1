"""What the HTTP API offers, as a page: nothing of it is written twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: where it stands (path, query), whether it must be given, and what it means."""

    name: str
    where: str
    required: bool
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for."""

    method: str
    path: str
    summary: str
    said: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class ApiPage:
    """Every operation, in the order of the description."""

    operations: tuple[Operation, ...]


def api_page(described: dict[str, Any]) -> ApiPage:
    """The page of an OpenAPI document."""
    found = []
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            parameters = tuple(
                Parameter(p["name"], p["in"], p.get("required", False), _kind(p.get("schema", {})), p.get("description", ""))
                for p in operation.get("parameters", ())
            )
            found.append(
                Operation(method.upper(), path, operation.get("summary", ""), operation.get("description", ""), parameters)
            )
    return ApiPage(tuple(found))


def _kind(schema: dict[str, Any]) -> str:
    options = [_kind(one) for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return " or ".join(options) or str(schema.get("type", ""))
