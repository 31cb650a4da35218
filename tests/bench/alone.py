"""One thing that is done with a published log, in a process of its own whose time and memory are then its own.

    python -m tests.bench.alone publish CONNINFO DIRECTORY          until everything is published
    python -m tests.bench.alone resume CONNINFO DIRECTORY           what a start does before it goes on
    python -m tests.bench.alone rows CONNINFO DIRECTORY             the rows as a publisher reads them, and nothing else
    python -m tests.bench.alone verify CONNINFO DIRECTORY           the verify.py that lies beside the log
    python -m tests.bench.alone serve CONNINFO DIRECTORY            the interface, without its read models; says its port

Each but the last prints its seconds, the memory it had before and at its highest (MB), and what else it tells, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import runpy
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from api.app import Parts, create_app
from api.asking import Clock
from api.logs import configure_logs
from api.serving import free_port, listening
from projections.follow import Follower
from projections.reading import Connection
from register.opening import already_opened
from register.publishing.files import Files
from register.publishing.keys import make_keys
from register.publishing.ledger import Ledger
from register.publishing.publication import Publication
from register.publishing.publisher import Publisher
from register.register import Charter, running
from register.store.line import connect
from tests.bench.reads import memory

HOST = "127.0.0.1"
ORIGIN = "register.example.nl/log"


async def publish(conninfo: str, where: Path) -> dict[str, float]:
    """Publish all there is, step by step."""
    async with await connect(conninfo) as connection:
        ours = _publication(Ledger(connection), where)
        await ours.resume()
        steps = 0
        while await ours.step():
            steps += 1
    return {"steps": steps}


async def resume(conninfo: str, where: Path) -> dict[str, float]:
    """Find out where the log was left."""
    async with await connect(conninfo) as connection:
        await _publication(Ledger(connection), where).resume()
    return {}


async def rows(conninfo: str, _: Path) -> dict[str, float]:
    """Read every row."""
    async with await connect(conninfo) as connection:
        ledger = Ledger(connection)
        read = 0
        async for page in ledger.entries(0, await ledger.size()):
            read += len(page)
    return {"entries": read}


async def verify(_: str, where: Path) -> dict[str, float]:
    """Check it as anybody would; what is printed must end with no findings."""
    keys = [f"--key={key.vkey}" for key in make_keys(where / "keys", ORIGIN).current]
    main = runpy.run_path(str(where / "log" / "verify.py"))["main"]
    with redirect_stdout(StringIO()) as said:
        assert main([str(where / "log"), *keys]) == 0, said.getvalue()
    assert " 0 findings" in said.getvalue(), said.getvalue()
    return {"entries": int(said.getvalue().partition(" ")[0])}


def _publication(ledger: Ledger, where: Path) -> Publication:
    return Publication(ledger, Files(where / "log"), lambda: make_keys(where / "keys", ORIGIN))


async def serve(logins: str, where: Path) -> None:
    """Answer until the parent is gone; nothing follows the log, so that only what is asked costs anything."""
    configure_logs()
    async with await AsyncConnection.connect(logins) as connection:
        opened = await already_opened(connection)
    assert opened is not None
    pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(logins, min_size=2, max_size=8, open=False)
    zone = ZoneInfo(opened.time_zone)
    async with running(logins, Charter.of(opened)) as register, pool:
        parts = Parts(
            register=register,
            follower=Follower(logins, zone, []),
            pool=pool,
            clock=Clock(zone),
            contact=opened.contact,
            contact_email="register@example.org",
            secret=b"0" * 32,
            publisher=Publisher(logins, where, origin=ORIGIN, otherwise=ORIGIN),
        )
        port = free_port(HOST, 0)
        async with listening(create_app(parts), HOST, port):
            print(port, flush=True)
            await asyncio.to_thread(sys.stdin.read)


DONE: dict[str, Callable[[str, Path], Awaitable[dict[str, float]]]] = {
    "publish": publish,
    "resume": resume,
    "rows": rows,
    "verify": verify,
}


def main(what: str, conninfo: str, where: Path) -> None:
    """Do one thing, and tell what it took."""
    if what == "serve":
        asyncio.run(serve(conninfo, where))
        return

    async def timed() -> dict[str, float]:
        before, began = memory(os.getpid(), "VmRSS"), time.perf_counter()
        told = await DONE[what](conninfo, where)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "before": before, "most": memory(os.getpid(), "VmHWM"), **told}

    print(json.dumps(asyncio.run(timed())))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
