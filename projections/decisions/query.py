"""Who decided what, when, why, with which votes and evidence."""

from __future__ import annotations

from projections.at import At
from projections.decisions.row import Decision, Filter, Meeting, Sort, Summary
from projections.reading import Connection
from projections.row import Page


async def decisions(  # noqa: PLR0913  # what a list is asked by
    conn: Connection, where: Filter, at: At, *, page: int = 1, page_size: int = 20, sort: Sort = "-actedOn"
) -> Page[Summary]:
    """The decisions known and valid then, newest act first; struck ones are left out."""
    raise NotImplementedError


async def decision(conn: Connection, id: str, at: At) -> Decision | None:
    """One decision with everything on its page; None when it was not known or did not hold yet. A struck one has `struck`."""
    raise NotImplementedError


async def meeting(conn: Connection, id: str, at: At) -> Meeting | None:
    """One meeting with its agenda and papers."""
    raise NotImplementedError


async def meetings(
    conn: Connection, at: At, *, body: str | None = None, page: int = 1, page_size: int = 20
) -> Page[Meeting]:
    """Meetings, the latest day first."""
    raise NotImplementedError


async def on_agenda(conn: Connection, meeting: str, at: At) -> tuple[Summary, ...]:
    """The decisions that stand on the agenda of a meeting, in the order of its items."""
    raise NotImplementedError
