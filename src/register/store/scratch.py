"""A database for one look at a log: filled with entries from somewhere else, replayed in, and gone afterwards.

It lies beside the database of the register and shares nothing with it but the server. If we die it stays behind, with nobody
connected to it; the next look takes it away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import Connection, errors, sql
from psycopg.conninfo import make_conninfo

from register.store.appending import Opening
from register.store.embedded import EmbeddedPostgres
from register.store.migrations import migrate

PREFIX = "register_look_"
"""What the name of every such database begins with; no register has such a name."""
FOLDER = "register-look-"
LOOKING = 7_253_118_030
"""Advisory lock of the server's database: nobody sweeps between the making of a database and the first connection to it."""

EVENTS = "COPY log.events (position, time, known, stream, seq, kind, type, v, cause, entry) FROM STDIN (FORMAT BINARY)"
EVENT_TYPES = ("int8", "timestamptz", "timestamptz", "uuid", "int4", "text", "text", "int2", "uuid", "bytea")
OPENINGS = "COPY log.openings (stream, seq, field, disclosure) FROM STDIN (FORMAT BINARY)"
OPENING_TYPES = ("uuid", "int4", "text", "text")

Event = tuple[int, datetime, datetime, UUID, int, str, str, int, UUID, bytes]


class NoScratch(Exception):
    """There is nowhere to replay the entries; the message says what to do."""


@contextmanager
def scratch(server: str) -> Generator[str]:
    """An empty log in a database of its own on a server, for its owner: no role of the register reaches it."""
    with psycopg.connect(server, autocommit=True) as connection:
        name = _beginning(connection) + uuid4().hex
        keeper = _made(connection, server, name)
        try:
            with keeper:
                migrate(keeper)
                keeper.execute("CREATE SCHEMA read")
                yield make_conninfo(server, dbname=name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _made(connection: Connection[Any], server: str, name: str) -> Connection[tuple[object, ...]]:
    """Make the database, and be connected to it for as long as it is wanted."""
    connection.execute("SELECT pg_advisory_lock(%s)", (LOOKING,))
    try:
        _sweep(connection)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
        # Dying here: nobody is connected to it, and the next look sweeps it away.
        return psycopg.connect(make_conninfo(server, dbname=name), autocommit=True)
    except errors.InsufficientPrivilege as fault:
        msg = "the role of REGISTER_DATABASE_URL may not make the database in which entries are replayed; give it CREATEDB"
        raise NoScratch(msg) from fault
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (LOOKING,))


def _beginning(connection: Connection[Any]) -> str:
    """With what the names of this register's looks begin: several registers may share a server, and none sweeps for another."""
    return f"{PREFIX}{sha256(connection.info.dbname.encode()).hexdigest()[:8]}_"


def _sweep(connection: Connection[Any]) -> None:
    """Take away what a killed look left: nobody is connected to it any more."""
    left = connection.execute(
        "SELECT d.datname FROM pg_database d WHERE starts_with(d.datname, %s)"
        " AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)",
        (_beginning(connection),),
    ).fetchall()
    for (name,) in left:
        # Of another owner, or being dropped by another look.
        with suppress(errors.InsufficientPrivilege, errors.InvalidCatalogName, errors.ObjectInUse):
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(str(name))))


def swept(connection: Connection[Any]) -> list[str]:
    """Take away what killed looks at this register left; the databases that are still there, of looks that go on."""
    connection.execute("SELECT pg_advisory_lock(%s)", (LOOKING,))
    try:
        _sweep(connection)
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (LOOKING,))
    beginning = _beginning(connection)
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", (beginning,))
    return [str(name) for (name,) in rows.fetchall()]


@contextmanager
def own_server(bin_dir: Path) -> Generator[str]:
    """A server of our own in a folder for temporary files, for who has no database; both are gone afterwards."""
    with ExitStack() as stack:
        _sweep_folders()
        folder = Path(tempfile.mkdtemp(prefix=FOLDER))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        lock = stack.enter_context((folder / "lock").open("wb"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Dying here or later: the lock is free again, the server goes by itself, and the next look sweeps the folder away.
        yield stack.enter_context(EmbeddedPostgres(folder / "server", bin_dir=bin_dir)).dsn


def _sweep_folders() -> None:
    """Take away the folders that killed looks of this user left."""
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(OSError):
            if left.stat().st_uid == os.geteuid():
                with (left / "lock").open("rb") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(left, ignore_errors=True)


def fill(conninfo: str, events: Iterable[Event], openings: Iterable[Opening]) -> int:
    """Put entries and texts into an empty log; how many entries. Texts first: an entry that withdraws one finds it."""
    with psycopg.connect(conninfo) as connection, connection.cursor() as cursor:
        with cursor.copy(OPENINGS) as copy:
            copy.set_types(OPENING_TYPES)
            for each in openings:
                copy.write_row((each.stream, each.seq, each.field, each.disclosure))
        with cursor.copy(EVENTS) as copy:
            copy.set_types(EVENT_TYPES)
            for event in events:
                copy.write_row(event)
        cursor.execute(
            "UPDATE log.head SET next = e.size, known = e.known FROM"
            " (SELECT count(*) AS size, max(known) AS known FROM log.events) AS e WHERE e.size > 0"
        )
        connection.commit()
        cursor.execute("ANALYZE log.events")
        row = connection.execute("SELECT next FROM log.head").fetchone()
    return int(row[0]) if row else 0
