"""One read under way, and the GET route of each read: its query is read, its question asked on one snapshot, its answer told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from psycopg_pool import AsyncConnectionPool

from api.asking import Clock, answer, links, must_accept
from api.keys import KEYS
from api.posting import BASE
from api.recording import matched
from projections.at import At
from projections.reading import Connection, reflects, snapshot
from projections.row import Page
from register.values import CODE, UUID_FORM

AnyRequest = Request[Any, Any, Any]
Pool = AsyncConnectionPool[Connection]


class Reading(msgspec.Struct, frozen=True):
    """What a question may use: its snapshot, the two clocks, its keys as they were given, its address, its page."""

    conn: Connection
    at: At
    given: Mapping[str, Any]
    address: Mapping[str, str]
    page: int
    page_size: int

    def code(self) -> str:
        """The code in the address; a 404 Problem when it cannot be one."""
        return matched(CODE, self.address["code"])

    def id(self) -> str:
        """The id in the address; a 404 Problem when it cannot be one."""
        return matched(UUID_FORM, self.address["id"])


Question = Callable[[Reading], Awaitable[object]]


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One read: its address below the version, its question, what it answers with, and its own query keys.

    A list is answered by a Page, or by everything there is, of which a page is then taken.
    """

    path: str
    question: Question
    answers: Any
    listed: bool = False
    keys: tuple[str, ...] = ()
    meaning: str = ""


class Listed(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A page of a list, with the clocks at which it holds and the position that it reflects."""

    items: Sequence[Any]
    total: int
    page: int
    page_size: int
    position: int
    valid_on: date
    known_at: datetime | None = None


def read_route(read: Read, pool: Pool, clock: Clock) -> HTTPRouteHandler:
    """The GET route of a read."""

    async def ask(request: AnyRequest) -> Response[bytes]:
        must_accept(request, "application/json")
        asked = clock.asked(request)
        at = At(asked.valid_on(), asked.known_at())
        given = {name: KEYS[name].read(asked) for name in read.keys}
        page, size = asked.page() if read.listed else (1, 1)
        asked.done()
        async with snapshot(pool) as conn:
            position = await reflects(conn)
            found = await read.question(Reading(conn, at, given, request.path_params, page, size))
        if not read.listed:
            return answer(found, position)
        return _told(found, request, at, (page, size, position))

    path = BASE + read.path.replace("}", ":str}")
    name = "get" + read.path.replace("/", "_").replace("{", "").replace("}", "").replace("-", "_")
    return get(path, name=name, include_in_schema=False)(ask)


def _told(found: Any, request: AnyRequest, at: At, place: tuple[int, int, int]) -> Response[bytes]:  # noqa: ANN401  # a Page or a sequence of whatever is listed
    page, size, position = place
    if isinstance(found, Page):
        items, total = found.items, found.total
    else:
        items, total = found[(page - 1) * size : page * size], len(found)
    listed = Listed(items, total, page, size, position, at.valid_on, at.known_at)
    return answer(listed, position, headers=links(request, page, size, total))
