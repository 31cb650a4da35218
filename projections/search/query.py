"""What the register says with these words in it, the best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from projections.at import At, latest
from projections.filling import filled
from projections.reading import BEGUN, EVER, ROW, VALID, Connection, clocks, known, rows
from projections.row import Page, Text
from projections.search.matching import ASKED, MARKED, OPEN, SAID, folded, snippet, words
from projections.search.row import TITLES, CalledOf, Findable, Hit, NameOf, Place, PlanOf, TitleOf

NAMED: LiteralString = (
    f"(r.words IS NOT NULL AND ({words('r.words')} @@ asked.words OR lower({folded('r.words')}) = asked.plain"
    " OR lower(r.code) = asked.plain))"
)
EXACT: LiteralString = f"(lower({folded('r.words')}) = asked.plain OR lower(r.code) = asked.plain)"

# First what is called exactly so, then other names, then titles, then all other texts.
ORDER: LiteralString = f"""
    CASE WHEN {EXACT} THEN 0 WHEN r.words IS NOT NULL OR r.what = 'name' THEN 1 WHEN r.what = ANY (%(titles)s) THEN 2 ELSE 3 END,
    array_position(ARRAY['member', 'body', 'subregion', 'dossier', 'decision', 'meeting'], r.place),
    round(s.rank::numeric, 3) DESC NULLS LAST, r.valid_from DESC NULLS LAST, r.position, r.key
"""


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: words, and on which pages, about whom; what is None does not narrow it."""

    q: str
    place: Place | None = None
    body: str | None = None
    member: str | None = None


async def search(conn: Connection, where: Where, at: At, *, page: int = 1, page_size: int = 20) -> Page[Hit]:
    """What was said or named by the day with these words in it; what is withheld or struck is never found."""
    query: LiteralString = f"""
        WITH asked AS ({ASKED}), open AS ({OPEN}), said AS ({SAID})
        SELECT {ROW}, count(*) OVER () FROM asked, read.search r LEFT JOIN said s ON s.digest = r.digest
        WHERE {known(at)} AND {BEGUN} AND (s.digest IS NOT NULL OR {NAMED}) AND {_standing(at)}
        AND (%(place)s::text IS NULL OR r.place = %(place)s)
        AND (%(body)s::text IS NULL OR {_about(at, "body")}) AND (%(member)s::text IS NULL OR {_about(at, "member")})
        ORDER BY {ORDER} LIMIT %(size)s OFFSET %(offset)s
    """  # noqa: S608  # literals only
    asked = {
        **clocks(at),
        **msgspec.structs.asdict(where),
        "titles": list(TITLES),
        "size": page_size,
        "offset": (page - 1) * page_size,
    }
    cursor = await conn.execute(query, asked)
    found = await cursor.fetchall()
    decode = msgspec.json.Decoder(Findable).decode
    hits = await _hits(conn, [decode(row) for row, _ in found], where.q, at)
    return Page(items=hits, total=found[0][1] if found else 0, page=page, page_size=page_size)


def _standing(at: At) -> LiteralString:
    """A decision or dossier that there was by the day, and that is not struck; anything else."""
    there: LiteralString = f"d.stream = r.stream AND {known(at, 'd')}"
    of_day = VALID.replace("r.", "d.")
    return (
        f"(r.place <> 'decision' OR EXISTS (SELECT FROM read.decisions d WHERE {there} AND {of_day} AND NOT d.struck))"  # noqa: S608  # literals only
        f" AND (r.place <> 'dossier' OR EXISTS (SELECT FROM read.dossiers d WHERE {there} AND {of_day} AND d.fact = 'opened')"
        f" AND NOT EXISTS (SELECT FROM read.dossiers d WHERE {there} AND d.fact = 'struck'))"
    )


def _about(at: At, name: LiteralString) -> LiteralString:
    """Whether the text names somebody, or what it belongs to is theirs: the body of its decision or meeting."""
    named: LiteralString = f"r.about @> ARRAY[%({name})s::text]"
    if name != "body":
        return named
    return (
        f"({named} OR EXISTS (SELECT FROM read.search o WHERE o.stream = r.stream AND {known(at, 'o')}"  # noqa: S608  # literals only
        " AND o.what = 'title' AND o.about @> ARRAY[%(body)s::text])"
        f" OR EXISTS (SELECT FROM read.meetings_facts o WHERE o.stream = r.stream AND {known(at, 'o')}"
        " AND o.fact = 'planned' AND o.about @> ARRAY[%(body)s::text]))"
    )


async def _hits(conn: Connection, found: Sequence[Findable], q: str, at: At) -> tuple[Hit, ...]:
    """What was found with what it belongs to, each with its snippet."""
    await filled(conn, found)
    marked = await _marked(conn, found, q)
    streams = {"ids": [UUID(each.stream) for each in found]}
    condition: LiteralString = "r.stream = ANY (%(ids)s)"
    titled: list[TitleOf] = await rows(conn, "decisions", TitleOf, at, where=condition, arguments=streams)
    planned: list[PlanOf] = await rows(
        conn, "meetings_facts", PlanOf, at, where=f"r.fact = 'planned' AND {condition}", arguments=streams
    )
    plans = {each.stream: each for each in planned}
    called: list[CalledOf] = await rows(
        conn, "dossiers", CalledOf, at, where=f"r.fact = 'titled' AND {condition}", arguments=streams
    )
    titles = {each.id: each.title for each in await filled(conn, titled)}
    titles |= {each.stream: each.title for each in await filled(conn, called)}
    names = await _names(conn, {each.code for each in found if each.code} | {each.body for each in planned}, at)
    return tuple(
        _hit(each, snippet(shown, mark), titles.get(each.stream), plans.get(each.stream), names)
        for each, (shown, mark) in zip(found, marked, strict=True)
    )


def _hit(row: Findable, told: Sequence[Any], title: Text | None, plan: PlanOf | None, names: Mapping[str, str]) -> Hit:
    code = row.code or (plan.body if plan else None)
    return Hit(
        place=row.place,
        what=row.what,
        position=row.position,
        of=row.of,
        snippet=tuple(told),
        lang=row.text.lang if row.text else None,
        id=row.stream if row.place in {"decision", "dossier", "meeting"} else None,
        code=code,
        part=row.part,
        title=title,
        name=names.get(code) if code else None,
        meeting_on=plan.planned_on if plan else None,
        on=row.on,
        valid_from=row.valid_from,
        known_from=row.known_from,
    )


async def _marked(conn: Connection, found: Sequence[Findable], q: str) -> list[tuple[str, str]]:
    """Each text as it is, and folded with marks around what was asked for."""
    shown = [each.words if each.words is not None else (each.text.text or "" if each.text else "") for each in found]
    stemmed = MARKED.format(config="'dutch'", text="t.text", query="asked.stems")
    plain = MARKED.format(config="'simple'", text="t.text", query="asked.words")
    query = (
        f"WITH asked AS ({ASKED}) SELECT CASE WHEN t.name THEN {plain} ELSE {stemmed} END"  # noqa: S608  # literals only
        " FROM asked, unnest(%(texts)s::text[], %(names)s::boolean[]) WITH ORDINALITY AS t (text, name, n) ORDER BY t.n"
    )
    names = [each.words is not None for each in found]
    cursor = await conn.execute(query.encode(), {"q": q, "texts": shown, "names": names})
    return list(zip(shown, (marked for (marked,) in await cursor.fetchall()), strict=True))


async def _names(conn: Connection, codes: set[str], at: At) -> Mapping[str, str]:
    told: list[NameOf] = await rows(
        conn,
        "governance",
        NameOf,
        at,
        days=EVER,
        where="r.fact = 'name' AND r.about && %(codes)s",
        arguments={"codes": sorted(codes)},
    )
    called: dict[str, list[NameOf]] = {}
    for each in told:
        called.setdefault(each.code, []).append(each)
    newest = {code: latest(each, at.valid_on) for code, each in called.items()}
    return {code: row.name for code, row in newest.items() if row is not None}
