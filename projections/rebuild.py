"""Builds read models anew from the log, beside those that are read, and swaps them in one transaction.

If we die: what was built beside is left and thrown away by the next rebuild; what is read was never touched.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from datetime import tzinfo

import msgspec
from psycopg import AsyncConnection, sql

from projections.log import Log
from projections.reading import Connection
from projections.tables import arrived, drop, ensure, index, make, rename
from projections.taking import Batch, Missed, Model, take
from register.store.reading import Reader, Row

BUILDING = 7_253_118_012
"""Advisory lock: one rebuild at a time."""
PAGE = 2000

Progress = Callable[[int, int], None]
"""Called with how many entries were taken in, and how many there are."""


class AlreadyBuilding(Exception):
    """Another process builds read models anew; wait until it is done."""


class Rebuilt(msgspec.Struct, frozen=True):
    """What was built: the position up to which it goes, and what could not be taken in."""

    names: tuple[str, ...]
    position: int
    missed: tuple[Missed, ...]


async def rebuild(conninfo: str, zone: tzinfo, models: Sequence[Model], progress: Progress | None = None) -> Rebuilt:
    """Build read models anew and swap them in; readers and the process that follows the log go on meanwhile."""
    async with AsyncExitStack() as stack:

        async def connect() -> Connection:
            options = "-c synchronous_commit=off -c timezone=UTC"
            made = await AsyncConnection.connect(
                conninfo, autocommit=True, options=options, application_name="register rebuild"
            )
            return await stack.enter_async_context(made)

        conn, source, past = await connect(), await connect(), await connect()
        cursor = await conn.execute("SELECT pg_try_advisory_lock(%s)", (BUILDING,))
        row = await cursor.fetchone()
        if not (row and row[0]):
            raise AlreadyBuilding("another process builds read models anew; wait until it is done")
        building = [_Building(await connect(), model.beside()) for model in models]
        await asyncio.gather(*(each.begin() for each in building))
        end = (await Reader(source).head()).size - 1
        async with aclosing(_pages(Reader(source), end)) as pages:
            async for rows in pages:
                batch, log = Batch(rows, zone), Log(past, zone)
                # While the server stores the rows of one read model, the next one is folded.
                await asyncio.gather(*(each.add(each.conn, batch, log) for each in building))
                if progress is not None:
                    progress(batch.last + 1, max(end, batch.last) + 1)
        await asyncio.gather(*(each.index() for each in building))
        return await _swap(conn, building, zone)


@asynccontextmanager
async def nobody_builds(conninfo: str, models: Sequence[Model]) -> AsyncGenerator[None]:
    """Keep rebuilds out while the block runs, and throw away what one that died left beside these models."""
    async with await AsyncConnection.connect(conninfo, autocommit=True, application_name="register erase") as conn:
        cursor = await conn.execute("SELECT pg_try_advisory_lock(%s)", (BUILDING,))
        row = await cursor.fetchone()
        if not (row and row[0]):
            raise AlreadyBuilding("another process builds read models anew; wait until it is done")
        for model in models:
            await drop(conn, model.beside())
        yield


class _Building:
    """A read model on its way, on a connection of its own: how far it is, and what it missed."""

    def __init__(self, conn: Connection, model: Model) -> None:
        self.conn = conn
        self.model = model
        self.after = -1
        self.missed: list[Missed] = []

    async def begin(self) -> None:
        """Empty tables beside those that are read; the readers' indexes come when they are full."""
        async with self.conn.transaction():
            await drop(self.conn, self.model)
            await make(self.conn, self.model, indexes=False)

    async def add(self, conn: Connection, batch: Batch, log: Log) -> None:
        """Take in some more entries."""
        async with conn.transaction():
            self.missed += await take(conn, [self.model], batch, {self.model.name: self.after}, log)
        self.after = batch.last

    async def index(self) -> None:
        """Make it ready for readers."""
        await index(self.conn, self.model)
        for table in self.model.tables:
            beside = sql.Identifier("read", self.model.prefix + table)
            await self.conn.execute(sql.SQL("ANALYZE {}").format(beside))

    async def take_the_place(self, conn: Connection) -> None:
        """Be the tables that are read."""
        for table in self.model.tables:
            await conn.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier("read", table)))
        await rename(conn, self.model)
        await arrived(conn, self.model, self.after, self.missed)


async def _swap(conn: Connection, building: Sequence[_Building], zone: tzinfo) -> Rebuilt:
    """Take in what came meanwhile, under the lock that the follower takes for each batch, and swap."""
    names = tuple(each.model.name for each in building)
    async with conn.transaction():
        await ensure(conn, [])
        cursor = await conn.execute(
            "SELECT max(position) FROM"
            " (SELECT position FROM read.positions WHERE model = ANY (%s) ORDER BY model FOR UPDATE) AS p",
            (list(names),),
        )
        row = await cursor.fetchone()
        reached = row[0] if row and row[0] is not None else -1
        after = min(each.after for each in building)
        while after < reached:
            batch = Batch(await Reader(conn).range(after, min(PAGE, reached - after)), zone)
            for each in building:
                await each.add(conn, batch, Log(conn, zone))
            after = batch.last
        for each in building:
            await each.take_the_place(conn)
    # Dying before the commit, the old tables are still those that are read; after it, the new ones are.
    return Rebuilt(names, after, tuple(missed for each in building for missed in each.missed))


async def _pages(reader: Reader, end: int) -> AsyncGenerator[list[Row]]:
    """Pages of the log up to its end as it was, each asked for while the one before is worked on."""
    asked = asyncio.ensure_future(reader.range(-1, PAGE))
    try:
        while rows := await asked:
            asked = asyncio.ensure_future(reader.range(rows[-1].position, PAGE))
            yield rows
            if rows[-1].position >= end:
                return
    finally:
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
