"""Where members join the course and where they do not."""

from __future__ import annotations

from projections.at import At
from projections.course.row import Matrix, MemberCourse, Position, Unexplained
from projections.reading import Connection


async def matrix(
    conn: Connection, at: At, *, subregion: str | None = None, only_departing: bool = False, decision: str | None = None
) -> Matrix:
    """Members by parts of the course; narrowed to a sub-region, to members that depart or reserve on some part, or to one decision."""
    raise NotImplementedError


async def positions(conn: Connection, decision: str, at: At) -> tuple[Position, ...]:
    """Every position on a decision by then, in force or past, in the order of their days."""
    raise NotImplementedError


async def member_course(conn: Connection, code: str, at: At) -> MemberCourse:
    """Where one member stands; for a member that has ended, on what was set while it was one."""
    raise NotImplementedError


async def unexplained(conn: Connection, at: At) -> tuple[Unexplained, ...]:
    """Positions in force that depart, reserve or do not take part, for which no reason has come yet; the longest waiting first."""
    raise NotImplementedError
