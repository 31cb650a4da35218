"""The tables of the read side: made when they are missing, and where each read model keeps how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from projections.reading import Connection
from projections.taking import Missed, Model, shape

MAKING = 7_253_118_011
"""Advisory lock: processes that start at once make the tables one after the other."""

BOOKKEEPING = """
CREATE TABLE IF NOT EXISTS read.positions (
    model    text   PRIMARY KEY,
    position bigint NOT NULL,  -- of the last entry that it has taken in, -1 before the first
    shape    text   NOT NULL   -- digest of its schema
);
CREATE TABLE IF NOT EXISTS read.gaps (
    model    text   NOT NULL,
    position bigint NOT NULL,  -- of the entry that it could not take in
    reason   text   NOT NULL,
    PRIMARY KEY (model, position)
);
"""


async def ensure(conn: Connection, models: Sequence[Model]) -> list[Model]:
    """Make what is missing, empty; the read models that are there in another shape, and have to be built anew."""
    async with conn.transaction():
        await conn.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
        if not await _has(conn, "positions") or not await _has(conn, "gaps"):
            await conn.execute(BOOKKEEPING)
        if await _counts(conn):
            await conn.execute("ALTER TABLE read.positions DROP COLUMN built")
        cursor = await conn.execute("SELECT model, shape FROM read.positions")
        shapes = dict(await cursor.fetchall())
        other: list[Model] = []
        for model in models:
            if model.name not in shapes or not all([await _has(conn, table) for table in model.tables]):
                await drop(conn, model)
                await make(conn, model, indexes=True)
                await arrived(conn, model, -1, [])
            elif shapes[model.name] != shape(model):
                other.append(model)
        return other


async def make(conn: Connection, model: Model, *, indexes: bool) -> None:
    """The tables of a read model, with or without the indexes that only readers need."""
    for statement in _statements(model):
        if indexes or not statement.startswith(b"CREATE INDEX"):
            await conn.execute(statement)


async def index(conn: Connection, model: Model) -> None:
    """The indexes that only readers need."""
    for statement in _statements(model):
        if statement.startswith(b"CREATE INDEX"):
            await conn.execute(statement)


async def drop(conn: Connection, model: Model) -> None:
    """Take the tables of a read model away."""
    for table in model.tables:
        await conn.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier("read", model.prefix + table)))


async def rename(conn: Connection, model: Model) -> None:
    """Let the tables that were built beside be those that are read."""
    for table in model.tables:
        beside = sql.Identifier("read", model.prefix + table)
        await conn.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(beside, sql.Identifier(table)))


async def arrived(conn: Connection, model: Model, position: int, missed: Sequence[Missed]) -> None:
    """A read model was made anew: how far it is, and what it missed."""
    await conn.execute("DELETE FROM read.gaps WHERE model = %s", (model.name,))
    await record(conn, missed)
    await conn.execute(
        "INSERT INTO read.positions (model, position, shape) VALUES (%s, %s, %s)"
        " ON CONFLICT (model) DO UPDATE SET position = excluded.position, shape = excluded.shape",
        (model.name, position, shape(model)),
    )


async def record(conn: Connection, missed: Sequence[Missed]) -> None:
    """Remember the entries that read models could not take in."""
    for each in missed:
        await conn.execute(
            "INSERT INTO read.gaps (model, position, reason) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (each.model, each.position, each.reason),
        )


async def _has(conn: Connection, table: str) -> bool:
    cursor = await conn.execute("SELECT to_regclass(%s) IS NOT NULL", (f"read.{table}",))
    row = await cursor.fetchone()
    return bool(row and row[0])


async def _counts(conn: Connection) -> bool:
    """Whether an earlier version made the bookkeeping, with a count that no entry explains."""
    cursor = await conn.execute(
        "SELECT 1 FROM pg_attribute WHERE attrelid = 'read.positions'::regclass AND attname = 'built' AND NOT attisdropped"
    )
    return await cursor.fetchone() is not None


def _statements(model: Model) -> list[bytes]:
    """The statements of a schema; every table in it is written as `read.name`."""
    lines = [line.partition("--")[0] for line in model.schema.splitlines()]
    text = " ".join(lines).replace(" read.", f" read.{model.prefix}")
    return [" ".join(statement.split()).encode() for statement in text.split(";") if statement.strip()]
