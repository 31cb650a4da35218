"""The smallest rules there can be: a stream counts its entries. Commands and states for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from register.store.appending import Append, Entry, Opening
from register.store.deciding import Decided, NeedsStreams

Rule = Callable[[Mapping[UUID, object]], None]


def entry(stream: UUID, seq: int, cause: UUID, time: datetime) -> Entry:
    """An entry that says where it belongs, so that a reader can tell whether it is there."""
    text = f'{{"cause":"{cause}","id":"{stream}","seq":{seq}}}'
    return Entry(stream, "decision", seq, "position.recorded", 1, time, cause, text.encode())


def command(  # noqa: PLR0913 - each is one thing a test may want otherwise
    stream: UUID,
    version: int,
    count: int = 1,
    *,
    cause: UUID | None = None,
    time: datetime | None = None,
    guards: Mapping[UUID, int] | None = None,
    content: bytes = b"content",
) -> Append:
    """`count` entries after `version`, with an opening for the first."""
    cause = cause or uuid4()
    time = time or datetime.now(UTC)
    return Append(
        cause,
        time,
        tuple(entry(stream, version + number, cause, time) for number in range(1, count + 1)),
        guards or {stream: version},
        (Opening(stream, version + 1, "reason", "text"),) if count else (),
        content,
        "account",
    )


class Count:
    """The fold: how many entries there are."""

    def start(self) -> object:
        return 0

    def apply(self, state: object, rows: Sequence[tuple[int, bytes]]) -> object:
        assert isinstance(state, int)
        return state + len(rows)


class Full(Exception):
    """The refusal of these rules: a stream has its fill."""


class Add:
    """A command: add entries to a stream, unless it is full; also reads `beside`, and asks for `later`."""

    def __init__(  # noqa: PLR0913 - each is one thing a test may want otherwise
        self,
        stream: UUID,
        *,
        cause: UUID | None = None,
        count: int = 1,
        fill: int | None = None,
        beside: tuple[UUID, ...] = (),
        later: tuple[UUID, ...] = (),
        content: bytes = b"content",
    ) -> None:
        self.stream = stream
        self.cause = cause or uuid4()
        self.count = count
        self.fill = fill
        self.later = later
        self.reads = (stream, *beside)
        self.request_hash = content
        self.account = "account"
        self.decided = 0

    def decide(self, states: Mapping[UUID, object], versions: Mapping[UUID, int], now: datetime) -> Decided:
        self.decided += 1
        if missing := [stream for stream in self.later if stream not in states]:
            raise NeedsStreams(missing)
        had = states[self.stream]
        assert isinstance(had, int)
        assert had == versions[self.stream]
        if self.fill is not None and had + self.count > self.fill:
            raise Full(self.stream)
        entries = tuple(entry(self.stream, had + n, self.cause, now) for n in range(1, self.count + 1))
        return Decided(entries, (), {self.stream: had + self.count})
