"""Who follows the log sees every entry once and in order, whatever happens to the connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import AsyncConnection

from register.store import subscription
from register.store.recorder import Recorder
from register.store.replay import replay
from register.store.roles import Logins
from register.store.subscription import follow
from tests.store.counting import command


@pytest.fixture
async def recorder(logins: Logins) -> AsyncIterator[Recorder]:
    made = Recorder(logins.app, patience=2.0)
    yield made
    await made.close()


async def until(logins: Logins, last: int, seen: list[int], poll: float = 1.0) -> None:
    """Follow from the end of `seen` until a position has been seen."""
    async with aclosing(follow(logins.projections, seen[-1] if seen else -1, page=7, poll=poll)) as batches:
        async for rows in batches:
            seen += [row.position for row in rows]
            if seen[-1] >= last:
                return


async def test_what_was_there_and_what_comes(logins: Logins, recorder: Recorder) -> None:
    await recorder.append([command(uuid4(), 0, 20)])
    seen: list[int] = []
    following = asyncio.create_task(until(logins, 29, seen))
    for _ in range(10):
        await recorder.append([command(uuid4(), 0)])
    await asyncio.wait_for(following, 10)
    assert seen == list(range(30))


async def test_an_entry_between_listening_and_reading_is_not_missed(
    logins: Logins, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = subscription._listening  # noqa: SLF001 - the moment between the two is the test

    @asynccontextmanager
    async def with_an_append(conninfo: str) -> AsyncIterator[AsyncConnection[Any]]:
        async with listening(conninfo) as connection:
            await recorder.append([command(uuid4(), 0)])
            yield connection

    monkeypatch.setattr(subscription, "_listening", with_an_append)
    seen: list[int] = []
    await asyncio.wait_for(until(logins, 0, seen, poll=60), 10)
    assert seen == [0]


async def test_a_lost_notification_costs_a_moment_only(logins: Logins) -> None:
    seen: list[int] = []
    following = asyncio.create_task(until(logins, 0, seen, poll=0.3))
    await asyncio.sleep(0.2)
    with psycopg.connect(logins.owner, autocommit=True) as connection:  # an entry of which nobody is told
        connection.execute(
            "INSERT INTO log.events SELECT 0, now(), now(), gen_random_uuid(), gen_random_uuid(), 1, 1, 'k', 't', '{}'"
        )
    await asyncio.wait_for(following, 5)
    assert seen == [0]


async def test_killed_connections_are_taken_up_again(logins: Logins, recorder: Recorder) -> None:
    seen: list[int] = []
    following = asyncio.create_task(until(logins, 39, seen, poll=0.2))
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        for _ in range(20):
            await recorder.append([command(uuid4(), 0), command(uuid4(), 0)])
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE %s AND pid <> pg_backend_pid()",
                ("%log.events%position >%",),
            )
            await asyncio.sleep(0.01)
    await asyncio.wait_for(following, 20)
    assert seen == list(range(40))


async def test_replay_reads_the_log_in_pages(logins: Logins, recorder: Recorder) -> None:
    stream = uuid4()
    await recorder.append([command(stream, 0, 25)])
    pages = list(replay(logins.projections, page=10))
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [row[0] for page in pages for row in page] == list(range(25))
    part = list(replay(logins.projections, after=3, until=8, columns=("seq", "stream"), page=4))
    assert [row for page in part for row in page] == [(seq, stream) for seq in range(5, 10)]
    assert list(replay(logins.projections, after=24)) == []
    stopped = replay(logins.projections, page=1)
    assert next(stopped)[0][0] == 0
    stopped.close()
    with pytest.raises(ValueError, match="no column"):
        list(replay(logins.projections, columns=("password",)))
