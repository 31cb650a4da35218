"""Everything that is known of the region at once, whatever the day: what an export of the whole register is made of."""

from __future__ import annotations

from projections.at import At
from projections.filling import filled
from projections.governance.members import Region
from projections.governance.row import AnyRow, BodyRow, InSubregion, Member, Name, Party, Seat, SubregionRow
from projections.reading import EVER, Connection, rows
from projections.row import Told


class Whole(Told, frozen=True, kw_only=True):
    """Members as they stand on the day, also those that ended or are still to come; all others with their own periods."""

    members: tuple[Member, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    names: tuple[Name, ...] = ()
    parties: tuple[Party, ...] = ()
    subregions: tuple[SubregionRow, ...] = ()
    belonging: tuple[InSubregion, ...] = ()
    seats: tuple[Seat, ...] = ()


async def whole(conn: Connection, at: At) -> Whole:
    """The region as known then, by code; names that can be withdrawn are filled in."""
    facts: list[AnyRow] = await rows(conn, "governance", AnyRow, at, days=EVER)
    region = Region(facts, at.valid_on)
    answer = Whole(
        members=tuple(region.member(code) for code in sorted(region.codes())),
        bodies=tuple(sorted((each for each in facts if isinstance(each, BodyRow)), key=lambda each: each.code)),
        names=tuple(each for each in facts if isinstance(each, Name)),
        parties=tuple(sorted((each for each in facts if isinstance(each, Party)), key=lambda each: each.code)),
        subregions=tuple(
            sorted((each for each in facts if isinstance(each, SubregionRow)), key=lambda each: each.subregion)
        ),
        belonging=tuple(each for each in facts if isinstance(each, InSubregion)),
        seats=tuple(each for each in facts if isinstance(each, Seat)),
    )
    return await filled(conn, answer)
