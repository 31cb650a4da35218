"""Appends what is published and the database has not: byte for byte, at its position, with what stands beside an entry when it is recorded.

Not by `log.append`, for two reasons: that is for commands that are whole, and a checkpoint may end within one; and it refuses a time
that is ahead of the clock, while a clock that is wrong must not keep anybody from restoring.
If we die: a batch is one transaction, so what is there is a shorter prefix of the same log, and the next run goes on behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

import msgspec
from psycopg.errors import UniqueViolation

from register.restoring.checkpoints import Checkpoints, Owner, stamps
from register.restoring.published import Progress, Published
from register.restoring.refusing import RestoreRefused

BATCH = 2000
MOST_BYTES = 8 << 20

COPY = """
    COPY log.events (position, time, known, stream, cause, seq, v, kind, type, entry) FROM STDIN (FORMAT BINARY)
"""
TYPES = ("int8", "timestamptz", "timestamptz", "uuid", "uuid", "int4", "int2", "text", "text", "bytea")
HEAD = "SELECT next, known FROM log.head FOR UPDATE"
MOVE = "UPDATE log.head SET next = %s, known = %s"
COMMAND = "INSERT INTO log.commands (cause, first, count, at) VALUES (%s, %s, %s, %s)"
LONGER = "UPDATE log.commands SET count = %s - first WHERE cause = %s"
LAST = "SELECT cause FROM log.events WHERE position = %s"
TOLD = "SELECT pg_notify('register_log', %s)"


class Entry(msgspec.Struct, frozen=True):
    """What the columns beside an entry repeat of it."""

    cause: UUID
    id: UUID
    seq: int
    stream: str
    time: datetime
    type: str
    v: int


class Appended(msgspec.Struct):
    """What was added to the database."""

    entries: int = 0
    checkpoints: int = 0


_ENTRY = msgspec.json.Decoder(Entry)


def append(owner: Owner, log: Published, progress: Progress) -> Appended:
    """Bring the database up to the log; it must hold a beginning of it, and nobody else may write meanwhile."""
    done = Appended()
    first = _next(owner)
    checkpoints = Checkpoints(owner, log)
    with owner.transaction():
        done.checkpoints += checkpoints.up_to(min(first, log.size))
    for batch in _batches(log.entries(first) if first < log.size else iter(())):
        with owner.transaction():
            _append(owner, first, batch)
            done.checkpoints += checkpoints.up_to(first + len(batch))
        # Dying here or before: the batch is there with its checkpoints, or nothing of it is.
        first += len(batch)
        done.entries += len(batch)
        progress("restore", first, log.size)
    stamps(owner, log)
    return done


def _next(owner: Owner) -> int:
    row = owner.execute("SELECT next FROM log.head").fetchone()
    return int(row[0]) if row else 0


def _batches(entries: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    held = 0
    for entry in entries:
        batch.append(entry)
        held += len(entry)
        if len(batch) >= BATCH or held >= MOST_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _append(owner: Owner, first: int, batch: Sequence[bytes]) -> None:
    """Entries from a position on, in the transaction that the caller holds; a trigger deletes the texts that they withdraw."""
    row = owner.execute(HEAD).fetchone()
    position, known = row if row is not None else (-1, None)
    if position != first:
        msg = "somebody records in this database while it is restored; stop the register, and begin again"
        raise RestoreRefused(msg)
    read = [_ENTRY.decode(raw) for raw in batch]
    with owner.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.set_types(TYPES)
        for at, (entry, raw) in enumerate(zip(read, batch, strict=True), first):
            known = entry.time if known is None else max(known, entry.time)
            copy.write_row(
                (at, entry.time, known, entry.id, entry.cause, entry.seq, entry.v, entry.stream, entry.type, raw)
            )
    _commands(owner, first, read)
    end = first + len(batch)
    owner.execute(MOVE, (end, known))
    owner.execute(TOLD, (str(end - 1),))


def _commands(owner: Owner, first: int, read: Sequence[Entry]) -> None:
    """A row for each command, as it would have been without what is forgotten after a while; one that an earlier end cut gets longer."""
    row = owner.execute(LAST, (first - 1,)).fetchone()
    rows: list[tuple[UUID, int, int, datetime]] = []
    at = first
    for cause, entries in groupby(read, key=lambda entry: entry.cause):
        own = list(entries)
        if row != (cause,) or owner.execute(LONGER, (at + len(own), cause)).rowcount == 0:
            rows.append((cause, at, len(own), own[0].time))
        at += len(own)
    try:
        with owner.cursor() as cursor:
            cursor.executemany(COMMAND, rows)
    except UniqueViolation as fault:
        msg = f"the database knows commands and not their entries ({fault.diag.message_detail}); restore into an empty database"
        raise RestoreRefused(msg) from None
