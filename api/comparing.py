"""The database held against the published log: each row, each column beside it, and each text that opens a seal."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
import psycopg

from api.console import Console
from register import verify as outside
from register.store.replay import replay

COLUMNS = ("position", "stream", "seq", "kind", "type", "v", "cause", "known", "time", "entry")
FIELDS = {"stream": "id", "seq": "seq", "kind": "stream", "type": "type", "v": "v", "cause": "cause"}
"""What a column repeats of the entry."""
TIME = COLUMNS.index("time")


class Wrong(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that is not as it should be."""

    where: str
    reason: str
    entry: int | None = None


class Compared(msgspec.Struct):
    """What came of holding the database against the log."""

    rows: int = 0
    unpublished: int = 0
    wrong: list[Wrong] = msgspec.field(default_factory=list[Wrong])


def compared(conninfo: str, log: outside.Log, console: Console) -> Compared:
    """Every row of the database is the entry that was published there, its columns say what stands in it, and texts open their seals."""
    found, published = Compared(), log.levels[0]
    latest = None
    for rows in replay(conninfo, columns=COLUMNS):
        for row in rows:
            position, entry = row[0], row[-1]
            latest = row[TIME] if latest is None else max(latest, row[TIME])
            found.rows += 1
            if position >= log.report.size:
                found.unpublished += 1
            elif outside.of_entry(entry) != published[position]:
                found.wrong.append(
                    Wrong("the database", "holds another entry than the one that was published", position)
                )
            elif reason := _differs(row, latest):
                found.wrong.append(Wrong("the database", reason, position))
        console.progress("compare", min(found.rows, log.report.size), log.report.size)
    if found.rows < log.report.size:
        missing = f"has {found.rows} entries, and {log.report.size} were published"
        found.wrong.append(Wrong("the database", missing, found.rows))
    found.wrong += _texts(conninfo, log)
    return found


def _differs(row: tuple[Any, ...], latest: datetime) -> str:
    """What a column says otherwise than the entry beside it."""
    said = msgspec.json.decode(row[-1])
    known, time = row[TIME - 1], row[TIME]
    if time != datetime.fromisoformat(said["time"]) or known != latest:
        return f"says in its columns that it is of {time} and known since {known}, and the entries say otherwise"
    for column, value in zip(COLUMNS, row, strict=True):
        field = FIELDS.get(column)
        if field is not None and str(value) != str(said[field]):
            return f"says in the column {column} that it is {value}, and in the entry {said[field]}"
    return ""


def _texts(conninfo: str, log: outside.Log) -> list[Wrong]:
    """Texts that open no seal; those of entries that are not published yet are passed over."""
    wrong: list[Wrong] = []
    with psycopg.connect(conninfo) as connection, connection.cursor(name="texts") as cursor:
        cursor.execute("SELECT stream::text, seq, field, disclosure FROM log.openings ORDER BY stream, seq, field")
        for stream, rows in groupby(cursor, key=lambda row: str(row[0])):
            lines = [
                msgspec.json.encode({"d": disclosure, "field": field, "seq": seq}).decode()
                for _, seq, field, disclosure in rows
                if (stream, seq) in log.digests
            ]
            wrong += [Wrong(each.file, each.reason) for each in outside.texts(lines, f"texts of {stream}", stream, log)]
    return wrong
