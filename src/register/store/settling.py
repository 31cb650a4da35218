"""Settles a batch of commands: decides them one after the other, stores them by one statement, tells each its outcome.

Life of a command, and what becomes of it when the process dies there:
decided   nothing is stored; the caller got no answer and asks again.
sent      stored as a whole or not at all; asked again with the same key, it gets the one answer.
answered  on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from register.store.appending import (
    AlreadyStored,
    Appended,
    ClockAhead,
    NotStored,
    SameKeyOtherContent,
    StoreUnavailable,
    VersionConflict,
)
from register.store.cache import Seen, StateCache
from register.store.deciding import FaultyDecision, Fold, NeedsStreams, as_append
from register.store.recorder import Recorder, SinceRow
from register.store.round import Refused, Round
from register.store.ticket import Ticket

log = structlog.get_logger(__name__)

MOST_QUESTIONS = 16
"""How often one decision may ask for further streams."""


class Settler:
    """Owned by one writer, which lets it store one round at a time."""

    def __init__(
        self,
        recorder: Recorder,
        fold: Fold,
        cache: StateCache,
        clock: Callable[[], datetime],
        attempts: int,
    ) -> None:
        self._recorder = recorder
        self._fold = fold
        self._cache = cache
        self._clock = clock
        self._attempts = attempts

    async def settle(self, batch: Sequence[Ticket]) -> None:
        """Give every command its outcome; who sends the same key at the same time gets what the first got."""
        first: dict[UUID, Ticket] = {}
        twins = [ticket for ticket in batch if first.setdefault(ticket.job.cause, ticket) is not ticket]
        await self._settle(list(first.values()))
        for twin in twins:
            await self._tell_twin(twin, first[twin.job.cause])

    async def _settle(self, waiting: list[Ticket]) -> None:
        """Decide and store, again while others are faster, until every command has its outcome."""
        conflict = VersionConflict(())
        for _ in range(self._attempts):
            try:
                if conflict.streams:
                    await self._catch_up(conflict.streams)
                    conflict = VersionConflict(())
                waiting = await self._attempt([ticket for ticket in waiting if ticket.open])
            except VersionConflict as lost:
                conflict = lost
            except StoreUnavailable as gone:
                give_up(waiting, gone.why)
                return
            if not waiting:
                return
        for ticket in waiting:
            if ticket.outcome is None:
                ticket.tell(conflict)

    async def _tell_twin(self, twin: Ticket, original: Ticket) -> None:
        outcome = original.outcome
        same = original.job.request_hash == twin.job.request_hash
        if isinstance(outcome, Appended):
            again = Appended(outcome.cause, outcome.first, outcome.count, outcome.known, repeated=True)
            twin.tell(again if same else SameKeyOtherContent("the key was used before"))
        elif outcome is not None and same:
            twin.tell(outcome)
        else:
            await self._settle([twin])

    async def _attempt(self, waiting: Sequence[Ticket]) -> list[Ticket]:
        """Decide every command on the newest known state and store what was decided; returns who is to try again."""
        # Death anywhere in here before the statement is sent: nothing is stored.
        round_ = Round()
        await self._see(round_, {stream for ticket in waiting for stream in ticket.job.reads})
        now = self._clock()
        for ticket in waiting:
            await self._decide(round_, ticket, now)
        if round_.kept and (again := await self._store(round_)) is not None:
            return again
        return await self._confirm(round_) if round_.refused else []

    async def _decide(self, round_: Round, ticket: Ticket, now: datetime) -> None:
        """One decision, on states that include the commands before it in this batch."""
        job = ticket.job
        reads = job.reads
        for _ in range(MOST_QUESTIONS):
            try:
                states, versions = round_.states(reads)
                decided = job.decide(states, versions, now)
                append, grown = as_append(job, decided, versions, now)
            except NeedsStreams as more:
                reads = tuple(dict.fromkeys((*reads, *more.streams)))
                await self._see(round_, reads)
                continue
            except Exception as reason:  # noqa: BLE001 - whatever it is, it is the answer of this command alone
                round_.refused.append(Refused(ticket, reason, reads))
                return
            for stream, growth in grown.items():
                before = round_.view[stream]
                weight = growth.weight + (before.weight if isinstance(before, Seen) else 0)
                round_.view[stream] = Seen(decided.states[stream], growth.seq, weight)
                round_.written.add(stream)
            round_.kept.append((ticket, append))
            return
        round_.refused.append(Refused(ticket, FaultyDecision("it asks for ever more streams"), reads))

    async def _store(self, round_: Round) -> list[Ticket] | None:  # noqa: C901 - the commit, read in one go
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
            answers = await self._recorder.append([append for _, append in round_.kept], round_.guards)
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
                    round_.see(stream, seen)
        if missing:
            rows = await self._recorder.since(dict.fromkeys(missing, 0))
            for stream in missing:
                round_.see(stream, self._folded(stream, None, rows.get(stream, [])))

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


def _sent(tickets: Iterable[Ticket], *, sent: bool) -> None:
    for ticket in tickets:
        ticket.sent = sent


def give_up(tickets: Iterable[Ticket], why: str) -> None:
    """Tell every command without an outcome that there will be none, and whether it may be stored all the same."""
    for ticket in tickets:
        if ticket.outcome is None:
            ticket.tell(StoreUnavailable(why, certain=not ticket.sent))
