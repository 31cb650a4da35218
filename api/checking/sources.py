"""Where what is replayed comes from: the published files, what came after them, and the texts; with a digest of all of it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from api.checking.entries import Asked
from register import verify as outside
from register.store.appending import Opening
from register.tlog.tiles import ENTRIES, WIDTH, Tile, entries_of

TAIL = "SELECT entry FROM log.events WHERE position >= %b ORDER BY position"
TEXTS = "SELECT stream, seq, field, disclosure FROM log.openings ORDER BY stream, seq, field"


def published(log: outside.Log) -> Iterator[bytes]:
    """The entries that were verified, read once more and held against their hashes."""
    size = log.report.size
    for first in range(0, size, WIDTH):
        name = Tile(ENTRIES, first // WIDTH, min(WIDTH, size - first)).path
        at, raw = first, log.files.read(name) or b""
        for entry in entries_of(raw):
            if outside.of_entry(entry) != log.levels[0][at]:
                break
            yield entry
            at += 1
        if at != min(first + WIDTH, size):
            msg = f"{name} became another file while it was read; run it again"
            raise outside.Broken(msg)


def beyond(conn: Asked, size: int) -> Iterator[bytes]:
    """The entries of a database that are not published yet."""
    with conn.cursor(name="beyond", binary=True) as cursor:
        cursor.execute(TAIL, (size,))
        for (entry,) in cursor:
            yield bytes(entry)


def open_texts(conn: Asked) -> Iterator[Opening]:
    """The texts of a database."""
    with conn.cursor(name="open texts", binary=True) as cursor:
        cursor.execute(TEXTS)
        for row in cursor:
            yield Opening(*row)


def digest_of(*parts: bytes) -> bytes:
    """One digest of several."""
    return sha256(b"".join(sha256(part).digest() for part in parts)).digest()
