"""Forgets daily who asked what, thirty days after it was asked: accounts and the hashes of requests stand beside the log only so long.

If we die: what was not forgotten yet goes with the next start. Several processes may do this; one does, and the others find nothing.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

import structlog
from psycopg import Error

from register.store.line import connect

log = structlog.get_logger(__name__)

FORGETTING = 7_253_118_021
"""Advisory lock: whoever holds it forgets."""
DAY = 24 * 3600.0
AGAIN = 60.0
"""Seconds after which a database that did not answer is asked again."""
PATIENCE = 600.0
"""Seconds that it may take."""

# The function itself never takes what is younger than thirty days.
FORGET = "SELECT CASE WHEN pg_try_advisory_xact_lock(%s) THEN log.forget_requests(now(), now()) ELSE 0 END"


class Forgetting:
    """Forgets at its start and each day after, as long as it is open. One a process; use it with `async with`."""

    def __init__(self, conninfo: str, *, every: float = DAY, again: float = AGAIN) -> None:
        """As the role that appends, which may do this and cannot choose what."""
        self._conninfo, self._every, self._again = conninfo, every, again
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="forgetting requests")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """A statement under way is given up; it forgets all or nothing."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            pause = self._every
            try:
                async with asyncio.timeout(PATIENCE):
                    if forgotten := await self._forget():
                        log.info("requests_forgotten", count=forgotten)
            except (Error, OSError, TimeoutError) as fault:
                log.warning("requests_not_forgotten", reason=str(fault).strip())
                pause = self._again
            await asyncio.sleep(pause)

    async def _forget(self) -> int:
        connection = await connect(self._conninfo)
        try:
            row = await (await connection.execute(FORGET, (FORGETTING,))).fetchone()
        finally:
            await connection.close()
        return int(row[0]) if row else 0
