"""Recording by 1, 8, 32 and 128 members at once through everything there is: rules, seals, bytes and the log, beside bare inserts.

Each member revises its position on a decision of its own, with a new reason every time.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from register.decisions.standing import PositionRevised
from register.store.roles import Logins
from tests.bench.append import SECONDS, measure
from tests.databases import database_server, fresh_register
from tests.register.recording import MEMBERS, Clerk, region


async def _revisions(clerk: Clerk, clients: int) -> tuple[float, float]:
    waits: list[float] = []

    async def member(number: int) -> int:
        code, done = MEMBERS[number % len(MEMBERS)], 0
        decision = await clerk.decision()
        first = (await clerk.record(code, decision, clerk.position(code, "joins"))).seqs[-1]
        await ready.wait()
        stop = time.perf_counter() + SECONDS
        while (began := time.perf_counter()) < stop:
            stance = ("departs", "undecided")[done % 2]
            reason = clerk.text(f"De afspraak is doorbroken; dit is overweging {done} van dit lid.")
            await clerk.record(code, decision, PositionRevised(position=first, stance=stance, reason=reason))  # type: ignore[arg-type]  # one of two stances
            waits.append(time.perf_counter() - began)
            done += 1
        return done

    ready = asyncio.Event()
    members = [asyncio.create_task(member(number)) for number in range(clients)]
    await asyncio.sleep(0.2 + clients / 100)
    began = time.perf_counter()
    ready.set()
    done = await asyncio.gather(*members)
    return sum(done) / (time.perf_counter() - began), statistics.quantiles(waits, n=100)[98] * 1000


def run() -> None:
    """Measure on the server of REGISTER_DATABASE_URL, else on an embedded one; each round in a register of its own."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with database_server(directory / "server") as server, fresh_register(server, directory / "register") as logins:
            measure(logins.owner, directory, lambda clients: _round(server, directory, clients))


def _round(server: str, directory: Path, clients: int) -> tuple[float, float]:
    async def work(logins: Logins) -> tuple[float, float]:
        async with region(logins) as clerk:
            return await _revisions(clerk, clients)

    with fresh_register(server, directory / "round") as logins:
        return asyncio.run(work(logins))
