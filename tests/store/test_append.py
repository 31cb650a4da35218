"""The log takes a batch wholly or not at all, in one order without gaps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from register.store.appending import AlreadyStored, ClockAhead, VersionConflict
from register.store.line import connect
from register.store.reading import Head, Reader
from register.store.recorder import Recorder
from register.store.roles import Logins
from tests.store.counting import command


@pytest.fixture
async def recorder(logins: Logins) -> AsyncIterator[Recorder]:
    made = Recorder(logins.app, patience=1.0)
    yield made
    await made.close()


@pytest.fixture
async def reader(logins: Logins) -> AsyncIterator[Reader]:
    async with await connect(logins.app) as connection:
        yield Reader(connection)


async def test_positions_are_given_in_order_from_nought(recorder: Recorder, reader: Reader) -> None:
    stream, other = uuid4(), uuid4()
    first, second, third = command(stream, 0, 2), command(other, 0), command(stream, 2)
    answers = await recorder.append([first, second])
    answers += await recorder.append([third])
    assert [(answer.first, answer.count) for answer in answers] == [(0, 2), (2, 1), (3, 1)]
    rows = await reader.range(-1, 10)
    assert [row.position for row in rows] == [0, 1, 2, 3]
    assert [row.entry for row in rows] == [e.bytes for c in (first, second, third) for e in c.entries]
    assert [row.cause for row in rows] == [first.cause, first.cause, second.cause, third.cause]
    assert await reader.head() == Head(4, third.time)


async def test_a_stale_guard_on_a_stream_that_is_only_read_stores_nothing(recorder: Recorder, reader: Reader) -> None:
    stream, governance = uuid4(), uuid4()
    await recorder.append([command(governance, 0)])
    with pytest.raises(VersionConflict) as conflict:
        await recorder.append([command(stream, 0, guards={stream: 0, governance: 0})])
    assert conflict.value.streams == {governance}
    assert (await reader.head()).size == 1
    answers = await recorder.append([command(stream, 0, guards={stream: 0, governance: 1})])
    assert answers[0].first == 1, "the conflict burnt no position"


async def test_a_command_is_stored_once(recorder: Recorder, reader: Reader) -> None:
    stream = uuid4()
    once = command(stream, 0)
    await recorder.append([once])
    again = command(stream, 1, cause=once.cause)
    with pytest.raises(AlreadyStored):
        await recorder.append([command(uuid4(), 0), again])
    assert (await reader.head()).size == 1, "nothing of the batch is stored"
    answers = await recorder.answers([once.cause, uuid4()])
    assert list(answers) == [once.cause]
    assert answers[once.cause].appended.repeated


async def test_a_time_far_ahead_of_the_database_is_refused(recorder: Recorder, reader: Reader) -> None:
    ahead = command(uuid4(), 0, time=datetime.now(UTC) + timedelta(seconds=6))
    with pytest.raises(ClockAhead):
        await recorder.append([command(uuid4(), 0), ahead])
    assert (await reader.head()).size == 0
    await recorder.append([command(uuid4(), 0, time=datetime.now(UTC) + timedelta(seconds=3))])


async def test_known_time_never_runs_back(recorder: Recorder, reader: Reader) -> None:
    now = datetime.now(UTC)
    times = [now, now - timedelta(hours=1), now + timedelta(seconds=1), now - timedelta(days=9)]
    answers = await recorder.append([command(uuid4(), 0, time=time) for time in times])
    answers += await recorder.append([command(uuid4(), 0, time=now - timedelta(days=1))])
    latest = now + timedelta(seconds=1)
    known = [now, now, latest, latest, latest]
    assert [answer.known for answer in answers] == known
    assert [row.known for row in await reader.range(-1, 10)] == known
    assert await reader.position_at(now) == 1
    assert await reader.position_at(latest) == 4
    assert await reader.position_at(now - timedelta(days=30)) is None


async def test_a_command_without_entries_is_remembered(recorder: Recorder, reader: Reader) -> None:
    stream = uuid4()
    nothing = command(stream, 0, 0, guards={stream: 0})
    answers = await recorder.append([nothing])
    assert (answers[0].first, answers[0].count) == (0, 0)
    assert (await reader.head()).size == 0
    assert (await recorder.answers([nothing.cause]))[nothing.cause].appended.known == nothing.time


async def test_a_batch_that_contradicts_itself_never_reaches_the_database(recorder: Recorder) -> None:
    stream = uuid4()
    with pytest.raises(ValueError, match="does not follow"):
        await recorder.append([command(stream, 4, guards={stream: 2})])
    with pytest.raises(ValueError, match="which this batch"):
        await recorder.append([command(stream, 0), command(stream, 0)])


async def test_the_log_refuses_to_be_changed_even_by_its_owner(recorder: Recorder, logins: Logins) -> None:
    await recorder.append([command(uuid4(), 0)])
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        for statement in (
            "UPDATE log.events SET entry = ''",
            "DELETE FROM log.events",
            "TRUNCATE log.events",
            "DELETE FROM log.head",
            "UPDATE log.head SET next = 0",
            "UPDATE log.head SET known = known - interval '1 second'",
        ):
            with pytest.raises(psycopg.errors.RestrictViolation):
                connection.execute(statement.encode())


async def test_a_guard_sees_what_was_committed_while_the_append_waited(recorder: Recorder, logins: Logins) -> None:
    """The reason why the append is a function: one large statement would look at the past here."""
    stream, governance = uuid4(), uuid4()
    await recorder.append([command(stream, 0)])
    with psycopg.connect(logins.owner) as other:
        other.execute("SELECT 1 FROM log.head FOR UPDATE")
        waiting = asyncio.create_task(recorder.append([command(stream, 1, guards={stream: 1, governance: 0})]))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        other.execute(
            "INSERT INTO log.events SELECT 1, now(), now(), %s, gen_random_uuid(), 1, 1, 'governance', 't', '{}'",
            (governance,),
        )
        other.execute("UPDATE log.head SET next = 2, known = now()")
        other.commit()
        with pytest.raises(VersionConflict) as conflict:
            await waiting
    assert conflict.value.streams == {governance}


async def test_vacuum_and_new_indexes_do_not_stop_appends(recorder: Recorder, logins: Logins) -> None:
    with psycopg.connect(logins.owner) as vacuum:
        vacuum.execute("LOCK TABLE log.events, log.head, log.commands IN SHARE UPDATE EXCLUSIVE MODE")
        answers = await asyncio.wait_for(recorder.append([command(uuid4(), 0)]), 5)
    assert answers[0].first == 0


async def test_a_large_batch_goes_through(recorder: Recorder, reader: Reader) -> None:
    """More than the buffers of a socket hold, so that it is sent in pieces."""
    stream = uuid4()
    heavy = command(stream, 0, 300)
    entries = tuple(msgspec.structs.replace(entry, bytes=entry.bytes + b" " * 60_000) for entry in heavy.entries)
    await recorder.append([msgspec.structs.replace(heavy, entries=entries)])
    assert (await reader.head()).size == 300
    found = await recorder.since({stream: 298})
    assert [row.entry for row in found[stream]] == [entry.bytes for entry in entries[298:]]


async def test_a_connection_lost_while_idle_is_replaced(recorder: Recorder, logins: Logins) -> None:
    stream = uuid4()
    await recorder.append([command(stream, 0)])
    with psycopg.connect(logins.owner, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s",
            (conninfo_to_dict(logins.app)["user"],),
        )
    await recorder.append([command(stream, 1)])
    assert await recorder.versions([stream]) == {stream: 2}
