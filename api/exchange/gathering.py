"""Reads everything that is exported, in one snapshot: all files of an export tell of the same position of the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, tzinfo

import msgspec

from projections.at import At
from projections.course import query as course
from projections.course.row import Position
from projections.decisions import query as decisions
from projections.decisions.row import Decision, Filter, Meeting
from projections.entry import Entry, read
from projections.governance.whole import Whole, whole
from projections.reading import Connection, reflects
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint
from register.charter.facts import RegisterOpened
from register.store.reading import Reader, Row

PAGE = 500
NO_END = 1_000_000_000
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class Stood(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with every position that was taken on it."""

    decision: Decision
    positions: tuple[Position, ...] = ()


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says on a day, as the entries up to `position` tell it; `known` is the known time of that entry."""

    opened: RegisterOpened
    at: At
    position: int
    known: datetime | None
    region: Whole
    decided: tuple[Stood, ...]
    standpoints: tuple[Standpoint, ...]
    meetings: tuple[Meeting, ...]


async def gathered(conn: Connection, opened: RegisterOpened, at: At, progress: Progress) -> Gathered:
    """Read it all; `conn` is a snapshot. Decisions that were struck are left out, as in every list."""
    position, known = await _place(conn, at)
    then = At(at.valid_on, at.known_at, position)
    return Gathered(
        opened=opened,
        at=at,
        position=position,
        known=known,
        region=await whole(conn, then),
        decided=await _decided(conn, then, progress),
        standpoints=(await standpoints.standpoints(conn, then, page_size=NO_END)).items,
        meetings=await _meetings(conn, then),
    )


async def _place(conn: Connection, at: At) -> tuple[int, datetime | None]:
    """The last entry that is told, -1 for none, and its known time."""
    cursor = await conn.execute(
        "SELECT position, known FROM log.events"
        " WHERE position <= %s AND (%s::timestamptz IS NULL OR known <= %s) ORDER BY position DESC LIMIT 1",
        (await reflects(conn), at.known_at, at.known_at),
    )
    row = await cursor.fetchone()
    return (int(row[0]), row[1]) if row else (-1, None)


async def _decided(conn: Connection, at: At, progress: Progress) -> tuple[Stood, ...]:
    ids: list[str] = []
    total = page = 1
    while (
        len(ids) < total and (found := await decisions.decisions(conn, Filter(), at, page=page, page_size=PAGE)).items
    ):
        ids += [each.id for each in found.items]
        total, page = found.total, page + 1
    stood: list[Stood] = []
    for done, id_ in enumerate(sorted(ids), start=1):
        decision = await decisions.decision(conn, id_, at)
        if decision is not None:
            stood.append(Stood(decision=decision, positions=await course.positions(conn, id_, at)))
        progress("decisions", done, len(ids))
    return tuple(stood)


async def _meetings(conn: Connection, at: At) -> tuple[Meeting, ...]:
    found: list[Meeting] = []
    page = 1
    while (answer := await decisions.meetings(conn, at, page=page, page_size=PAGE)).items:
        found += answer.items
        page += 1
    return tuple(sorted(found, key=lambda each: each.id))


async def entries(conn: Connection, last: int, zone: tzinfo) -> AsyncIterator[Entry]:
    """Every entry of the log up to a position, in order."""
    after = -1
    while after < last:
        batch: list[Row] = await Reader(conn).range(after, min(PAGE, last - after))
        for row in batch:
            yield read(row, zone)
        after = batch[-1].position
