"""What a subject was called, which way it went, and what comes when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from projections.at import At
from projections.dossiers import row as r
from projections.dossiers.agenda import Codes, Coming, coming
from projections.dossiers.answer import (
    BodyOf,
    CancelledOf,
    ComingUp,
    DecisionOf,
    Dossier,
    DossierBriefly,
    HeldOf,
    InSubregionOf,
    ItemOf,
    LinkOf,
    MembershipOf,
    PlannedOf,
    ProposedOf,
    Taken,
)
from projections.dossiers.composing import briefly, composed
from projections.filling import filled
from projections.reading import BEGUN, EVER, Connection, clocks, known, rows
from projections.row import Page

# Every title that a dossier ever had by then; hyphens between numbers as spaces, so that 2024-2028 is found by either year.
CALLED: LiteralString = """
    EXISTS (
        SELECT FROM read.dossiers n JOIN read.texts t ON t.stream = n.stream AND t.digest = n.body->'title'->'_sd'->>0
        WHERE n.stream = r.stream AND n.fact = 'titled' AND {known} AND {begun} AND (
            to_tsvector('dutch', regexp_replace(coalesce(t.text, ''), '([0-9])-(?=[0-9])', '\\1 ', 'g')) @@ (
                regexp_replace(websearch_to_tsquery('dutch',
                    regexp_replace(%(q)s, '([0-9])-(?=[0-9])', '\\1 ', 'g'))::text, '''$', ''':*')
            )::tsquery OR strpos(lower(t.text), lower(%(q)s)) > 0
        )
    ) OR lower(r.body->>'number') = lower(%(q)s)
"""
LATEST: LiteralString = """
    (SELECT max(x.valid_from) FROM read.dossiers x WHERE x.stream = r.stream AND {known} AND {begun}) DESC NULLS LAST, r.stream
"""


async def dossiers(  # noqa: PLR0913  # what a list is asked by
    conn: Connection, at: At, *, q: str | None = None, kind: str | None = None, page: int = 1, page_size: int = 20
) -> Page[DossierBriefly]:
    """The dossiers of the day, what happened last first; by any title that they ever had. Struck ones are left out."""
    condition: LiteralString = _standing(at)
    if q:
        condition += f" AND ({_with_clocks(CALLED, at, 'n')})"
    if kind:
        condition += " AND r.body->>'kind' = %(kind)s"
    query: LiteralString = (
        f"SELECT r.stream::text, count(*) OVER () FROM read.dossiers r WHERE {condition}"  # noqa: S608  # literals only
        f" ORDER BY {_with_clocks(LATEST, at, 'x')} LIMIT %(size)s OFFSET %(offset)s"
    )
    asked = {"q": q, "kind": kind, "size": page_size, "offset": (page - 1) * page_size}
    cursor = await conn.execute(query, {**clocks(at), **asked})
    found = await cursor.fetchall()
    made = {each.id: each for each in await _dossiers(conn, [stream for stream, _ in found], at)}
    items = tuple(briefly(made[stream]) for stream, _ in found if stream in made)
    return Page(items=await filled(conn, items), total=found[0][1] if found else 0, page=page, page_size=page_size)


async def dossier(conn: Connection, id: str, at: At) -> Dossier | None:
    """One dossier; None when it was not known or not opened yet. A struck one has `struck`."""
    return await filled(conn, next(iter(await _dossiers(conn, [id], at)), None))


async def titled(conn: Connection, ids: Collection[str], at: At) -> dict[str, r.Titled]:
    """What these dossiers are called on the day, struck ones left out."""
    if not ids:
        return {}
    asked = {"ids": [UUID(each) for each in ids]}
    standing: list[r.Opened] = await rows(
        conn,
        "dossiers",
        r.Opened,
        at,
        days=BEGUN,
        where=f"r.stream = ANY (%(ids)s) AND {_standing(at)}",
        arguments=asked,
    )
    found: list[r.Titled] = await rows(
        conn, "dossiers", r.Titled, at, days=BEGUN, where="r.fact = 'titled' AND r.stream = ANY (%(ids)s)",
        arguments=asked, order="r.valid_from, r.seq",
    )  # fmt: skip
    there = {each.stream for each in standing}
    return {each.stream: each for each in await filled(conn, tuple(found)) if each.stream in there}


async def forward_agenda(  # noqa: PLR0913  # what an agenda is asked by
    conn: Connection,
    at: At,
    *,
    body: str | None = None,
    member: str | None = None,
    from_: date | None = None,
    to: date | None = None,
) -> tuple[ComingUp, ...]:
    """What comes from a day on, or between two days; all of it, or what a body or a member takes or can influence."""
    query: LiteralString = (
        f"SELECT r.stream::text FROM read.dossiers r WHERE {_standing(at)} AND {_with_clocks(OPEN, at, 'x')}"  # noqa: S608  # literals only
    )
    cursor = await conn.execute(query, clocks(at))
    made = await _dossiers(conn, [stream for (stream,) in await cursor.fetchall()], at)
    codes = await _codes(conn, at, body, member)
    asked = Coming(valid_on=at.valid_on, from_=from_ or at.valid_on, to=to, codes=codes)
    found = coming(made, await _meetings(conn, at, asked.from_), asked)
    return await filled(conn, found)


OPEN: LiteralString = """
    NOT EXISTS (SELECT FROM read.dossiers x WHERE x.stream = r.stream AND x.fact = 'closed' AND {known} AND {begun})
"""


def _standing(at: At) -> LiteralString:
    """A dossier that there was by the day, and that is not struck."""
    struck: LiteralString = f"SELECT FROM read.dossiers s WHERE s.stream = r.stream AND s.fact = 'struck' AND {known(at, 's')}"  # literals only
    return f"r.fact = 'opened' AND {known(at)} AND {BEGUN} AND NOT EXISTS ({struck})"


def _with_clocks(condition: LiteralString, at: At, alias: LiteralString) -> LiteralString:
    begun: LiteralString = BEGUN.replace("r.", f"{alias}.")
    return condition.replace("{known}", known(at, alias)).replace("{begun}", begun)


async def _dossiers(conn: Connection, ids: Collection[str], at: At) -> list[Dossier]:
    """Dossiers without their texts."""
    if not ids:
        return []
    told: list[r.AnyRow] = await rows(
        conn, "dossiers", r.AnyRow, at, days=BEGUN, where="r.stream = ANY (%(ids)s)",
        arguments={"ids": [UUID(each) for each in ids]},
    )  # fmt: skip
    streams: dict[str, list[r.AnyRow]] = {id_: [] for id_ in ids}
    for row in told:
        streams[row.stream].append(row)
    taken = await _taken(conn, ids, at)
    made = (composed(streams[id_], taken.get(id_, ()), at.valid_on) for id_ in ids)
    return [each for each in made if each is not None]


async def _taken(conn: Connection, ids: Collection[str], at: At) -> dict[str, list[Taken]]:
    """The decisions that belong to each dossier, the earliest act first: by their first entry, or by a link."""
    asked: dict[str, Any] = {"names": list(ids)}
    named: list[ProposedOf] = await rows(
        conn, "decisions_facts", ProposedOf, at, days=EVER,
        where="r.fact = 'proposed' AND r.body->>'dossier' = ANY (%(names)s)", arguments=asked,
    )  # fmt: skip
    links: list[LinkOf] = await rows(
        conn,
        "decisions_facts",
        LinkOf,
        at,
        days=EVER,
        where="r.fact = 'link' AND r.about && %(names)s",
        arguments=asked,
    )
    streams = {each.stream for each in named} | {each.stream for each in links}
    listed: list[DecisionOf] = await rows(
        conn, "decisions", DecisionOf, at, where="NOT r.struck AND r.stream = ANY (%(ids)s)",
        arguments={"ids": [UUID(each) for each in streams]}, order="r.acted_on, r.stream",
    )  # fmt: skip
    belongs: dict[str, dict[str, list[LinkOf]]] = {}
    for each in named:
        belongs.setdefault(each.stream, {}).setdefault(each.dossier or "", [])
    for link in links:
        belongs.setdefault(link.stream, {}).setdefault((link.to or "").partition(".")[0], []).append(link)
    found: dict[str, list[Taken]] = {}
    for decision in listed:
        for dossier_id, by in belongs[decision.id].items():
            found.setdefault(dossier_id, []).append(_taking(decision, by))
    return found


def _taking(decision: DecisionOf, links: list[LinkOf]) -> Taken:
    said = {name: getattr(decision, name) for name in decision.__struct_fields__ if name != "struck"}
    steps = sorted({each.n for each in links if each.n is not None})
    return Taken(**said, steps=tuple(steps), rel=links[0].rel if links else None)


# The last year in which a meeting was to be, by any of its plans.
PLANNED_SINCE: LiteralString = """
    r.fact = 'planned' AND r.stream IN (
        SELECT p.stream FROM read.meetings_facts p WHERE p.fact = 'planned'
        AND left(coalesce(nullif(split_part(p.body->>'plannedOn', '/', 2), ''), p.body->>'plannedOn'), 4) >= %(year)s
    )
"""


async def _meetings(conn: Connection, at: At, since: date) -> list[tuple[tuple[PlannedOf, ...], int]]:
    """Meetings that are planned from a year on and were neither held nor cancelled by the day: their plans, oldest first, and their items."""
    planned: list[PlannedOf] = await rows(
        conn, "meetings_facts", PlannedOf, at, days=BEGUN, where=PLANNED_SINCE,
        arguments={"year": f"{since:%Y}"}, order="r.seq",
    )  # fmt: skip
    plans: dict[str, list[PlannedOf]] = {}
    for each in planned:
        plans.setdefault(each.stream, []).append(each)
    others: list[HeldOf | CancelledOf | ItemOf] = await rows(
        conn, "meetings_facts", HeldOf | CancelledOf | ItemOf, at, days=BEGUN,
        where="r.fact IN ('held', 'cancelled', 'item') AND r.stream = ANY (%(ids)s)",
        arguments={"ids": [UUID(each) for each in plans]},
    )  # fmt: skip
    over = {each.stream for each in others if not isinstance(each, ItemOf)}
    items = [each.stream for each in others if isinstance(each, ItemOf) and each.withdrawn_on is None]
    return [(tuple(told), items.count(stream)) for stream, told in plans.items() if stream not in over]


async def _codes(conn: Connection, at: At, body: str | None, member: str | None) -> Codes | None:
    """By which codes a body or a member is meant: its own, those of its bodies or of the member it is of, and its sub-region.

    It takes what each member takes when that member is one on the day.
    """
    if body is None and member is None:
        return None
    asked = {"codes": [code for code in (body, member) if code]}
    told: list[BodyOf] = await rows(
        conn, "governance", BodyOf, at, where="r.fact = 'body' AND r.about && %(codes)s", arguments=asked
    )
    own = next((each.of for each in told if each.code == body), None)
    of = member or own
    regions: list[InSubregionOf] = await rows(
        conn, "governance", InSubregionOf, at,
        where="r.fact = 'in-subregion' AND r.about @> ARRAY[%(of)s::text]", arguments={"of": of},
    )  # fmt: skip
    bodies = {each.code for each in told if member is not None and each.of == member}
    takes = {code for code in (body, member) if code} | bodies
    heard = takes | {each.subregion for each in regions if each.member == of} | {each for each in (of,) if each}
    belongs: list[MembershipOf] = await rows(
        conn, "governance", MembershipOf, at,
        where="r.fact = 'membership' AND r.about @> ARRAY[%(of)s::text]", arguments={"of": of},
    )  # fmt: skip
    is_member = any(each.member == of for each in belongs)
    return Codes(takes=frozenset(takes), heard=frozenset(heard), member=of if is_member else None)
