"""Appends what is published and the database has not: byte for byte, at its position, with what stands beside an entry when it is recorded.

Not by `log.append`, for three reasons: that is for commands that are whole, and a checkpoint may end within one; it refuses a time that
is ahead of the clock, and a clock that is wrong must not keep anybody from restoring; and a copy is several times faster.
If we die: a batch is one transaction, so what is there is a shorter prefix of the same log, and the next run goes on behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.errors import UniqueViolation

from register import verify as outside
from register.publishing.stamp_rows import KEEP as STAMPED
from register.publishing.timestamps import Stamp
from register.restoring.published import Progress, Published, signed_at
from register.restoring.refusing import RestoreRefused
from register.tlog.notes import Note
from register.tlog.witnessing import of_log

BATCH = 2000
MOST_BYTES = 8 << 20

Owner = Connection[tuple[Any, ...]]

COPY = """
    COPY log.events (position, time, known, stream, cause, seq, v, kind, type, entry) FROM STDIN (FORMAT BINARY)
"""
TYPES = ("int8", "timestamptz", "timestamptz", "uuid", "uuid", "int4", "int2", "text", "text", "bytea")
HEAD = "SELECT next, known FROM log.head FOR UPDATE"
MOVE = "UPDATE log.head SET next = %s, known = %s"
COMMAND = "INSERT INTO log.commands (cause, first, count, at) VALUES (%s, %s, %s, %s)"
LONGER = "UPDATE log.commands SET count = %s - first WHERE cause = %s"
LAST = "SELECT cause FROM log.events WHERE position = %s"
KEPT = """
    SELECT c.size, greatest(c.at, (SELECT max(s.at) FROM log.cosigned s WHERE s.size = c.size))
    FROM log.checkpoints c ORDER BY c.size DESC LIMIT 1
"""
KEEP = "INSERT INTO log.checkpoints (size, root, note, at) VALUES (%s, %s, %s, %s)"
COSIGN = "INSERT INTO log.cosigned (size, number, kind, note, at) VALUES (%s, %s, %s, %s, %s)"
TOLD = "SELECT pg_notify('register_log', %s)"


STAMP = f"{STAMPED} ON CONFLICT DO NOTHING"


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
    checkpoints = _Checkpoints(owner, log)
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
    _stamps(owner, log)
    return done


def _stamps(owner: Owner, log: Published) -> None:
    """The time stamps that lie beside checkpoints. If we die: so many of them are there, and the next run adds the others."""
    for name in [each for each in log.files.names() if outside.STAMPS.fullmatch(each)]:
        size, number, _ = name.partition("/")[2].split(".")
        raw, note = log.files.read(name), log.note(int(size))
        if raw is not None and note is not None:
            owner.execute(STAMP, msgspec.structs.asdict(Stamp.shown(int(size), int(number), raw, note)))


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


class _Checkpoints:
    """Those that were published and that the database has not, the smallest first."""

    def __init__(self, owner: Owner, log: Published) -> None:
        self._owner, self._log = owner, log
        row = owner.execute(KEPT).fetchone()
        last = row[0] if row is not None else 0
        self._at: datetime | None = row[1] if row is not None else None
        self._left = [size for size in reversed(log.sizes()) if size > last]

    def up_to(self, size: int) -> int:
        """Keep those over at most so many entries; how many there were."""
        count = 0
        while self._left and self._left[-1] <= size:
            each = self._left.pop()
            if (shown := self._log.note(each)) is None:
                msg = f"checkpoints/{each}: changed while it was restored; look at the log with `register verify` and begin again"
                raise RestoreRefused(msg)
            self._keep(each, shown)
            count += 1
        return count

    def _keep(self, size: int, shown: bytes) -> None:
        """What the log signed, what was shown with the signatures of others, and what is shown now when it was signed once more."""
        note = Note.read(shown)
        kept = of_log(note, note.text.partition("\n")[0]).raw
        self._owner.execute(KEEP, (size, self._log.root(size), kept, self._moment(shown)))
        # Of the last one it must be known that it was shown so, or witnesses are asked for other signatures in its place.
        last = size == self._log.size
        others = [("shown", shown)] if last or shown != kept else []
        again = self._log.shown if last else shown
        others += [("again", again)] if again != shown else []
        for number, (kind, raw) in enumerate(others):
            self._owner.execute(COSIGN, (size, number, kind, raw, self._moment(raw)))

    def _moment(self, note: bytes) -> datetime:
        """When it was signed, to the second as the signature has it; what is kept to the microsecond may be of the same second."""
        at = signed_at(note)
        self._at = at if self._at is None else max(at, self._at)
        return self._at
