"""Meetings as they stand on a day, from their rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar
from uuid import UUID

from projections.at import At
from projections.decisions import row as r
from projections.reading import BEGUN, Connection, rows

R = TypeVar("R", bound=r.MeetingRow)


async def meetings_of(conn: Connection, ids: Collection[str], at: At) -> dict[str, r.Meeting]:
    """The meetings with these ids that were known then, without their texts."""
    if not ids:
        return {}
    found: list[r.AnyMeetingRow] = await rows(
        conn,
        "meetings_facts",
        r.AnyMeetingRow,
        at,
        days=BEGUN,
        where="r.stream = ANY (%(ids)s)",
        arguments={"ids": [UUID(each) for each in ids]},
    )
    streams: dict[str, list[r.AnyMeetingRow]] = {}
    for row in found:
        streams.setdefault(row.stream, []).append(row)
    made = (_meeting(each) for each in streams.values())
    return {each.id: each for each in made if each is not None}


def _meeting(told: Sequence[r.AnyMeetingRow]) -> r.Meeting | None:
    plans = _of(told, r.MeetingPlanned)
    if not plans:
        return None
    plan = plans[-1]
    return r.Meeting(
        id=plan.stream,
        body=plan.body,
        planned_on=plan.planned_on,
        position=plan.position,
        starts_at=plan.starts_at,
        written=bool(plan.written),
        title=plan.title,
        source=plan.source,
        rescheduled_from=tuple(each.planned_on for each in plans[:-1]),
        held=next(iter(_of(told, r.MeetingHeld)), None),
        cancelled=next(iter(_of(told, r.MeetingCancelled)), None),
        items=tuple(_of(told, r.AgendaItem)),
        documents=tuple(_of(told, r.Document)),
    )


def _of(told: Sequence[r.AnyMeetingRow], kind: type[R]) -> list[R]:
    return [row for row in told if isinstance(row, kind)]
