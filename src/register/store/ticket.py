"""A command on its way through the writer: who waits for it, until when, and what came of it."""

from __future__ import annotations

import asyncio

from register.store.appending import Appended, DeadlinePassed
from register.store.deciding import Job


class Ticket:
    """Owned by the writer; its outcome is kept even when nobody waits for it any more.

    `sent`: a statement with it may have reached the database, so that only an answer makes its outcome certain.
    """

    __slots__ = ("deadline", "future", "job", "outcome", "sent")

    def __init__(self, job: Job, future: asyncio.Future[Appended], deadline: float) -> None:
        self.job = job
        self.future = future
        self.deadline = deadline
        self.sent = False
        self.outcome: Appended | Exception | None = None

    @property
    def open(self) -> bool:
        """It has no outcome, and somebody waits for one."""
        return self.outcome is None and not self.future.done()

    def tell(self, outcome: Appended | Exception) -> None:
        """Give the caller the outcome, if one is still waiting."""
        self.outcome = outcome
        if not self.future.done():
            if isinstance(outcome, Appended):
                self.future.set_result(outcome)
            else:
                self.future.set_exception(outcome)

    def expire(self, now: float, grace: float) -> None:
        """Hold it against its deadline.

        One that was sent is waited for: a commit is never cancelled. Only when the grace is over too, its outcome
        is told as unknown, though it may still come to be.
        """
        if now < self.deadline or not self.open:
            return
        if not self.sent:
            self.tell(DeadlinePassed(certain=True))
        elif now >= self.deadline + grace:
            self.future.set_exception(DeadlinePassed(certain=False))
