"""Minority standpoints with how they were weighed, and those that still wait."""

from __future__ import annotations

from typing import Literal, LiteralString
from uuid import UUID

from projections.at import At
from projections.filling import filled
from projections.reading import BEGUN, EVER, Connection, rows
from projections.row import Page
from projections.standpoints.composing import composed
from projections.standpoints.row import AnyRow, Belonging, Membership, Standpoint, TitleOf


async def of(conn: Connection, decision: str, at: At) -> tuple[Standpoint, ...]:
    """The standpoints on a decision by then, the oldest first; also those withdrawn."""
    return await _standpoints(conn, at, "r.stream = %(stream)s", {"stream": UUID(decision)}, struck=True)


async def standpoint(conn: Connection, decision: str, seq: int, at: At) -> Standpoint | None:
    """One standpoint by the entry that recorded it."""
    return next((each for each in await of(conn, decision, at) if each.recorded.standpoint == seq), None)


async def standpoints(
    conn: Connection, at: At, *, status: Literal["open", "weighed"] | None = None, page: int = 1, page_size: int = 50
) -> Page[Standpoint]:
    """All standpoints by then, the longest waiting first."""
    found = await _standpoints(conn, at, "true", {})
    wanted = [
        each
        for each in found
        if status is None or (each.status == "open" if status == "open" else each.status not in {"open", "withdrawn"})
    ]
    first = (page - 1) * page_size
    return Page(items=tuple(wanted[first : first + page_size]), total=len(wanted), page=page, page_size=page_size)


async def open_ones(conn: Connection, at: At) -> tuple[Standpoint, ...]:
    """The standpoints that no body has weighed yet, the longest waiting first."""
    return tuple(each for each in await _standpoints(conn, at, "true", {}) if each.status == "open")


async def of_member(conn: Connection, code: str, at: At) -> tuple[Standpoint, ...]:
    """The standpoints that a member holds, held or was spoken for in; also through its sub-region when no members were named."""
    belongings = await _belongings(conn, at, code)
    about = [code, *{each.subregion for each in belongings}]
    where: LiteralString = "r.stream IN (SELECT a.stream FROM read.standpoints a WHERE a.about && %(about)s)"
    found = await _standpoints(conn, at, where, {"about": about})
    return tuple(each for each in found if code in _concerned(each))


def _concerned(standpoint: Standpoint) -> set[str]:
    named = standpoint.recorded.voice.members or ()
    joined = (holder.member for holder in standpoint.holders)
    return {*named, *joined, *standpoint.through_subregion}


async def _standpoints(
    conn: Connection, at: At, where: LiteralString, arguments: dict[str, object], *, struck: bool = False
) -> tuple[Standpoint, ...]:
    found: list[AnyRow] = await rows(conn, "standpoints", AnyRow, at, days=BEGUN, where=where, arguments=arguments)
    if not found:
        return ()
    streams = [UUID(stream) for stream in {row.stream for row in found}]
    titles: list[TitleOf] = await rows(
        conn, "decisions", TitleOf, at, where="r.stream = ANY (%(streams)s)", arguments={"streams": streams}
    )
    shown = {each.id: each.title for each in titles if struck or not each.struck}
    belongings = await _belongings(conn, at, None)
    members: list[Membership] = await rows(conn, "governance", Membership, at, days=EVER, where="r.fact = 'membership'")
    return await filled(conn, composed(found, shown, belongings, members, at.valid_on))


async def _belongings(conn: Connection, at: At, member: str | None) -> list[Belonging]:
    return await rows(
        conn,
        "governance",
        Belonging,
        at,
        days=EVER,
        where="r.fact = 'in-subregion' AND (%(member)s::text IS NULL OR r.about @> ARRAY[%(member)s::text])",
        arguments={"member": member},
    )
