"""What the database knows of the published log: its entries, and the checkpoints that were signed. One connection, one writer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import msgspec
from psycopg import AsyncConnection

from register.store.reading import Reader

PUBLISHING = 7_253_118_020
"""Advisory lock: whoever holds it publishes."""
PAGE = 2048
MOST_BYTES = 32 << 20
"""Bytes of entries that are held at once."""

KEEP = "INSERT INTO log.checkpoints (size, root, note, at) VALUES (%b, %b, %b, %b)"
LAST = "SELECT size, root, note, at FROM log.checkpoints ORDER BY size DESC LIMIT 1"
NEWEST = "SELECT size, root, note, at FROM log.checkpoints ORDER BY size DESC LIMIT %b"
OF_SIZE = "SELECT size, root, note, at FROM log.checkpoints WHERE size = %b"
AFTER = "SELECT size, root, note, at FROM log.checkpoints WHERE size > %b ORDER BY size LIMIT %b"
WITHIN = "SELECT EXISTS (SELECT 1 FROM log.checkpoints WHERE size >= %b AND size < %b)"
ENTRIES = "SELECT entry FROM log.events WHERE position >= %b AND position < %b ORDER BY position"


class Kept(msgspec.Struct, frozen=True):
    """A checkpoint as it was signed."""

    size: int
    root: bytes
    note: bytes
    at: datetime


class Ledger:
    """Questions and the one write, over the connection that holds the lock: when that is lost, nothing more is written."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        """Over a connection in which each statement is a transaction."""
        self._connection = connection

    async def alone(self) -> bool:
        """Tell whether this connection is the one that may publish; held until it ends."""
        cursor = await self._connection.execute("SELECT pg_try_advisory_lock(%s)", (PUBLISHING,))
        return await cursor.fetchone() == (True,)

    async def size(self) -> int:
        """How many entries there are."""
        return (await Reader(self._connection).head()).size

    async def entries(self, first: int, end: int) -> AsyncIterator[list[bytes]]:
        """Entries first..end-1, some at a time."""
        for start in range(first, end, PAGE):
            cursor = self._connection.cursor(binary=True)
            await cursor.execute(ENTRIES, (start, min(end, start + PAGE)), prepare=True)
            yield [row[0] for row in await cursor.fetchall()]

    async def keep(self, kept: Kept) -> None:
        """Keep what was signed, before anybody sees it; refused by the database when it does not continue the last one."""
        await self._connection.execute(KEEP, (kept.size, kept.root, kept.note, kept.at))

    async def last(self) -> Kept | None:
        """The newest checkpoint."""
        return await last_checkpoint(self._connection)

    async def of_size(self, size: int) -> Kept | None:
        """The checkpoint of a size."""
        return await _one(self._connection, OF_SIZE, (size,))

    async def after(self, size: int, limit: int = 1000) -> list[Kept]:
        """Some checkpoints of greater sizes, the smallest first."""
        cursor = await self._connection.cursor(binary=True).execute(AFTER, (size, limit))
        return [Kept(*row) for row in await cursor.fetchall()]

    async def within(self, first: int, end: int) -> bool:
        """Tell whether there is a checkpoint of a size from `first` to below `end`."""
        cursor = await self._connection.execute(WITHIN, (first, end))
        return await cursor.fetchone() == (True,)


async def last_checkpoint(connection: AsyncConnection[Any]) -> Kept | None:
    """The newest checkpoint, for whoever reads."""
    return await _one(connection, LAST, ())


async def latest(connection: AsyncConnection[Any], limit: int) -> list[Kept]:
    """Some checkpoints, the newest first."""
    cursor = await connection.cursor(binary=True).execute(NEWEST, (limit,))
    return [Kept(*row) for row in await cursor.fetchall()]


async def _one(connection: AsyncConnection[Any], query: str, arguments: tuple[object, ...]) -> Kept | None:
    cursor = await connection.cursor(binary=True).execute(query.encode(), arguments)
    row = await cursor.fetchone()
    return Kept(*row) if row is not None else None
