"""Each write fails twice over: lost on the way, and stored with its answer lost on the way back."""

from __future__ import annotations

import asyncio
from itertools import product
from uuid import uuid4

import psycopg
import pytest

from register.store.appending import StoreUnavailable
from register.store.recorder import Recorder
from register.store.roles import Logins
from register.store.writer import OrderedWriter
from tests.faults.breaking import LATE, LOST, UNHEARD, breakable
from tests.faults.checking import check
from tests.store.counting import Add, Count

FATES = [fates for n in (1, 2, 3) for fates in product((LOST, UNHEARD), repeat=n)]


@pytest.mark.parametrize("fates", FATES, ids="-".join)
async def test_the_caller_gets_the_one_true_answer(logins: Logins, fates: tuple[str, ...]) -> None:
    """The fates meet the append, then the question about it on the next line, and so on."""
    async with (
        breakable(logins.app) as line,
        OrderedWriter(Recorder(line.conninfo), Count()) as writer,
    ):
        stream = uuid4()
        before = Add(stream)
        acknowledged = {before.cause: (await writer.submit(before)).first}
        line.faults[:] = fates[:1]
        jobs = [Add(stream), Add(uuid4(), count=2), Add(stream)]
        asked = [asyncio.create_task(writer.submit(job)) for job in jobs]
        await line.failed.wait()
        line.faults[:] = fates[1:]
        answers = await asyncio.gather(*asked)
        acknowledged |= {answer.cause: answer.first for answer in answers}
    assert line.met == list(fates)
    assert sorted(acknowledged.values()) == [0, 1, 2, 4]
    stored = check(logins.owner, {job.cause: job.count for job in (before, *jobs)}, acknowledged)
    assert stored.total() == 5


async def test_a_statement_that_arrives_after_it_was_given_up_stores_nothing_twice(logins: Logins) -> None:
    async with (
        breakable(logins.app) as line,
        OrderedWriter(Recorder(line.conninfo, silence=0.3), Count()) as writer,
    ):
        stream = uuid4()
        await writer.submit(Add(stream))
        line.faults[:] = [LATE]
        job = Add(stream, count=2)
        answer = await writer.submit(job)
        assert line.met == [LATE]
        line.release.set()  # now the first one arrives too
        await asyncio.sleep(0.2)
        assert (await writer.submit(Add(stream))).first == 3
        stored = check(logins.owner, {job.cause: 2}, {job.cause: answer.first})
        assert stored.total() == 4


async def test_a_connection_that_is_terminated_while_it_waits(logins: Logins) -> None:
    async with OrderedWriter(Recorder(logins.app), Count()) as writer:
        stream = uuid4()
        await writer.submit(Add(stream))
        with psycopg.connect(logins.owner) as holder:
            holder.execute("SELECT 1 FROM log.head FOR UPDATE")
            jobs = [Add(stream) for _ in range(3)]
            asked = [asyncio.create_task(writer.submit(job)) for job in jobs]
            await asyncio.sleep(0.1)
            with psycopg.connect(logins.owner, autocommit=True) as killer:
                killed = killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                ).fetchall()
            assert killed == [(True,)]
        answers = await asyncio.gather(*asked)
        stored = check(logins.owner, {job.cause: 1 for job in jobs}, {answer.cause: answer.first for answer in answers})
        assert stored.total() == 4


async def test_a_full_disk_is_said_and_nothing_is_stored(logins: Logins) -> None:
    """The server says no with an error of its own; that is certain, unlike silence."""
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION log.full() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.execute("CREATE TRIGGER full_disk BEFORE INSERT ON log.events EXECUTE FUNCTION log.full()")
        async with OrderedWriter(Recorder(logins.app, patience=0.2), Count()) as writer:
            job = Add(uuid4())
            with pytest.raises(StoreUnavailable) as full:
                await writer.submit(job)
            assert full.value.certain
            connection.execute("DROP TRIGGER full_disk ON log.events")
            assert (await writer.submit(job)).first == 0


async def test_a_database_that_stays_away_is_told_within_the_patience(logins: Logins) -> None:
    async with (
        breakable(logins.app) as line,
        OrderedWriter(Recorder(line.conninfo, patience=0.3), Count()) as writer,
    ):
        stream = uuid4()
        await writer.submit(Add(stream))
        line.faults[:] = [UNHEARD] + [LOST] * 50
        job = Add(stream)
        with pytest.raises(StoreUnavailable) as away:
            await writer.submit(job)
        assert not away.value.certain
        line.faults.clear()
        assert (await writer.submit(job)).repeated, "it was stored, and the same key says so"
        line.faults[:] = [LOST] * 50
        with pytest.raises(StoreUnavailable):
            await writer.submit(Add(stream))
        line.faults.clear()
        assert (await writer.submit(Add(stream))).first == 2


async def test_one_poisoned_command_does_not_fail_its_batch(logins: Logins) -> None:
    """A command that the database itself rejects, after every check of ours let it pass."""
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        poisoned = uuid4()
        connection.execute(f"ALTER TABLE log.events ADD CONSTRAINT poison CHECK (stream <> '{poisoned}')".encode())
    async with OrderedWriter(Recorder(logins.app), Count()) as writer:
        stream = uuid4()
        jobs = [Add(stream), Add(poisoned), Add(stream, fill=1), Add(stream)]
        outcomes = await asyncio.gather(*[writer.submit(job) for job in jobs], return_exceptions=True)
        assert isinstance(outcomes[1], psycopg.errors.CheckViolation)
        assert [type(outcome).__name__ for outcome in outcomes] == ["Appended", "CheckViolation", "Full", "Appended"]
        check(logins.owner, {job.cause: 1 for job in jobs}, {})
