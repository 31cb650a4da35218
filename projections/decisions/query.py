"""Who decided what, when, why, with which votes and evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from msgspec.structs import replace

from projections.at import At
from projections.decisions import row as r
from projections.decisions.agenda import meetings_of
from projections.decisions.composing import Around, composed
from projections.decisions.consultation.known import of_decision
from projections.decisions.governed import by_rule
from projections.decisions.narrowing import narrowed
from projections.decisions.row import Decision, Filter, Meeting, Sort, Summary
from projections.filling import filled
from projections.reading import BEGUN, EVER, VALID, Connection, clocks, known, rows
from projections.row import Page

ORDER: dict[Sort, LiteralString] = {
    "-actedOn": "r.acted_on DESC, r.stream",
    "actedOn": "r.acted_on, r.stream",
    "number": "r.number NULLS LAST, r.acted_on DESC, r.stream",
    "-number": "r.number DESC NULLS LAST, r.acted_on DESC, r.stream",
}


async def decisions(  # noqa: PLR0913  # what a list is asked by
    conn: Connection, where: Filter, at: At, *, page: int = 1, page_size: int = 20, sort: Sort = "-actedOn"
) -> Page[Summary]:
    """The decisions known and valid then, newest act first; struck ones are left out."""
    condition, arguments = narrowed(where, at)
    limits = {"size": page_size, "offset": (page - 1) * page_size}
    order: LiteralString = f"{ORDER[sort]} LIMIT %(size)s OFFSET %(offset)s"
    found: list[Summary] = await rows(
        conn, "decisions", Summary, at, where=condition, arguments={**arguments, **limits}, order=order
    )
    count: LiteralString = f"SELECT count(*) FROM read.decisions r WHERE {known(at)} AND {VALID} AND {condition}"  # noqa: S608  # literals only
    cursor = await conn.execute(count, {**clocks(at), **arguments})
    total = await cursor.fetchone()
    items = await filled(conn, tuple(found))
    return Page(items=items, total=int(total[0]) if total else 0, page=page, page_size=page_size)


async def decision(conn: Connection, id: str, at: At) -> Decision | None:
    """One decision with everything on its page; None when it was not known or did not hold yet. A struck one has `struck`."""
    summary = (await _summaries(conn, [id], at)).get(id)
    if summary is None:
        return None
    stream = {"id": UUID(id)}
    facts: list[r.AnyRow] = await rows(
        conn, "decisions_facts", r.AnyRow, at, days=BEGUN, where="r.stream = %(id)s", arguments=stream
    )
    made = composed(summary, facts, await _around(conn, id, facts, at))
    heard = await of_decision(conn, id, summary.title, at)
    return await filled(conn, replace(made, consultation=heard.consultation) if heard else made)


async def meeting(conn: Connection, id: str, at: At) -> Meeting | None:
    """One meeting with its agenda and papers."""
    return await filled(conn, (await meetings_of(conn, [id], at)).get(id))


async def struck_meeting(conn: Connection, id: str, at: At) -> r.MeetingStruck | None:
    """That a meeting was struck, and why; None when it was not, or is none."""
    found: list[r.MeetingStruck] = await rows(
        conn, "meetings_facts", r.MeetingStruck, at,
        where="r.fact = 'struck' AND r.stream = %(id)s", arguments={"id": UUID(id)},
    )  # fmt: skip
    return await filled(conn, next(iter(found), None))


async def meetings(
    conn: Connection, at: At, *, body: str | None = None, page: int = 1, page_size: int = 20
) -> Page[Meeting]:
    """Meetings, the latest day first."""
    condition: LiteralString = f"r.fact = 'planned' AND {known(at)} AND {VALID} AND (%(body)s::text IS NULL OR r.about @> ARRAY[%(body)s::text])"
    query: LiteralString = (
        "SELECT r.stream::text, count(*) OVER () FROM read.meetings_facts r"  # noqa: S608  # literals only
        f" WHERE {condition} ORDER BY r.body->>'plannedOn' DESC, r.stream LIMIT %(size)s OFFSET %(offset)s"
    )
    limits = {"body": body, "size": page_size, "offset": (page - 1) * page_size}
    cursor = await conn.execute(query, {**clocks(at), **limits})
    found = await cursor.fetchall()
    made = await meetings_of(conn, [stream for stream, _ in found], at)
    items = tuple(made[stream] for stream, _ in found)
    return Page(items=await filled(conn, items), total=found[0][1] if found else 0, page=page, page_size=page_size)


async def bodies_that_meet(conn: Connection, at: At) -> tuple[str, ...]:
    """The codes of the bodies of which a meeting is known."""
    query: LiteralString = (
        "SELECT DISTINCT r.body->>'body' AS code FROM read.meetings_facts r"  # noqa: S608  # literals only
        f" WHERE r.fact = 'planned' AND {known(at)} AND {VALID} ORDER BY code"
    )
    cursor = await conn.execute(query, clocks(at))
    return tuple(code for (code,) in await cursor.fetchall())


async def on_agenda(conn: Connection, meeting: str, at: At) -> tuple[Summary, ...]:
    """The decisions that stand on the agenda of a meeting, in the order of its items."""
    return tuple({each.id: each for _, each in await placed_on(conn, meeting, at)}.values())


async def placed_on(conn: Connection, meeting: str, at: At) -> tuple[tuple[r.Placed, Summary], ...]:
    """The same, each with the item under which it stands."""
    placed: list[r.Placed] = await rows(
        conn,
        "decisions_facts",
        r.Placed,
        at,
        where="r.fact = 'placed' AND r.about @> ARRAY[%(meeting)s::text]",
        arguments={"meeting": meeting},
    )
    found = await _summaries(conn, [each.stream for each in placed], at)
    ordered = sorted(placed, key=lambda each: (natural(each.item), each.letter or "", each.position))
    shown = ((each, found[each.stream]) for each in ordered if each.stream in found)
    return await filled(conn, tuple((each, summary) for each, summary in shown if not summary.struck))


def natural(item: str) -> tuple[tuple[int, str], ...]:
    """Item 10 comes after item 2."""
    return tuple((int(each), "") if each.isdigit() else (0, each) for each in item.replace("-", ".").split("."))


async def _summaries(conn: Connection, ids: Collection[str], at: At) -> dict[str, Summary]:
    wanted = {"ids": [UUID(each) for each in ids]}
    found: list[Summary] = await rows(
        conn, "decisions", Summary, at, where="r.stream = ANY (%(ids)s)", arguments=wanted
    )
    return {each.id: each for each in found}


async def _around(conn: Connection, id: str, facts: list[r.AnyRow], at: At) -> Around:
    """What other rows and read models know around a decision."""
    stream = {"id": UUID(id), "name": id}
    entries: list[r.EntryOf] = await rows(
        conn, "history", r.EntryOf, at, days=EVER, where="r.stream = %(id)s", arguments=stream
    )
    backlinks: list[r.Link] = await rows(
        conn,
        "decisions_facts",
        r.Link,
        at,
        where="r.fact = 'link' AND r.about @> ARRAY[%(name)s::text] AND r.stream <> %(id)s",
        arguments=stream,
    )
    stand: list[r.StandOf] = await rows(
        conn, "course", r.StandOf, at, days=BEGUN, where="r.stream = %(id)s", arguments=stream
    )
    hands = {"ids": list({each.by for each in entries})}
    roles: list[r.HandOf] = await rows(
        conn,
        "governance",
        r.HandOf,
        at,
        days=EVER,
        where="r.fact = 'mandate' AND r.about && %(ids)s",
        arguments=hands,
    )
    linked = {each.to.partition(".")[0] for each in facts if isinstance(each, r.Link) and each.to}
    return Around(
        entries=entries,
        roles={each.mandate: each.role for each in roles},
        meetings=await meetings_of(conn, linked | {each.meeting for each in facts if isinstance(each, r.Placed)}, at),
        others=await _summaries(conn, linked | {each.stream for each in backlinks}, at),
        backlinks=backlinks,
        by_rule=await by_rule(conn, facts, at),
        stand=frozenset(each.member for each in stand if each.member),
    )
