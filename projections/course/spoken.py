"""The positions that were taken, changed or withdrawn in a period."""

from __future__ import annotations

from datetime import date

from projections.at import At
from projections.course.row import Position
from projections.filling import filled
from projections.reading import BEGUN, Connection, rows


async def moved(conn: Connection, first: date, at: At) -> tuple[Position, ...]:
    """Positions that began or were withdrawn from a first day until the day, in the order of their days; a revision is one of its own."""
    found: list[Position] = await rows(
        conn,
        "course",
        Position,
        at,
        days=BEGUN,
        where="r.valid_from >= %(first)s OR (r.body->>'withdrawnOn')::date BETWEEN %(first)s AND %(valid_on)s",
        order="r.valid_from, r.position",
        arguments={"first": first},
    )
    return await filled(conn, tuple(found))
