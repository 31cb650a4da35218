"""The GET routes of the read models: each asks its questions on one snapshot and tells the position that it reflects."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Any, get_args

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from psycopg_pool import AsyncConnectionPool

from api.asked import Asked
from api.asking import Clock, answer, links, must_accept
from api.posting import BASE
from api.problems import Problem
from api.recording import entry_address, matched
from projections.at import At
from projections.course import query as course
from projections.course.row import Position
from projections.decisions import query as decisions
from projections.decisions.row import Decision, Filter, Sort
from projections.governance import query as governance
from projections.history import query as history
from projections.history.row import Change
from projections.reading import Connection, reflects, snapshot
from projections.row import Page
from projections.standpoints import query as standpoints
from register.decisions.facts import Verb
from register.values import CODE, UUID_FORM, Stance

AnyRequest = Request[Any, Any, Any]
Pool = AsyncConnectionPool[Connection]
SUBJECT_CLASSES = ("organisation-and-frameworks", "political-administrative", "not-stated")


class Reading(msgspec.Struct, frozen=True):
    """One read under way: its request, its snapshot, its query, and the two clocks that it asked for."""

    request: AnyRequest
    conn: Connection
    asked: Asked
    at: At
    position: int

    def code(self) -> str:
        """The code in the address."""
        return matched(CODE, self.request.path_params["code"])

    def id(self) -> str:
        """The id in the address."""
        return matched(UUID_FORM, self.request.path_params["id"])


class Listed(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A page of a list, with the clocks at which it holds and the position that it reflects."""

    items: Sequence[object]
    total: int
    page: int
    page_size: int
    position: int
    valid_on: date
    known_at: datetime | None = None


class Replay(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A decision as it was known at a moment, after `step` of its `steps`, and what that step changed."""

    step: int
    steps: int
    known_at: datetime | None
    decision: Decision
    changes: tuple[Change, ...]


Question = Callable[[Reading], Awaitable[object]]


class Read(msgspec.Struct, frozen=True):
    """One read: its address below the version and its question, which answers with a Page or with one thing."""

    path: str
    question: Question


async def _decisions(reading: Reading) -> object:
    asked = reading.asked
    where = Filter(
        q=asked.text("q"),
        body=asked.code("body"),
        member=asked.code("member"),
        stance=asked.choice("stance", get_args(Stance)),
        outcome=asked.choice("outcome", get_args(Verb)),
        subject_class=asked.choice("subjectClass", SUBJECT_CLASSES),
        from_=asked.day("from"),
        to=asked.day("to"),
    )
    sort: Any = asked.choice("sort", get_args(Sort)) or "-actedOn"
    page, size = asked.page()
    asked.done()
    return await decisions.decisions(reading.conn, where, reading.at, page=page, page_size=size, sort=sort)


async def _decision(reading: Reading) -> Decision:
    reading.asked.done()
    return await _standing(reading)


async def _standing(reading: Reading) -> Decision:
    """The decision of the address; 404 when there is none by then, 410 when it was struck."""
    id_ = reading.id()
    found = await decisions.decision(reading.conn, id_, reading.at)
    if found is None:
        raise await _missing(reading, id_)
    if found.struck is not None:
        events = f"{BASE}/decisions/{id_}/events"
        raise Problem(410, "struck", what=events, more={"struck": found.struck, "events": events})
    return found


async def _missing(reading: Reading, id_: str) -> Problem:
    """Why a decision is not shown: there is none, or there was none yet at that moment."""
    now = At(date.max, None)
    known = await history.events(reading.conn, id_, now)
    return Problem(404, "not-yet" if known else "no-decision")


async def _events(reading: Reading) -> object:
    id_ = reading.id()
    page, size = reading.asked.page()
    reading.asked.done()
    found = await history.events(reading.conn, id_, reading.at)
    if not found:
        raise await _missing(reading, id_)
    return _sliced(found, page, size)


async def _votes(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    return _sliced((await _standing(reading)).ballots, page, size)


async def _positions(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    found = await _standing(reading)
    return _sliced(await course.positions(reading.conn, found.id, reading.at), page, size)


async def _standpoints_of(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    found = await _standing(reading)
    return _sliced(await standpoints.of(reading.conn, found.id, reading.at), page, size)


async def _replay(reading: Reading) -> Replay:
    step = reading.asked.number("step", 1, 1_000_000)
    reading.asked.both("step", "knownAt")
    reading.asked.done()
    id_ = reading.id()
    steps = len(await history.events(reading.conn, id_, At(date.max, None)))
    if not steps:
        raise Problem(404, "no-decision")
    if step is None:
        step = len(await history.events(reading.conn, id_, reading.at))
        if not step:
            raise Problem(404, "not-yet")
    after = await history.as_of_step(reading.conn, id_, step, reading.at)
    found = await decisions.decision(reading.conn, id_, after) if after else None
    if after is None or found is None:
        raise Problem(404, "no-step", what=str(steps), field="step")
    before = await history.as_of_step(reading.conn, id_, step - 1, reading.at) if step > 1 else None
    changes = await history.differences(reading.conn, id_, before, after)
    return Replay(step, steps, after.known_at, found, changes)


async def _position(reading: Reading) -> Position:
    reading.asked.done()
    stream, seq = entry_address(reading.request.path_params["address"])
    for position in await course.positions(reading.conn, str(stream), reading.at):
        if position.seq == seq:
            return position
    raise Problem(404, "not-found")


async def _standpoint(reading: Reading) -> object:
    reading.asked.done()
    stream, seq = entry_address(reading.request.path_params["address"])
    found = await standpoints.standpoint(reading.conn, str(stream), seq, reading.at)
    if found is None:
        raise Problem(404, "not-found")
    return found


async def _standpoints(reading: Reading) -> object:
    status: Any = reading.asked.choice("status", ("open", "weighed"))
    page, size = reading.asked.page()
    reading.asked.done()
    return await standpoints.standpoints(reading.conn, reading.at, status=status, page=page, page_size=size)


async def _members(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    return _sliced(await governance.members(reading.conn, reading.at), page, size)


async def _member(reading: Reading) -> object:
    reading.asked.done()
    return await _known_member(reading)


async def _known_member(reading: Reading) -> object:
    code = reading.code()
    found = await governance.member(reading.conn, code, reading.at)
    if found is None:
        raise Problem(404, "no-member", what=code)
    return found


async def _member_course(reading: Reading) -> object:
    reading.asked.done()
    await _known_member(reading)
    return await course.member_course(reading.conn, reading.code(), reading.at)


async def _course(reading: Reading) -> object:
    asked = reading.asked
    subregion, decision = asked.code("subregion"), asked.id("decision")
    departing = asked.choice("onlyDeparting", ("true", "false")) == "true"
    asked.done()
    return await course.matrix(
        reading.conn, reading.at, subregion=subregion, only_departing=departing, decision=decision
    )


async def _bodies(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    return _sliced(await governance.bodies(reading.conn, reading.at), page, size)


async def _body(reading: Reading) -> object:
    reading.asked.done()
    return await _known_body(reading)


async def _known_body(reading: Reading) -> object:
    code = reading.code()
    found = await governance.body(reading.conn, code, reading.at)
    if found is None:
        raise Problem(404, "no-body", what=code)
    return found


async def _seats(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    await _known_body(reading)
    return _sliced(await governance.seats(reading.conn, reading.code(), reading.at), page, size)


async def _rules(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    await _known_body(reading)
    return _sliced(await governance.rules(reading.conn, reading.code(), reading.at), page, size)


async def _parties(reading: Reading) -> object:
    of = reading.asked.code("of")
    page, size = reading.asked.page()
    reading.asked.done()
    return _sliced(await governance.parties(reading.conn, reading.at, of), page, size)


async def _subregions(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    return _sliced(await governance.subregions(reading.conn, reading.at), page, size)


async def _meetings(reading: Reading) -> object:
    body = reading.asked.code("body")
    page, size = reading.asked.page()
    reading.asked.done()
    return await decisions.meetings(reading.conn, reading.at, body=body, page=page, page_size=size)


async def _meeting(reading: Reading) -> object:
    reading.asked.done()
    found = await decisions.meeting(reading.conn, reading.id(), reading.at)
    if found is None:
        raise Problem(404, "no-stream")
    return found


async def _unexplained(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    return _sliced(await course.unexplained(reading.conn, reading.at), page, size)


async def _open_standpoints(reading: Reading) -> object:
    page, size = reading.asked.page()
    reading.asked.done()
    return _sliced(await standpoints.open_ones(reading.conn, reading.at), page, size)


READS: tuple[Read, ...] = (
    Read("/decisions", _decisions),
    Read("/decisions/{id}", _decision),
    Read("/decisions/{id}/events", _events),
    Read("/decisions/{id}/votes", _votes),
    Read("/decisions/{id}/positions", _positions),
    Read("/decisions/{id}/minority-standpoints", _standpoints_of),
    Read("/decisions/{id}/replay", _replay),
    Read("/positions/{address}", _position),
    Read("/minority-standpoints", _standpoints),
    Read("/minority-standpoints/{address}", _standpoint),
    Read("/members", _members),
    Read("/members/{code}", _member),
    Read("/members/{code}/course", _member_course),
    Read("/course", _course),
    Read("/bodies", _bodies),
    Read("/bodies/{code}", _body),
    Read("/bodies/{code}/seats", _seats),
    Read("/bodies/{code}/rules", _rules),
    Read("/parties", _parties),
    Read("/subregions", _subregions),
    Read("/meetings", _meetings),
    Read("/meetings/{id}", _meeting),
    Read("/worklists/unexplained-dissent", _unexplained),
    Read("/worklists/open-standpoints", _open_standpoints),
)


def _sliced(found: Sequence[object], page: int, size: int) -> Page[object]:
    """One page of a list that was read as a whole."""
    return Page(items=tuple(found[(page - 1) * size : page * size]), total=len(found), page=page, page_size=size)


def read_routes(pool: Pool, clock: Clock) -> Sequence[HTTPRouteHandler]:
    """Every read of the read models."""
    return [_route(read, pool, clock) for read in READS]


def _route(read: Read, pool: Pool, clock: Clock) -> HTTPRouteHandler:
    async def ask(request: AnyRequest) -> Response[bytes]:
        must_accept(request, "application/json")
        asked = clock.asked(request)
        at = At(asked.valid_on(), asked.known_at())
        async with snapshot(pool) as conn:
            # Read first, so that the answer can only be newer than what it claims, never older.
            reading = Reading(request, conn, asked, at, await reflects(conn))
            return _told(await read.question(reading), reading)

    path = BASE + read.path.replace("}", ":str}")
    name = "get" + read.path.replace("/", "_").replace("{", "").replace("}", "").replace("-", "_")
    return get(path, name=name, include_in_schema=False)(ask)


def _told(found: object, reading: Reading) -> Response[bytes]:
    if not isinstance(found, Page):
        return answer(found, reading.position)
    listed = Listed(
        found.items,
        found.total,
        found.page,
        found.page_size,
        reading.position,
        reading.at.valid_on,
        reading.at.known_at,
    )
    headers = links(reading.request, found.page, found.page_size, found.total)
    return answer(listed, reading.position, headers=headers)
