"""What the read side knows of withdrawn texts: whether one is still there that the log withdraws."""

from __future__ import annotations

from projections.reading import Connection

TABLE = "read.texts"
"""The one table of the read side that holds texts."""

STILL_THERE = """
    SELECT count(*) FROM log.events e, log.withdrawn_by(e.entry) w
    JOIN read.texts t ON (t.stream, t.seq, t.field) = (w.stream, w.seq, w.field)
    WHERE e.type = 'disclosure.withdrawn' AND t.text IS NOT NULL
"""
LAST = "SELECT count(*), coalesce(max(position), -1) FROM log.events WHERE type = 'disclosure.withdrawn'"


async def last_withdrawal(conn: Connection) -> tuple[int, int]:
    """How many texts were withdrawn, and the position of the last entry that says so; -1 when none was."""
    cursor = await conn.execute(LAST)
    count, position = await cursor.fetchone() or (0, -1)
    return count, position


async def still_there(conn: Connection) -> int:
    """How many texts can still be read on the read side although they were withdrawn."""
    cursor = await conn.execute(STILL_THERE)
    [count] = await cursor.fetchone() or (0,)
    return int(count)
