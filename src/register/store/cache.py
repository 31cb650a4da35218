"""States of streams as last seen, least recently used first to go; bounded by number and by the bytes folded."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

import msgspec


class Seen(msgspec.Struct, frozen=True):
    """A stream at a version; `weight` is how many bytes of entries its state was folded from."""

    state: object
    version: int
    weight: int


class StateCache:
    """Owned by one writer. What it holds may be old: the guards of an append find that out."""

    def __init__(self, *, streams: int = 10_000, weight: int = 256 * 1024 * 1024) -> None:
        self._streams = streams
        self._limit = weight
        self._weight = 0
        self._seen: OrderedDict[UUID, Seen] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    @property
    def weight(self) -> int:
        """Bytes of entries behind the states that are held."""
        return self._weight

    def get(self, stream: UUID) -> Seen | None:
        """The stream as last seen."""
        seen = self._seen.get(stream)
        if seen is not None:
            self._seen.move_to_end(stream)
        return seen

    def put(self, stream: UUID, seen: Seen) -> None:
        """Remember; others may have to go."""
        self.drop(stream)
        self._seen[stream] = seen
        self._weight += seen.weight
        while self._seen and (len(self._seen) > self._streams or self._weight > self._limit):
            _, gone = self._seen.popitem(last=False)
            self._weight -= gone.weight

    def drop(self, stream: UUID) -> None:
        """Forget; the stream is read again when it is next needed."""
        gone = self._seen.pop(stream, None)
        if gone is not None:
            self._weight -= gone.weight
