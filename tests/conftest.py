"""What the tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from recoupe.reading.parser import Parser
    from recoupe.reading.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """One reader for all tests that need the parser's models."""
    from recoupe.reading.pipeline import Reader

    return Reader()


@pytest.fixture(scope="session")
def parser() -> Parser:
    """One parser for the tests that need no more."""
    from recoupe.reading.parser import Parser
    from recoupe.settings import Settings

    return Parser(Settings())
