"""How changed rows are stored: the old row is closed at the entry that changed it, the new one begins there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import cache

import msgspec
from psycopg import sql
from psycopg.pq import PipelineStatus

from projections.entry import Entry
from projections.reading import Connection
from projections.row import Row

COLUMNS = (
    "stream", "key", "fact", "position", "seq", "valid_from", "valid_until",
    "since", "known_from", "until", "known_until", "about", "body",
)  # fmt: skip
"""The columns of every table of rows; after them come the fields that its rows are asked by."""

FEW = 40
"""So many rows go as statements in one round trip; more go as a stream, which costs a round trip a table."""

_ENCODER = msgspec.json.Encoder()

Values = list[str | None]


class Changed(msgspec.Struct, frozen=True):
    """A change of the row under a key, by an entry."""

    entry: Entry
    key: str
    before: Row | None
    after: Row | None


async def store(conn: Connection, changed: Sequence[Changed], prefix: str) -> None:
    """Store changes in the order in which they came; a row that was made and closed among them is stored closed."""
    closed, made = _settled(changed)
    if not closed and not made:
        return
    few = sum(map(len, made.values())) <= FEW or in_pipeline(conn)
    async with together(conn):
        for table, values in closed.items():
            await conn.execute(_closing(table, prefix), [list(column) for column in zip(*values, strict=True)])
        for kind, rows in made.items() if few else ():
            for row in rows:
                await conn.execute(_inserting(kind, prefix), row)
    for kind, rows in made.items() if not few else ():
        async with conn.cursor().copy(_copying(kind, prefix)) as copy:
            await copy.write("".join(map(_line, rows)))


def in_pipeline(conn: Connection) -> bool:
    """Tell whether the caller sends its statements together, so that nothing may be streamed."""
    return conn.pgconn.pipeline_status != PipelineStatus.OFF


@asynccontextmanager
async def together(conn: Connection) -> AsyncGenerator[None]:
    """Send the statements within in one round trip: that of the caller when it has one."""
    if in_pipeline(conn):
        yield
    else:
        async with conn.pipeline():
            yield


def _settled(changed: Sequence[Changed]) -> tuple[dict[str, list[tuple[str, ...]]], dict[type[Row], list[Values]]]:
    """Which stored rows are to be closed, by table, and which rows are to be stored, by kind of table."""
    closed: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    made: dict[type[Row], list[Values]] = defaultdict(list)
    fresh: dict[tuple[str, str], Values] = {}
    for change in changed:
        entry = change.entry
        position, known = str(entry.position), entry.known.isoformat()
        place = (entry.stream, change.key)
        if change.before is not None:
            if (values := fresh.pop(place, None)) is not None:
                values[9], values[10] = position, known
            else:
                closed[change.before.TABLE].append((entry.stream, change.key, position, known))
        if change.after is not None:
            values = fresh[place] = _values(change.key, change.after, position, known)
            made[_table(type(change.after))].append(values)
    return closed, made


def _values(key: str, row: Row, position: str, known: str) -> Values:
    return [
        row.stream,
        key,
        row.__struct_config__.tag,  # type: ignore[list-item]  # the tag of a row is a string
        str(row.position),
        str(row.seq),
        row.valid_from.isoformat() if row.valid_from else None,
        row.valid_until.isoformat() if row.valid_until else None,
        position,
        known,
        None,
        None,
        "{" + ",".join(row.about()) + "}",
        _ENCODER.encode(row).decode(),
        *(None if value is None else str(value) for value in row.asked()),
    ]


@cache
def _table(kind: type[Row]) -> type[Row]:
    """The class that names the table of a kind of row: rows of one table are stored together."""
    return next(base for base in reversed(kind.__mro__) if getattr(base, "TABLE", None) == kind.TABLE)


def _line(values: Values) -> str:
    """A row in the text form of COPY; only a body can hold a backslash, and nothing can hold a tab or a line feed."""
    return "\t".join("\\N" if value is None else value.replace("\\", "\\\\") for value in values) + "\n"


def _name(table: str, prefix: str) -> sql.Composable:
    return sql.Identifier("read", prefix + table)


def _columns(kind: type[Row]) -> tuple[str, ...]:
    return (*COLUMNS, *kind.ASKED)


@cache
def _closing(table: str, prefix: str) -> bytes:
    statement = sql.SQL(
        "UPDATE {} AS r SET until = c.until, known_until = c.known"
        " FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[]) AS c (stream, key, until, known)"
        " WHERE r.stream = c.stream AND r.key = c.key AND r.until IS NULL"
    ).format(_name(table, prefix))
    return statement.as_bytes(None)


@cache
def _inserting(kind: type[Row], prefix: str) -> bytes:
    columns = _columns(kind)
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        _name(kind.TABLE, prefix),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() * len(columns)),
    )
    return statement.as_bytes(None)


@cache
def _copying(kind: type[Row], prefix: str) -> bytes:
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns(kind)))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(_name(kind.TABLE, prefix), columns).as_bytes(None)
