"""Who belongs to the region, in which bodies and sub-regions, on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from projections.at import At
from projections.governance.row import Body, Mandate, Member, Party, Rule, Seat, Subregion
from projections.reading import Connection


async def members(conn: Connection, at: At) -> tuple[Member, ...]:
    """The members in force on the day, by name."""
    raise NotImplementedError


async def member(conn: Connection, code: str, at: At) -> Member | None:
    """A member by its code, also when it has ended; None when nobody of that code was ever a member."""
    raise NotImplementedError


async def bodies(conn: Connection, at: At) -> tuple[Body, ...]:
    """The bodies in force on the day: those of the region first, then those of members, by name."""
    raise NotImplementedError


async def body(conn: Connection, code: str, at: At) -> Body | None:
    """A body by its code, also when it was dissolved."""
    raise NotImplementedError


async def parties(conn: Connection, at: At, of: str | None = None) -> tuple[Party, ...]:
    """Those who vote, sign or are heard without being members, by code; with `of` only those of that body."""
    raise NotImplementedError


async def subregions(conn: Connection, at: At) -> tuple[Subregion, ...]:
    """The sub-regions of the day with the members that belong to them that day, by name."""
    raise NotImplementedError


async def seats(conn: Connection, body: str, at: At) -> tuple[Seat, ...]:
    """The seats of a body that are held on the day."""
    raise NotImplementedError


async def mandates(conn: Connection, at: At) -> tuple[Mandate, ...]:
    """The mandates in force on the day."""
    raise NotImplementedError


async def rules(conn: Connection, body: str, at: At) -> tuple[Rule, ...]:
    """The rules by which a body decides on the day."""
    raise NotImplementedError


async def hands(conn: Connection, ids: Collection[str], at: At) -> Mapping[str, Mandate]:
    """The mandates with these ids, in force or ended."""
    raise NotImplementedError


async def names(conn: Connection, codes: Collection[str], at: At) -> Mapping[str, str]:
    """What to call each member, body, sub-region, party or theme on the day; a code that nobody has is left out, as is a name that is withheld."""
    raise NotImplementedError
