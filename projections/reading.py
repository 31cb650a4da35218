"""How the read side is read: one snapshot for a whole answer, rows at a cut of the two clocks, texts filled in last."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

Connection = AsyncConnection[Any]


@asynccontextmanager
async def snapshot(pool: AsyncConnectionPool[Connection]) -> AsyncGenerator[Connection]:
    """A connection on which every read sees the same state; one for each answer."""
    async with pool.connection() as conn, conn.transaction():
        await conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield conn


async def reflects(conn: Connection) -> int:
    """The position of the last entry that every read model has taken in, -1 when there is none; the answer's version."""
    cursor = await conn.execute("SELECT coalesce(min(position), -1) FROM read.positions WHERE NOT building")
    row = await cursor.fetchone()
    return int(row[0]) if row else -1
