"""Reads the whole log as fast as it comes: for rebuilds, auditors and hashing; memory does not grow with history."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import Any

import psycopg
from psycopg import Cursor, sql

COLUMNS = frozenset({"position", "time", "known", "stream", "seq", "kind", "type", "v", "cause", "entry"})
AHEAD = 2
"""How many pages are asked for before they are needed."""


def replay(
    conninfo: str,
    *,
    after: int = -1,
    until: int | None = None,
    columns: Sequence[str] = ("position", "entry"),
    page: int = 2000,
) -> Generator[list[tuple[Any, ...]]]:
    """Pages of rows after a position, up to and with `until` (default: the end as it is now), in order.

    Ask only for the columns that are needed: identifiers and times cost more than the entry itself. While one page
    is worked on, the server already makes the next ones.
    """
    if unknown := set(columns) - COLUMNS:
        raise ValueError(f"the log has no column {', '.join(sorted(unknown))}")
    query = sql.SQL("SELECT {} FROM log.events WHERE position BETWEEN %b AND %b ORDER BY position").format(
        sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with psycopg.connect(conninfo, autocommit=True) as connection:
        if until is None:
            until = _end(connection)
        # Positions have no gaps, so the bounds of each page are known before the page before it has come.
        bounds = _pages(after, until, page)
        with connection.pipeline() as pipeline:
            asked: deque[Cursor[tuple[Any, ...]]] = deque()

            def ask(first: int, last: int) -> None:
                cursor = connection.cursor(binary=True)
                cursor.execute(query, (first, last), prepare=True)
                asked.append(cursor)

            for bound in islice(bounds, AHEAD):
                ask(*bound)
            while asked:
                rows = asked.popleft().fetchall()
                for bound in islice(bounds, 1):
                    ask(*bound)
                yield rows
            pipeline.sync()


def _end(connection: psycopg.Connection[tuple[Any, ...]]) -> int:
    row = connection.execute("SELECT next - 1 FROM log.head").fetchone()
    return int(row[0]) if row else -1


def _pages(after: int, until: int, page: int) -> Iterator[tuple[int, int]]:
    for first in range(after + 1, until + 1, page):
        yield first, min(first + page - 1, until)
