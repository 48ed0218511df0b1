"""What the tests of the web pages share: a ledger of the example dispatches, the application on it, and a client."""

from __future__ import annotations

import shutil
import warnings
from importlib.resources import files
from pathlib import Path

import pytest

from recoupe import collect
from recoupe.ledger import Ledger
from recoupe.model import Dispatch
from recoupe.reading.pipeline import Reader
from recoupe.web import Served, create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's own library is about to be replaced
    from starlette.testclient import TestClient

EXAMPLES = Path(str(files("recoupe") / "examples" / "niger-2024"))
BASE = "http://127.0.0.1:8765"
HTML = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture(scope="session")
def example_ledger(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the example dispatches, which no test changes."""
    path = tmp_path_factory.mktemp("web") / "niger.db"
    with Ledger(path, reader=reader) as ledger:
        ledger.add_all(d for d in collect(EXAMPLES) if isinstance(d, Dispatch))
    return path


@pytest.fixture
def own_ledger(example_ledger: Path, reader: Reader, tmp_path: Path) -> Ledger:
    """A copy that a test may change."""
    return Ledger(shutil.copy(example_ledger, tmp_path / "own.db"), reader=reader)


@pytest.fixture(scope="session")
def client(example_ledger: Path, reader: Reader) -> TestClient:
    """A client of the example ledger, which only looks."""
    return client_of(Ledger(example_ledger, reader=reader))


def client_of(ledger: Ledger, *, token: str | None = None) -> TestClient:
    """A client of a ledger, on the loopback interface."""
    return TestClient(create_app(Served(ledger=ledger.address, token=token), ledger), base_url=BASE, follow_redirects=False)


def csrf_of(client: TestClient, path: str = "/read") -> str:
    """The mark that a page's forms send back."""
    text = client.get(path, headers=HTML).text
    return text.partition('name="csrf" value="')[2].partition('"')[0]
