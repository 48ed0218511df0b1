"""The tables of a ledger and how they came to be: each migration is one transaction and leaves one row in `migration`.

Kept for good are `dispatch` and `judgement`; the others are found from these again, and only spare reading everything.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from recoupe.ledger.values import ListedDispatch
from recoupe.model import Dispatch

CHUNK = 500

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # in the order of its characters, as SQLite has it
meta = sa.MetaData()
migration = sa.Table(
    "migration",
    meta,
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("applied", TEXT, nullable=False),
)
dispatch = sa.Table(
    "dispatch",
    meta,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("id", TEXT, nullable=False, unique=True),
    sa.Column("ref", TEXT, index=True),
    sa.Column("published", TEXT, index=True),
    sa.Column("reading", sa.LargeBinary, nullable=False),
)
fingerprint = sa.Table(
    "fingerprint",
    meta,
    sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("n", sa.Integer, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
key = sa.Table(
    "key",
    meta,
    sa.Column("key", TEXT, primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, index=True),
    sa.Column("weight", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)
judgement = sa.Table(
    "judgement",
    meta,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("id", TEXT, nullable=False, unique=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)


listing = sa.Table(
    "listing",
    meta,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("place", TEXT, nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
grouped = sa.Table(
    "grouped",
    meta,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("story", TEXT, nullable=False, index=True),
    sa.Column("copy", TEXT),
)
story = sa.Table(
    "story",
    meta,
    sa.Column("id", TEXT, primary_key=True),
    sa.Column("start", TEXT, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
grouping = sa.Table("grouping", meta, sa.Column("known", TEXT, primary_key=True))


def _first_tables(db: Connection) -> None:
    meta.create_all(db, tables=[dispatch, fingerprint, key, judgement])


def _full_text(db: Connection) -> None:
    """The database's own index of words."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(
            "CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 2')"
        )
    else:
        db.exec_driver_sql("CREATE TABLE words (n integer PRIMARY KEY, body tsvector NOT NULL)")
        db.exec_driver_sql("CREATE INDEX ix_words_body ON words USING gin (body)")


class Head(msgspec.Struct):
    """A reading of which only the dispatch is decoded."""

    dispatch: Dispatch


def _listings(db: Connection) -> None:
    """What a list shows of each dispatch, and the stories and copies as they were last found."""
    meta.create_all(db, tables=[listing, grouped, story, grouping])
    last = 0
    while rows := db.execute(
        sa.select(dispatch.c.n, dispatch.c.reading).where(dispatch.c.n > last).order_by(dispatch.c.n).limit(CHUNK)
    ).all():
        taken = [(n, msgspec.json.decode(body, type=Head).dispatch) for n, body in rows]
        db.execute(sa.insert(listing), [listing_row(n, d) for n, d in taken])
        last = rows[-1][0]


MIGRATIONS: tuple[tuple[str, Callable[[Connection], None]], ...] = (
    ("0001 readings, judgements and what finds them", _first_tables),
    ("0002 full text", _full_text),
    ("0003 lists", _listings),
)


def listing_row(n: int, dispatch: Dispatch) -> dict[str, object]:
    """What the list keeps of a dispatch: its place in the list, by day of publication and id, and what is shown of it."""
    return {"n": n, "place": f"{dispatch.published or '9999'} {dispatch.id}", "body": msgspec.json.encode(listed(dispatch))}


def listed(dispatch: Dispatch, story: str | None = None, copy: str | None = None) -> ListedDispatch:
    """A dispatch as a ledger lists it."""
    return ListedDispatch(
        id=dispatch.id,
        ref=dispatch.ref,
        lang=dispatch.lang,
        title=dispatch.title,
        published=dispatch.published,
        published_basis=dispatch.published_basis,
        outlet=dispatch.outlet,
        agency=dispatch.agency,
        url=dispatch.url,
        status=dispatch.status,
        story=story,
        copy=copy,
    )
