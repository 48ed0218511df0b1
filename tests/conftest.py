"""What the tests share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from recoupe.reading.parser import Parser
    from recoupe.reading.pipeline import Reader


settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


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
