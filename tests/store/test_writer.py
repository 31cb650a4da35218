"""Commands that come together share a transaction, are decided in order, and each gets its own answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from register.store.appending import (
    Appended,
    ClockAhead,
    DeadlinePassed,
    Overloaded,
    SameKeyOtherContent,
    StoreUnavailable,
)
from register.store.cache import StateCache
from register.store.deciding import Decided, FaultyDecision, NeedsStreams
from register.store.recorder import Recorder
from register.store.roles import Logins
from register.store.writer import OrderedWriter
from tests.store.counting import Add, Count, Full


@pytest.fixture
async def writer(logins: Logins) -> AsyncIterator[OrderedWriter]:
    async with OrderedWriter(Recorder(logins.app), Count()) as made:
        yield made


async def test_35_members_record_on_one_decision_at_once(writer: OrderedWriter) -> None:
    stream = uuid4()
    jobs = [Add(stream) for _ in range(35)]
    answers = await asyncio.gather(*[writer.submit(job) for job in jobs])
    assert [answer.first for answer in answers] == list(range(35)), "in the order of asking, no gap"
    assert sum(job.decided for job in jobs) == 35


async def test_the_same_key_gets_the_same_answer(writer: OrderedWriter) -> None:
    job = Add(uuid4())
    first = await writer.submit(job)
    again = await writer.submit(job)
    assert not first.repeated
    assert again == Appended(first.cause, first.first, first.count, first.known, repeated=True)
    with pytest.raises(SameKeyOtherContent):
        await writer.submit(Add(job.stream, cause=job.cause, content=b"other"))


async def test_the_same_key_twice_at_once(writer: OrderedWriter) -> None:
    cause, stream = uuid4(), uuid4()
    first, same, other = await asyncio.gather(
        writer.submit(Add(stream, cause=cause)),
        writer.submit(Add(stream, cause=cause)),
        writer.submit(Add(stream, cause=cause, content=b"other")),
        return_exceptions=True,
    )
    assert isinstance(first, Appended)
    assert same == Appended(first.cause, first.first, first.count, first.known, repeated=True)
    assert isinstance(other, SameKeyOtherContent)


async def test_a_refusal_goes_to_its_caller_only(writer: OrderedWriter) -> None:
    stream = uuid4()
    asked = [writer.submit(Add(stream, fill=3)) for _ in range(5)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Appended] * 3 + [Full] * 2


async def test_a_stored_command_is_answered_although_it_would_be_refused_now(writer: OrderedWriter) -> None:
    job = Add(uuid4(), fill=1)
    first = await writer.submit(job)
    again = await writer.submit(job)
    assert again.first == first.first
    with pytest.raises(Full):
        await writer.submit(Add(job.stream, fill=1))


async def test_another_process_was_faster(logins: Logins, writer: OrderedWriter) -> None:
    stream = uuid4()
    async with OrderedWriter(Recorder(logins.app), Count()) as other:
        await writer.submit(Add(stream))
        await other.submit(Add(stream, count=2))
        job = Add(stream)
        assert (await writer.submit(job)).first == 3
        assert job.decided == 2


async def test_a_refusal_on_what_has_changed_since_is_decided_again(logins: Logins, writer: OrderedWriter) -> None:
    stream, governance = uuid4(), uuid4()
    async with OrderedWriter(Recorder(logins.app), Count()) as other:
        await writer.submit(Add(governance))
        await writer.submit(Add(stream, beside=(governance,)))
        await other.submit(Add(governance))
        job = Add(stream, beside=(governance,), fill=1)
        with pytest.raises(Full):
            await writer.submit(job)
        assert job.decided == 2, "once on what was known, once on what is"


async def test_a_rule_may_ask_for_more_streams(writer: OrderedWriter) -> None:
    stream, more = uuid4(), (uuid4(), uuid4())
    await writer.submit(Add(more[0], count=3))
    job = Add(stream, later=more)
    assert (await writer.submit(job)).first == 3
    assert job.decided == 2


async def test_a_full_queue_says_so_at_once(logins: Logins) -> None:
    async with OrderedWriter(Recorder(logins.app), Count(), queue=4) as writer:
        answers = await asyncio.gather(*[writer.submit(Add(uuid4())) for _ in range(6)], return_exceptions=True)
        assert [type(answer) for answer in answers] == [Appended] * 4 + [Overloaded] * 2


async def test_states_that_do_not_fit_are_read_again(logins: Logins) -> None:
    cache = StateCache(streams=2)
    async with OrderedWriter(Recorder(logins.app), Count(), cache=cache) as writer:
        streams = [uuid4() for _ in range(5)]
        for _ in range(3):
            await asyncio.gather(*[writer.submit(Add(stream)) for stream in streams])
        assert len(cache) == 2
        assert (await writer.submit(Add(streams[0], fill=4))).first == 15


async def test_a_deadline_before_the_command_is_begun(logins: Logins) -> None:
    async with OrderedWriter(Recorder(logins.app), Count()) as writer:
        stream = uuid4()
        with psycopg.connect(logins.owner) as holder:  # holds the head, so that nothing commits
            holder.execute("SELECT 1 FROM log.head FOR UPDATE")
            under_way = asyncio.create_task(writer.submit(Add(stream), deadline=0.2))
            await asyncio.sleep(0.1)
            with pytest.raises(DeadlinePassed) as late:
                await writer.submit(Add(stream), deadline=0.2)
            assert late.value.certain
            assert not under_way.done(), "sent: its commit is waited for, not cancelled"
        assert (await under_way).first == 0
        assert (await writer.submit(Add(stream))).first == 1, "the one that was late is not stored"


async def test_an_outcome_that_stays_unknown_is_told_as_unknown(logins: Logins) -> None:
    async with OrderedWriter(Recorder(logins.app), Count(), grace=0.2) as writer:
        job = Add(uuid4())
        with psycopg.connect(logins.owner) as holder:
            holder.execute("SELECT 1 FROM log.head FOR UPDATE")
            with pytest.raises(DeadlinePassed) as late:
                await writer.submit(job, deadline=0.1)
            assert not late.value.certain
        assert (await writer.submit(job)).repeated, "asked again with the same key"


async def test_closing_finishes_what_was_taken(logins: Logins) -> None:
    writer = OrderedWriter(Recorder(logins.app), Count())
    async with writer:
        asked = [asyncio.create_task(writer.submit(Add(uuid4()))) for _ in range(10)]
        await asyncio.sleep(0)
    assert sorted([(await task).first for task in asked]) == list(range(10))


async def test_a_fault_in_one_decision_is_its_own(writer: OrderedWriter) -> None:
    """Whatever a decision does wrong, the commands beside it are stored."""
    stream = uuid4()
    good = [Add(stream) for _ in range(2)]
    faulty = [Faulty(uuid4(), wrong) for wrong in ("seq", "cause", "time", "size", "state", "bug", "questions")]
    outcomes = await asyncio.gather(
        writer.submit(good[0]), *[writer.submit(job) for job in faulty], writer.submit(good[1]), return_exceptions=True
    )
    assert isinstance(outcomes[0], Appended)
    assert isinstance(outcomes[-1], Appended)
    assert [type(outcome) for outcome in outcomes[1:-1]] == [FaultyDecision] * 5 + [ZeroDivisionError, FaultyDecision]


class Faulty(Add):
    """Decides what must not be stored."""

    def __init__(self, stream: UUID, wrong: str) -> None:
        super().__init__(stream)
        self.wrong = wrong

    def decide(self, states: Mapping[UUID, object], versions: Mapping[UUID, int], now: datetime) -> Decided:
        decided = super().decide(states, versions, now)
        change = msgspec.structs.replace
        entry = decided.entries[0]
        match self.wrong:
            case "seq":
                return change(decided, entries=(change(entry, seq=7),))
            case "cause":
                return change(decided, entries=(change(entry, cause=uuid4()),))
            case "time":
                return change(decided, entries=(change(entry, time=now - timedelta(seconds=1)),))
            case "size":
                return change(decided, entries=(change(entry, bytes=b"x" * 65_536),))
            case "state":
                return change(decided, states={})
            case "bug":
                raise ZeroDivisionError
            case _:
                raise NeedsStreams([uuid4()])


async def test_a_stream_that_cannot_be_folded_is_the_answer_of_its_readers(logins: Logins) -> None:
    broken, sound = uuid4(), uuid4()
    async with OrderedWriter(Recorder(logins.app), Count()) as writer:
        await writer.submit(Add(broken))
    async with OrderedWriter(Recorder(logins.app), Choosy(broken)) as writer:
        outcomes = await asyncio.gather(
            writer.submit(Add(sound)), writer.submit(Add(sound, beside=(broken,))), return_exceptions=True
        )
    assert [type(outcome) for outcome in outcomes] == [Appended, UnicodeError]


class Choosy(Count):
    """A fold that cannot read one stream."""

    def __init__(self, broken: UUID) -> None:
        self.broken = str(broken).encode()

    def apply(self, state: object, rows: Sequence[tuple[int, bytes]]) -> object:
        if self.broken in rows[0][1]:
            raise UnicodeError("not an entry")
        return super().apply(state, rows)


async def test_a_caller_that_went_away_takes_nothing_with_it(writer: OrderedWriter) -> None:
    stream = uuid4()
    gone = asyncio.create_task(writer.submit(Add(stream)))
    stays = asyncio.create_task(writer.submit(Add(stream)))
    await asyncio.sleep(0)
    gone.cancel()
    answer = await stays
    assert answer.first in (0, 1)
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert (await writer.submit(Add(stream))).first == answer.first + 1


async def test_a_stopped_writer_leaves_nobody_waiting(logins: Logins) -> None:
    recorder = Recorder(logins.app)
    writer = OrderedWriter(recorder, Count())
    await writer.__aenter__()
    with psycopg.connect(logins.owner) as holder:
        holder.execute("SELECT 1 FROM log.head FOR UPDATE")
        under_way = asyncio.create_task(writer.submit(Add(uuid4())))
        await asyncio.sleep(0.1)
        queued = asyncio.create_task(writer.submit(Add(uuid4())))
        await asyncio.sleep(0)
        assert writer._loop is not None  # noqa: SLF001 - what a dying event loop does
        writer._loop.cancel()  # noqa: SLF001 - as above
        outcomes = await asyncio.gather(under_way, queued, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StoreUnavailable] * 2
    assert [outcome.certain for outcome in outcomes if isinstance(outcome, StoreUnavailable)] == [False, True]
    with pytest.raises(StoreUnavailable):
        await writer.submit(Add(uuid4()))
    await recorder.close()


async def test_a_clock_that_is_ahead_is_told_to_everyone_it_concerns(logins: Logins) -> None:
    def fast() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=60)

    async with OrderedWriter(Recorder(logins.app), Count(), clock=fast) as writer:
        with pytest.raises(ClockAhead) as ahead:
            await writer.submit(Add(uuid4()))
        assert ahead.value.certain
