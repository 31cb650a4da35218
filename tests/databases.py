"""A database for a test: on the server of REGISTER_DATABASE_URL when that is set, else on an embedded one."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from register.store.embedded import EmbeddedPostgres
from register.store.roles import Logins, prepare, role_name


@contextmanager
def database_server(directory: Path) -> Generator[str]:
    """The login that may make databases and roles."""
    given = os.environ.get("REGISTER_DATABASE_URL")
    if given:
        yield given
        return
    with EmbeddedPostgres(directory) as embedded:
        yield embedded.dsn


@contextmanager
def empty_database(server: str) -> Generator[str]:
    """A database without anything in it, and gone afterwards with its roles."""
    name = f"test_{uuid4().hex[:12]}"
    _run(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield make_conninfo(server, dbname=name)
    finally:
        _run(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        for role in (role_name(purpose, name) for purpose in ("app", "projections", "eraser")):
            _run(server, sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


@contextmanager
def fresh_register(server: str, directory: Path) -> Iterator[Logins]:
    """A database with an empty log, and the logins to it."""
    with empty_database(server) as owner:
        yield prepare(owner, directory)


def _run(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
