"""Where the same words stand as at one place, so that whoever withdraws them knows of the others."""

from __future__ import annotations

import msgspec

from projections.reading import Connection

MOST = 100
"""So many are told."""

COPIES = """
    SELECT c.stream::text, c.seq, c.field FROM read.texts t
    JOIN read.texts c ON c.text = t.text AND (c.stream, c.seq, c.field) <> (t.stream, t.seq, t.field)
    WHERE t.stream = %s::uuid AND t.seq = %s AND t.field = %s ORDER BY 1, 2, 3 LIMIT %s
"""


class Copy(msgspec.Struct, frozen=True):
    """A place with the same words: its entry and its field."""

    id: str
    seq: int
    field: str


async def copies(conn: Connection, id: str, seq: int, field: str) -> tuple[Copy, ...]:
    """The other places with exactly these words; none when they are withdrawn already."""
    cursor = await conn.execute(COPIES, (id, seq, field, MOST))
    return tuple(Copy(*row) for row in await cursor.fetchall())
