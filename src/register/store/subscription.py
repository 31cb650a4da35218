"""Follows the log: every entry once, in order, from a position on, through lost connections and lost notifications."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from psycopg import AsyncConnection

from register.store.line import connect
from register.store.reading import Reader, Row
from register.store.recorder import LOST

log = structlog.get_logger(__name__)

CHANNEL = "register_log"


async def follow(conninfo: str, after: int = -1, *, page: int = 500, poll: float = 1.0) -> AsyncGenerator[list[Row]]:
    """Batches of at most `page` entries after a position (-1: from the first), for ever.

    Close it with `contextlib.aclosing`. Nothing is missed: positions have no gaps, and a position is visible only
    when all before it are. After a lost connection it goes on where it was; the notification only makes it quick,
    since the log is also looked at every `poll` seconds.
    """
    pause = 0.05
    while True:
        try:
            async with _listening(conninfo) as connection:
                pause = 0.05
                reader = Reader(connection)
                while True:
                    rows = await asyncio.wait_for(reader.range(after, page), 30)
                    if rows:
                        after = rows[-1].position
                        # Death here or in the reader's hands: it stores its position with its rows, and asks from there.
                        yield rows
                    if len(rows) < page:
                        await _woken(connection, after, poll)
        except LOST as lost:
            log.warning("subscription_lost", after=after, error=str(lost).strip())
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)


@asynccontextmanager
async def _listening(conninfo: str) -> AsyncGenerator[AsyncConnection[Any]]:
    """Listen before the first read, so that nothing falls between the two."""
    connection = await connect(conninfo)
    try:
        await connection.execute(f"LISTEN {CHANNEL}")
        yield connection
    finally:
        await connection.close()


async def _woken(connection: AsyncConnection[Any], after: int, poll: float) -> None:
    """Return when there may be more than `after`: told so, or after `poll` seconds without being told."""
    async for note in connection.notifies(timeout=poll, stop_after=1):
        if int(note.payload) > after:
            return
