"""How the read side is read: one snapshot for a whole answer, and rows at a cut of the two clocks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, LiteralString

import msgspec
from psycopg import AsyncConnection, IsolationLevel
from psycopg_pool import AsyncConnectionPool

from projections.at import At

Connection = AsyncConnection[Any]

VALID: LiteralString = "(r.valid_from IS NULL OR r.valid_from <= %(valid_on)s) AND (r.valid_until IS NULL OR r.valid_until >= %(valid_on)s)"
"""Rows that hold on the day."""
BEGUN: LiteralString = "(r.valid_from IS NULL OR r.valid_from <= %(valid_on)s)"
"""Rows that hold on the day or held before it."""
EVER: LiteralString = "true"
"""Rows of any day."""

ROW: LiteralString = (
    "(r.body || jsonb_build_object('knownFrom',"
    " to_char(r.known_from AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')))::text"
)
"""A row as it is answered: since when it is known is told by its columns."""


@asynccontextmanager
async def snapshot(pool: AsyncConnectionPool[Connection]) -> AsyncGenerator[Connection]:
    """A connection on which every read sees the same state; one for each answer."""
    async with pool.connection() as conn:
        if conn.isolation_level is None:
            # Said with BEGIN itself from here on, which is one question to the server less for each answer.
            await conn.set_isolation_level(IsolationLevel.REPEATABLE_READ)
            await conn.set_read_only(True)
        async with conn.transaction():
            yield conn


async def reflects(conn: Connection) -> int:
    """The position of the last entry that every read model has taken in, -1 when there is none; the answer's version."""
    cursor = await conn.execute("SELECT coalesce(min(position), -1) FROM read.positions")
    row = await cursor.fetchone()
    return int(row[0]) if row else -1


def known(at: At, alias: LiteralString = "r") -> LiteralString:
    """The condition for rows that were known then."""
    a = alias
    if at.position is not None:
        return f"{a}.since <= %(position)s AND ({a}.until IS NULL OR {a}.until > %(position)s)"
    if at.known_at is not None:
        return f"{a}.known_from <= %(known_at)s AND ({a}.known_until IS NULL OR {a}.known_until > %(known_at)s)"
    return f"{a}.until IS NULL"


def clocks(at: At) -> dict[str, object]:
    """The arguments for the conditions above."""
    return {"valid_on": at.valid_on, "known_at": at.known_at, "position": at.position}


async def rows(  # noqa: PLR0913  # what rows are asked by
    conn: Connection,
    table: LiteralString,
    kind: Any,  # noqa: ANN401  # a struct or a union of structs, which the type system has no word for
    at: At,
    *,
    days: LiteralString = VALID,
    where: LiteralString = "true",
    order: LiteralString = "r.stream, r.seq, r.key",
    arguments: Mapping[str, object] | None = None,
) -> list[Any]:
    """The rows of a table that were known then, for the days asked for, decoded as `kind`; in the order of their entries."""
    query: LiteralString = (
        f"SELECT {ROW} FROM read.{table} r WHERE {known(at)} AND {days} AND ({where}) ORDER BY {order}"  # noqa: S608  # literals only
    )
    cursor = await conn.execute(query, {**clocks(at), **(arguments or {})})
    decode = _decoder(kind).decode
    return [decode(row) for (row,) in await cursor.fetchall()]


async def streams(
    conn: Connection,
    table: LiteralString,
    at: At,
    where: LiteralString,
    arguments: Mapping[str, object] | None = None,
) -> set[str]:
    """The streams with such rows, on the day or before it."""
    query: LiteralString = (
        f"SELECT DISTINCT r.stream::text FROM read.{table} r WHERE {known(at)} AND {BEGUN} AND ({where})"  # noqa: S608  # literals only
    )
    cursor = await conn.execute(query, {**clocks(at), **(arguments or {})})
    return {stream for (stream,) in await cursor.fetchall()}


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401  # as in rows
    return msgspec.json.Decoder(kind)
