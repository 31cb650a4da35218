"""Replays published entries and their texts in a database of its own, and holds the read models that are answered from against that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from time import perf_counter
from types import TracebackType
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import psycopg

from api.checking.entries import Asked, Progress
from api.checking.finding import Wrong
from projections.replaying import differing, replay
from register import stored
from register import verify as outside
from register.charter.facts import RegisterOpened
from register.store.appending import Opening
from register.store.scratch import Event, fill, scratch
from register.tlog.tiles import WIDTH

MOST = 1000
"""Rows that are told one by one; a read model that was made wrong has as many as it likes."""
POSITIONS = "SELECT model, position FROM read.positions ORDER BY model"


class Cost(msgspec.Struct, frozen=True):
    """What one part of the work took: of how many things, in seconds."""

    what: str
    count: int
    seconds: float

    def __str__(self) -> str:
        each = self.seconds / self.count * 1e6 if self.count else 0.0
        return f"{self.what}: {self.count} in {self.seconds:.2f} s, {each:.0f} µs each, {each / 1000:.2f} s for 1,000"


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What is replayed: entries in order, the texts that are open, and a digest of both."""

    digest: bytes
    entries: Iterable[bytes]
    openings: Iterable[Opening]


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """A log in a database of its own with its read models; `wrong` are entries that this version could not have written."""

    conninfo: str
    opened: RegisterOpened
    size: int
    wrong: tuple[Wrong, ...]
    costs: tuple[Cost, ...]


class Replays:
    """Replays on a server, the last of which is kept: it is a pure function of its inputs, so the same digest needs no second one."""

    def __init__(self, server: str) -> None:
        """`server` is the login of somebody who may make databases there."""
        self._server = server
        self._stack = ExitStack()
        self._kept: tuple[bytes, Replayed] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def of(self, inputs: Inputs, progress: Progress) -> Replayed:
        """The replay of some entries and texts."""
        if self._kept is None or self._kept[0] != inputs.digest:
            self._kept = None
            self._stack.close()
            self._kept = inputs.digest, _replayed(self._stack.enter_context(scratch(self._server)), inputs, progress)
        return self._kept[1]


def _replayed(conninfo: str, inputs: Inputs, progress: Progress) -> Replayed:
    events = _Events(inputs.entries)
    began = perf_counter()
    size = fill(conninfo, events, inputs.openings)
    filled = perf_counter()
    assert events.opened is not None  # noqa: S101  # the verifier saw that the first entry opens a register
    replay(conninfo, ZoneInfo(events.opened.time_zone), progress)
    costs = (
        Cost("decoding", size, events.seconds),
        Cost("copying", size, filled - began - events.seconds),
        Cost("replay", size, perf_counter() - filled),
    )
    return Replayed(conninfo=conninfo, opened=events.opened, size=size, wrong=tuple(events.wrong), costs=costs)


class _Events:
    """Entries as rows of the log, each read strictly; what is no entry of this version is remembered and goes along."""

    def __init__(self, entries: Iterable[bytes]) -> None:
        self.wrong: list[Wrong] = []
        self.opened: RegisterOpened | None = None
        self.seconds = 0.0
        self._entries = entries

    def __iter__(self) -> Iterator[Event]:
        known = None
        for position, raw in enumerate(self._entries):
            began = perf_counter()
            said = msgspec.json.decode(raw)
            self._judge(position, raw)
            time = datetime.fromisoformat(said["time"])
            known = time if known is None else max(known, time)
            self.seconds += perf_counter() - began
            stream, cause = UUID(said["id"]), UUID(said["cause"])
            yield position, time, known, stream, said["seq"], said["stream"], said["type"], said["v"], cause, raw

    def _judge(self, position: int, raw: bytes) -> None:
        try:
            fact = stored.decode(raw).data
        except stored.NotAnEntryError as fault:
            self.wrong.append(
                Wrong(
                    f"tile/entries/{_bundle(position)}",
                    f"holds what this version could not have written: {fault}",
                    position,
                )
            )
            return
        if position == 0 and isinstance(fact, RegisterOpened):
            self.opened = fact


def _bundle(position: int) -> str:
    return outside.grouped(position // WIDTH)


def behind(conn: Asked, size: int) -> list[Wrong] | None:
    """The read models that are not at the end of the log; None when there are none at all."""
    if not (conn.execute("SELECT to_regclass('read.positions')").fetchone() or (None,))[0]:
        return None
    late = "is at entry {} where the log ends at {}; start the register, or run `register rebuild`"
    return [
        Wrong("read.positions", late.format(position, size - 1), max(size - 1, 0), f"model {model}", "position")
        for model, position in conn.execute(POSITIONS)
        if position != size - 1
    ]


def rows(conn: Asked, replayed: Replayed) -> list[Wrong]:
    """Every row that is answered from is one that the entries make."""
    wrong: list[Wrong] = []
    with psycopg.connect(replayed.conninfo, options="-c timezone=UTC -c datestyle=ISO") as anew:
        for each in differing(conn, anew):
            wrong.append(Wrong(f"read.{each.table}", each.reason, each.entry, each.key, each.column))
            if len(wrong) == MOST:
                break
    return wrong
