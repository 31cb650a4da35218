"""PostgreSQL is killed under its writers: nothing that was acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from uuid import UUID, uuid4

from register.store.embedded import EmbeddedPostgres
from register.store.recorder import Recorder
from register.store.roles import prepare
from register.store.writer import OrderedWriter
from tests.faults.checking import check
from tests.store.counting import Add, Count

KILLS = 3


def postmaster(directory: Path) -> int:
    """The process id that the running server wrote down."""
    return int((directory / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


async def test_kill_9_of_the_server_under_eight_writers(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        logins = prepare(server.dsn, tmp_path)
        asked: dict[UUID, int] = {}
        acknowledged: dict[UUID, int] = {}
        shared, stop = uuid4(), asyncio.Event()

        async def work(writer: OrderedWriter) -> None:
            own, turn = uuid4(), 0
            while not stop.is_set():
                turn += 1
                job = Add(shared if turn % 2 else own, count=1 + turn % 3)
                asked[job.cause] = job.count
                acknowledged[job.cause] = (await writer.submit(job, deadline=60)).first

        async with OrderedWriter(Recorder(logins.app, patience=30), Count()) as writer:
            working = [asyncio.create_task(work(writer)) for _ in range(8)]
            for _ in range(KILLS):
                before = len(acknowledged)
                while len(acknowledged) < before + 50:  # noqa: ASYNC110 - any eight writers' answers will do
                    await asyncio.sleep(0.01)
                os.kill(postmaster(tmp_path), signal.SIGKILL)
                await asyncio.sleep(0.3)  # writers meet a server that is not there
                await asyncio.to_thread(server.start)
            stop.set()
            await asyncio.gather(*working)
        stored = check(server.dsn, asked, acknowledged)
        assert stored == asked, "every command was acknowledged in the end, each stored once"
