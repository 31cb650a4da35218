"""Who there is: the region, its members, bodies, sub-regions and groups; who belongs where, and who holds which seat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from api.exchange.choosing import named_on
from api.exchange.gathering import Gathered
from api.exchange.popolo.words import Json, begins, ends, made, sources, subregion
from projections.at import latest
from projections.governance.row import Name, Seat


def organizations(told: Gathered) -> Iterator[Json]:
    """Everybody but office holders, who are persons."""
    region = told.opened.region
    yield made(id=region.code, name=region.name, classification="region")
    for member in told.region.members:
        yield made(
            id=member.code,
            name=member.name,
            classification=member.kind,
            identifiers=[made(identifier=member.identifier)] if member.identifier else [],
            other_names=_others(member.names, member.name),
        )
    for body in told.region.bodies:
        name = named_on(told.region.names, body, told.at.valid_on)
        own = [each for each in told.region.names if each.of == "body" and each.code == body.code]
        yield made(
            id=body.code,
            name=name,
            classification=body.kind,
            parent_id=body.of or region.code,
            founding_date=begins(body.from_),
            dissolution_date=ends(body.until),
            other_names=_others(own, name),
            sources=sources(body.evidence),
        )
    yield from _groupings(told)


def _groupings(told: Gathered) -> Iterator[Json]:
    region = told.opened.region
    for each in told.region.subregions:
        names = [one for one in told.region.names if one.of == "subregion" and one.code == each.subregion]
        called = latest(names, told.at.valid_on)
        yield made(
            id=subregion(each.subregion),
            name=called.name if called else each.subregion,
            classification="subregion",
            parent_id=region.code,
            founding_date=begins(each.from_),
            sources=sources(each.evidence),
        )
    for party in told.region.parties:
        if party.kind != "office-holder":
            yield made(
                id=party.code,
                name=party.name,
                classification=party.kind,
                parent_id=party.of,
                founding_date=begins(party.from_),
                sources=sources(party.evidence),
            )


def _others(names: Sequence[Name], shown: str) -> list[Json]:
    return [
        made(name=each.name, start_date=_day(each.valid_from), end_date=_day(each.valid_until))
        for each in names
        if each.name != shown
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def memberships(told: Gathered) -> Iterator[Json]:
    """Members in the region and in sub-regions, and holders of seats; each by the entry that told it."""
    names = {each.code: each.name for each in told.region.members}
    for member in told.region.members:
        for each in member.memberships:
            yield made(
                id=each.address,
                member=_member(member.code, names),
                organization_id=told.opened.region.code,
                role="member",
                start_date=begins(each.from_),
                end_date=ends(each.until),
                sources=sources(each.evidence),
            )
    for belongs in told.region.belonging:
        yield made(
            id=belongs.address,
            member=_member(belongs.member, names),
            organization_id=subregion(belongs.subregion),
            role="member",
            start_date=begins(belongs.from_),
            end_date=ends(belongs.until),
            sources=sources(belongs.evidence),
        )
    for seat in _seats(told):
        yield made(
            id=f"{seat.address}:holder",
            member=_member(seat.holder, names),
            organization_id=seat.body,
            post_id=seat.address,
            on_behalf_of_id=subregion(seat.subregion) if seat.subregion else None,
            role=seat.capacity,
            start_date=begins(seat.from_),
            end_date=ends(seat.until),
            sources=sources(seat.evidence),
        )


def posts(told: Gathered) -> Iterator[Json]:
    """Seats of bodies: a seat is a post that an organisation holds; who sits there in person is nowhere."""
    for seat in _seats(told):
        yield made(
            id=seat.address,
            organization_id=seat.body,
            role=seat.capacity,
            start_date=begins(seat.from_),
            end_date=ends(seat.until),
            sources=sources(seat.evidence),
        )


def _seats(told: Gathered) -> Iterator[Seat]:
    persons = {each.code for each in told.region.parties if each.kind == "office-holder"}
    return (seat for seat in told.region.seats if seat.holder not in persons)


def _member(code: str, names: dict[str, str]) -> Json:
    return made(id=code, name=names.get(code))
