"""Replays a log into read models of its own, and holds every row of others against those: what an auditor compares.

What is replayed is a pure function of the entries, the texts, the time zone and this code; whoever asks twice with the same ones may
keep what the first time gave.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

import msgspec
from psycopg import Connection, sql

from projections.models import every
from projections.rebuild import Progress, Rebuilt, rebuild

Sync = Connection[Any]
Key = tuple[object, ...]

BESIDE = "next_"
"""What the tables of a rebuild that is under way, or was killed, begin with; nobody reads them."""
PAGE = 2000

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'read' ORDER BY tablename"
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod),
           array_position((SELECT i.indkey FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary), a.attnum)
    FROM pg_attribute a
    WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""


class Differs(msgspec.Struct, frozen=True):
    """A row that is not what the entries make: in which table, under which key, in which column; at which entry when that is known."""

    table: str
    reason: str
    key: str = ""
    column: str = ""
    entry: int | None = None


class Shape(msgspec.Struct, frozen=True):
    """The columns of a table with their types, and which of them are its key."""

    columns: Mapping[str, str]
    key: tuple[str, ...]


def replay(conninfo: str, zone: tzinfo, progress: Progress | None = None) -> Rebuilt:
    """Make every read model from the log of a database that has none yet."""
    return asyncio.run(rebuild(conninfo, zone, every(), progress))


def tables_of(conn: Sync) -> list[str]:
    """The tables of the read side, without those of a rebuild."""
    return [name for (name,) in conn.execute(TABLES) if not name.startswith(BESIDE)]


def differing(live: Sync, anew: Sync) -> Iterator[Differs]:
    """Every row of every table that differs, is missing or is too many; both are read in one snapshot that the caller holds."""
    there, wanted = tables_of(live), tables_of(anew)
    for table in sorted({*there, *wanted}):
        if table not in wanted:
            yield Differs(table, "is a table that no entry explains")
        elif table not in there:
            yield Differs(table, "is missing; run `register rebuild`")
        elif (shape := _shape(anew, table)) != _shape(live, table):
            yield Differs(table, "has other columns than this version makes; run `register rebuild`")
        else:
            yield from _rows_differing(live, anew, table, shape)


def _shape(conn: Sync, table: str) -> Shape:
    rows = conn.execute(COLUMNS, (f"read.{table}",)).fetchall()
    keyed = sorted((place, name) for name, _, place in rows if place is not None)
    return Shape({name: kind for name, kind, _ in rows}, tuple(name for _, name in keyed))


def _rows_differing(live: Sync, anew: Sync, table: str, shape: Shape) -> Iterator[Differs]:
    """Both sides in the order of their keys, side by side."""
    names = list(shape.columns)
    ours, theirs = _ordered(anew, table, shape), _ordered(live, table, shape)
    should, said = next(ours, None), next(theirs, None)
    while should is not None or said is not None:
        if said is None or (should is not None and should[0] < said[0]):
            assert should is not None  # noqa: S101  # one of the two is there
            yield _told(anew, table, shape, should[1], "is missing")
            should = next(ours, None)
        elif should is None or said[0] < should[0]:
            yield _told(anew, table, shape, said[1], "is a row that no entry makes", known=False)
            said = next(theirs, None)
        else:
            for name, value, other in zip(names, said[1], should[1], strict=True):
                if value != other:
                    yield _told(
                        anew,
                        table,
                        shape,
                        should[1],
                        f"says {_short(value)} where the entries make {_short(other)}",
                        name,
                    )
            should, said = next(ours, None), next(theirs, None)


def _ordered(conn: Sync, table: str, shape: Shape) -> Iterator[tuple[Key, Sequence[str | None]]]:
    """The rows of a table as text, by their key; every order is that of bytes, whatever the database was made with."""
    texts = [sql.SQL("{}::text").format(sql.Identifier(name)) for name in shape.columns]
    order = [
        sql.SQL('{} COLLATE "C"' if shape.columns[name] == "text" else "{}").format(sql.Identifier(name))
        for name in shape.key
    ]
    places = [(list(shape.columns).index(name), shape.columns[name]) for name in shape.key]
    with conn.cursor(name=f"rows of {table}") as cursor:
        cursor.itersize = PAGE
        cursor.execute(
            sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
                sql.SQL(", ").join(texts), sql.Identifier("read", table), sql.SQL(", ").join(order)
            )
        )
        for row in cursor:
            yield tuple(_ordering(row[at], kind) for at, kind in places), row


def _ordering(value: str, kind: str) -> object:
    """What sorts in here as it does there: numbers by size, the rest by its characters, which for UTF-8 is by its bytes."""
    return int(value) if kind in {"bigint", "integer", "smallint"} else value


def _told(  # noqa: PLR0913, PLR0917  # what is told of a row
    anew: Sync,
    table: str,
    shape: Shape,
    row: Sequence[str | None],
    reason: str,
    column: str = "",
    *,
    known: bool = True,
) -> Differs:
    said = dict(zip(shape.columns, row, strict=True))
    key = ", ".join(f"{name} {said[name]}" for name in shape.key)
    return Differs(table, reason, key, column, _entry(anew, said) if known else None)


def _entry(anew: Sync, said: dict[str, str | None]) -> int | None:
    """The entry that a row comes from, by its own word or by its place in a stream."""
    if (position := said.get("position") or said.get("since")) is not None:
        return int(position)
    if said.get("stream") is None or said.get("seq") is None:
        return None
    found = anew.execute(
        "SELECT position FROM log.events WHERE stream = %s::uuid AND seq = %s::integer", (said["stream"], said["seq"])
    ).fetchone()
    return int(found[0]) if found else None


def _short(value: str | None) -> str:
    """A value as a sentence has room for it."""
    most = 80
    if value is None:
        return "nothing"
    return value if len(value) <= most else f"{value[:most]}…"
