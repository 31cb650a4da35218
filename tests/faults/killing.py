"""A writer that is killed with SIGKILL at the n-th point where its write path waits; run as a program.

It imports once and forks for each point, so that hundreds of deaths take seconds. For each point there are two deaths:
`before` the wait (what was sent may arrive without its sender) and `after` it (the answer has come, nobody has read it).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine, Generator
from typing import Any
from uuid import UUID, uuid4

import structlog

from register.store.recorder import Recorder
from register.store.writer import OrderedWriter
from tests.faults.checking import check, settled
from tests.store.counting import Add, Count, Full, command

MOST = 400


class Until:
    """Runs a coroutine and kills the process at the n-th wait."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], n: int, when: str) -> None:
        self.coroutine = coroutine
        self.n = n
        self.when = when

    def __await__(self) -> Generator[Any, Any, None]:
        steps = self.coroutine.__await__()
        thrown: BaseException | None = None
        waits = 0
        while True:
            try:
                awaited = next(steps) if thrown is None else steps.throw(thrown)
            except StopIteration:
                return
            thrown = None
            waits += 1
            if waits == self.n and self.when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                yield awaited
            except BaseException as error:  # noqa: BLE001 - handed on as it is
                thrown = error
            if waits == self.n and self.when == "after":
                os.kill(os.getpid(), signal.SIGKILL)


class Story:
    """Commands that take every way through the writer: batches, a conflict, a refusal, a repetition, more streams."""

    def __init__(self) -> None:
        self.stream, self.other, self.late = uuid4(), uuid4(), uuid4()
        self.first = [Add(self.stream), Add(self.stream, count=3), Add(self.other, beside=(self.stream,))]
        self.rival = Add(self.other, count=2)
        self.second = [
            Add(self.other),
            Add(self.stream, later=(self.late,)),
            Add(self.stream, cause=self.first[0].cause),
        ]
        self.refused = Add(self.stream, fill=0)

    @property
    def asked(self) -> dict[UUID, int]:
        return {job.cause: job.count for job in (*self.first, self.rival, *self.second)}

    async def run(self, app: str, tell: int) -> None:
        """Go through with it, and write down each acknowledged command."""

        async def submit(writer: OrderedWriter, job: Add) -> None:
            answer = await writer.submit(job)
            os.write(tell, f"{answer.cause} {answer.first}\n".encode())

        async with OrderedWriter(Recorder(app), Count()) as writer:
            await asyncio.gather(*[submit(writer, job) for job in self.first])
            rival = Recorder(app)
            await self.rivals(rival)
            await asyncio.gather(*[submit(writer, job) for job in self.second])
            try:
                await writer.submit(self.refused)
            except Full:
                return
            raise AssertionError("not refused")

    async def rivals(self, recorder: Recorder) -> None:
        """Another process writes to a stream that the writer remembers."""
        version = (await recorder.versions([self.other]))[self.other]
        await recorder.append([command(self.other, version, self.rival.count, cause=self.rival.cause)])
        await recorder.close()


def die(app: str, story: Story, n: int, when: str) -> tuple[bool, dict[UUID, int]]:
    """Run the story in a child that dies at the n-th wait; tells whether it died, and what it had acknowledged."""
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listen)
        run = OrderedWriter._run  # noqa: SLF001 - the write path itself

        async def dying(self: OrderedWriter) -> None:
            await Until(run(self), n, when)

        OrderedWriter._run = dying  # type: ignore[method-assign]  # noqa: SLF001 - as above
        asyncio.run(story.run(app, tell))
        os._exit(0)
    os.close(tell)
    with os.fdopen(listen) as lines:
        acknowledged = {UUID(cause): int(first) for cause, first in (line.split() for line in lines)}
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"the writer failed at wait {n}"
    return os.WIFSIGNALED(status), acknowledged


async def retry(app: str, story: Story) -> None:
    """Everything is asked again with the same keys by a process that knows nothing."""
    async with OrderedWriter(Recorder(app), Count()) as writer:
        for job in (*story.first, story.rival, *story.second):
            await writer.submit(job)


def main(owner: str, app: str, app_role: str) -> None:
    """Die at every wait, and look at the log after each death and after asking again."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    asked: dict[UUID, int] = {}
    everything: dict[UUID, int] = {}
    for when in ("before", "after"):
        for n in range(1, MOST):
            story = Story()
            asked |= story.asked
            died, acknowledged = die(app, story, n, when)
            settled(owner, app_role)
            everything |= acknowledged
            check(owner, asked, everything)
            asyncio.run(retry(app, story))
            stored = check(owner, asked, everything)
            assert all(stored[cause] == count for cause, count in asked.items()), "not exactly once"
            if not died:
                print(f"{when}: killed at each of {n - 1} waits")  # noqa: T201 - read by the test
                break
        else:
            raise AssertionError("the write path has no end")


if __name__ == "__main__":
    main(*sys.argv[1:])
