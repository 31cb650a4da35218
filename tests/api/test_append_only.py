"""The running server's own connection can add to the log and do nothing else to it."""

from __future__ import annotations

import asyncio
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import AsyncConnection, sql

from tests.api.edge import Edge

REFUSED: dict[str, LiteralString] = {
    "update": "UPDATE log.events SET entry = 'x' WHERE position = 0",
    "delete": "DELETE FROM log.events WHERE position = 0",
    "truncate": "TRUNCATE log.events CASCADE",
    "drop trigger": "DROP TRIGGER entries_are_for_ever ON log.events",
    "disable trigger": "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "alter table": "ALTER TABLE log.events DROP COLUMN entry",
    "drop table": "DROP TABLE log.events",
    "no triggers": "SET session_replication_role = replica",
    "delete an opening": "DELETE FROM log.openings",
    "delete an opening that no entry withdraws": "SELECT log.withdraw(0)",
    "withdraw without deleting": "DROP TRIGGER withdrawn_texts_go ON log.events",
    "delete without withdrawing": "DROP TRIGGER openings_go_when_withdrawn ON log.openings",
    "another deletion": "CREATE OR REPLACE FUNCTION log.withdraw_all() RETURNS bigint LANGUAGE sql AS $$ SELECT 0 $$",
    "change an opening": "UPDATE log.openings SET disclosure = 'x'",
    "turn the head back": "UPDATE log.head SET next = 0",
    "another function": "CREATE OR REPLACE FUNCTION log.refuse() RETURNS trigger LANGUAGE sql AS $$ SELECT NULL $$",
}


async def _tried(connection: AsyncConnection[Any], statement: LiteralString) -> str | None:
    """Why the database did not do it, None when it did; undone either way."""
    try:
        async with connection.transaction(force_rollback=True):
            await connection.execute(statement)
    except psycopg.Error as refused:
        return refused.sqlstate
    return None


@pytest.mark.parametrize("what", REFUSED)
def test_the_server_itself_cannot_change_or_remove_what_was_recorded(edge: Edge, what: str) -> None:
    async def try_it() -> tuple[str, str | None]:
        # The pool that the running register itself uses.
        async with edge.home.register._pool.connection() as connection:  # noqa: SLF001  # that is the point
            cursor = await connection.execute("SELECT current_user")
            [user] = await cursor.fetchone() or ("",)
            return str(user), await _tried(connection, REFUSED[what])

    user, sqlstate = asyncio.run_coroutine_threadsafe(try_it(), edge.loop).result(30)
    print(f"as {user}: {what}: {sqlstate}")  # noqa: T201  # what was tried, and as whom
    assert user == edge.home.roles[0]
    assert user.startswith("register_app")
    # 42501 insufficient privilege, 23001 restrict violation
    assert sqlstate in {"42501", "23001"}, what


def test_the_server_cannot_become_the_owner(edge: Edge) -> None:
    with psycopg.connect(edge.logins.owner) as owner:
        [name] = owner.execute("SELECT current_user").fetchone() or ("",)
    statement = sql.SQL("SET ROLE {}").format(sql.Identifier(name))
    with psycopg.connect(edge.logins.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)


def test_the_two_roles_are_not_the_owner_and_not_each_other(edge: Edge) -> None:
    writes_as, reads_as = edge.home.roles
    with psycopg.connect(edge.logins.owner) as owner:
        [name] = owner.execute("SELECT current_user").fetchone() or ("",)
    assert len({writes_as, reads_as, name}) == 3
