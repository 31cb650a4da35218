"""What the writer asks of the rules: a job that decides on states, and a fold that makes states from entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from register.store.appending import Append, Entry, Opening

MOST_BYTES = 65_535


class Decided(msgspec.Struct, frozen=True):
    """What a job wants stored, and the new state of each stream that it writes."""

    entries: tuple[Entry, ...]
    openings: tuple[Opening, ...]
    states: Mapping[UUID, object]


class Job(Protocol):
    """One command. `reads` are the streams whose state its rules need; `decide` may ask for more."""

    @property
    def cause(self) -> UUID:
        """The key of the command: the same key is stored once."""
        ...

    @property
    def request_hash(self) -> bytes | None:
        """What tells the same key with other content; keyed, so that nobody can guess from it."""
        ...

    @property
    def account(self) -> str | None:
        """Who gave it; kept outside the log."""
        ...

    @property
    def reads(self) -> tuple[UUID, ...]:
        """The streams whose state the rules need, as far as known before deciding; each becomes a guard."""
        ...

    def decide(self, states: Mapping[UUID, object], versions: Mapping[UUID, int], now: datetime) -> Decided:
        """Pure, and called again when another writer was faster. What it raises goes to this caller only.

        `versions` has the last `seq` of each stream read, 0 for one without entries.
        """
        ...


class Fold(Protocol):
    """Makes the state of one stream from its entries."""

    def start(self) -> object:
        """The state of a stream without entries."""
        ...

    def apply(self, state: object, rows: Sequence[tuple[int, bytes]]) -> object:
        """The state after these entries, each with its position, in order; `state` itself stays as it is."""
        ...


class NeedsStreams(Exception):
    """Raised by `decide`: it cannot say without these streams too."""

    def __init__(self, streams: Iterable[UUID]) -> None:
        self.streams = tuple(streams)
        super().__init__(f"needs {', '.join(map(str, self.streams))}")


class FaultyDecision(ValueError):
    """A job decided something that must not be stored: a fault of the program, not of who asked."""


class Growth(msgspec.Struct):
    """What a command adds to one stream: its last `seq` afterwards, and how many bytes."""

    seq: int
    weight: int


def as_append(
    job: Job, decided: Decided, versions: Mapping[UUID, int], now: datetime
) -> tuple[Append, dict[UUID, Growth]]:
    """The decision as the recorder takes it, checked so that one faulty job cannot fail the batch it shares."""
    cause = job.cause
    grown: dict[UUID, Growth] = {}
    for entry in decided.entries:
        growth = grown.get(entry.stream)
        if growth is None:
            growth = grown[entry.stream] = Growth(versions.get(entry.stream, -2), 0)
            if entry.stream not in decided.states:
                raise FaultyDecision("a stream was written without its new state")
        growth.seq += 1
        growth.weight += len(entry.bytes)
        if entry.seq != growth.seq:
            raise FaultyDecision(f"seq {entry.seq} of {entry.stream} does not follow what was read of it")
        if entry.cause != cause or entry.time != now:
            raise FaultyDecision("an entry has not the cause and the time of its command")
        if not 0 < len(entry.bytes) <= MOST_BYTES:
            raise FaultyDecision(f"an entry of {len(entry.bytes)} bytes")
    return Append(cause, now, decided.entries, versions, decided.openings, job.request_hash, job.account), grown
