"""Accounts and the hashes of requests are forgotten thirty days after they were asked, and nothing else is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from api.history import History
from api.house import house
from register.opening import opened_by
from register.store import forgetting
from register.store.forgetting import Forgetting
from register.store.line import connect
from register.store.roles import Logins

AGES = (0, 29, 31, 400)


def asked(logins: Logins) -> dict[int, UUID]:
    """A command of each age, in days."""
    causes = {days: uuid4() for days in AGES}
    with psycopg.connect(logins.owner) as owner:
        for days, cause in causes.items():
            owner.execute(
                "INSERT INTO log.commands VALUES (%s, 0, 0, now() - make_interval(days => %s), 'hash', 'account')",
                (cause, days),
            )
    return causes


def remembered(logins: Logins, causes: dict[int, UUID]) -> set[int]:
    """The ages of the commands of which it is known who asked what."""
    with psycopg.connect(logins.owner) as owner:
        rows = owner.execute("SELECT cause, request_hash, account FROM log.commands").fetchall()
    known = {cause: (digest, account) for cause, digest, account in rows}
    assert {known[cause] for cause in causes.values()} <= {(b"hash", "account"), (None, None)}
    return {days for days, cause in causes.items() if known[cause] != (None, None)}


async def until(logins: Logins, causes: dict[int, UUID], ages: set[int]) -> None:
    for _ in range(1000):
        if remembered(logins, causes) == ages:
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"still remembered: {remembered(logins, causes)}")


async def test_what_is_older_than_thirty_days_is_forgotten_at_a_start_and_each_day_after(logins: Logins) -> None:
    causes = asked(logins)
    async with Forgetting(logins.app, every=0.05), Forgetting(logins.app, every=0.05):
        await until(logins, causes, {0, 29})
        later = asked(logins)
        await until(logins, later, {0, 29})
    assert remembered(logins, causes) == {0, 29}


async def test_while_another_process_forgets_this_one_does_nothing(logins: Logins) -> None:
    causes = asked(logins)
    with psycopg.connect(logins.app, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (forgetting.FORGETTING,))
        async with Forgetting(logins.app, every=0.02):
            await asyncio.sleep(0.3)
            assert remembered(logins, causes) == set(AGES)
            other.execute("SELECT pg_advisory_unlock_all()")
            await until(logins, causes, {0, 29})


async def test_a_database_that_does_not_answer_is_asked_again(logins: Logins, monkeypatch: pytest.MonkeyPatch) -> None:
    causes, real, calls = asked(logins), connect, 0

    async def fails_twice(conninfo: str) -> object:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise psycopg.OperationalError("the server is starting up")
        return await real(conninfo)

    monkeypatch.setattr(forgetting, "connect", fails_twice)
    async with Forgetting(logins.app, again=0.01):
        await until(logins, causes, {0, 29})


async def test_a_register_that_runs_forgets(logins: Logins, tmp_path: Path) -> None:
    causes = asked(logins)
    async with house(logins, tmp_path, opened_by(History("mra").charter)):
        await until(logins, causes, {0, 29})
