"""What the database keeps of time stamps: whole requests and answers, added and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from psycopg import AsyncConnection, Connection

from register.publishing.timestamps import Stamp

KEEP = (
    "INSERT INTO log.stamps (size, number, authority, at, request, response)"
    " VALUES (%(size)s, %(number)s, %(authority)s, %(at)s, %(request)s, %(response)s)"
)
LAST = "SELECT max(at) FROM log.stamps"
EVERY = "SELECT size, number, authority, at, request, response FROM log.stamps ORDER BY size, number"
NEWEST = (
    "SELECT size, number, authority, at, request, response FROM log.stamps ORDER BY size DESC, number DESC LIMIT %s"
)


async def keep(connection: AsyncConnection[Any], stamp: Stamp) -> None:
    """Keep a stamp; refused by the database when this checkpoint has one of this authority, or of this number."""
    await connection.execute(KEEP, msgspec.structs.asdict(stamp))


def every(connection: Connection[Any]) -> list[Stamp]:
    """All of them, the oldest first: a few a day."""
    return [Stamp(*row) for row in connection.cursor(binary=True).execute(EVERY).fetchall()]


async def kept(connection: AsyncConnection[Any]) -> list[Stamp]:
    """As `every`, for who does not wait."""
    cursor = await connection.cursor(binary=True).execute(EVERY)
    return [Stamp(*row) for row in await cursor.fetchall()]


async def last_stamped(connection: AsyncConnection[Any]) -> datetime | None:
    """When an authority stamped a checkpoint last."""
    cursor = await connection.execute(LAST)
    row = await cursor.fetchone()
    return row[0] if row is not None else None


async def newest(connection: AsyncConnection[Any], limit: int) -> list[Stamp]:
    """Some of them, the newest first, for whoever reads."""
    cursor = await connection.cursor(binary=True).execute(NEWEST, (limit,))
    return [Stamp(*row) for row in await cursor.fetchall()]
