"""Who belongs to the region, in which bodies and sub-regions, on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from projections.at import At, begun, held, latest
from projections.filling import filled
from projections.governance.members import Region
from projections.governance.row import (
    AnyRow,
    Body,
    BodyRow,
    Inhabitants,
    Mandate,
    Member,
    Name,
    Party,
    Rule,
    Seat,
    Subregion,
    SubregionRow,
    Theme,
)
from projections.reading import EVER, VALID, Connection, rows
from projections.row import Text

OF_MEMBERS = ["membership", "name", "in-subregion", "subregion", "departure-announced", "succession-planned"]


async def members(conn: Connection, at: At) -> tuple[Member, ...]:
    """The members in force on the day, by name."""
    return _in_force(Region(await _facts(conn, at, OF_MEMBERS), at.valid_on))


async def members_and_subregions(conn: Connection, at: At) -> tuple[tuple[Member, ...], tuple[Subregion, ...]]:
    """The members in force on the day and the sub-regions that they belong to, asked at once."""
    facts = await _facts(conn, at, OF_MEMBERS)
    region = Region(facts, at.valid_on)
    found = _in_force(region)
    return found, _subregions(facts, region, found, at.valid_on)


def _in_force(region: Region) -> tuple[Member, ...]:
    found = (region.member(code) for code in region.codes())
    return tuple(sorted((each for each in found if each.in_force), key=lambda each: (each.name, each.code)))


async def member(conn: Connection, code: str, at: At) -> Member | None:
    """A member by its code, also when it has ended; None when nobody of that code was ever a member."""
    region = Region(await _facts(conn, at, OF_MEMBERS), at.valid_on)
    return await filled(conn, region.member(code)) if code in region.codes() else None


async def members_gone(conn: Connection, at: At) -> tuple[Member, ...]:
    """Those that were a member before the day and are none on it, however they went; who went last comes first."""
    region = Region(await _facts(conn, at, OF_MEMBERS), at.valid_on)
    found = (region.member(code) for code in region.codes())
    gone = [each for each in found if not each.in_force and each.until is not None and each.until < at.valid_on]
    return await filled(
        conn, tuple(sorted(gone, key=lambda each: (each.until or at.valid_on, each.name), reverse=True))
    )


async def bodies(conn: Connection, at: At) -> tuple[Body, ...]:
    """The bodies in force on the day: those of the region first, then those of members, by name."""
    found = await _bodies(conn, at, None)
    in_force = (each for each in found if each.in_force)
    return await filled(conn, tuple(sorted(in_force, key=lambda each: (each.of is not None, each.name, each.code))))


async def body(conn: Connection, code: str, at: At) -> Body | None:
    """A body by its code, also when it was dissolved."""
    return await filled(conn, next((each for each in await _bodies(conn, at, code) if each.code == code), None))


async def bodies_ever(conn: Connection, at: At) -> tuple[Body, ...]:
    """Every body that there was by the day, also those dissolved: those of the region first, by name."""
    found = (each for each in await _bodies(conn, at, None) if each.since <= at.valid_on)
    return tuple(sorted(found, key=lambda each: (each.of is not None, each.name, each.code)))


async def seats_ever(conn: Connection, body: str, at: At) -> tuple[Seat, ...]:
    """Who held the seats of a body by the day, the latest first."""
    found: list[Seat] = await _facts(conn, at, ["seat"], about=body)
    begun_ = [each for each in found if each.body == body and begun(each, at.valid_on)]
    return await filled(conn, tuple(sorted(begun_, key=lambda each: each.valid_from or date.min, reverse=True)))


async def parties(conn: Connection, at: At, of: str | None = None) -> tuple[Party, ...]:
    """Those who vote, sign or are heard without being members, by code; with `of` only those of that body."""
    found: list[Party] = await _facts(conn, at, ["party"], about=of, days=True)
    return await filled(conn, tuple(sorted((each for each in found if of in {None, each.of}), key=lambda p: p.code)))


async def subregions(conn: Connection, at: At) -> tuple[Subregion, ...]:
    """The sub-regions of the day with the members that belong to them that day, by name."""
    return (await members_and_subregions(conn, at))[1]


def _subregions(facts: list[AnyRow], region: Region, members_: tuple[Member, ...], day: date) -> tuple[Subregion, ...]:
    found = [
        Subregion(
            code=each.subregion,
            name=region.name(each.subregion, day, "subregion") or each.subregion,
            since=each.valid_from or day,
            position=each.position,
            members=tuple(sorted(one.code for one in members_ if one.subregion == each.subregion)),
        )
        for each in facts
        if isinstance(each, SubregionRow) and held(each, day)
    ]
    return tuple(sorted(found, key=lambda each: (each.name, each.code)))


async def seats(conn: Connection, body: str, at: At) -> tuple[Seat, ...]:
    """The seats of a body that are held on the day."""
    found: list[Seat] = await _facts(conn, at, ["seat"], about=body, days=True)
    return await filled(conn, tuple(each for each in found if each.body == body))


async def mandates(conn: Connection, at: At) -> tuple[Mandate, ...]:
    """The mandates in force on the day."""
    return await filled(conn, tuple(await _facts(conn, at, ["mandate"], days=True)))


async def rules(conn: Connection, body: str, at: At) -> tuple[Rule, ...]:
    """The rules by which a body decides on the day."""
    return await filled(conn, tuple(await _facts(conn, at, ["rule"], about=body, days=True)))


async def inhabitants(conn: Connection, member: str, at: At) -> tuple[Inhabitants, ...]:
    """The counts of the inhabitants of a member by the day, the latest first; weights are taken from these."""
    found: list[Inhabitants] = await _facts(conn, at, ["inhabitants"], about=member)
    begun_ = [each for each in found if begun(each, at.valid_on)]
    return await filled(conn, tuple(sorted(begun_, key=lambda each: each.valid_from or date.min, reverse=True)))


async def hands(conn: Connection, ids: Collection[str], at: At) -> Mapping[str, Mandate]:
    """The mandates with these ids, in force or ended."""
    found = await rows(
        conn,
        "governance",
        AnyRow,
        at,
        days=EVER,
        where="r.fact = 'mandate' AND r.about && %(ids)s",
        arguments={"ids": list(ids)},
    )
    wanted = {each.mandate: each for each in found if isinstance(each, Mandate) and each.mandate in ids}
    return await filled(conn, wanted)


async def names(conn: Connection, codes: Collection[str], at: At) -> Mapping[str, str]:
    """What to call each member, body, sub-region, party or theme on the day; a code that nobody has is left out, as is a name that is withheld."""
    found = await rows(
        conn,
        "governance",
        Name | Party | Theme,
        at,
        days=EVER,
        where="r.fact IN ('name', 'party', 'theme') AND r.about && %(codes)s",
        arguments={"codes": list(codes)},
    )
    by_code: dict[str, list[Name | Party | Theme]] = {}
    for each in await filled(conn, found):
        if each.code in codes:
            by_code.setdefault(each.code, []).append(each)
    called = {code: latest(each, at.valid_on) for code, each in by_code.items()}
    said = {code: row.name for code, row in called.items() if row is not None}
    return {code: str(name) for code, name in said.items() if not isinstance(name, Text) or name.text}


async def _facts(
    conn: Connection, at: At, facts: list[str], *, about: str | None = None, days: bool = False
) -> list[Any]:
    """Rows of these facts; the caller knows their classes by the facts it asked for."""
    return await rows(
        conn,
        "governance",
        AnyRow,
        at,
        days=VALID if days else EVER,
        where="r.fact = ANY (%(facts)s) AND (%(about)s::text IS NULL OR r.about @> ARRAY[%(about)s::text])",
        arguments={"facts": facts, "about": about},
    )


async def _bodies(conn: Connection, at: At, code: str | None) -> list[Body]:
    facts = await _facts(conn, at, ["body", "name"], about=code)
    return [_body(each, facts, at.valid_on) for each in facts if isinstance(each, BodyRow)]


def _body(row: BodyRow, facts: list[AnyRow], day: date) -> Body:
    called = tuple(each for each in facts if isinstance(each, Name) and each.code == row.code)
    name = latest(called, min(day, row.valid_until or day))
    return Body(
        code=row.code,
        name=name.name if name else row.code,
        kind=row.kind,
        force=row.force,
        seats=row.seats,
        in_force=held(row, day),
        since=row.valid_from or day,
        position=row.position,
        from_=row.from_,
        until=row.valid_until,
        ended=row.until,
        of=row.of,
        layer=row.layer,
        successor=row.successor,
        names=called,
    )
