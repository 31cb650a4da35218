"""Questions about meetings: which there are, one as it stands, and what happened to it."""

from __future__ import annotations

from api.decision_reads import EVER
from api.posting import BASE
from api.problems import Problem
from api.reading import Reading
from projections.decisions import query as decisions
from projections.decisions.row import Meeting
from projections.history import query as history
from projections.history.row import Step
from projections.row import Page


async def listed(r: Reading) -> Page[Meeting]:
    """Meetings, of one body when it is named."""
    return await decisions.meetings(r.conn, r.at, body=r.given["body"], page=r.page, page_size=r.page_size)


async def standing(r: Reading) -> Meeting:
    """The meeting of the address; a 404 Problem when there is none by then, 410 when it was struck."""
    found = await decisions.meeting(r.conn, r.id(), r.at)
    if found is None:
        raise Problem(404, "no-stream")
    if found.struck is not None:
        address = f"{BASE}/meetings/{found.id}/events"
        raise Problem(410, "struck", what=address, more={"struck": found.struck, "events": address})
    return found


async def events(r: Reading) -> tuple[Step, ...]:
    """Every entry, also of a meeting that was struck."""
    found = await history.events(r.conn, r.id(), r.at)
    if not found or await decisions.meeting(r.conn, r.id(), EVER) is None:
        raise Problem(404, "no-stream")
    return found
