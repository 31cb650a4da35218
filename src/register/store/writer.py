"""The ordered writer: commands that come together are decided one after the other and stored by one statement.

Life of a command, and what becomes of it when the process dies there:
queued and decided   nothing is stored; the caller got no answer and asks again.
sent                 stored as a whole or not at all; asked again with the same key, it gets the one answer.
answered             on disk.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

import structlog

from register.store.appending import (
    AlreadyStored,
    Append,
    Appended,
    ClockAhead,
    DeadlinePassed,
    NotStored,
    Overloaded,
    SameKeyOtherContent,
    StoreUnavailable,
    VersionConflict,
)
from register.store.cache import Seen, StateCache
from register.store.deciding import FaultyDecision, Fold, Job, NeedsStreams, as_append
from register.store.recorder import Recorder, SinceRow

log = structlog.get_logger(__name__)

MOST_QUESTIONS = 16
"""How often one decision may ask for further streams."""


class Ticket:
    """A command on its way; its outcome is kept even when nobody waits for it any more."""

    __slots__ = ("future", "job", "outcome", "sent", "timer")

    def __init__(self, job: Job, future: asyncio.Future[Appended]) -> None:
        self.job = job
        self.future = future
        self.sent = False
        self.outcome: Appended | Exception | None = None
        self.timer: asyncio.TimerHandle | None = None

    def tell(self, outcome: Appended | Exception) -> None:
        """Give the caller the outcome, if one is still waiting."""
        self.outcome = outcome
        if self.timer is not None:
            self.timer.cancel()
        if not self.future.done():
            if isinstance(outcome, Appended):
                self.future.set_result(outcome)
            else:
                self.future.set_exception(outcome)


class Refused:
    """A command that its rules refused, on what the writer knew then."""

    __slots__ = ("reads", "reason", "ticket")

    def __init__(self, ticket: Ticket, reason: Exception, reads: Iterable[UUID]) -> None:
        self.ticket = ticket
        self.reason = reason
        self.reads = tuple(reads)


class Round:
    """One attempt at a batch. `view` holds the streams as they are after the commands decided so far."""

    def __init__(self) -> None:
        self.view: dict[UUID, Seen | Exception] = {}
        self.kept: list[tuple[Ticket, Append]] = []
        self.refused: list[Refused] = []
        self.written: set[UUID] = set()


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


class OrderedWriter:
    """One a process; `submit` from any number of tasks of its event loop.

    `queue` bounds how many commands wait, `batch` how many share a transaction, `attempts` how often a batch is
    decided again because another process was faster, and `grace` for how many seconds after its deadline a command
    that was already sent may still be answered.
    """

    def __init__(  # noqa: PLR0913 - each bound has a default that suits one process
        self,
        recorder: Recorder,
        fold: Fold,
        *,
        cache: StateCache | None = None,
        clock: Callable[[], datetime] = utc_now,
        queue: int = 1024,
        batch: int = 256,
        attempts: int = 16,
        grace: float = 5.0,
    ) -> None:
        self._recorder = recorder
        self._fold = fold
        self._cache = StateCache() if cache is None else cache
        self._clock = clock
        self._room = queue
        self._most = batch
        self._attempts = attempts
        self._grace = grace
        self._queue: deque[Ticket] = deque()
        self._arrived = asyncio.Event()
        self._closing = False
        self._loop: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.create_task(self._run(), name="ordered writer")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Take nothing new, finish what was taken, give the connection back."""
        self._closing = True
        self._arrived.set()
        if self._loop is not None:
            await self._loop
        await self._recorder.close()

    async def submit(self, job: Job, deadline: float = 10.0) -> Appended:
        """Decide and store one command; `deadline` in seconds from now.

        Raises what its rules raise, or a NotStored, which tells whether that is certain.
        """
        if self._closing or self._loop is None:
            raise StoreUnavailable("the writer is closed", certain=True)
        if len(self._queue) >= self._room:
            raise Overloaded(f"{self._room} commands are waiting")
        loop = asyncio.get_running_loop()
        ticket = Ticket(job, loop.create_future())
        ticket.timer = loop.call_later(deadline, self._expire, ticket)
        self._queue.append(ticket)
        self._arrived.set()
        return await ticket.future

    def _expire(self, ticket: Ticket) -> None:
        if not ticket.sent:
            ticket.tell(DeadlinePassed(certain=True))
        elif not ticket.future.done():
            # Under way: a commit is never cancelled, its answer is waited for. Only then is it unknown.
            give_up = DeadlinePassed(certain=False)
            ticket.timer = asyncio.get_running_loop().call_later(self._grace, ticket.tell, give_up)

    async def _run(self) -> None:
        try:
            await self._serve()
        finally:
            # Cancelled with its event loop: nobody is left without an answer.
            self._closing = True
            for ticket in self._queue:
                ticket.tell(StoreUnavailable("the writer was stopped", certain=True))

    async def _serve(self) -> None:
        while self._queue or not self._closing:
            self._arrived.clear()
            if not self._queue:
                await self._arrived.wait()
                continue
            batch = [self._queue.popleft() for _ in range(min(self._most, len(self._queue)))]
            try:
                await self._settle_all(batch)
            except asyncio.CancelledError:
                self._give_up(batch, "the writer was stopped")
                raise
            except Exception:
                log.exception("batch_failed", commands=len(batch))
                self._give_up(batch, "the writer failed")

    def _give_up(self, batch: Sequence[Ticket], why: str) -> None:
        for ticket in batch:
            if ticket.outcome is None:
                ticket.tell(StoreUnavailable(why, certain=not ticket.sent))

    async def _settle_all(self, batch: Sequence[Ticket]) -> None:
        """Settle each command once; who sends the same key again gets what the first got."""
        while batch:
            first: dict[UUID, Ticket] = {}
            twins = [ticket for ticket in batch if first.setdefault(ticket.job.cause, ticket) is not ticket]
            await self._settle(list(first.values()))
            batch = []
            for twin in twins:
                original = first[twin.job.cause]
                same = original.job.request_hash == twin.job.request_hash
                if isinstance(original.outcome, Appended):
                    twin.tell(_again(original.outcome) if same else SameKeyOtherContent("the key was used before"))
                elif original.outcome is not None and same:
                    twin.tell(original.outcome)
                else:
                    batch.append(twin)

    async def _settle(self, batch: Sequence[Ticket]) -> None:
        """Decide and store, again and again while others are faster, until every command has its outcome."""
        waiting = list(batch)
        conflict = VersionConflict(())
        for _ in range(self._attempts):
            waiting = [ticket for ticket in waiting if ticket.outcome is None and not ticket.future.done()]
            if not waiting:
                return
            try:
                await self._catch_up(conflict.streams)
                waiting = await self._attempt(waiting)
                conflict = VersionConflict(())
            except VersionConflict as lost:
                conflict = lost
            except StoreUnavailable as gone:
                for ticket in waiting:
                    if ticket.outcome is None:
                        ticket.tell(StoreUnavailable(gone.why, certain=not ticket.sent))
                return
        for ticket in waiting:
            ticket.tell(conflict)

    async def _attempt(self, waiting: Sequence[Ticket]) -> list[Ticket]:
        """Decide every command on the newest known state and store what was decided; returns who is to try again."""
        # Death anywhere in here before the statement is sent: nothing is stored.
        now = self._clock()
        round_ = Round()
        await self._see(round_, {stream for ticket in waiting for stream in ticket.job.reads})
        for ticket in waiting:
            await self._decide(round_, ticket, now)
        if round_.kept and (again := await self._store(round_)) is not None:
            return again
        return await self._confirm(round_) if round_.refused else []

    async def _decide(self, round_: Round, ticket: Ticket, now: datetime) -> None:
        """One decision, on states that include the commands before it in this batch."""
        job = ticket.job
        reads = tuple(dict.fromkeys(job.reads))
        for _ in range(MOST_QUESTIONS):
            try:
                states, versions = _states(round_.view, reads)
                decided = job.decide(states, versions, now)
                append = as_append(job, decided, versions, now)
            except NeedsStreams as more:
                reads = tuple(dict.fromkeys((*reads, *more.streams)))
                await self._see(round_, reads)
                continue
            except Exception as reason:  # noqa: BLE001 - whatever it is, it is the answer of this command alone
                round_.refused.append(Refused(ticket, reason, reads))
                return
            for entry in append.entries:
                before = round_.view[entry.stream]
                if isinstance(before, Seen):
                    round_.view[entry.stream] = Seen(
                        decided.states[entry.stream], entry.seq, before.weight + len(entry.bytes)
                    )
                    round_.written.add(entry.stream)
            round_.kept.append((ticket, append))
            return
        round_.refused.append(Refused(ticket, FaultyDecision("it asks for ever more streams"), reads))

    async def _store(self, round_: Round) -> list[Ticket] | None:  # noqa: C901 - the commit, read as one line
        """Store what was decided: None. When it was not: who is to try again, on states without these decisions.

        Raises VersionConflict and StoreUnavailable for the batch as a whole.
        """
        tickets = [ticket for ticket, _ in round_.kept]
        again = [refused.ticket for refused in round_.refused]
        if any(ticket.outcome is not None for ticket in tickets):
            # A deadline passed while streams were read. Its caller was told that nothing is stored: keep to that.
            return again + tickets
        _sent(tickets, sent=True)
        try:
            # Death in here: stored as a whole or not at all. Nobody was answered, everybody asks again, and the
            # commands table gives the one answer.
            answers = await self._recorder.append([append for _, append in round_.kept])
        except AlreadyStored:
            return again + await self._recall(tickets)
        except ClockAhead as ahead:
            for ticket in tickets:
                ticket.tell(ahead)
            return again
        except NotStored as nothing:
            _sent(tickets, sent=not nothing.certain)
            raise
        except Exception as fault:
            _sent(tickets, sent=False)
            if len(tickets) == 1:
                tickets[0].tell(fault)
                return again
            log.exception("batch_taken_apart", commands=len(tickets))
            for ticket in tickets:  # one of them is at fault; alone, the others pass
                await self._settle([ticket])
            return again
        # Death from here on: stored. Who was not answered yet asks again and is told the same.
        for stream in round_.written:
            seen = round_.view[stream]
            if isinstance(seen, Seen):
                self._cache.put(stream, seen)
        for ticket, answer in zip(tickets, answers, strict=True):
            ticket.tell(answer)
        return None

    async def _confirm(self, round_: Round) -> list[Ticket]:
        """Tell the refusals that hold; returns the others.

        A refusal holds when its command was not stored before, and no other process has written to what it read.
        """
        newest = await self._recorder.versions(list({s for refused in round_.refused for s in refused.reads}))
        stale = {
            stream
            for stream, version in newest.items()
            if isinstance(seen := round_.view.get(stream), Seen) and seen.version != version
        }
        left = await self._recall([refused.ticket for refused in round_.refused])
        again: list[Ticket] = []
        for refused in round_.refused:
            if refused.ticket in left:
                if stale.isdisjoint(refused.reads):
                    refused.ticket.tell(refused.reason)
                else:
                    again.append(refused.ticket)
        await self._catch_up(stale)
        return again

    async def _recall(self, tickets: Sequence[Ticket]) -> list[Ticket]:
        """Answer the commands that were stored before, by their key; returns the others."""
        known = await self._recorder.answers([ticket.job.cause for ticket in tickets])
        for ticket in tickets:
            answer = known.get(ticket.job.cause)
            if answer is not None:
                other = answer.request_hash is not None and answer.request_hash != ticket.job.request_hash
                ticket.tell(SameKeyOtherContent("the key was used before") if other else answer.appended)
        return [ticket for ticket in tickets if ticket.job.cause not in known]

    async def _see(self, round_: Round, streams: Iterable[UUID]) -> None:
        """Bring streams into view, from memory or from the log."""
        missing: list[UUID] = []
        for stream in streams:
            if stream not in round_.view:
                seen = self._cache.get(stream)
                if seen is None:
                    missing.append(stream)
                else:
                    round_.view[stream] = seen
        if missing:
            rows = await self._recorder.since(dict.fromkeys(missing, 0))
            for stream in missing:
                round_.view[stream] = self._folded(stream, None, rows.get(stream, []))

    async def _catch_up(self, streams: Iterable[UUID]) -> None:
        """Read what others wrote to these streams."""
        held = {stream: seen for stream in streams if (seen := self._cache.get(stream)) is not None}
        rows = await self._recorder.since({stream: seen.version for stream, seen in held.items()}) if held else {}
        for stream, seen in held.items():
            if stream in rows:
                self._folded(stream, seen, rows[stream])
            else:
                self._cache.drop(stream)  # not behind, and yet not right: read from the start

    def _folded(self, stream: UUID, seen: Seen | None, rows: Sequence[SinceRow]) -> Seen | Exception:
        """The stream after these entries, remembered; an entry that cannot be folded is the answer of its readers."""
        seen = seen or Seen(self._fold.start(), 0, 0)
        if not rows:
            return seen
        try:
            state = self._fold.apply(seen.state, [(row.position, row.entry) for row in rows])
        except Exception as fault:
            log.exception("stream_not_folded", stream=str(stream))
            self._cache.drop(stream)
            return fault
        folded = Seen(state, rows[-1].seq, seen.weight + sum(len(row.entry) for row in rows))
        self._cache.put(stream, folded)
        return folded


def _states(view: dict[UUID, Seen | Exception], reads: Sequence[UUID]) -> tuple[dict[UUID, object], dict[UUID, int]]:
    states: dict[UUID, object] = {}
    versions: dict[UUID, int] = {}
    for stream in reads:
        seen = view[stream]
        if isinstance(seen, Exception):
            raise seen
        states[stream] = seen.state
        versions[stream] = seen.version
    return states, versions


def _sent(tickets: Iterable[Ticket], *, sent: bool) -> None:
    for ticket in tickets:
        ticket.sent = sent


def _again(answer: Appended) -> Appended:
    return Appended(answer.cause, answer.first, answer.count, answer.known, repeated=True)
