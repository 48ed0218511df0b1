"""Where a ledger is kept. The only file that speaks SQL, with those of its tables and of what databases say differently.

Kept are readings, judgements, and what a dispatch is found by without reading everything: its fingerprints (copies), its
keys (stories) and its words (full text). One transaction a dispatch: after an interruption a dispatch is there whole or not
at all. Each migration is one transaction and leaves one row in `migration`.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from recoupe.errors import LedgerError
from recoupe.ledger.dialects import DIALECTS, served
from recoupe.ledger.stories import Holder, Keyed
from recoupe.ledger.tables import (
    CHUNK,
    MIGRATIONS,
    Head,
    dispatch,
    fingerprint,
    grouped,
    grouping,
    judgement,
    key,
    listing,
    listing_row,
    migration,
    story,
)
from recoupe.ledger.values import Judgement, ListedDispatch, Story
from recoupe.model import Dispatch, Reading

BUSY_MS = 30_000


class Store:
    """One database. `address`: the path of a SQLite file, ":memory:", or an address as SQLAlchemy takes it."""

    def __init__(self, address: str | Path) -> None:
        self.engine = _engine(str(address))
        try:
            self._migrate()
        except DatabaseError as error:
            self.engine.dispose()
            shown = self.engine.url.render_as_string() if "://" in str(address) else address  # with no password
            raise LedgerError(f"{shown}: no ledger that can be opened: {error.orig}") from error

    def close(self) -> None:
        self.engine.dispose()

    def add(self, reading: Reading, fingerprints: Collection[int], keys: Mapping[str, float]) -> bool:
        """Keeps a reading and what finds it, in one transaction. False where its dispatch is there already."""
        taken = reading.dispatch
        row = {"id": taken.id, "ref": taken.ref, "published": taken.published, "reading": msgspec.json.encode(reading)}
        try:
            with self._writing() as db:
                if db.scalar(sa.select(dispatch.c.n).where(dispatch.c.id == taken.id)) is not None:
                    return False
                n = db.execute(sa.insert(dispatch).values(row)).inserted_primary_key[0]  # type: ignore[index]
                db.execute(sa.insert(listing).values(listing_row(n, taken)))
                if fingerprints:
                    db.execute(sa.insert(fingerprint), [{"hash": h, "n": n} for h in sorted(fingerprints)])
                if keys:
                    db.execute(sa.insert(key), [{"key": k, "n": n, "weight": w} for k, w in sorted(keys.items())])
                dialect = DIALECTS[db.dialect.name]
                db.execute(dialect.index, {"n": n, "title": dialect.words(taken.title), "text": dialect.words(taken.text)})
        except IntegrityError:
            return False
        return True

    def judge(self, judged: Judgement) -> None:
        """Adds a judgement's row; the same judgement twice is one."""
        with self._writing() as db:
            if db.scalar(sa.select(judgement.c.n).where(judgement.c.id == judged.id)) is None:
                db.execute(sa.insert(judgement).values(id=judged.id, body=msgspec.json.encode(judged)))

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, in the order they were made."""
        with self.engine.connect() as db:
            bodies = db.scalars(sa.select(judgement.c.body).order_by(judgement.c.n)).all()
        return tuple(msgspec.json.decode(body, type=Judgement) for body in bodies)

    def count(self) -> int:
        with self.engine.connect() as db:
            return db.scalar(sa.select(sa.func.count()).select_from(dispatch)) or 0

    def holds(self, name: str) -> bool:
        with self.engine.connect() as db:
            return db.scalar(sa.select(dispatch.c.n).where(dispatch.c.id == name)) is not None

    def last_day(self) -> str | None:
        """The last day of publication."""
        with self.engine.connect() as db:
            last = db.scalar(sa.select(sa.func.max(dispatch.c.published)))
        return last[:10] if last else None

    def groups_known(self) -> str | None:
        """Of which state of the ledger the stories and copies are kept."""
        with self.engine.connect() as db:
            return db.scalar(sa.select(grouping.c.known))

    def keep_groups(self, known: str, stories: Sequence[Story], copy_of: Mapping[str, str]) -> None:
        """Keeps the stories and copies of a state of the ledger in place of those kept before."""
        bodies = [{"id": s.id, "start": s.start, "body": msgspec.json.encode(s)} for s in stories]
        with self._writing() as db:
            number = {id_: n for n, id_ in db.execute(sa.select(dispatch.c.n, dispatch.c.id))}
            held = [(number[name], s.id, name) for s in stories for name in s.dispatches if name in number]
            members = [{"n": n, "story": story_, "copy": copy_of.get(name)} for n, story_, name in held]
            for table, rows in ((grouped, members), (story, bodies), (grouping, [{"known": known}])):
                db.execute(sa.delete(table))
                if rows:
                    db.execute(sa.insert(table), rows)

    def rows(self, limit: int | None = None, offset: int = 0) -> tuple[ListedDispatch, ...]:
        """The dispatches by day of publication, with the story and the copies that were last found for them."""
        query = (
            sa.select(listing.c.body, grouped.c.story, grouped.c.copy)
            .outerjoin(grouped, grouped.c.n == listing.c.n)
            .order_by(listing.c.place)
            .limit(limit)
            .offset(offset)
        )
        with self.engine.connect() as db:
            return tuple(_row(body, story_, copy) for body, story_, copy in db.execute(query))

    def stories(self) -> tuple[Story, ...]:
        """The stories as they were last found, in order of their first day."""
        query = sa.select(story.c.body).order_by(sa.func.coalesce(story.c.start, "9999"), story.c.id)
        with self.engine.connect() as db:
            return tuple(msgspec.json.decode(body, type=Story) for body in db.scalars(query))

    def listed(self) -> tuple[tuple[str, str | None], ...]:
        """Id and day of publication of every dispatch."""
        with self.engine.connect() as db:
            rows = db.execute(sa.select(dispatch.c.id, dispatch.c.published).order_by(dispatch.c.published, dispatch.c.id))
            return tuple((name, _day(published)) for name, published in rows)

    def resolve(self, name: str) -> str:
        """The id of the dispatch with this id, this ref, or an id that begins so. Raises LedgerError."""
        with self.engine.connect() as db:
            for where in (dispatch.c.id == name, dispatch.c.ref == name, dispatch.c.id.startswith(name, autoescape=True)):
                found = db.scalars(sa.select(dispatch.c.id).where(where).limit(2)).all()
                if len(found) == 1 and name:
                    return str(found[0])
                if found:
                    raise LedgerError(f"{name!r} is more than one dispatch: give its id")
        raise LedgerError(f"the ledger holds no dispatch {name!r}")

    def readings(self, ids: Iterable[str]) -> Iterator[Reading]:
        """These dispatches' readings, by id."""
        with self.engine.connect() as db:
            for chunk in _chunks(sorted(set(ids))):
                query = sa.select(dispatch.c.reading).where(dispatch.c.id.in_(chunk)).order_by(dispatch.c.id)
                for body in db.scalars(query).all():
                    yield msgspec.json.decode(body, type=Reading)

    def page(self, after: tuple[str, str] | None, limit: int) -> tuple[Dispatch, ...]:
        """Dispatches, the newest first and those without a day last, after this day and id."""
        day, name = after or ("~", "")
        dated = sa.select(dispatch.c.reading).where(
            dispatch.c.published <= day, sa.or_(dispatch.c.published < day, dispatch.c.id > name)
        )
        undated = sa.select(dispatch.c.reading).where(dispatch.c.published.is_(None), dispatch.c.id > ("" if day else name))
        with self.engine.connect() as db:
            order = (dispatch.c.published.desc(), dispatch.c.id)
            bodies = list(db.scalars(dated.order_by(*order).limit(limit))) if day else []
            if len(bodies) < limit:
                bodies += db.scalars(undated.order_by(dispatch.c.id).limit(limit - len(bodies)))
        return tuple(msgspec.json.decode(body, type=Head).dispatch for body in bodies)

    def sharing_refs(self, told: Collection[Dispatch]) -> Iterator[Dispatch]:
        """The other dispatches that were given under a reference that one of these bears."""
        own = {one.id for one in told}
        with self.engine.connect() as db:
            for chunk in _chunks(sorted({one.ref for one in told if one.ref})):
                for name, body in db.execute(sa.select(dispatch.c.id, dispatch.c.reading).where(dispatch.c.ref.in_(chunk))):
                    if name not in own:
                        yield msgspec.json.decode(body, type=Head).dispatch

    def sharing_prints(self, name: str, *, common: int) -> dict[str, tuple[int, int, int]]:
        """Of each dispatch that shares fingerprints with this one: how many it shares, how many this one has, and it has.

        Fingerprints of more than `common` dispatches are not shared: they are set phrases.
        """
        shared: Counter[int] = Counter()
        found: dict[str, tuple[int, int, int]] = {}
        with self.engine.connect() as db:
            n = db.scalar(sa.select(dispatch.c.n).where(dispatch.c.id == name))
            own = db.scalars(sa.select(fingerprint.c.hash).where(fingerprint.c.n == n)).all()
            for chunk in _chunks(own):
                rare = _rare(db, fingerprint.c.hash, chunk, common)
                query = sa.select(fingerprint.c.n).where(fingerprint.c.hash.in_(rare), fingerprint.c.n != n)
                shared.update(db.scalars(query))
            for chunk in _chunks(sorted(m for m, count in shared.items() if count > 1)):
                sizes = (
                    sa.select(dispatch.c.n, dispatch.c.id, sa.func.count())
                    .join(fingerprint, fingerprint.c.n == dispatch.c.n)
                    .where(dispatch.c.n.in_(chunk))
                    .group_by(dispatch.c.n, dispatch.c.id)
                )
                for m, other, size in db.execute(sizes):
                    found[other] = (shared[m], len(own), size)
        return found

    def all_prints(self) -> Iterator[tuple[str, int]]:
        """Every dispatch's fingerprints."""
        with self.engine.connect() as db:
            yield from db.execute(sa.select(dispatch.c.id, fingerprint.c.hash).join(fingerprint, fingerprint.c.n == dispatch.c.n))

    def keyed(self, names: Collection[str] | None = None) -> tuple[Keyed, ...]:
        """These dispatches, or all, with their keys."""
        found: dict[str, Keyed] = {}
        query = sa.select(dispatch.c.id, dispatch.c.published, key.c.key, key.c.weight).outerjoin(key, key.c.n == dispatch.c.n)
        with self.engine.connect() as db:
            for chunk in [None] if names is None else _chunks(sorted(names)):
                rows = db.execute(query if chunk is None else query.where(dispatch.c.id.in_(chunk)))
                for name, published, k, weight in rows:
                    told = found.setdefault(name, Keyed(name, _day(published), {}))
                    if k is not None:
                        told.keys[k] = weight
        return tuple(found[name] for name in sorted(found))

    def holders(self, keys: Collection[str], *, common: int) -> dict[str, list[Holder]]:
        """Who holds each of these keys, and with what weight; keys of more than `common` dispatches are left out."""
        found: dict[str, list[Holder]] = {}
        with self.engine.connect() as db:
            for chunk in _chunks(sorted(keys)):
                rare = _rare(db, key.c.key, chunk, common)
                query = (
                    sa.select(key.c.key, dispatch.c.id, dispatch.c.published, key.c.weight)
                    .join(dispatch, dispatch.c.n == key.c.n)
                    .where(key.c.key.in_(rare))
                )
                for k, name, published, weight in db.execute(query):
                    found.setdefault(k, []).append(Holder(name, _day(published), weight))
        return found

    def find(self, words: str, limit: int) -> tuple[str, ...]:
        """Ids of the dispatches that hold all these words, best first."""
        terms = "".join(c if c.isalnum() else " " for c in words).split()
        if not terms:
            return ()
        with self.engine.connect() as db:
            dialect = DIALECTS[db.dialect.name]
            return tuple(db.scalars(dialect.search, {"match": dialect.match(terms), "limit": limit}))

    def migrations(self) -> tuple[str, ...]:
        """Names of the migrations that were applied."""
        with self.engine.connect() as db:
            return tuple(db.scalars(sa.select(migration.c.name).order_by(migration.c.name)))

    def _migrate(self) -> None:
        """Brings the tables up to date; a ledger that is so already is not written to."""
        with self.engine.connect() as db:
            tables = sa.inspect(db).get_table_names()
        if tables and migration.name not in tables:
            raise LedgerError(f"{self.engine.url.database}: a database, but no ledger")
        applied = self.migrations() if tables else ()
        unknown = set(applied) - {name for name, _ in MIGRATIONS}
        if unknown:
            raise LedgerError(f"{self.engine.url.database}: written by a newer recoupe ({', '.join(sorted(unknown))})")
        if len(applied) == len(MIGRATIONS):
            return
        with self._writing() as db:
            migration.create(db, checkfirst=True)
        for name, change in MIGRATIONS:
            with self._writing() as db:
                if db.scalar(sa.select(migration.c.name).where(migration.c.name == name)) is None:
                    change(db)
                    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
                    db.execute(sa.insert(migration).values(name=name, applied=now))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self.engine.connect().execution_options(writing=True) as db, db.begin():
                lock = DIALECTS[db.dialect.name].lock
                if lock is not None:
                    db.execute(lock)
                yield db
        except OperationalError as error:  # a full disk, a folder or file that may not be written, a lock that is not released
            raise LedgerError(f"{self.engine.url.database}: cannot be written: {error.orig}") from error


def _engine(address: str) -> Engine:
    if "://" in address:
        return served(address)
    memory = address == ":memory:"
    pool = sa.pool.StaticPool if memory else None
    path = Path(address).absolute()
    still = not memory and path.is_file() and not os.access(path.parent, os.W_OK)  # no log can be made beside it: read as it is
    where = f"{path.as_uri()}?mode=ro&immutable=1" if still else address

    def connected() -> sqlite3.Connection:
        return sqlite3.connect(where, check_same_thread=False, uri=still)

    engine = sa.create_engine(sa.URL.create("sqlite", database=address), creator=connected, poolclass=pool)

    @sa.event.listens_for(engine, "connect")
    def opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if not memory and not still:
            connection.execute("PRAGMA journal_mode = WAL")

    @sa.event.listens_for(engine, "begin")
    def begun(db: Connection) -> None:
        db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("writing") else "BEGIN")

    return engine


LISTED = msgspec.json.Decoder(ListedDispatch)


def _row(body: bytes, story_: str | None, copy: str | None) -> ListedDispatch:
    return msgspec.structs.replace(LISTED.decode(body), story=story_, copy=copy)


def _rare(db: Connection, what: sa.Column[Any], values: Sequence[Any], common: int) -> list[Any]:
    counted = sa.select(what).where(what.in_(values)).group_by(what).having(sa.func.count() <= common)
    return list(db.scalars(counted))


def _day(published: str | None) -> str | None:
    return published[:10] if published else None


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
