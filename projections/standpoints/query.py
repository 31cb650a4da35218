"""Minority standpoints with how they were weighed, and those that still wait."""

from __future__ import annotations

from typing import Literal

from projections.at import At
from projections.reading import Connection
from projections.row import Page
from projections.standpoints.row import Standpoint


async def of(conn: Connection, decision: str, at: At) -> tuple[Standpoint, ...]:
    """The standpoints on a decision by then, the oldest first; also those withdrawn."""
    raise NotImplementedError


async def standpoint(conn: Connection, decision: str, seq: int, at: At) -> Standpoint | None:
    """One standpoint by the entry that recorded it."""
    raise NotImplementedError


async def standpoints(
    conn: Connection, at: At, *, status: Literal["open", "weighed"] | None = None, page: int = 1, page_size: int = 50
) -> Page[Standpoint]:
    """All standpoints by then, the longest waiting first."""
    raise NotImplementedError


async def open_ones(conn: Connection, at: At) -> tuple[Standpoint, ...]:
    """The standpoints that no body has weighed yet, the longest waiting first."""
    raise NotImplementedError


async def of_member(conn: Connection, code: str, at: At) -> tuple[Standpoint, ...]:
    """The standpoints that a member holds, held or was spoken for in; also through its sub-region when no members were named."""
    raise NotImplementedError
