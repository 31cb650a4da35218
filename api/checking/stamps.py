"""The rows of log.stamps: each is an answer to its request, over its checkpoint, and lies beside that as a file."""

from __future__ import annotations

from collections.abc import Iterator

from api.checking.entries import Asked
from api.checking.finding import Wrong
from register import verify as outside
from register.publishing.stamp_rows import every
from register.publishing.timestamps import Stamp

TABLE = "log.stamps"


def stamps(conn: Asked, log: outside.Log) -> Iterator[Wrong]:
    """Hold each row against its file, and each file against the rows; what a stamp says was looked at with the file."""
    files = {name for name in log.files.names() if outside.STAMPS.fullmatch(name)}
    for stamp in every(conn):
        files.discard(stamp.name)
        key, last = f"size {stamp.size}, number {stamp.number}", max(min(stamp.size, log.report.size) - 1, 0)
        note = log.files.read(f"checkpoints/{stamp.size}")
        for column, fault in _wrong(stamp, log, note):
            yield Wrong(TABLE, fault, last, key, column)
    for name in sorted(files):
        yield Wrong(TABLE, f"has no row of {name}")


def _wrong(stamp: Stamp, log: outside.Log, note: bytes | None) -> Iterator[tuple[str, str]]:
    if log.files.read(stamp.name) != stamp.response:
        yield "response", f"holds another time stamp than {stamp.name}"
        return
    try:
        yield from stamp.faults(note or b"")
    except ValueError:
        yield "response", "holds an answer that cannot be read"
