"""A process that projects is killed at any moment: the next one goes on, and the rows are as if nothing had happened."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import psycopg
import pytest

from projections.follow import Follower
from projections.models import every
from projections.rebuild import rebuild
from register.store.roles import Logins
from tests.projections.comparing import tables
from tests.projections.histories import History
from tests.projections.telling import ZONE, Teller, connected

ROOT = Path(__file__).parents[2]
FOLLOWS = """
import asyncio, sys
from zoneinfo import ZoneInfo
from projections import follow

follow.PAGE = 3

async def main():
    async with follow.Follower(sys.argv[1], ZoneInfo("Europe/Amsterdam")) as follower:
        print("following", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""
REBUILDS = """
import asyncio, sys
from zoneinfo import ZoneInfo
from projections import rebuild
from projections.models import every

rebuild.PAGE = 3
print("building", flush=True)
asyncio.run(rebuild.rebuild(sys.argv[1], ZoneInfo("Europe/Amsterdam"), every()))
"""


def killed(script: str, logins: Logins, goes: str, until: int, after: float) -> None:
    """Start it, and kill it so many seconds after what it has stored (the answer to `goes`) is at least `until`."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, logins.projections],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    with process, psycopg.connect(logins.owner, autocommit=True) as conn:
        assert process.stdout is not None
        assert process.stdout.readline()
        while process.poll() is None and stored(conn, goes) < until:
            time.sleep(0.002)
        time.sleep(after)
        process.kill()


def stored(conn: psycopg.Connection[tuple[int]], goes: str) -> int:
    with contextlib.suppress(psycopg.errors.UndefinedTable):
        row = conn.execute(goes.encode()).fetchone()
        return row[0] if row and row[0] is not None else -1
    return -1


POSITION = "SELECT min(position) FROM read.positions"
BUILT = "SELECT count(*) FROM read.next_history"


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_while_it_follows_nothing_is_lost_or_doubled(teller: Teller, seed: int) -> None:
    random = Random(seed)
    history = History(random)
    reached: set[int] = set()
    for _ in range(6):
        history.tell(teller, 60)
        until = max(reached, default=-1) + random.randrange(1, 30)
        await asyncio.to_thread(killed, FOLLOWS, teller.logins, POSITION, until, random.uniform(0, 0.02))
        with psycopg.connect(teller.logins.owner) as conn:
            now = {position for (position,) in conn.execute("SELECT position FROM read.positions").fetchall()}
        assert len(now) == 1, now
        reached |= now
    assert len(reached) > 4
    assert max(reached) < len(teller.entries) - 1
    async with Follower(teller.logins.projections, ZONE) as follower:
        assert await follower.reached(len(teller.entries) - 1, asyncio.get_running_loop().time() + 30)
    async with connected(teller.logins) as conn:
        followed = await tables(conn)
        await rebuild(teller.logins.projections, ZONE, every())
        assert await tables(conn) == followed


async def test_killed_while_it_builds_anew_what_is_read_was_never_touched(teller: Teller) -> None:
    random = Random(3)
    History(random).tell(teller, 200)
    async with Follower(teller.logins.projections, ZONE) as follower:
        assert await follower.reached(len(teller.entries) - 1, asyncio.get_running_loop().time() + 30)
    async with connected(teller.logins) as conn:
        before = await tables(conn)
        for until in (0, 1, 40, 90):
            await asyncio.to_thread(killed, REBUILDS, teller.logins, BUILT, until, random.uniform(0, 0.02))
            assert await tables(conn) == before
        await rebuild(teller.logins.projections, ZONE, every())
        assert await tables(conn) == before
