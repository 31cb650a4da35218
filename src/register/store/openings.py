"""Reads the texts of sealed fields; they are written with the entries they belong to, by `log.append`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from register.store.appending import Opening

OF_STREAMS = """
    SELECT stream, seq, field, disclosure FROM log.openings
    WHERE stream = ANY (%b) ORDER BY stream, seq, field
"""


async def openings_of(connection: AsyncConnection[Any], streams: Sequence[UUID]) -> list[Opening]:
    """What may still be read of these streams, in order of stream, seq and field; a withdrawn text is absent."""
    cursor = await connection.cursor(binary=True).execute(OF_STREAMS, (list(streams),), prepare=True)
    return [Opening(*row) for row in await cursor.fetchall()]
