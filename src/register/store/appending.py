"""What goes into the log and how the log answers: the vocabulary of the write path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

type_bytes = bytes  # the entry below has a field of that name


class Entry(msgspec.Struct, frozen=True):
    """One entry before it has a position: the store gives that. The fields repeat what stands in `bytes`."""

    stream: UUID
    kind: str
    seq: int
    type: str
    v: int
    time: datetime
    cause: UUID
    bytes: type_bytes


class Opening(msgspec.Struct, frozen=True):
    """The text of one sealed field; kept beside the log, where it can be erased."""

    stream: UUID
    seq: int
    field: str
    disclosure: str


class Append(msgspec.Struct, frozen=True):
    """The outcome of one command: stored wholly or not at all.

    `guards` names the version (last `seq`, 0 for a stream without entries) of *every* stream that was read.
    """

    cause: UUID
    time: datetime
    entries: tuple[Entry, ...]
    guards: Mapping[UUID, int]
    openings: tuple[Opening, ...] = ()
    request_hash: bytes | None = None
    account: str | None = None


class Appended(msgspec.Struct, frozen=True):
    """Where a command's entries stand: positions `first` to `first + count - 1`.

    `known` is the known time of the last of them (of a command without entries: its time); `repeated` tells that the answer was stored by an earlier call.
    """

    cause: UUID
    first: int
    count: int
    known: datetime
    repeated: bool = False


class NotStored(Exception):
    """A command that was not stored, or of which that cannot be told yet."""

    certain = True
    """This call stored nothing. False: it may have; asked again with the same key, the command gets its one answer."""


class VersionConflict(NotStored):
    """Others kept writing to the same streams for as many attempts as the budget allows."""

    def __init__(self, streams: Iterable[UUID]) -> None:
        self.streams = frozenset(streams)
        super().__init__(f"changed meanwhile: {', '.join(sorted(map(str, self.streams)))}")


class AlreadyStored(NotStored):
    """Among these commands are some that were stored before; nothing of the batch was stored now."""

    def __init__(self, causes: Iterable[UUID]) -> None:
        self.causes = frozenset(causes)
        super().__init__(f"some of these were stored before: {', '.join(sorted(map(str, self.causes)))}")


class SameKeyOtherContent(NotStored):
    """The key was used before, for a request with other content."""


class ClockAhead(NotStored):
    """The clock of this machine is more than five seconds ahead of the database's."""

    def __init__(self, *, certain: bool = True) -> None:
        self.certain = certain
        super().__init__("the clock of this machine is more than five seconds ahead of the database's")


class Overloaded(NotStored):
    """More commands wait than the queue holds; nothing was tried."""


class DeadlinePassed(NotStored):
    """The deadline came before the answer."""

    def __init__(self, *, certain: bool) -> None:
        self.certain = certain
        super().__init__("not begun before its deadline" if certain else "outcome unknown: ask again with the same key")


class StoreUnavailable(NotStored):
    """The database could not be reached for as long as the recorder's patience lasts."""

    def __init__(self, why: str, *, certain: bool) -> None:
        self.why = why
        self.certain = certain
        super().__init__(why if certain else f"{why}; outcome unknown: ask again with the same key")
