"""One process of many that write at once; run as a program. Prints a line for each command that was acknowledged."""

from __future__ import annotations

import asyncio
import os
import sys
from uuid import UUID

import structlog

from register.store.recorder import Recorder
from register.store.writer import OrderedWriter
from tests.store.counting import Add, Count


async def main(app: str, shared: UUID, own: UUID, writers: int, commands: int) -> None:
    """Each writer in turn writes to a stream of its process and to one that all processes share."""
    async with OrderedWriter(Recorder(app), Count(), attempts=200) as writer:

        async def work(number: int) -> None:
            for turn in range(commands):
                stream = own if (turn + number) % 2 else shared
                answer = await writer.submit(Add(stream, count=1 + turn % 3, beside=(shared, own)), deadline=60)
                os.write(1, f"{answer.cause} {answer.first} {answer.count}\n".encode())

        await asyncio.gather(*[work(number) for number in range(writers)])


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    asyncio.run(main(sys.argv[1], UUID(sys.argv[2]), UUID(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])))
