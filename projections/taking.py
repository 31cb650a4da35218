"""Taking a batch of entries into read models: all at once, and entry by entry when a row cannot be stored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Protocol, Self

import msgspec
import psycopg

from projections.entry import Entry, read
from projections.fold import Gap
from projections.log import Log
from projections.reading import Connection
from register.store.reading import Row
from register.stored import NotAnEntryError

ROW_FAULTS = ("22", "23", "54", "P0")
"""Classes of SQLSTATE that speak of the row: its data, a constraint, a limit, a refusal; any other fault is one of the database."""


class Model(Protocol):
    """A read model at work. Whoever rolls back a transaction in which it took something in calls `reset`."""

    name: str
    tables: tuple[str, ...]
    schema: str
    prefix: str

    def beside(self) -> Self:
        """The same read model with tables of its own, empty."""
        ...

    def reset(self) -> None:
        """Forget what is remembered beyond what is stored."""
        ...

    async def take(self, conn: Connection, entries: Sequence[Entry], log: Log) -> list[Gap]:
        """Store what the entries change, in the caller's transaction."""
        ...


class Missed(msgspec.Struct, frozen=True):
    """An entry that a read model could not take in, and why."""

    model: str
    position: int
    reason: str


def shape(model: Model) -> str:
    """What changes when the tables of a read model change; it is then built anew."""
    return hashlib.sha256(model.schema.encode()).hexdigest()


class Batch:
    """Some rows of the log with the entries behind them, decoded once for all read models; by position what could not be read."""

    def __init__(self, rows: Sequence[Row], zone: tzinfo) -> None:
        self.zone = zone
        self.last = rows[-1].position
        self.entries: list[Entry] = []
        self.unread: dict[int, str] = {}
        for row in rows:
            try:
                self.entries.append(read(row, zone))
            except NotAnEntryError as fault:
                self.unread[row.position] = str(fault)

    def after(self, position: int) -> list[Entry]:
        """The entries that come after a position."""
        return [entry for entry in self.entries if entry.position > position]


async def take(
    conn: Connection, models: Sequence[Model], batch: Batch, after: Mapping[str, int], log: Log | None = None
) -> list[Missed]:
    """Let each read model take in the entries after its own position, in the caller's transaction; the entries that it missed."""
    log = log or Log(conn, batch.zone)
    try:
        async with conn.transaction():
            return await take_at_once(conn, models, batch, after, log)
    except psycopg.Error as fault:
        if not _is_of_a_row(fault):
            raise
    # Nothing of the batch is stored now, for none of the models; one entry at a time finds the one that is at fault.
    for model in models:
        model.reset()
    missed = _unread(models, batch, after)
    for model in models:
        pending = batch.after(after[model.name])
        missed += [Missed(model.name, gap.position, gap.reason) for gap in await _each(conn, model, pending, log)]
    return missed


async def take_at_once(
    conn: Connection, models: Sequence[Model], batch: Batch, after: Mapping[str, int], log: Log | None = None
) -> list[Missed]:
    """As `take`, when nothing is in the way: a row that cannot be stored fails the whole transaction."""
    log = log or Log(conn, batch.zone)
    missed = _unread(models, batch, after)
    for model in models:
        gaps = await model.take(conn, batch.after(after[model.name]), log)
        missed += [Missed(model.name, gap.position, gap.reason) for gap in gaps]
    return missed


def _unread(models: Sequence[Model], batch: Batch, after: Mapping[str, int]) -> list[Missed]:
    return [
        Missed(model.name, position, reason)
        for model in models
        for position, reason in batch.unread.items()
        if position > after[model.name]
    ]


async def _each(conn: Connection, model: Model, entries: Sequence[Entry], log: Log) -> list[Gap]:
    """One entry at a time, each in a savepoint."""
    gaps: list[Gap] = []
    for entry in entries:
        try:
            async with conn.transaction():
                gaps.extend(await model.take(conn, [entry], log))
        except psycopg.Error as fault:
            if not _is_of_a_row(fault):
                raise
            model.reset()
            gaps.append(Gap(entry.position, f"{type(fault).__name__}: {fault.diag.message_primary}"))
    return gaps


def _is_of_a_row(fault: psycopg.Error) -> bool:
    return (fault.sqlstate or "").startswith(ROW_FAULTS)
