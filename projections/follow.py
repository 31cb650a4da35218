"""Follows the log for the read models: batches, positions, restart; it knows no read model by name.

Of all processes one projects, the one that holds an advisory lock; the others are told how far it is.
If we die: rows and position are stored in one transaction, so the next one goes on at the position.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import tzinfo
from types import TracebackType
from typing import Self

import psycopg
import structlog
from psycopg import AsyncConnection

from projections.models import every
from projections.reading import Connection, reflects
from projections.rebuild import rebuild
from projections.tables import ensure, record
from projections.taking import Batch, Missed, Model, shape, take, take_at_once
from register.store.reading import Row
from register.store.subscription import follow

log = structlog.get_logger(__name__)

PROJECTING = 7_253_118_010
"""Advisory lock: whoever holds it projects."""
CHANNEL = "register_read"
PAGE = 500
FEW = 20
"""So many entries, as commands write them, are taken in at once; more come in a batch when there is something to catch up with."""
MADE = "SELECT m.model, to_regclass('read.' || m.first)::oid::bigint FROM unnest(%s::text[], %s::text[]) AS m (model, first)"
"""Which tables the read models have now; others after each time that they were made anew."""
LOOK = 1.0
"""Seconds after which a process that does not project looks by itself whether it has to."""


class Outdated(Exception):
    """Another process built a read model in a shape that this one does not know."""


class Follower:
    """Keeps the read models up to the log as long as it is open. One a process; use it with `async with`."""

    def __init__(self, conninfo: str, zone: tzinfo, models: list[Model] | None = None) -> None:
        self._conninfo = conninfo
        self._zone = zone
        self._models = every() if models is None else models
        self._after: dict[str, int] = {}
        self._made: dict[str, int | None] = {}
        self._position = -1
        self._moved = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    @property
    def position(self) -> int:
        """The position of the last entry that every read model has taken in; -1 before the first."""
        return self._position

    async def reached(self, position: int, deadline: float) -> bool:
        """Wait until the read models have taken in an entry; False when the deadline (of the loop's clock) comes first."""
        try:
            async with asyncio.timeout_at(deadline), self._moved:
                await self._moved.wait_for(lambda: self._position >= position)
        except TimeoutError:
            return False
        return True

    async def __aenter__(self) -> Self:
        """Make the tables that are missing, and build anew those that have another shape; then follow."""
        async with await self._connect() as conn:
            other = await ensure(conn, self._models)
        if other:
            await rebuild(self._conninfo, self._zone, other)
        self._task = asyncio.create_task(self._run(), name="read models follow the log")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _connect(self) -> Connection:
        # A commit that the machine loses is taken in again from the log, so nobody waits for the disk.
        options = "-c synchronous_commit=off -c timezone=UTC"
        return await AsyncConnection.connect(
            self._conninfo, autocommit=True, options=options, application_name="register projections"
        )

    async def _run(self) -> None:
        pause = 0.05
        while True:
            try:
                async with await self._connect() as conn:
                    await self._load(conn)
                    pause = 0.05
                    if await self._may_project(conn):
                        await self._project(conn)
                    else:
                        await self._stand_by(conn)
            except Outdated:
                log.exception("read_models_outdated")
                pause = LOOK
            except Exception:
                # Whatever it is, the log is still there; the books may be ahead of what is stored, and are forgotten.
                log.exception("read_models_interrupted", after=self._position)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)

    async def _may_project(self, conn: Connection) -> bool:
        cursor = await conn.execute("SELECT pg_try_advisory_lock(%s)", (PROJECTING,))
        row = await cursor.fetchone()
        return bool(row and row[0])

    async def _load(self, conn: Connection) -> None:
        """Forget what was folded, and begin where the tables are."""
        await ensure(conn, self._models)
        for model in self._models:
            model.reset()
        self._after = {}
        await self._announce(await reflects(conn))

    async def _project(self, conn: Connection) -> None:
        async with aclosing(follow(self._conninfo, self._position, page=PAGE)) as batches:
            async for rows in batches:
                await self._take(conn, rows)

    async def _take(self, conn: Connection, rows: list[Row]) -> None:
        batch = Batch(rows, self._zone)
        missed = await self._quickly(conn, batch) if len(rows) <= FEW else None
        if missed is None:
            async with conn.transaction():
                await self._claim(conn)
                missed = await take(conn, self._models, batch, self._after)
                await self._arrive(conn, batch.last, missed)
        # Dying before the commit, nothing of the batch is stored; dying here, all of it is, and its position with it.
        self._after = {name: max(batch.last, position) for name, position in self._after.items()}
        for each in missed:
            log.error("entry_missed", model=each.model, position=each.position, reason=each.reason)
        await self._announce(batch.last)

    async def _quickly(self, conn: Connection, batch: Batch) -> list[Missed] | None:
        """A few entries in as few round trips as can be; None when something was in the way, and the careful way has to find out what."""
        try:
            async with conn.pipeline(), conn.transaction():
                await self._claim(conn)
                missed = await take_at_once(conn, self._models, batch, self._after)
                await self._arrive(conn, batch.last, missed)
        except psycopg.Error:
            if conn.closed:
                raise
            await conn.rollback()
            for model in self._models:
                model.reset()
            return None
        return missed

    async def _arrive(self, conn: Connection, position: int, missed: list[Missed]) -> None:
        await record(conn, missed)
        names = [model.name for model in self._models]
        moved = "UPDATE read.positions SET position = greatest(position, %s) WHERE model = ANY (%s)"
        await conn.execute(moved, (position, names))
        await conn.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(position)))

    async def _claim(self, conn: Connection) -> None:
        """Lock the positions against a rebuild that swaps tables, and see whether one did: its tables are other ones."""
        cursor = await conn.execute("SELECT model, position, shape FROM read.positions ORDER BY model FOR UPDATE")
        # Asked when the lock is ours, for whoever swaps holds it until the tables have their names.
        tables = await conn.execute(MADE, ([model.name for model in self._models], [m.tables[0] for m in self._models]))
        stored = {name: rest for name, *rest in await cursor.fetchall()}
        made: dict[str, int | None] = dict(await tables.fetchall())
        for model in self._models:
            position, kind = stored.get(model.name, (-1, ""))
            if kind != shape(model):
                raise Outdated(model.name)
            if (self._after.get(model.name), self._made.get(model.name)) != (position, made[model.name]):
                model.reset()
            self._after[model.name], self._made[model.name] = position, made[model.name]

    async def _stand_by(self, conn: Connection) -> None:
        """Another process projects: be told how far it is, and take over when it is gone."""
        await conn.execute(f"LISTEN {CHANNEL}")
        while True:
            await self._announce(await reflects(conn))
            async for note in conn.notifies(timeout=LOOK):
                await self._announce(max(self._position, int(note.payload)))
            if await self._may_project(conn):
                await conn.execute(f"UNLISTEN {CHANNEL}")
                await self._load(conn)
                await self._project(conn)

    async def _announce(self, position: int) -> None:
        async with self._moved:
            self._position = position
            self._moved.notify_all()
