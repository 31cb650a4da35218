"""A log that entries can be told to: one database for all tests here, emptied before each."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from register.store.roles import Logins
from tests.databases import fresh_register
from tests.projections.telling import Teller


@pytest.fixture(scope="session")
def shared(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logins]:
    """The logins of a database that is made once."""
    with fresh_register(server, tmp_path_factory.mktemp("projections")) as made:
        yield made


@pytest.fixture
def logins(shared: Logins) -> Logins:
    """The logins of a log without entries and a read side without tables."""
    with psycopg.connect(shared.owner) as conn:
        for table in ("events", "head", "openings"):
            conn.execute(sql.SQL("ALTER TABLE log.{} DISABLE TRIGGER USER").format(sql.Identifier(table)))
        conn.execute("TRUNCATE log.events, log.openings, log.commands")
        conn.execute("UPDATE log.head SET next = 0, known = NULL")
        for table in ("events", "head", "openings"):
            conn.execute(sql.SQL("ALTER TABLE log.{} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    with psycopg.connect(shared.projections) as conn:
        found = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'read'").fetchall()
        for (table,) in found:
            conn.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier("read", table)))
    return shared


@pytest.fixture
def teller(logins: Logins) -> Teller:
    """A log with its first entry."""
    made = Teller(logins)
    made.open_register()
    return made
