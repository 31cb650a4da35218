"""The read models as bytes, and as answers, for comparing one way of making them with another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace
from psycopg import sql
from psycopg.rows import dict_row

from api.accountability.gathering import Period, report
from api.accountability.subject import member_of, region_of
from projections.at import At
from projections.completeness import query as completeness
from projections.course import query as course
from projections.decisions import query as decisions
from projections.decisions.consultation import query as consultation
from projections.decisions.row import Filter
from projections.dossiers import query as dossiers
from projections.governance import query as governance
from projections.history import query as history
from projections.history.between import between
from projections.models import every
from projections.reading import Connection
from projections.search import query as search
from projections.standpoints import query as standpoints

LOOKED_FOR = "woord"
PERIOD = Period(date(2020, 1, 1), date(2022, 12, 31))

Tables = dict[str, list[dict[str, object]]]


async def tables(conn: Connection, without: Iterable[str] = ()) -> Tables:
    """Every column of every row of every read model as text, in one order; `without` some columns."""
    found: Tables = {}
    for model in every():
        for table in model.tables:
            async with conn.cursor(row_factory=dict_row) as cursor:
                await cursor.execute(
                    sql.SQL("SELECT t.*, t::text AS all FROM {} AS t").format(sql.Identifier("read", table))
                )
                rows = await cursor.fetchall()
            if without:
                rows = [{name: row[name] for name in row if name not in (*without, "all")} for row in rows]
            found[table] = sorted(rows, key=lambda row: repr(sorted(row.items())))
    return found


async def answers(conn: Connection, at: At, ids: Sequence[str], codes: Sequence[str]) -> bytes:
    """Everything that pages ask, as bytes."""
    said: list[object] = [
        await governance.members(conn, at),
        await governance.bodies(conn, at),
        await governance.subregions(conn, at),
        await governance.mandates(conn, at),
        await governance.parties(conn, at),
        await decisions.decisions(conn, Filter(), at),
        await decisions.meetings(conn, at),
        await course.matrix(conn, at),
        await course.unexplained(conn, at),
        await standpoints.standpoints(conn, at),
        await consultation.undertakings(conn, at),
        await consultation.unfinished(conn, at),
        await completeness.gaps(conn, at),
        await search.search(conn, search.Where(q=LOOKED_FOR), at, page_size=100),
        await dossiers.dossiers(conn, at, q=LOOKED_FOR),
        await dossiers.forward_agenda(conn, at),
        await dossiers.forward_agenda(conn, at, member="gm1", from_=date(2019, 1, 1)),
    ]
    for id_ in ids:
        said += [
            await decisions.decision(conn, id_, at),
            await decisions.meeting(conn, id_, at),
            await dossiers.dossier(conn, id_, at),
            await course.positions(conn, id_, at),
            await standpoints.of(conn, id_, at),
            await history.events(conn, id_, at),
            step.changes if (step := await between(conn, id_, replace(at, valid_on=DAYS[1]), at)) else None,
        ]
        if standing := await decisions.decision(conn, id_, at):
            said += [
                await consultation.views(conn, id_, standing.title, at),
                await consultation.advice(conn, id_, standing.title, at),
            ]
    said.append(await report(conn, await region_of(conn, at), PERIOD, at))
    for code in codes:
        said += [
            await governance.member(conn, code, at),
            await report(conn, subject, PERIOD, at) if (subject := await member_of(conn, code, at)) else None,
            await course.member_course(conn, code, at),
            await standpoints.of_member(conn, code, at),
            await consultation.of_council(conn, code, "gm1-raad", at),
        ]
    return msgspec.json.encode(said)


DAYS = tuple(date.fromisoformat(day) for day in ("2018-06-01", "2020-02-29", "2021-07-01", "2023-01-01", "2026-11-21"))
