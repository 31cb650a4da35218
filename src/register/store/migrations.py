"""Brings a database to the shape of this version: numbered SQL files, each applied once, by the owner, under a lock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import cast

import msgspec
from psycopg import Connection

LOCK = 7_253_118_001
"""Advisory lock of the database: two processes that start at once migrate one after the other."""


class Migration(msgspec.Struct, frozen=True):
    """One file, `0001-name.sql`; its digest is what was agreed on when it was applied."""

    number: int
    name: str
    sql: str

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file."""
        return hashlib.sha256(self.sql.encode()).digest()


class MigrationRefused(Exception):
    """The database and the files do not belong together; nothing was changed."""


def shipped() -> list[Migration]:
    """The files of this version, in order."""
    found = sorted(
        (file for file in files("register.store").joinpath("sql").iterdir() if file.name[:4].isdigit()),
        key=lambda file: file.name,
    )
    return [Migration(int(file.name[:4]), file.name[5:-4], file.read_text("utf-8")) for file in found]


def migrate(connection: Connection[tuple[object, ...]], migrations: Sequence[Migration] | None = None) -> list[str]:
    """Apply what is missing, all in one transaction; returns the names of what was applied.

    Raises MigrationRefused when a file was changed after it was applied, when one is missing from the middle, or
    when the database is newer than the files.
    """
    migrations = shipped() if migrations is None else migrations
    if [m.number for m in migrations] != list(range(1, len(migrations) + 1)):
        raise MigrationRefused("the migration files are not numbered 1, 2, 3, …")
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute("CREATE SCHEMA IF NOT EXISTS log")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS log.migrations (number integer PRIMARY KEY, name text NOT NULL,"
            " digest bytea NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )
        rows = connection.execute("SELECT number, digest FROM log.migrations").fetchall()
        missing = _missing(migrations, {cast("int", number): cast("bytes", digest) for number, digest in rows})
        for migration in missing:
            connection.execute(migration.sql.encode())
            connection.execute(
                "INSERT INTO log.migrations (number, name, digest) VALUES (%s, %s, %s)",
                (migration.number, migration.name, migration.digest),
            )
    return [migration.name for migration in missing]


def _missing(migrations: Sequence[Migration], applied: dict[int, bytes]) -> list[Migration]:
    if newer := [number for number in applied if number > len(migrations)]:
        raise MigrationRefused(f"the database has migration {max(newer)}, which this version does not know")
    for migration in migrations:
        if applied.get(migration.number, migration.digest) != migration.digest:
            raise MigrationRefused(f"migration {migration.number} ({migration.name}) was changed after it was applied")
    missing = [migration for migration in migrations if migration.number not in applied]
    if missing and missing[0].number != len(applied) + 1:
        raise MigrationRefused(f"migration {missing[0].number} was left out before")
    return missing
