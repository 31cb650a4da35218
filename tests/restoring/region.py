"""A register of its own with a published log, and commands run on it as an operator would."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from click.testing import CliRunner, Result

from api.cli import main
from register.charter.facts import DisclosureWithdrawn, WithdrawnText
from register.publishing.keys import make_keys
from register.store.roles import Logins
from tests.projections.telling import REGISTER, Teller
from tests.publishing.recorded import ORIGIN, publish

LOG_TABLES = {
    "log.events": "position",
    "log.commands": "first, cause",
    "log.openings": "stream, seq, field",
    "log.head": "one",
    "log.checkpoints": "size",
}


class Kept:
    """A register in a database, with its data directory."""

    def __init__(self, logins: Logins, data_dir: Path) -> None:
        self.logins, self.data_dir = logins, data_dir

    @property
    def log(self) -> Path:
        return self.data_dir / "log"

    def register(self, *arguments: str, **settings: str) -> Result:
        """Run a command on it."""
        environment = {"REGISTER_DATABASE_URL": self.logins.owner, "REGISTER_DATA_DIR": str(self.data_dir), **settings}
        return CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)

    def told(self, *arguments: str) -> dict[str, Any]:
        """What a command answers to a program."""
        result = self.register(*arguments, "--json")
        assert result.exit_code == 0, result.output
        answer: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
        return answer

    def refused(self, *arguments: str) -> str:
        """Why a command did nothing."""
        before = self.rows()
        result = self.register(*arguments)
        assert (result.exit_code, result.stdout) == (1, ""), result.output
        assert self.rows() == before
        return result.stderr

    def change(self, *statements: str) -> None:
        """What only somebody with all rights can do: the triggers are off."""
        with psycopg.connect(self.logins.owner, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement.encode())

    def rows(self, tables: Sequence[str] = tuple(LOG_TABLES)) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the log and of what is kept beside it."""
        with psycopg.connect(self.logins.owner, options="-c timezone=UTC") as connection:
            return {
                table: connection.execute(f"SELECT * FROM {table} ORDER BY {LOG_TABLES[table]}".encode()).fetchall()  # noqa: S608  # of our own words
                for table in tables
            }

    def every(self, table: str) -> list[tuple[Any, ...]]:
        """Every row of a table, in the order of its first columns."""
        with psycopg.connect(self.logins.owner) as connection:
            return connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2".encode()).fetchall()  # noqa: S608  # of our own words

    def publish(self) -> None:
        """Publish what there is."""
        asyncio.run(publish(self.logins, self.data_dir))

    def cut(self, size: int) -> None:
        """Take the database back to when it had so many entries, as an older dump would."""
        checkpoints = [row for row in self.rows()["log.checkpoints"] if row[0] <= size]
        self.change(
            f"DELETE FROM log.openings o USING log.events e WHERE e.stream = o.stream AND e.seq = o.seq AND e.position >= {size}",  # noqa: S608  # of our own words
            f"DELETE FROM log.events WHERE position >= {size}",  # noqa: S608  # as above
            f"DELETE FROM log.commands WHERE first >= {size}",  # noqa: S608  # as above
            f"DELETE FROM log.checkpoints WHERE size > {max([0, *(row[0] for row in checkpoints)])}",  # noqa: S608  # as above
            f"UPDATE log.head SET next = {size}, known = (SELECT max(known) FROM log.events)",  # noqa: S608  # as above
        )


def keys_of(kept: Kept) -> list[str]:
    """The options that name the keys of a register."""
    return [f"--key={key.vkey}" for key in make_keys(kept.data_dir / "keys", ORIGIN).current]


Place = tuple[str, int, str]


def openings(kept: Kept) -> set[Place]:
    """Where a text can still be read."""
    return {(str(row[0]), row[1], row[2]) for row in kept.rows()["log.openings"]}


def withdraw(teller: Teller, count: int) -> set[Place]:
    """Withdraw some texts: the entries that say so, and the openings gone with them."""
    with psycopg.connect(teller.logins.owner, autocommit=True) as owner:
        found = owner.execute(
            "SELECT stream::text, seq, field FROM log.openings ORDER BY md5(stream::text || seq || field) LIMIT %s",
            (count,),
        ).fetchall()
        for stream, seq, field in found:
            of = WithdrawnText(id=stream, seq=seq, field=field)
            teller.tell(str(REGISTER), DisclosureWithdrawn(of=of, ground="avg-17", authority="mra", on="2026-11-01"))
        owner.execute("SELECT log.recall_commands()")
    return {(stream, seq, field) for stream, seq, field in found}
