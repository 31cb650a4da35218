"""Arrays of a batch in PostgreSQL's binary form, packed in one go: a batch is one statement of whole columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from struct import pack
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

if TYPE_CHECKING:
    from psycopg.abc import Buffer

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
ABSENT = pack("!i", -1)


class Packed:
    """One array, ready to be sent."""

    element = 0
    array = 0
    __slots__ = ("data",)

    def __init__(self, size: int, elements: Iterable[bytes]) -> None:
        shape = pack("!iIIii", 1, 1, self.element, size, 1) if size else pack("!iII", 0, 0, self.element)
        self.data = shape + b"".join(elements)


class Uuids(Packed):
    """A `uuid[]`."""

    element, array = 2950, 2951
    __slots__ = ()

    def __init__(self, values: Sequence[UUID]) -> None:
        super().__init__(len(values), [b"\0\0\0\x10" + value.bytes for value in values])


class Ints(Packed):
    """An `integer[]`."""

    element, array = 23, 1007
    __slots__ = ()

    def __init__(self, values: Sequence[int]) -> None:
        super().__init__(len(values), [pack("!ii", 4, value) for value in values])


class Smalls(Packed):
    """A `smallint[]`."""

    element, array = 21, 1005
    __slots__ = ()

    def __init__(self, values: Sequence[int]) -> None:
        super().__init__(len(values), [pack("!ih", 2, value) for value in values])


class Times(Packed):
    """A `timestamptz[]`."""

    element, array = 1184, 1185
    __slots__ = ()

    def __init__(self, values: Sequence[datetime]) -> None:
        super().__init__(len(values), [pack("!iq", 8, (value - EPOCH) // MICROSECOND) for value in values])


class Blobs(Packed):
    """A `bytea[]`; None is NULL."""

    element, array = 17, 1001
    __slots__ = ()

    def __init__(self, values: Sequence[bytes | None]) -> None:
        super().__init__(len(values), [ABSENT if v is None else pack("!i", len(v)) + v for v in values])


class Texts(Packed):
    """A `text[]`; None is NULL."""

    element, array = 25, 1009
    __slots__ = ()

    def __init__(self, values: Sequence[str | None]) -> None:
        raw = [None if value is None else value.encode() for value in values]
        super().__init__(len(raw), [ABSENT if v is None else pack("!i", len(v)) + v for v in raw])


class _Dumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Packed) -> Buffer:
        return obj.data


for _kind in (Uuids, Ints, Smalls, Times, Blobs, Texts):
    psycopg.adapters.register_dumper(_kind, type(f"{_kind.__name__}Dumper", (_Dumper,), {"oid": _kind.array}))
