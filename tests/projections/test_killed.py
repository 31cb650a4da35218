"""A process that projects is killed at any moment: the next one goes on, and the rows are as if nothing had happened."""

from __future__ import annotations

import asyncio
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


def killed(script: str, conninfo: str, after: float) -> None:
    """Start it, and kill it so many seconds after it said that it works."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, conninfo], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline()
        time.sleep(after)
        process.kill()


def positions(logins: Logins) -> set[int]:
    with psycopg.connect(logins.owner) as conn:
        return {position for (position,) in conn.execute("SELECT position FROM read.positions").fetchall()}


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_while_it_follows_nothing_is_lost_or_doubled(teller: Teller, seed: int) -> None:
    random = Random(seed)
    history = History(random)
    reached: set[int] = set()
    for _ in range(6):
        history.tell(teller, 60)
        await asyncio.to_thread(killed, FOLLOWS, teller.logins.projections, random.uniform(0, 0.25))
        now = positions(teller.logins)
        assert len(now) == 1
        reached |= now
    assert len(reached) > 2
    assert reached & set(range(1, len(teller.entries) - 2))
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
        for _ in range(4):
            await asyncio.to_thread(killed, REBUILDS, teller.logins.projections, random.uniform(0, 0.4))
            assert await tables(conn) == before
        await rebuild(teller.logins.projections, ZONE, every())
        assert await tables(conn) == before
