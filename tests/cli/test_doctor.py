"""The doctor finds what is wrong by trying, and names it; on a register that is well it finds nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from api.doctor import Finding, examine
from api.history import History
from api.house import house
from register.opening import first_administrator, opened_by
from register.store.roles import Logins


@pytest.fixture
def opened(logins: Logins, tmp_path: Path) -> Logins:
    """A register with two entries, shown by its read models."""

    async def open_it() -> None:
        async with house(logins, tmp_path, opened_by(History("mra").charter)) as home:
            await first_administrator(home.register, "2026-01-01")
            assert await home.follower.reached(1, asyncio.get_running_loop().time() + 20)

    asyncio.run(open_it())
    return logins


def found(logins: Logins) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(logins)}


def wrong(logins: Logins) -> set[str]:
    return {what for what, finding in found(logins).items() if not finding.well}


def as_owner(logins: Logins, *statements: sql.Composable) -> None:
    with psycopg.connect(logins.owner, autocommit=True) as owner:
        for statement in statements:
            owner.execute(sql.Composed([statement]))


def role(conninfo: str) -> sql.Identifier:
    return sql.Identifier(str(conninfo_to_dict(conninfo)["user"]))


def test_nothing_is_wrong_with_a_register_that_is_well(opened: Logins) -> None:
    assert wrong(opened) == set()
    assert found(opened)["log"].says == "2 entries at positions without a gap"


def test_a_right_too_many_is_found_for_the_writer(opened: Logins) -> None:
    as_owner(opened, sql.SQL("GRANT DELETE ON log.openings TO {}").format(role(opened.app)))
    assert wrong(opened) == {"writer's role"}
    assert "DELETE FROM log.openings" in found(opened)["writer's role"].says


def test_a_right_too_many_is_found_for_the_reader(opened: Logins) -> None:
    as_owner(opened, sql.SQL("GRANT UPDATE ON log.head TO {}").format(role(opened.projections)))
    assert wrong(opened) == {"reader's role"}


def test_an_entry_that_is_gone_is_found(opened: Logins) -> None:
    as_owner(
        opened,
        sql.SQL("ALTER TABLE log.events DISABLE TRIGGER ALL"),
        sql.SQL("DELETE FROM log.events WHERE position = 1"),
        sql.SQL("ALTER TABLE log.events ENABLE TRIGGER ALL"),
    )
    assert "log" in wrong(opened)
    assert found(opened)["log"].says == "the head says 2 entries, there are 1, and the last position is 0"


def test_a_read_model_that_is_behind_or_missed_an_entry_is_found(opened: Logins) -> None:
    as_owner(
        opened,
        sql.SQL("UPDATE read.positions SET position = -2000 WHERE model = 'course'"),
        sql.SQL("INSERT INTO read.gaps (model, position, reason) VALUES ('texts', 1, 'torn')"),
    )
    assert wrong(opened) == {"read models", "rows not stored"}
    assert "course is" in found(opened)["read models"].says
    assert "texts could not take in entry 1: torn" in found(opened)["rows not stored"].says


def test_a_migration_that_was_changed_is_found(opened: Logins) -> None:
    as_owner(opened, sql.SQL("UPDATE log.migrations SET digest = 'x' WHERE number = 1"))
    assert wrong(opened) == {"migrations"}


def test_a_login_that_does_not_open_is_a_finding_and_the_others_are_looked_at(opened: Logins) -> None:
    as_owner(opened, sql.SQL("ALTER ROLE {} NOLOGIN").format(role(opened.app)))
    assert wrong(opened) == {"writer's role", "log", "published log"}


def test_entries_that_nobody_publishes_are_found(opened: Logins) -> None:
    assert found(opened)["published log"].well
    as_owner(
        opened,
        sql.SQL("SET session_replication_role = replica"),
        sql.SQL("DELETE FROM log.checkpoints"),
        sql.SQL("UPDATE log.events SET time = time - interval '2 minutes' WHERE position = 0"),
    )
    assert wrong(opened) == {"published log"}
    assert "2 entries are not published" in found(opened)["published log"].says
