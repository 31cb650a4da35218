"""What the read side reads of the log beside the batches that it follows: whole streams, and openings."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any
from uuid import UUID

from projections.entry import Entry, read
from projections.reading import Connection
from register.store.reading import Row

HISTORIES = """
    SELECT e.position, e.known, e.stream, e.seq, e.kind, e.type, e.v, e.cause, e.entry
    FROM unnest(%b::uuid[], %b::bigint[]) AS wanted (stream, before)
    JOIN log.events e ON e.stream = wanted.stream AND e.position < wanted.before
    ORDER BY e.position
"""
OPENINGS = """
    SELECT o.stream::text, o.seq, o.field, o.disclosure
    FROM unnest(%b::uuid[], %b::int[]) AS wanted (stream, seq)
    JOIN log.openings o ON o.stream = wanted.stream AND o.seq = wanted.seq
"""


class Log:
    """The log as committed, over a connection that the caller lends; made anew for each batch.

    Histories are kept, because several read models ask for the same ones while they take in one batch.
    """

    def __init__(self, conn: Connection, zone: tzinfo) -> None:
        self._conn = conn
        self._zone = zone
        self._kept: dict[tuple[UUID, int], list[Entry]] = {}
        self._one = asyncio.Lock()

    async def histories(self, before: Mapping[UUID, int]) -> dict[str, list[Entry]]:
        """The entries of each stream before a position, in order."""
        async with self._one:
            missing = {stream: position for stream, position in before.items() if (stream, position) not in self._kept}
            if missing:
                found: dict[UUID, list[Entry]] = {stream: [] for stream in missing}
                for row in await self._rows(HISTORIES, (list(missing), list(missing.values()))):
                    found[row[2]].append(read(Row(*row), self._zone))
                self._kept.update({(stream, missing[stream]): entries for stream, entries in found.items()})
        return {str(stream): self._kept[stream, position] for stream, position in before.items()}

    async def openings(self, places: Sequence[tuple[UUID, int]]) -> dict[tuple[str, int, str], str]:
        """The disclosures that are there for entries, by stream, number and field."""
        if not places:
            return {}
        async with self._one:
            rows = await self._rows(OPENINGS, ([stream for stream, _ in places], [seq for _, seq in places]))
        return {(stream, seq, field): disclosure for stream, seq, field, disclosure in rows}

    async def _rows(self, query: str, arguments: Sequence[object]) -> list[tuple[Any, ...]]:
        cursor = await self._conn.cursor(binary=True).execute(query.encode(), arguments)
        return await cursor.fetchall()
