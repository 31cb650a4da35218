"""The export of a whole register: what is told, in which files, and the manifest that says so."""

from __future__ import annotations

import asyncio
from datetime import datetime, tzinfo
from pathlib import Path

import msgspec
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from api.exchange.gathering import Gathered, Progress, entries, gathered
from api.exchange.left import Left, Lost
from api.exchange.popolo.files import FILES, objects
from api.exchange.tables import COLUMNS, lines
from api.exchange.writing import Written, in_place_of, write_json, write_table
from api.house import zone_of
from projections.at import At
from projections.follow import Follower
from projections.reading import Connection, snapshot
from register.charter.facts import RegisterOpened
from register.store.reading import Reader

FORMAT = 1
PATIENCE = 600.0
"""Seconds in which the read models must have taken in what is in the log."""


class StillBehind(Exception):
    """The read models have not taken in the whole log; the message says what to do."""


class Exported(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The manifest: of which register, as known when, which files, what the read models missed, and what no table carries.

    `position` is that of the last entry that is told, -1 for none, and `known_time` its known time.
    """

    format: int
    register: str
    region: str
    position: int
    valid_on: str
    known_time: datetime | None = None
    known_at: datetime | None = None
    files: tuple[Written, ...] = ()
    missed: tuple[int, ...] = ()
    cannot_carry: tuple[Lost, ...] = ()


async def export(conninfo: str, opened: RegisterOpened, at: At, target: Path, progress: Progress) -> Exported:
    """Write everything that the register says at `at` into a folder; raises NotEmpty, StillBehind."""
    zone = zone_of(opened)
    with in_place_of(target) as draft:
        await _caught_up(conninfo, zone, progress)
        async with _pool(conninfo) as pool, snapshot(pool) as conn:
            told = await gathered(conn, opened, at, progress)
            lost = await _lost(conn, told, zone, progress)
            missed = await _missed(conn, told.position)
        files = _files(draft, told, progress)
        answer = Exported(
            format=FORMAT,
            register=opened.id,
            region=opened.region.code,
            position=told.position,
            valid_on=at.valid_on.isoformat(),
            known_time=told.known,
            known_at=at.known_at,
            files=tuple(sorted(files, key=lambda each: each.name)),
            missed=missed,
            cannot_carry=lost,
        )
        write_json(draft, "manifest.json", answer, 1)
    return answer


def _pool(conninfo: str) -> AsyncConnectionPool[Connection]:
    return AsyncConnectionPool(conninfo, min_size=1, max_size=1, open=False)


async def _caught_up(conninfo: str, zone: tzinfo, progress: Progress) -> None:
    """Take in what is in the log now; beside a running register, wait until that has."""
    async with await AsyncConnection.connect(conninfo) as conn:
        size = (await Reader(conn).head()).size
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    async with Follower(conninfo, zone) as follower:
        while not await follower.reached(size - 1, loop.time() + 0.5):
            progress("read models", follower.position + 1, size)
            if loop.time() > until:
                msg = f"the read models are at entry {follower.position} of {size}; see `register doctor`"
                raise StillBehind(msg)


async def _lost(conn: Connection, told: Gathered, zone: tzinfo, progress: Progress) -> tuple[Lost, ...]:
    left = Left()
    async for entry in entries(conn, told.position, zone):
        left.take(entry.fact)
        if entry.position % 500 == 0 or entry.position == told.position:
            progress("entries", entry.position + 1, told.position + 1)
    left.compare(told)
    return left.lost()


async def _missed(conn: Connection, position: int) -> tuple[int, ...]:
    cursor = await conn.execute("SELECT DISTINCT position FROM read.gaps WHERE position <= %s ORDER BY 1", (position,))
    return tuple(found for (found,) in await cursor.fetchall())


def _files(draft: Path, told: Gathered, progress: Progress) -> list[Written]:
    written: list[Written] = []
    every = len(COLUMNS) + len(FILES)
    for table, columns in COLUMNS.items():
        written.append(write_table(draft, table, columns, lines(table, told)))
        progress("files", len(written), every)
    for file in FILES:
        found = objects(file, told)
        written.append(write_json(draft, f"popolo/{file}.json", found, len(found)))
        progress("files", len(written), every)
    return written
