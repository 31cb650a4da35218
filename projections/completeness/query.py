"""What is missing in decisions and meetings on a day, as far as the rows of the other read models tell it."""

from __future__ import annotations

# ruff: noqa: S608  # the queries are put together from literals only
from collections.abc import Iterable
from datetime import date
from typing import LiteralString
from uuid import UUID

from projections.at import At
from projections.completeness.asking import questions
from projections.completeness.row import KINDS, OF_MEETINGS, Counted, Gap, Kind, PlanOf, TitleOf
from projections.filling import filled
from projections.reading import Connection, clocks, rows


async def gaps(conn: Connection, at: At, kind: Kind | None = None) -> list[Gap]:
    """What is missing, of one kind or of each that rows alone can tell."""
    asked: dict[Kind, LiteralString] = {name: query for name, query in questions(at).items() if kind in {None, name}}
    if not asked:
        return []
    query: LiteralString = " UNION ALL ".join(
        [
            f"SELECT '{name}' AS kind, q.stream::text, q.seq, q.position, q.n, q.of FROM ({each}) q"
            for name, each in asked.items()
        ]
    )
    cursor = await conn.execute(query, clocks(at))
    found = await cursor.fetchall()
    streams = {"ids": [UUID(stream) for stream in {row[1] for row in found}]}
    condition: LiteralString = "r.stream = ANY (%(ids)s)"
    titles: list[TitleOf] = await rows(conn, "decisions", TitleOf, at, where=condition, arguments=streams)
    plans: list[PlanOf] = await rows(
        conn, "meetings_facts", PlanOf, at, where=f"r.fact = 'planned' AND {condition}", arguments=streams
    )
    titled, planned = {each.id: each for each in titles}, {each.stream: each for each in plans}
    made = (_gap(name, stream, (seq, position, n, of), titled, planned) for name, stream, seq, position, n, of in found)
    return await filled(conn, sorted(made, key=order))


def _gap(
    kind: Kind,
    stream: str,
    told: tuple[int, int, int, int | None],
    titled: dict[str, TitleOf],
    planned: dict[str, PlanOf],
) -> Gap:
    seq, position, n, of = told
    if kind in OF_MEETINGS:
        plan = planned.get(stream)
        return Gap(
            kind=kind, n=n, of=of, position=position, seq=seq, meeting=stream,
            body=plan.body if plan else None, on=plan.planned_on if plan else None,
        )  # fmt: skip
    title = titled.get(stream)
    return Gap(
        kind=kind, n=n, of=of, position=position, seq=seq, decision=stream,
        title=title.title if title else None, since=title.acted_on if title else None,
    )  # fmt: skip


def order(gap: Gap) -> tuple[int, str, int]:
    """By kind, the latest first within each."""
    day = gap.on[:10] if gap.on else (gap.since or date.min).isoformat()
    return KINDS.index(gap.kind), "".join(chr(0x7F - ord(char)) for char in day), gap.position


def counted(found: Iterable[Gap]) -> tuple[Counted, ...]:
    """How many there are of each kind, also where nothing is missing."""
    of_kind: dict[Kind, list[Gap]] = {kind: [] for kind in KINDS}
    for each in found:
        of_kind[each.kind].append(each)
    return tuple(Counted(kind=kind, gaps=len(each), n=sum(gap.n for gap in each)) for kind, each in of_kind.items())
