"""Random batches against a model in memory: the same accepted, the same refused, the same log in the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.store.appending import AlreadyStored, Append, ClockAhead, Opening, VersionConflict
from register.store.line import connect
from register.store.openings import openings_of
from register.store.reading import Reader
from register.store.recorder import Recorder
from register.store.roles import Logins
from tests.store.counting import command

STREAMS = 4


class Plan(NamedTuple):
    """One command as drawn: how much on which stream, how wrong its guard is, how far its clock, whether it is old."""

    stream: int
    entries: int
    behind: int
    seconds: int
    again: bool
    beside: int | None


plans = st.builds(
    Plan,
    stream=st.integers(0, STREAMS - 1),
    entries=st.integers(0, 3),
    behind=st.sampled_from([0, 0, 0, 0, 0, 0, 1]),
    seconds=st.sampled_from([0, 0, 0, -3600, -1, 3, 3600]),
    again=st.sampled_from([False] * 9 + [True]),
    beside=st.none() | st.integers(0, STREAMS - 1),
)
batches = st.lists(st.lists(plans, min_size=1, max_size=4), min_size=1, max_size=6)


class Model:
    """What the log should be."""

    def __init__(self, size: int, known: datetime | None) -> None:
        self.streams = [uuid4() for _ in range(STREAMS)]
        self.versions = dict.fromkeys(self.streams, 0)
        self.causes: list[UUID] = []
        self.entries: list[tuple[int, UUID, int, datetime, bytes]] = []
        self.openings: list[Opening] = []
        self.size, self.known = size, known

    def batch(self, drawn: list[Plan], now: datetime) -> list[Append]:
        """The commands, each building on the one before it."""
        ahead = dict(self.versions)
        made: list[Append] = []
        for plan in drawn:
            stream = self.streams[plan.stream]
            guards = {stream: ahead[stream] - plan.behind if plan.entries == 0 else ahead[stream]}
            if plan.beside is not None:
                other = self.streams[plan.beside]
                guards.setdefault(other, ahead[other] + plan.behind)
            cause = self.causes[-1] if plan.again and self.causes else uuid4()
            moment = now + timedelta(seconds=plan.seconds)
            made.append(command(stream, ahead[stream], plan.entries, cause=cause, time=moment, guards=guards))
            ahead[stream] += plan.entries
        return made

    def expected(self, batch: list[Append], now: datetime) -> type[Exception] | None:
        """Why the batch is refused, in the order in which the log looks."""
        checked = dict(self.versions)
        for append in batch:
            if any(checked[stream] != version for stream, version in append.guards.items()):
                return VersionConflict
            for entry in append.entries:
                checked[entry.stream] = entry.seq
        if any(append.time > now + timedelta(minutes=1) for append in batch):
            return ClockAhead
        if any(append.cause in self.causes for append in batch):
            return AlreadyStored
        return None

    def store(self, batch: list[Append]) -> list[tuple[int, int, datetime]]:
        """The answers of an accepted batch."""
        answers: list[tuple[int, int, datetime]] = []
        for append in batch:
            latest = append.time if self.known is None else max(self.known, append.time)
            answers.append((self.size, len(append.entries), latest if append.entries else append.time))
            for entry in append.entries:
                self.known = latest
                self.entries.append((self.size, entry.stream, entry.seq, latest, entry.bytes))
                self.versions[entry.stream] = entry.seq
                self.size += 1
            self.known = latest if append.entries else self.known
            self.causes.append(append.cause)
            self.openings += append.openings
        return answers


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=batches)
def test_the_log_is_as_the_model(logins: Logins, runner: asyncio.Runner, drawn: list[list[Plan]]) -> None:
    runner.run(compare(logins, drawn))


async def compare(logins: Logins, drawn: list[list[Plan]]) -> None:
    """Give both the same batches."""
    async with await connect(logins.app) as connection:
        reader = Reader(connection)
        head = await reader.head()
        model = Model(head.size, head.known)
        recorder = Recorder(logins.app)
        for plan in drawn:
            now = datetime.now(UTC)
            batch = model.batch(plan, now)
            if len({append.cause for append in batch}) < len(batch) or not consistent(batch):
                continue  # the writer never makes such a batch, and the recorder says so before it sends it
            refusal = model.expected(batch, now)
            if refusal is not None:
                with pytest.raises(refusal):
                    await recorder.append(batch)
                continue
            answers = await recorder.append(batch)
            assert [(a.first, a.count, a.known) for a in answers] == model.store(batch)
        await recorder.close()
        rows = await reader.range(head.size - 1, 10_000)
        assert [(row.position, row.stream, row.seq, row.known, row.entry) for row in rows] == model.entries
        found = await openings_of(connection, model.streams)
        assert sorted(found, key=repr) == sorted(model.openings, key=repr)
        for position, _, _, known, _ in model.entries:
            last = max(p for p, _, _, k, _ in model.entries if k <= known)
            assert await reader.position_at(known) == last, position


def consistent(batch: list[Append]) -> bool:
    """No two commands of a batch contradict each other about the same stream."""
    now: dict[UUID, int] = {}
    for append in batch:
        if any(now.setdefault(stream, version) != version for stream, version in append.guards.items()):
            return False
        for entry in append.entries:
            if entry.seq != now.get(entry.stream, -1) + 1:
                return False
            now[entry.stream] = entry.seq
    return True
