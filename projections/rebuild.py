"""Builds read models anew from the log, beside those that are read, and swaps them in one transaction.

If we die: what was built beside is left and thrown away by the next rebuild; what is read was never touched.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import tzinfo

import msgspec
from psycopg import AsyncConnection, sql

from projections.reading import Connection
from projections.tables import arrived, drop, ensure, index, make, rename
from projections.taking import Missed, Model, take
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
    options = "-c synchronous_commit=off -c timezone=UTC"
    async with (
        await AsyncConnection.connect(conninfo, autocommit=True, options=options) as conn,
        await AsyncConnection.connect(conninfo, autocommit=True) as source,
    ):
        cursor = await conn.execute("SELECT pg_try_advisory_lock(%s)", (BUILDING,))
        row = await cursor.fetchone()
        if not (row and row[0]):
            raise AlreadyBuilding("another process builds read models anew; wait until it is done")
        building = _Building(conn, [model.beside() for model in models], zone, progress)
        await building.begin()
        async with aclosing(_pages(Reader(source), (await Reader(source).head()).size - 1)) as pages:
            async for rows, end in pages:
                await building.add(rows, end)
        return await building.swap()


class _Building:
    """Read models on their way, how far they are, and what they missed."""

    def __init__(self, conn: Connection, models: list[Model], zone: tzinfo, progress: Progress | None) -> None:
        self._conn = conn
        self._models = models
        self._zone = zone
        self._progress = progress
        self._after = -1
        self._missed: list[Missed] = []

    async def begin(self) -> None:
        """Empty tables beside those that are read; the readers' indexes come when they are full."""
        async with self._conn.transaction():
            for model in self._models:
                await drop(self._conn, model)
                await make(self._conn, model, indexes=False)

    async def add(self, rows: Sequence[Row], end: int) -> None:
        """Take in some more entries."""
        after = {model.name: self._after for model in self._models}
        async with self._conn.transaction():
            self._missed += await take(self._conn, self._models, rows, self._zone, after)
        self._after = rows[-1].position
        if self._progress is not None:
            self._progress(self._after + 1, max(end, self._after) + 1)

    async def swap(self) -> Rebuilt:
        """Take in what came meanwhile, under the lock that the follower takes for each batch, and swap."""
        for model in self._models:
            await index(self._conn, model)
            for table in model.tables:
                await self._conn.execute(sql.SQL("ANALYZE {}").format(sql.Identifier("read", model.prefix + table)))
        live = [model.name for model in self._models]
        async with self._conn.transaction():
            await ensure(self._conn, [])
            cursor = await self._conn.execute(
                "SELECT max(position) FROM (SELECT position FROM read.positions WHERE model = ANY (%s) ORDER BY model FOR UPDATE) AS p",
                (live,),
            )
            row = await cursor.fetchone()
            reached = row[0] if row and row[0] is not None else -1
            while self._after < reached:
                rows = await Reader(self._conn).range(self._after, min(PAGE, reached - self._after))
                await self.add(rows, reached)
            for model in self._models:
                await self._take_the_place_of(model)
        # Dying before the commit, the old tables are still those that are read; after it, the new ones are.
        return Rebuilt(tuple(live), self._after, tuple(self._missed))

    async def _take_the_place_of(self, model: Model) -> None:
        for table in model.tables:
            await self._conn.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier("read", table)))
        await rename(self._conn, model)
        mine = [missed for missed in self._missed if missed.model == model.name]
        await arrived(self._conn, model, self._after, mine)


async def _pages(reader: Reader, end: int) -> AsyncGenerator[tuple[list[Row], int]]:
    """Pages of the log up to its end as it was, each asked for while the one before is worked on."""
    asked = asyncio.ensure_future(reader.range(-1, PAGE))
    try:
        while rows := await asked:
            asked = asyncio.ensure_future(reader.range(rows[-1].position, PAGE))
            yield rows, end
            if rows[-1].position >= end:
                return
    finally:
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
