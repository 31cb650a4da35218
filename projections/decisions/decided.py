"""What was decided in a period, with who was on the list; and decisions by their titles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from projections.at import At
from projections.decisions.row import Outcome, PartyList, Summary
from projections.filling import filled
from projections.reading import BEGUN, Connection, rows
from projections.row import Told


class Decided(Told, frozen=True, kw_only=True):
    """An outcome with its decision, and everybody whom its lists name."""

    outcome: Outcome
    decision: Summary
    listed: tuple[str, ...] = ()


async def decided(conn: Connection, first: date, at: At) -> tuple[Decided, ...]:
    """The outcomes from a first day until the day, the oldest first; without those of struck decisions."""
    found: list[Outcome] = await rows(
        conn,
        "decisions_facts",
        Outcome,
        at,
        days=BEGUN,
        where="r.fact = 'outcome' AND r.valid_from >= %(first)s",
        order="r.valid_from, r.position",
        arguments={"first": first},
    )
    ids = {each.stream for each in found}
    lists: list[PartyList] = await rows(
        conn,
        "decisions_facts",
        PartyList,
        at,
        days=BEGUN,
        where="r.fact = 'list' AND r.stream = ANY (%(ids)s)",
        arguments={"ids": [UUID(each) for each in ids]},
    )
    summaries = await titled(conn, ids, at)
    made = tuple(
        Decided(
            outcome=each,
            decision=summaries[each.stream],
            listed=tuple(dict.fromkeys(code for row in lists if row.stream == each.stream for code in row.members)),
        )
        for each in found
        if each.stream in summaries
    )
    return await filled(conn, made)


async def titled(conn: Connection, ids: Collection[str], at: At) -> Mapping[str, Summary]:
    """These decisions as a list shows them, by id; those that are struck or had not begun are left out."""
    found: list[Summary] = await rows(
        conn,
        "decisions",
        Summary,
        at,
        where="r.stream = ANY (%(ids)s) AND NOT r.struck",
        arguments={"ids": [UUID(each) for each in sorted(ids)]},
    )
    return {each.id: each for each in await filled(conn, found)}
