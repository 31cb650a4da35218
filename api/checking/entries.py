"""The rows of log.events held against the published entries, each column beside its entry, and the head that counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec
import psycopg
from psycopg import Connection, IsolationLevel

from api.checking.finding import Wrong
from register import verify as outside

TABLE = "log.events"
COLUMNS = ("position", "stream", "seq", "kind", "type", "v", "cause", "known", "time", "entry")
FIELDS = {"stream": "id", "seq": "seq", "kind": "stream", "type": "type", "v": "v", "cause": "cause"}
"""What a column repeats of the entry."""
ALL = """
    SELECT position, stream, seq, kind, type, v, cause, known::text, time::text, entry FROM log.events ORDER BY position
"""
"""Times as the database writes them: one that was changed may lie where no other program has times."""
PAGE = 2000
BEGAN = datetime.min.replace(tzinfo=UTC)

Asked = Connection[Any]
Progress = Callable[[int, int], None]


class Rows(msgspec.Struct):
    """What came of it: how many rows there are, the latest time of all, and a digest of those that are not published."""

    count: int = 0
    unpublished: int = 0
    known: datetime = BEGAN
    digest: bytes = b""
    sound: bool = True
    """Whether those that are not published have the form of entries."""
    wrong: list[Wrong] = msgspec.field(default_factory=list[Wrong])


@contextmanager
def snapshot(conninfo: str) -> Iterator[Asked]:
    """A connection that sees one state of the database for as long as it is open, and cannot change any of it."""
    with psycopg.connect(conninfo, options="-c timezone=UTC -c datestyle=ISO") as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection


def entries(conn: Asked, log: outside.Log, progress: Progress) -> Rows:
    """Every row is the entry that was published at its position, and its columns say what stands in it.

    Rows beyond what is published are followed by the verifier as if they were: in form, and each in its place.
    """
    found, published, size = Rows(), log.levels[0], log.report.size
    log.each = None
    with conn.cursor(name="entries", binary=True) as cursor:
        cursor.itersize = PAGE
        cursor.execute(ALL)
        for row in cursor:
            position, entry = row[0], bytes(row[-1])
            if position > found.count:
                found.wrong.append(_missing(found.count, position))
            found.count = position + 1
            if position >= size:
                found.unpublished += 1
                found.digest = outside.of_two(found.digest, outside.of_entry(entry))
                followed = _followed(log, position, entry)
                found.sound = found.sound and not followed
                found.wrong += followed
            elif outside.of_entry(entry) != published[position]:
                found.wrong.append(Wrong(TABLE, "holds another entry than the one that was published", position))
                continue
            found.wrong += _columns(row, found)
            if position % PAGE == 0:
                progress(min(found.count, size), size)
    if found.count < size:
        found.wrong.append(_missing(found.count, size))
    progress(size, size)
    found.wrong += _head(conn, found)
    return found


def written(time: datetime) -> str:
    """A moment as the database writes it."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}".rstrip("0").rstrip(".") + "+00"


def _missing(first: int, end: int) -> Wrong:
    return Wrong(TABLE, "is missing" if end == first + 1 else f"is missing, with all up to entry {end - 1}", first)


def _followed(log: outside.Log, position: int, entry: bytes) -> list[Wrong]:
    before = len(log.report.findings)
    log.entry(TABLE, position, entry)
    told, log.report.findings[before:] = log.report.findings[before:], []
    return [Wrong(each.file, each.reason, position) for each in told]


def _columns(row: tuple[Any, ...], found: Rows) -> Iterator[Wrong]:
    """What a column says otherwise than the entry beside it; times follow from the entries alone."""
    try:
        said = msgspec.json.decode(row[-1])
        time = datetime.fromisoformat(said["time"])
    except (ValueError, KeyError, TypeError):
        return  # the verifier has said so
    found.known = max(found.known, time)
    times = {"known": written(found.known), "time": written(time)}
    should = {column: said[field] for column, field in FIELDS.items()} | times
    for column, value in zip(COLUMNS, row, strict=True):
        if column in should and str(value) != str(should[column]):
            yield Wrong(TABLE, f"says {value} where the entry says {should[column]}", row[0], column=column)


def _head(conn: Asked, found: Rows) -> Iterator[Wrong]:
    rows = conn.execute("SELECT one, next, known::text FROM log.head").fetchall()
    if len(rows) != 1:
        yield Wrong("log.head", f"has {len(rows)} rows, where one says how long the log is", found.count, "one true")
    for one, next_, known in rows:
        should = {"one": True, "next": found.count, "known": written(found.known) if found.count else None}
        for column, value in zip(should, (one, next_, known), strict=True):
            if value != should[column]:
                reason = f"says {value} where the entries say {should[column]}"
                yield Wrong("log.head", reason, found.count, key="one true", column=column)
