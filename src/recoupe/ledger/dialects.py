"""What SQLite and PostgreSQL say differently: searching words, and keeping writers apart. All else is said alike.

In both one writer writes at a time, for the milliseconds that it takes; a reading is made before. In both words are found
whole, accents and case apart, and a title counts four times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from recoupe.errors import LedgerError
from recoupe.letters import unaccented

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """index: puts a dispatch's words into the index; search: ids of those that match, best first; lock: what a writer waits for.

    words: a text as it is indexed; match: how terms are asked for.
    """

    index: sa.TextClause
    search: sa.TextClause
    words: Callable[[str], str]
    match: Callable[[Sequence[str]], str]
    lock: sa.TextClause | None = None


def plain(text: str) -> str:
    """The words of a text, without accents or case, as PostgreSQL then takes them without a dictionary of its own."""
    return " ".join(WORD.findall(unaccented(text).lower()))


DIALECTS = {
    "sqlite": Dialect(
        index=sa.text("INSERT INTO words(rowid, title, text) VALUES (:n, :title, :text)"),
        search=sa.text(
            "SELECT d.id FROM words JOIN dispatch d ON d.n = words.rowid WHERE words MATCH :match"
            " ORDER BY bm25(words, 4.0, 1.0), d.id LIMIT :limit"
        ),
        words=str,
        match=lambda terms: " ".join(f'"{term}"' for term in terms),
    ),
    "postgresql": Dialect(
        index=sa.text(
            "INSERT INTO words(n, body)"
            " VALUES (:n, setweight(to_tsvector('simple', :title), 'A') || to_tsvector('simple', :text))"
        ),
        search=sa.text(
            "SELECT d.id FROM words JOIN dispatch d USING (n), plainto_tsquery('simple', :match) AS asked WHERE body @@ asked"
            " ORDER BY ts_rank('{0.25, 0.25, 0.25, 1.0}', body, asked, 1) DESC, d.id LIMIT :limit"
        ),
        words=plain,
        match=lambda terms: plain(" ".join(terms)),
        lock=sa.text("SELECT pg_advisory_xact_lock(hashtext('recoupe ' || current_schema()))"),
    ),
}


def served(address: str) -> Engine:
    """The database behind an address. Raises LedgerError where it is no PostgreSQL, or the driver is absent."""
    try:
        url = sa.make_url(address)
        if url.get_backend_name() not in ("postgresql", "postgres"):
            raise LedgerError(f"{url.drivername}: a ledger is a SQLite file or a postgresql:// address")
        return sa.create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise LedgerError("the ledger's address cannot be read; one looks like postgresql://name@host/database") from error
    except ImportError as error:
        raise LedgerError('PostgreSQL needs a driver: pip install "recoupe[postgresql]"') from error
