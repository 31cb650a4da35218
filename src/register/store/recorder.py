"""The gapless recorder: one call of `log.append` stores a batch, and a lost connection is asked about, never guessed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import structlog
from psycopg import Error, InterfaceError, OperationalError

from register.store.appending import (
    AlreadyStored,
    Append,
    Appended,
    ClockAhead,
    StoreUnavailable,
    VersionConflict,
)
from register.store.line import Line, Rows, Statement
from register.store.rows import ROW_TYPES, RowTypes, int4, ints, pack, uuids

T = TypeVar("T")

log = structlog.get_logger(__name__)

APPEND = Statement(
    b"append",
    b"""
    SELECT outcome, first, known, culprits
    FROM log.append($1::log.command_row[], $2::log.entry_row[], $3::log.guard_row[], $4::log.opening_row[])
    """,
)

ANSWERS = Statement(
    b"answers",
    b"""
    SELECT c.cause, c.first, c.count, coalesce(e.known, c.at), c.request_hash
    FROM log.commands c LEFT JOIN log.events e ON c.count > 0 AND e.position = c.first
    WHERE c.cause = ANY ($1::uuid[])
    """,
)

SINCE = Statement(
    b"since",
    b"""
    SELECT w.stream, e.seq, e.position, e.entry
    FROM unnest($1::uuid[], $2::integer[]) AS w (stream, version)
    CROSS JOIN LATERAL (
        SELECT e.seq, e.position, e.entry FROM log.events e
        WHERE e.stream = w.stream AND e.seq > w.version ORDER BY e.seq LIMIT $3::integer
    ) AS e
    """,
)

VERSIONS = Statement(
    b"versions",
    b"""
    SELECT w.stream,
           coalesce((SELECT e.seq FROM log.events e WHERE e.stream = w.stream ORDER BY e.seq DESC LIMIT 1), 0)
    FROM unnest($1::uuid[]) AS w (stream)
    """,
)

TYPES = Statement(b"types", ROW_TYPES.encode())

REPEATED = "RG001"

LOST = (OperationalError, InterfaceError, OSError, TimeoutError)


class Answer(msgspec.Struct, frozen=True):
    """What the store remembers of a command; without hash when that was forgotten."""

    appended: Appended
    request_hash: bytes | None


def as_answers(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, Answer]:
    """By cause."""
    return {
        cause: Answer(Appended(cause, first, count, known, repeated=True), request_hash)
        for cause, first, count, known, request_hash in rows
    }


class SinceRow(msgspec.Struct, frozen=True, gc=False):
    """One stored entry of a stream that was read."""

    seq: int
    position: int
    entry: bytes


def guards_of(batch: Sequence[Append]) -> dict[UUID, int]:
    """The version of each stream before the batch; commands of one batch build on each other.

    Raises ValueError when a command does not start where the one before it ended, or leaves out a `seq`.
    """
    before: dict[UUID, int] = {}
    now: dict[UUID, int] = {}
    for append in batch:
        for stream, version in append.guards.items():
            if now.setdefault(stream, version) != version:
                raise ValueError(f"guard {version} on {stream}, which this batch has brought to {now[stream]}")
            before.setdefault(stream, version)
        for entry in append.entries:
            if entry.seq != now.get(entry.stream, -1) + 1:
                raise ValueError(f"seq {entry.seq} of {entry.stream} does not follow its guard")
            now[entry.stream] = entry.seq
    return before


def appended(batch: Sequence[Append], first: int, known: datetime | None) -> list[Appended]:
    """The answer of each command, from the position of the first entry and the known time before it."""
    answers: list[Appended] = []
    for append in batch:
        count = len(append.entries)
        if count:
            known = append.time if known is None else max(known, append.time)
        answers.append(Appended(append.cause, first, count, known if count and known else append.time))
        first += count
    return answers


def raise_refused(outcome: str, culprits: Iterable[UUID], *, unknown: bool) -> None:
    """Tell why `log.append` stored nothing; `unknown`: an earlier try of the same batch may still be on its way."""
    match outcome:
        case "stale":
            raise VersionConflict(culprits)  # certain: versions never come back, so no earlier try can pass either
        case "ahead":
            raise ClockAhead(certain=not unknown)
        case _:
            return


def is_verdict(error: BaseException) -> bool:
    """Tell whether the server itself said that the statement failed, so that nothing of it was stored.

    A FATAL or a silence is no verdict: a backend may die after its commit.
    """
    return isinstance(error, Error) and error.diag.severity_nonlocalized == "ERROR"


class Recorder:
    """Owns one connection and uses it for one statement at a time.

    `patience` is how many seconds a lost database is waited for; `silence` how many seconds a statement may take
    before its connection counts as lost.
    """

    def __init__(self, conninfo: str, *, patience: float = 10.0, silence: float = 30.0, page: int = 2000) -> None:
        self._conninfo = conninfo
        self._patience = patience
        self._silence = silence
        self._page = page
        self._line: Line | None = None
        self._types = RowTypes(0, 0, 0, 0)
        self._turn = asyncio.Lock()

    async def append(self, batch: Sequence[Append], guards: Mapping[UUID, int] | None = None) -> list[Appended]:
        """Store every command of the batch, or none.

        `guards`: the version before the batch of every stream read, when the caller has put that together already.
        Raises AlreadyStored, VersionConflict, ClockAhead (nothing was stored) or StoreUnavailable.
        """
        guards = guards_of(batch) if guards is None else guards
        unknown = False

        async def once() -> list[Appended]:
            nonlocal unknown
            # Death before the statement: nothing is stored, and the caller, who got no answer, asks again.
            if unknown and (found := await self._found(batch)):
                return found
            try:
                rows = await self._append(batch, guards)
            except LOST as lost:
                # Death here, or only the connection's: the batch is one transaction, so it is there as a whole
                # or not at all, and the commands table will say which. Should the lost statement still be on
                # its way, then the causes of this batch make it, or the next try, store nothing.
                unknown = unknown or not is_verdict(lost)
                raise
            except Error as error:
                if error.sqlstate == REPEATED:
                    raise AlreadyStored(append.cause for append in batch) from None
                raise
            # Death after it: stored; the same key gets the answer out of the commands table.
            outcome, first, known, culprits = rows[0]
            if outcome != "stored" and unknown and (found := await self._found(batch)):
                return found  # the lost statement came after all, between the question and the second try
            raise_refused(outcome, culprits or (), unknown=unknown)
            return appended(batch, first, known)

        try:
            return await self._patiently(once)
        except LOST as lost:
            raise StoreUnavailable("the database does not answer", certain=not unknown) from lost

    async def _found(self, batch: Sequence[Append]) -> list[Appended]:
        """The answers of a batch that is stored as a whole, with the same content; otherwise empty."""
        found = as_answers(await self._execute(ANSWERS, [uuids(append.cause for append in batch)]))
        if any(
            append.cause not in found or found[append.cause].request_hash != append.request_hash for append in batch
        ):
            return []
        return [found[append.cause].appended for append in batch]

    async def answers(self, causes: Sequence[UUID]) -> dict[UUID, Answer]:
        """What the store remembers of these commands; one that is absent is not stored."""
        return as_answers(await self._asked(ANSWERS, uuids(causes)))

    async def since(self, versions: Mapping[UUID, int]) -> dict[UUID, list[SinceRow]]:
        """The entries of each stream after a version (0: all of them), in order; streams without any are absent."""
        found: dict[UUID, list[SinceRow]] = {}
        wanted = dict(versions)
        while wanted:
            page = (uuids(wanted), ints(wanted.values()), int4(self._page))
            counts: dict[UUID, int] = {}
            for stream, seq, position, entry in await self._asked(SINCE, *page):
                found.setdefault(stream, []).append(SinceRow(seq, position, entry))
                counts[stream] = counts.get(stream, 0) + 1
            wanted = {stream: found[stream][-1].seq for stream, n in counts.items() if n == self._page}
        return found

    async def versions(self, streams: Sequence[UUID]) -> dict[UUID, int]:
        """The newest `seq` of each stream, 0 for one without entries."""
        return dict(await self._asked(VERSIONS, uuids(streams)))

    async def close(self) -> None:
        """Give the connection back; the next call opens another."""
        line, self._line = self._line, None
        if line is not None:
            await line.close()

    async def _asked(self, question: Statement, *parameters: bytes) -> Rows:
        """A read: it may be asked again without harm."""
        try:
            return await self._patiently(lambda: self._execute(question, parameters))
        except LOST as lost:
            raise StoreUnavailable("the database does not answer", certain=True) from lost

    async def _patiently(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try again on a new connection, with pauses that double up to a second, until the patience is used up."""
        clock = asyncio.get_running_loop().time
        give_up = clock() + self._patience
        pause = 0.05
        while True:
            try:
                return await attempt()
            except LOST as lost:
                log.warning("connection_lost", error=str(lost).strip())
                await self.close()
                if clock() + pause > give_up:
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)

    async def _execute(self, statement: Statement, parameters: Sequence[bytes]) -> Rows:
        async with self._turn:
            return await (await self._open()).run(statement, parameters)

    async def _append(self, batch: Sequence[Append], guards: Mapping[UUID, int]) -> Rows:
        async with self._turn:
            line = await self._open()
            return await line.run(APPEND, pack(batch, guards, self._types))

    async def _open(self) -> Line:
        line = self._line
        if line is None or line.broken:
            await self.close()
            async with asyncio.timeout(self._silence):
                line = self._line = await Line.open(self._conninfo, self._silence)
            self._types = RowTypes(*(await line.run(TYPES, []))[0])
        return line
