"""Bodies through time: all of them, and one with its names, seats, rules, what came before and after, its meetings and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from api.pages import listing, meetings, views
from api.pages.frame import Frame
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.row import Meeting
from projections.governance import query as governance
from projections.governance.row import Body, Name, Rule, Seat
from projections.reading import Connection
from projections.row import Page

LATEST = 10


class BodyLine(views.View, frozen=True, kw_only=True):
    """A body in a list."""

    code: str
    href: str
    name: str
    force: str
    since: str
    entry: int
    until: str | None = None
    of: views.Named | None = None


class BodiesPage(views.View, frozen=True, kw_only=True):
    """What templates/bodies.html shows."""

    answer: str
    region: tuple[BodyLine, ...]
    members: tuple[BodyLine, ...]
    former: tuple[BodyLine, ...]


class Period(views.Traced, frozen=True, kw_only=True):
    """A name, seat or rule with its period."""

    what: str
    since: str
    until: str | None = None
    who: views.Named | None = None


class BodyPage(views.View, frozen=True, kw_only=True):
    """What templates/body.html shows."""

    code: str
    name: str
    force: str
    seats_are: str
    answer: tuple[str, ...]
    entry: int
    of: views.Named | None
    names: tuple[Period, ...]
    seats: tuple[Period, ...]
    rules: tuple[Period, ...]
    before: tuple[BodyLine, ...]
    after: BodyLine | None
    meetings: tuple[meetings.Line, ...]
    meetings_n: int
    decisions: tuple[views.DecisionLine, ...]
    decisions_n: int


class Loaded(msgspec.Struct, frozen=True):
    """One body with everything around it."""

    body: Body
    others: tuple[Body, ...]
    seats: tuple[Seat, ...]
    rules: tuple[Rule, ...]
    meetings: Page[Meeting]
    listed: listing.Listed
    names: Mapping[str, str]
    parties: frozenset[str]
    """The codes that have no page of their own."""


async def load_list(conn: Connection, at: At) -> tuple[tuple[Body, ...], Mapping[str, str]]:
    """Every body that there was by the day, and what members are called."""
    found = await governance.bodies_ever(conn, at)
    return found, await governance.names(conn, {each.of for each in found if each.of}, at)


def list_page(found: Iterable[Body], names: Mapping[str, str], frame: Frame) -> BodiesPage:
    """Tell the list."""
    tell = Teller(frame, names)
    bodies = list(found)
    in_force = [each for each in bodies if each.in_force]
    own = [each for each in in_force if each.of is None]
    return BodiesPage(
        answer=_list_answer(len(own), len(in_force) - len(own), tell),
        region=tuple(_line(each, tell) for each in own),
        members=tuple(_line(each, tell) for each in in_force if each.of is not None),
        former=tuple(_line(each, tell) for each in bodies if not each.in_force),
    )


def _list_answer(own: int, of_members: int, tell: Teller) -> str:
    told = tell.says.count("De regio heeft %(num)s gremium.", "De regio heeft %(num)s gremia.", own)
    if not of_members:
        return told
    beside = tell.says.count(
        "Daarnaast staat hier %(num)s bestuur of raad van een lid.",
        "Daarnaast staan hier %(num)s besturen en raden van leden.",
        of_members,
    )
    return f"{told} {beside}"


def _line(body: Body, tell: Teller) -> BodyLine:
    return BodyLine(
        code=body.code,
        href=tell.frame.to(f"/gremia/{body.code}"),
        name=body.name,
        force=body.force,
        since=body.from_ or body.since.isoformat(),
        until=body.ended,
        of=tell.member(body.of) if body.of else None,
        entry=body.position,
    )


async def load(conn: Connection, code: str, at: At) -> Loaded | None:
    """Ask for one body; None when nobody of that code was ever established."""
    found = await governance.body(conn, code, at)
    if found is None:
        return None
    seats = await governance.seats_ever(conn, code, at)
    rules = await governance.rules(conn, code, at)
    met = await decisions.meetings(conn, at, body=code, page_size=LATEST)
    listed = await listing.load(conn, at, size=LATEST, body=code)
    codes = set(codes_in((found, met.items))) | {each.holder for each in seats} | set(codes_in(seats))
    names = await governance.names(conn, codes, at)
    others = await governance.bodies_ever(conn, at)
    parties = frozenset(each.code for each in await governance.parties(conn, at))
    return Loaded(found, others, seats, rules, met, listed, {**listed.names, **names}, parties)


def page(loaded: Loaded, frame: Frame) -> BodyPage:
    """Tell one body."""
    tell = Teller(frame, {**loaded.names, loaded.body.code: loaded.body.name})
    body = loaded.body
    after = next((each for each in loaded.others if each.code == body.successor), None)
    return BodyPage(
        code=body.code,
        name=body.name,
        force=tell.word["FORCE"][body.force],
        seats_are=tell.word["SEATS"][body.seats],
        answer=_answer(body, tell),
        entry=body.position,
        of=tell.member(body.of) if body.of else None,
        names=tuple(_name(each, tell) for each in reversed(body.names)),
        seats=tuple(_seat(each, tell, loaded.parties) for each in loaded.seats),
        rules=tuple(_rule(each, tell) for each in loaded.rules),
        before=tuple(_line(each, tell) for each in loaded.others if each.successor == body.code),
        after=_line(after, tell) if after else None,
        meetings=meetings.lines(loaded.meetings.items, tell),
        meetings_n=loaded.meetings.total,
        decisions=listing.lines(loaded.listed.decisions, tell, {}),
        decisions_n=loaded.listed.total,
    )


def _answer(body: Body, tell: Teller) -> tuple[str, ...]:
    say = tell.says.say
    since = tell.day(body.from_ or body.since)
    if body.ended is not None and not body.in_force:
        told = say("Dit gremium bestond van %(since)s tot en met %(until)s.", since=since, until=tell.day(body.ended))
    else:
        told = say("Dit gremium bestaat sinds %(since)s.", since=since)
    return (told, tell.word["FORCE"][body.force] + ".")


def _name(name: Name, tell: Teller) -> Period:
    return Period(
        **tell.traced(name),
        what=name.name,
        since=name.from_ or (name.valid_from or tell.frame.at.valid_on).isoformat(),
        until=name.valid_until.isoformat() if name.valid_until else None,
    )


def _seat(seat: Seat, tell: Teller, parties: frozenset[str]) -> Period:
    """A seat: who holds it, for whom, and in which period."""
    said = tell.word["CAPACITY"][seat.capacity]
    if seat.capacity != "own":
        said = f"{said} {tell.name(seat.subregion)}" if seat.subregion else said
    return Period(
        **tell.traced(seat), what=said, since=seat.from_, until=seat.until, who=tell.party(seat.holder) if seat.holder in parties else tell.member(seat.holder),
    )  # fmt: skip


def _rule(rule: Rule, tell: Teller) -> Period:
    return Period(
        **tell.traced(rule), what=tell.word["RULE"][rule.kind], since=rule.from_, until=rule.until,
    )  # fmt: skip
