"""Where members join the course and where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import LiteralString
from uuid import UUID

from projections.at import At, held
from projections.course.decided import Decided, Fixed
from projections.course.region import Region
from projections.course.row import (
    DISSENT,
    Cell,
    DecisionFact,
    Group,
    Matrix,
    MatrixRow,
    MemberCell,
    MemberCourse,
    Position,
    RegionFact,
    SpokenFor,
    Unexplained,
)
from projections.course.standing import Standing, ahead, column, summed
from projections.filling import filled
from projections.reading import BEGUN, EVER, VALID, Connection, rows, streams


class _Course:
    """Everything that the matrix and a member's page are made of, read at once."""

    def __init__(self, region: Region, decided: Sequence[Decided], standing: Standing) -> None:
        self.region = region
        self.standing = standing
        self.decided = {each.id: each for each in decided}
        self.fixed: list[tuple[Decided, Fixed]] = [
            (each, fixed) for each in decided if each.counts for fixed in each.course()
        ]

    def cells(self, code: str, day: date) -> tuple[Cell, ...]:
        """Where a member stands on each part; `day` is the one on which it must have been a member to be asked."""
        return tuple(
            self.standing.cell(decided, fixed, code, asked=decided.is_for(code, day)) for decided, fixed in self.fixed
        )

    def is_proposal(self, position: Position) -> bool:
        """Whether no outcome has set what a position speaks of, in a decision that could."""
        decided = self.decided.get(position.stream)
        if decided is None or not decided.counts:
            return False
        parts = {fixed.part: fixed for each, fixed in self.fixed if each is decided}
        if position.part is None:
            return not parts
        fixed = parts.get(position.part)
        return fixed is None or ahead(position, decided, fixed)


async def matrix(
    conn: Connection, at: At, *, subregion: str | None = None, only_departing: bool = False, decision: str | None = None
) -> Matrix:
    """Members by parts of the course; narrowed to a sub-region, to members that depart or reserve on some part, or to one decision."""
    course, positions = await _read(conn, at, decision=decision)
    region, day = course.region, at.valid_on
    members = region.members(day)
    made: dict[str, tuple[Cell, ...]] = {}
    for code in members:
        if subregion is None or region.subregion(code, day) == subregion:
            cells = course.cells(code, day)
            if not only_departing or any(cell.kind in DISSENT for cell in cells):
                made[code] = cells
    columns = tuple(
        column(decided, fixed, [cells[index] for cells in made.values()], len(members))
        for index, (decided, fixed) in enumerate(course.fixed)
    )
    shown = set(made)
    proposals = tuple(
        each
        for each in positions
        if held(each, day) and course.is_proposal(each) and (shown & set(each.counts_for()) or not each.counts_for())
    )
    answer = Matrix(
        columns=columns,
        groups=_groups(region, made, day),
        sums=summed(cell for cells in made.values() for cell in cells),
        members=len(members),
        on_proposals=proposals,
    )
    return await filled(conn, answer)


def _groups(region: Region, made: dict[str, tuple[Cell, ...]], day: date) -> tuple[Group, ...]:
    """Members by their sub-region of the day, by name; those in none come last."""
    by_subregion: dict[str | None, list[MatrixRow]] = {}
    for code, cells in made.items():
        subregion = region.subregion(code, day)
        row = MatrixRow(member=code, name=region.name(code, day), cells=cells, sums=summed(cells), subregion=subregion)
        by_subregion.setdefault(subregion, []).append(row)
    groups = [
        Group(
            rows=tuple(found),
            sums=summed(cell for row in found for cell in row.cells),
            subregion=subregion,
            name=region.name(subregion, day, "subregion") if subregion else None,
        )
        for subregion, found in by_subregion.items()
    ]
    return tuple(sorted(groups, key=lambda each: (each.subregion is None, each.name or "", each.subregion or "")))


async def positions(conn: Connection, decision: str, at: At) -> tuple[Position, ...]:
    """Every position on a decision by then, in force or past, in the order of their days."""
    found = await _positions(conn, at, [decision])
    return await filled(conn, tuple(sorted(found, key=_by_day)))


async def member_course(conn: Connection, code: str, at: At) -> MemberCourse:
    """Where one member stands; for a member that has ended, on what was set while it was one."""
    course, found = await _read(conn, at, member=code)
    region, day = course.region, at.valid_on
    last = region.last_day(code)
    ended = last is not None and last < day
    cells: list[MemberCell] = []
    everybody = region.members(day)
    for decided, fixed in course.fixed:
        asked = decided.is_for(code, fixed.by.valid_from if ended else day)
        cell = course.standing.cell(decided, fixed, code, asked=asked)
        others = [course.standing.cell(decided, fixed, each, asked=decided.is_for(each, day)) for each in everybody]
        cells.append(MemberCell(column=column(decided, fixed, others, len(everybody)), cell=cell))
    mine = [each for each in found if code in each.counts_for()]
    spoken = [each for decided in course.decided.values() for each in _spoken(course, decided, code)]
    answer = MemberCourse(
        member=code,
        cells=tuple(cells),
        sums=summed(each.cell for each in cells),
        on_proposals=tuple(each for each in mine if held(each, day) and course.is_proposal(each)),
        past=tuple(sorted((each for each in mine if not held(each, day)), key=_by_day)),
        spoken_for=tuple(spoken),
        dissents=tuple(each for id_ in course.decided for each in course.standing.dissents(id_, code)),
    )
    return await filled(conn, answer)


def _spoken(course: _Course, decided: Decided, code: str) -> Iterable[SpokenFor | Position]:
    parts = (None, *(fixed.part for each, fixed in course.fixed if each is decided))
    found = {each.position: each for part in parts for each in course.standing.spoken_by(decided.id, code, part)}
    return found.values()


async def unexplained(conn: Connection, at: At) -> tuple[Unexplained, ...]:
    """Positions in force that depart, reserve or do not take part, for which no reason has come yet; the longest waiting first."""
    condition: LiteralString = (
        "(r.unexplained OR (r.stance = ANY (%(dissent)s) AND (r.body->>'explainedOn')::date > %(valid_on)s))"
    )
    found: list[Position] = await rows(
        conn, "course", Position, at, days=VALID, where=condition, arguments={"dissent": list(DISSENT)}
    )
    decided = {each.id: each for each in await _decided(conn, at, {each.stream for each in found}, Region([]))}
    waiting = [
        Unexplained(
            position=each,
            decision_title=decided[each.stream].proposed.title,
            part_title=decided[each.stream].title(each.part, each.n) if each.part else None,
        )
        for each in sorted(found, key=_by_day)
        if each.stream in decided and decided[each.stream].counts
    ]
    return await filled(conn, tuple(waiting))


def _by_day(position: Position) -> tuple[date, int]:
    return position.valid_from or date.min, position.position


async def _read(
    conn: Connection, at: At, *, decision: str | None = None, member: str | None = None
) -> tuple[_Course, list[Position]]:
    """The course of the day: of one decision, or of all that set something or on which somebody stands (that member, when one is named)."""
    facts: list[RegionFact] = await rows(
        conn,
        "governance",
        RegionFact,
        at,
        days=EVER,
        where="r.fact IN ('membership', 'in-subregion', 'name', 'body')",
    )
    region = Region(facts)
    about = [member, *region.subregions(member)] if member else None
    wanted = {decision} if decision else await _streams(conn, at, about)
    found = await _positions(conn, at, wanted)
    namens: list[SpokenFor] = await rows(
        conn,
        "standpoints",
        SpokenFor,
        at,
        days=BEGUN,
        where="r.fact = 'text' AND r.stream = ANY (%(ids)s) AND r.body->'voice'->>'as' = 'namens'",
        arguments={"ids": [UUID(each) for each in wanted]},
    )
    latest = {(each.stream, each.standpoint): each for each in namens}
    standing = Standing(found, latest.values(), region, at.valid_on)
    return _Course(region, await _decided(conn, at, wanted, region), standing), found


async def _streams(conn: Connection, at: At, about: list[str] | None) -> set[str]:
    """The decisions that set something, and those on which somebody speaks: anybody, or those that are named."""
    named: dict[str, object] = {"about": about}
    speaks: LiteralString = "(%(about)s::text[] IS NULL OR r.about && %(about)s::text[])"
    found = await streams(conn, "decisions_facts", at, "r.sets")
    found |= await streams(conn, "course", at, speaks, named)
    if about is not None:
        found |= await streams(conn, "standpoints", at, f"r.fact = 'text' AND {speaks}", named)
    return found


async def _positions(conn: Connection, at: At, decisions: Iterable[str]) -> list[Position]:
    ids = [UUID(each) for each in decisions]
    return await rows(
        conn, "course", Position, at, days=BEGUN, where="r.stream = ANY (%(ids)s)", arguments={"ids": ids}
    )


async def _decided(conn: Connection, at: At, decisions: Iterable[str], region: Region) -> list[Decided]:
    """The decisions, the one with the latest act last."""
    found: list[DecisionFact] = await rows(
        conn,
        "decisions_facts",
        DecisionFact,
        at,
        days=BEGUN,
        where="r.stream = ANY (%(ids)s) AND r.fact IN ('proposed', 'part', 'list', 'outcome', 'struck')",
        arguments={"ids": [UUID(each) for each in decisions]},
    )
    by_stream: dict[str, list[DecisionFact]] = {}
    for each in found:
        by_stream.setdefault(each.stream, []).append(each)
    made = [Decided(facts, region) for facts in by_stream.values()]
    return sorted(made, key=lambda each: (each.begins, each.id))
