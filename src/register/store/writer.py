"""The ordered writer: commands that come together share a transaction; while one batch is stored, the next gathers."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Self

import structlog

from register.store.appending import Appended, Overloaded, StoreUnavailable
from register.store.cache import StateCache
from register.store.deciding import Fold, Job
from register.store.recorder import Recorder
from register.store.settling import Settler, give_up
from register.store.ticket import Ticket

log = structlog.get_logger(__name__)

LOOK = 0.05
"""Seconds between two looks at the deadlines."""


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


class OrderedWriter:
    """One a process; `submit` from any number of tasks of its event loop.

    `queue` bounds how many commands wait, `batch` how many share a transaction, `attempts` how often a batch is
    decided because another process was faster, and `grace` for how many seconds after its deadline a command that
    was already sent may still be answered.
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
        self._settler = Settler(recorder, fold, StateCache() if cache is None else cache, clock, attempts)
        self._room = queue
        self._most = batch
        self._grace = grace
        self._queue: deque[Ticket] = deque()
        self._taken: list[Ticket] = []
        self._arrived = asyncio.Event()
        self._watching: asyncio.TimerHandle | None = None
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
        ticket = Ticket(job, loop.create_future(), loop.time() + deadline)
        self._queue.append(ticket)
        self._arrived.set()
        if self._watching is None:
            self._watching = loop.call_later(LOOK, self._look, loop)
        return await ticket.future

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hold everything on its way against its deadline: one look for all is cheaper than a timer for each."""
        now = loop.time()
        waiting = [*self._taken, *self._queue]
        for ticket in waiting:
            ticket.expire(now, self._grace)
        self._watching = loop.call_later(LOOK, self._look, loop) if waiting else None

    async def _run(self) -> None:
        try:
            while self._queue or not self._closing:
                await self._turn()
        finally:
            # Cancelled with its event loop: nobody is left without an answer.
            self._closing = True
            give_up([*self._taken, *self._queue], "the writer was stopped")
            if self._watching is not None:
                self._watching.cancel()

    async def _turn(self) -> None:
        """Wait for commands, and settle all that are there."""
        self._arrived.clear()
        if not self._queue:
            await self._arrived.wait()
        self._taken = [self._queue.popleft() for _ in range(min(self._most, len(self._queue)))]
        try:
            await self._settler.settle(self._taken)
        except Exception:
            log.exception("batch_failed", commands=len(self._taken))
            give_up(self._taken, "the writer failed")
        self._taken = []
