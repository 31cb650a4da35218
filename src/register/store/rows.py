"""A batch in PostgreSQL's binary form, packed in one go: arrays of rows for `log.append`, arrays of keys for the reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from uuid import UUID

import msgspec

from register.store.appending import Append, Entry, Opening

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# Object ids of the types of PostgreSQL itself; these never change.
BYTEA, INT8, INT2, INT4, TEXT, TIMESTAMPTZ, UUID_ = 17, 20, 21, 23, 25, 1184, 2950

# A row is its number of fields and, for each, type, length (-1: absent) and bytes; in an array its length comes first.
ARRAY = Struct("!iiIii")
NO_ARRAY = Struct("!iiI")
LENGTH = Struct("!i")
FIELD = Struct("!Ii")
COMMAND = Struct("!iIi16sIiq")
ENTRY = Struct("!iIi16sIi16sIiqIiiIih")
GUARD = Struct("!iiIi16sIii")
OPENING = Struct("!iIi16sIii")
COUNTS = Struct("!IiiIii")


class RowTypes(msgspec.Struct, frozen=True):
    """The object ids that the row types of `log.append` have in one database."""

    command: int
    entry: int
    guard: int
    opening: int


ROW_TYPES = """
    SELECT 'log.command_row'::regtype::oid::int8 AS command, 'log.entry_row'::regtype::oid::int8 AS entry,
           'log.guard_row'::regtype::oid::int8 AS guard, 'log.opening_row'::regtype::oid::int8 AS opening
"""


def array(element: int, rows: Sequence[bytes]) -> bytes:
    """An array of elements that have their length in front."""
    shape = ARRAY.pack(1, 0, element, len(rows), 1) if rows else NO_ARRAY.pack(0, 0, element)
    return shape + b"".join(rows)


def uuids(values: Iterable[UUID]) -> bytes:
    """A `uuid[]`."""
    return array(UUID_, [b"\0\0\0\x10" + value.bytes for value in values])


def ints(values: Iterable[int]) -> bytes:
    """An `integer[]`."""
    return array(INT4, [b"\0\0\0\4" + int4(value) for value in values])


def int4(value: int) -> bytes:
    """An `integer`."""
    return value.to_bytes(4, "big", signed=True)


def pack(batch: Sequence[Append], guards: Mapping[UUID, int], types: RowTypes) -> list[bytes]:
    """The arguments of `log.append`."""
    return [
        array(types.command, _commands(batch)),
        array(types.entry, [_entry(entry) for append in batch for entry in append.entries]),
        array(
            types.guard,
            [GUARD.pack(40, 2, UUID_, 16, stream.bytes, INT4, 4, version) for stream, version in guards.items()],
        ),
        array(types.opening, [_opening(opening) for append in batch for opening in append.openings]),
    ]


def microseconds(moment: datetime) -> int:
    """A time as PostgreSQL counts it."""
    return (moment - EPOCH) // MICROSECOND


def _field(type_: int, raw: bytes | None) -> bytes:
    return FIELD.pack(type_, -1) if raw is None else FIELD.pack(type_, len(raw)) + raw


def _row(*parts: bytes) -> bytes:
    body = b"".join(parts)
    return LENGTH.pack(len(body)) + body


def _commands(batch: Sequence[Append]) -> list[bytes]:
    rows: list[bytes] = []
    before = 0
    for append in batch:
        count = len(append.entries)
        rows.append(
            _row(
                COMMAND.pack(6, UUID_, 16, append.cause.bytes, TIMESTAMPTZ, 8, microseconds(append.time)),
                _field(BYTEA, append.request_hash),
                _field(TEXT, None if append.account is None else append.account.encode()),
                COUNTS.pack(INT4, 4, before, INT4, 4, count),
            )
        )
        before += count
    return rows


def _entry(entry: Entry) -> bytes:
    time = microseconds(entry.time)
    return _row(
        ENTRY.pack(
            *(8, UUID_, 16, entry.stream.bytes, UUID_, 16, entry.cause.bytes),
            *(TIMESTAMPTZ, 8, time, INT4, 4, entry.seq, INT2, 2, entry.v),
        ),
        _field(TEXT, entry.kind.encode()),
        _field(TEXT, entry.type.encode()),
        _field(BYTEA, entry.bytes),
    )


def _opening(opening: Opening) -> bytes:
    return _row(
        OPENING.pack(4, UUID_, 16, opening.stream.bytes, INT4, 4, opening.seq),
        _field(TEXT, opening.field.encode()),
        _field(TEXT, opening.disclosure.encode()),
    )
