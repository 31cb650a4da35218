"""What happened to a decision, step by step, and what each step changed."""

from __future__ import annotations

from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec
from psycopg.rows import tuple_row

from projections.at import At
from projections.filling import filled
from projections.history.row import Change, Event, Hand, Step
from projections.reading import BEGUN, EVER, Connection, clocks, known, rows

TELL: tuple[tuple[str, LiteralString], ...] = (
    ("decisions", "decisions_facts"),
    ("decisions", "consultation"),
    ("course", "course"),
    ("standpoints", "standpoints"),
)
"""The read models whose rows tell how a decision stands, with their tables."""


async def events(conn: Connection, id: str, at: At) -> tuple[Step, ...]:
    """Every entry of a decision, dossier or meeting known then, in order; also of a struck one."""
    found: list[Event] = await _events(conn, id, at)
    hands: list[Hand] = await rows(
        conn,
        "governance",
        Hand,
        at,
        days=EVER,
        where="r.fact = 'mandate' AND r.about && %(ids)s",
        arguments={"ids": list({each.by for each in found})},
    )
    by = {hand.mandate: hand for hand in hands}
    steps = tuple(
        Step(
            event=each,
            role=by[each.by].role if each.by in by else None,
            body=by[each.by].body if each.by in by else None,
        )
        for each in found
    )
    return await filled(conn, steps)


async def as_of_step(conn: Connection, id: str, step: int, at: At) -> At | None:
    """The clocks that show a decision as it stood after its entry `step`; None when there is no such entry."""
    found = await _events(conn, id, At(at.valid_on))
    event = next((each for each in found if each.seq == step), None)
    return At(at.valid_on, event.known_from, event.position) if event else None


async def differences(conn: Connection, id: str, before: At | None, after: At) -> tuple[Change, ...]:
    """What differs in what is known of a decision between two moments; `before` None is before its first entry."""
    changes: list[Change] = []
    for model, table in TELL:
        was = await _told(conn, table, id, before) if before else {}
        now = await _told(conn, table, id, after)
        keys = (key for key in dict.fromkeys((*was, *now)) if was.get(key) != now.get(key))
        changes.extend(_change(model, key, was.get(key), now.get(key)) for key in keys)
    return await filled(conn, tuple(changes))


def _change(model: str, key: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    said = after or before or {}
    how: Literal["new", "changed", "gone"] = "changed" if before and after else "new" if after else "gone"
    return Change(model=model, fact=said["fact"], key=key, how=how, before=before, after=after)


async def _events(conn: Connection, id: str, at: At) -> list[Event]:
    # Every entry is shown whatever its day: the history is told in the order in which the register learned it.
    return await rows(
        conn, "history", Event, at, days=EVER, where="r.stream = %(id)s", arguments={"id": UUID(id)}, order="r.seq"
    )


async def _told(conn: Connection, table: LiteralString, id: str, at: At) -> dict[str, dict[str, Any]]:
    query: LiteralString = (
        f"SELECT r.key, r.body::text FROM read.{table} r"  # noqa: S608  # literals only
        f" WHERE r.stream = %(id)s AND {known(at)} AND {BEGUN} ORDER BY r.seq, r.key"
    )
    async with conn.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(query, {**clocks(at), "id": UUID(id)})
        return {key: msgspec.json.decode(body) for key, body in await cursor.fetchall()}
