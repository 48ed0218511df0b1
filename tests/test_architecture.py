"""What docs/architecture.md says of the folders: imports point one way, files are small, nothing is printed below the edge."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import recoupe

ROOT = Path(recoupe.__file__).parent
RANKS = {
    "cache": 0, "errors": 0, "letters": 0, "patterns": 0, "model": 0, "settings": 0, "tables": 0, "language": 0, "ontology": 0,
    "intake": 1, "reading": 2, "schema": 2, "ledger": 3, "scale": 3, "views": 4, "export": 4, "web": 4,
    "shell": 5, "options": 5, "watching": 5, "cli": 5, "__main__": 5,
}  # fmt: skip
LONGEST = 440
SPARED = {
    ("model.py", "views"): "a reading in a notebook asks the views for its HTML when it is displayed, and not before",
    ("ledger/ledger.py", "views"): "so does a ledger",
}
MODULES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """The parts of the package that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("recoupe."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.ImportFrom) and node.module == "recoupe":
            yield from (alias.name for alias in node.names if alias.name in RANKS)
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("recoupe."))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    own = name(path).split("/")[0].removesuffix(".py")
    against = {part for part in imported(path) if RANKS[part] > RANKS[own] and (name(path), part) not in SPARED}
    assert not against, f"{name(path)} imports {against}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_are_small_and_say_what_holds(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "a module says what holds in it"


def test_only_the_store_speaks_sql() -> None:
    speakers = {name(path) for path in MODULES if "sqlalchemy" in path.read_text(encoding="utf-8")}
    assert speakers <= {"ledger/store.py", "ledger/tables.py", "ledger/dialects.py"}


def test_the_parser_stays_in_the_reading() -> None:
    users = {
        name(path).split("/")[0]
        for path in MODULES
        if "import spacy" in (text := path.read_text(encoding="utf-8")) or "from spacy" in text
    }
    assert users == {"reading"}


def test_the_environment_is_read_at_the_edge() -> None:
    readers = {name(path) for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")}
    assert readers <= {"settings.py", "cli.py", "cache.py"}  # the last asks where a cache may lie
