"""Reads the log: one stream, a range, one entry, the head, and the position that belongs to a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

ENTRY = """
    SELECT position, known, stream, seq, kind, type, v, cause, entry FROM log.events WHERE position = %b
"""
STREAM = """
    SELECT position, known, stream, seq, kind, type, v, cause, entry FROM log.events
    WHERE stream = %b AND seq > %b ORDER BY seq LIMIT %b
"""
RANGE = """
    SELECT position, known, stream, seq, kind, type, v, cause, entry FROM log.events
    WHERE position > %b ORDER BY position LIMIT %b
"""


class Row(NamedTuple):
    """One entry with its place in the log."""

    position: int
    known: datetime
    stream: UUID
    seq: int
    kind: str
    type: str
    v: int
    cause: UUID
    entry: bytes


class Head(msgspec.Struct, frozen=True):
    """The end of the log: how many entries it has, and the known time of the last of them."""

    size: int
    known: datetime | None


class Reader:
    """Questions to the log over a connection that the caller lends; each is one statement."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection

    async def head(self) -> Head:
        """The end of the log as committed now."""
        rows = await self._rows("SELECT next, known FROM log.head", ())
        return Head(*rows[0])

    async def entry(self, position: int) -> Row | None:
        """The entry at a position."""
        rows = await self._rows(ENTRY, (position,))
        return Row(*rows[0]) if rows else None

    async def stream(self, stream: UUID, after: int = 0, limit: int | None = None) -> list[Row]:
        """The entries of a stream with a greater `seq` than `after`, in order."""
        rows = await self._rows(STREAM, (stream, after, limit))
        return [Row(*row) for row in rows]

    async def range(self, after: int, limit: int) -> list[Row]:
        """At most `limit` entries after a position (-1: from the first), in order."""
        rows = await self._rows(RANGE, (after, limit))
        return [Row(*row) for row in rows]

    async def position_at(self, moment: datetime) -> int | None:
        """The last position that was known at a moment; None before the first."""
        rows = await self._rows("SELECT log.position_at(%b)", (moment,))
        position: int | None = rows[0][0]
        return position

    async def account(self, cause: UUID) -> str | None:
        """Who gave a command, as long as the register remembers."""
        rows = await self._rows("SELECT account FROM log.commands WHERE cause = %b", (cause,))
        return rows[0][0] if rows else None

    async def _rows(self, query: LiteralString, arguments: Sequence[object]) -> list[tuple[Any, ...]]:
        cursor = await self._connection.cursor(binary=True).execute(query, arguments, prepare=True)
        return await cursor.fetchall()
