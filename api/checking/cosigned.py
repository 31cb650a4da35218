"""What was signed of a checkpoint beyond the first time, by witnesses and by the log again: each row of it, against what is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec

from api.checking.entries import Asked
from api.checking.finding import Wrong
from register import verify as outside

COSIGNED = """
    SELECT c.size, c.number, c.kind, c.note, c.at, k.note FROM log.cosigned c
    LEFT JOIN log.checkpoints k ON k.size = c.size ORDER BY c.size, c.number
"""
WHERE = "log.cosigned"
ML_DSA = 6
ORDER = {"waiting": {"waiting"}, "shown": {"waiting"}, "again": {"waiting", "shown", "again"}}
"""What may come before a row of each kind; any may be the first but for what `kind` says of it."""


class Row(msgspec.Struct, frozen=True):
    """A note over a size, and the first one of that size."""

    size: int
    number: int
    kind: str
    note: bytes
    at: datetime
    first: bytes | None

    @property
    def key(self) -> str:
        """Which row it is."""
        return f"size {self.size}, number {self.number}"


def cosigned(conn: Asked, log: outside.Log) -> Iterator[Wrong]:
    """Every row repeats the text of its checkpoint, is signed, and follows the row before it; `checkpoint` is one of them, or the first."""
    raw = log.files.read("checkpoint")
    row = conn.execute("SELECT note FROM log.checkpoints WHERE size = %s", (log.report.size,)).fetchone()
    known = {bytes(row[0])} if row else set[bytes]()
    for size, rows in groupby(_rows(conn), key=lambda each: each.size):
        before: Row | None = None
        for each in rows:
            for column, reason in _wrong(log, each, before):
                yield Wrong(WHERE, reason, max(min(size, log.report.size) - 1, 0), each.key, column)
            before = each
            if size == log.report.size:
                known.add(each.note)
    # A newer one may have been shown since the files were looked at.
    if row and raw not in known and _size(raw) == log.report.size:
        yield Wrong("checkpoint", "is not a note that the database kept of that size")


def _size(raw: bytes | None) -> int | None:
    try:
        return outside.log_of(outside.note(raw or b"")[0])[1]
    except outside.Broken:
        return None


def waiting(conn: Asked) -> set[int]:
    """The sizes that nobody was shown: too few witnesses have signed them."""
    rows = conn.execute("SELECT size FROM log.cosigned GROUP BY size HAVING bool_and(kind = 'waiting')")
    return {size for (size,) in rows}


def shown(conn: Asked) -> dict[int, bytes]:
    """What `checkpoints/<size>` holds where it is more than the first note of its size."""
    rows = conn.execute("SELECT size, note FROM log.cosigned WHERE kind = 'shown'")
    return {size: bytes(note) for size, note in rows}


def _rows(conn: Asked) -> Iterator[Row]:
    with conn.cursor(name="cosigned", binary=True) as cursor:
        cursor.itersize = 100
        cursor.execute(COSIGNED)
        for size, number, kind, note, at, first in cursor:
            yield Row(size, number, kind, bytes(note), at, bytes(first) if first is not None else None)


def _wrong(log: outside.Log, row: Row, before: Row | None) -> Iterator[tuple[str, str]]:
    """What is wrong with a row, by its column."""
    if row.number != (before.number + 1 if before else 0):
        yield "number", "does not follow the row before it"
    if before is not None and before.kind not in ORDER.get(row.kind, set[Any]()):
        yield "kind", f"is {row.kind} after one that is {before.kind}"
    if before is not None and row.at < before.at:
        yield "at", "is before the row before it"
    try:
        outside.signers(row.note, log.keys)
        text, signatures = outside.note(row.note)
        origin, size, _ = outside.log_of(text)
        first = outside.note(row.first or b"")[0]
        kinds = {(name, id_): kind for name, id_, kind, _ in map(outside.key_of, log.keys)}
    except (outside.Broken, ValueError) as fault:
        yield "note", str(fault)
        return
    if text != first or size != row.size:
        yield "note", "says something else than the checkpoint of its size"
    for name, id_, signature in signatures:
        signed = int.from_bytes(signature[:8])
        if name == origin and kinds.get((name, id_)) == ML_DSA and signed != int(row.at.timestamp()):
            yield "at", f"says {row.at}, and was signed at another time"
