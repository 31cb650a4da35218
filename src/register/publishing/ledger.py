"""What the database knows of the published log: its entries, and the checkpoints that were signed. One connection, one writer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Literal

import msgspec
from psycopg import AsyncConnection

from register.store.reading import Reader

PUBLISHING = 7_253_118_020
"""Advisory lock: whoever holds it publishes."""
PAGE = 2048
MOST_BYTES = 32 << 20
"""Bytes of entries that are held at once."""

FIELDS = "SELECT k.size, k.root, k.note, k.at, c.note FROM log.checkpoints k LEFT JOIN log.cosigned c ON c.size = k.size AND c.kind = 'shown'"
KEEP = "INSERT INTO log.checkpoints (size, root, note, at) VALUES (%b, %b, %b, %b)"
LAST = f"{FIELDS} ORDER BY k.size DESC LIMIT 1"
AFTER = f"{FIELDS} WHERE k.size > %b ORDER BY k.size LIMIT %b"
SAY = "INSERT INTO log.cosigned (size, number, kind, note, at) VALUES (%b, %b, %b, %b, %b)"
SAID = "SELECT size, number, kind, note, at FROM log.cosigned WHERE size = %b ORDER BY number DESC LIMIT 1"
HAS_SAID = (
    "SELECT EXISTS (SELECT 1 FROM log.checkpoints WHERE size = %b AND note = %b)"
    " OR EXISTS (SELECT 1 FROM log.cosigned WHERE size = %b AND note = %b)"
)
SHOWN = (
    "SELECT k.size, k.root, coalesce(c.note, k.note), coalesce(c.at, k.at) FROM log.checkpoints k"
    " LEFT JOIN LATERAL (SELECT s.kind, s.note, s.at FROM log.cosigned s WHERE s.size = k.size"
    " ORDER BY s.number DESC LIMIT 1) c ON true"
    " WHERE c.kind IS DISTINCT FROM 'waiting' ORDER BY k.size DESC LIMIT %b"
)
BEFORE = "SELECT coalesce(max(size), 0) FROM log.checkpoints WHERE size < %b"
WITHIN = "SELECT EXISTS (SELECT 1 FROM log.checkpoints WHERE size >= %b AND size < %b)"
ENTRIES = "SELECT entry FROM log.events WHERE position >= %b AND position < %b ORDER BY position"


Kind = Literal["waiting", "shown", "again"]


class Kept(msgspec.Struct, frozen=True):
    """A checkpoint as it was signed."""

    size: int
    root: bytes
    note: bytes
    at: datetime
    cosigned: bytes | None = None
    """The same with the signatures of witnesses, when it was first shown so."""

    @property
    def shown(self) -> bytes:
        """What `checkpoints/<size>` holds for ever."""
        return self.note if self.cosigned is None else self.cosigned


class Said(msgspec.Struct, frozen=True):
    """A note that is more than the first one of its size: signed by witnesses too, or by the log again."""

    size: int
    number: int
    kind: Kind
    note: bytes
    at: datetime
    """When the log signed it."""


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

    async def say(self, said: Said) -> None:
        """Keep a note over the last size, before anybody sees it; refused by the database when it is over anything else."""
        await self._connection.execute(SAY, (said.size, said.number, said.kind, said.note, said.at))

    async def said(self, size: int) -> Said | None:
        """What was said last of a size, beyond the checkpoint itself."""
        cursor = await self._connection.cursor(binary=True).execute(SAID, (size,))
        row = await cursor.fetchone()
        return Said(*row) if row is not None else None

    async def has_said(self, size: int, note: bytes) -> bool:
        """Tell whether these bytes were ever signed of a size."""
        cursor = await self._connection.execute(HAS_SAID, (size, note, size, note))
        return await cursor.fetchone() == (True,)

    async def last(self) -> Kept | None:
        """The newest checkpoint, shown or not."""
        return await _one(self._connection, LAST, ())

    async def after(self, size: int, limit: int = 1000) -> list[Kept]:
        """Some checkpoints of greater sizes, the smallest first."""
        cursor = await self._connection.cursor(binary=True).execute(AFTER, (size, limit))
        return [Kept(*row) for row in await cursor.fetchall()]

    async def before(self, size: int) -> int:
        """The size of the checkpoint before one; 0 when there was none."""
        cursor = await self._connection.execute(BEFORE, (size,))
        row = await cursor.fetchone()
        return int(row[0]) if row is not None else 0

    async def within(self, first: int, end: int) -> bool:
        """Tell whether there is a checkpoint of a size from `first` to below `end`."""
        cursor = await self._connection.execute(WITHIN, (first, end))
        return await cursor.fetchone() == (True,)


async def last_checkpoint(connection: AsyncConnection[Any]) -> Kept | None:
    """The newest checkpoint that is shown, as it is shown now: its time is that of the last signature of the log."""
    found = await latest(connection, 1)
    return found[0] if found else None


async def latest(connection: AsyncConnection[Any], limit: int) -> list[Kept]:
    """Some checkpoints that are shown, the newest first, each as it was shown last."""
    cursor = await connection.cursor(binary=True).execute(SHOWN, (limit,))
    return [Kept(*row) for row in await cursor.fetchall()]


async def _one(connection: AsyncConnection[Any], query: str, arguments: tuple[object, ...]) -> Kept | None:
    cursor = await connection.cursor(binary=True).execute(query.encode(), arguments)
    row = await cursor.fetchone()
    return Kept(*row) if row is not None else None
