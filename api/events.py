"""The public change feed: every entry in the order in which it was stored, the stored bytes as they are, and the texts they seal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from psycopg_pool import AsyncConnectionPool

from api.asking import Clock, answer, must_accept
from api.keys import ENTRIES, KEYS
from api.posting import BASE
from api.problems import Problem
from api.recording import matched
from projections.reading import Connection, snapshot
from register.fact import Kind, written_as
from register.store.openings import openings_of
from register.store.reading import Reader, Row
from register.stored import By
from register.values import UUID_FORM, Code, Id, Number, Seq

LINES = "application/jsonl"

AnyRequest = Request[Any, Any, Any]
Pool = AsyncConnectionPool[Connection]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, rename=written_as):
    """One entry as it is stored: `data` is the fact, `by` the mandate, `cause` the request, `for` whom the mandate is of."""

    by: By
    cause: Id
    data: dict[str, Any]
    for_: Code
    id: Id
    seq: Seq
    stream: Kind
    time: datetime
    type: str
    v: Number


class FeedItem(msgspec.Struct, frozen=True, rename="camel"):
    """One entry with its place: `entry` is the stored line itself, `knownFrom` when the register knew it."""

    position: int
    known_from: datetime
    entry: msgspec.Raw


class Feed(msgspec.Struct, frozen=True):
    """Entries after a position, without gaps; `position` is the last of the whole log, -1 when it is empty."""

    items: tuple[FeedItem, ...]
    position: int


class OpeningLine(msgspec.Struct, frozen=True):
    """One text: the disclosure that opens the seal in `field` of entry `seq`."""

    d: str
    field: str
    seq: int


def event_routes(pool: Pool, clock: Clock) -> Sequence[HTTPRouteHandler]:
    """The feed, the entries and the openings."""

    @get(f"{BASE}/events", name="get_events", include_in_schema=False)
    async def feed(request: AnyRequest) -> Response[bytes]:
        must_accept(request, "application/json")
        asked = clock.asked(request)
        after: Any = KEYS["after"].read(asked)
        limit: Any = KEYS["limit"].read(asked) or ENTRIES
        asked.done()
        async with snapshot(pool) as conn:
            reader = Reader(conn)
            rows = await reader.range(-1 if after is None else after, limit)
            last = (await reader.head()).size - 1
        items = tuple(FeedItem(row.position, row.known, msgspec.Raw(row.entry)) for row in rows)
        return answer(Feed(items, last), last, headers=_next(rows, last, limit))

    @get(f"{BASE}/events/{{position:str}}/entry", name="get_entry", include_in_schema=False)
    async def entry(request: AnyRequest) -> Response[bytes]:
        must_accept(request, "application/json")
        clock.asked(request).done()
        position = int(matched("0|[1-9][0-9]{0,15}", request.path_params["position"]))
        async with snapshot(pool) as conn:
            reader = Reader(conn)
            row, last = await reader.entry(position), (await reader.head()).size - 1
        if row is None:
            raise Problem(404, "no-position", what=str(last))
        headers = {"Log-Position": str(last)}
        return Response(row.entry, media_type="application/json", headers=headers)

    @get(["/openings/{id:str}", f"{BASE}/openings/{{id:str}}"], name="get_openings", include_in_schema=False)
    async def openings(request: AnyRequest) -> Response[bytes]:
        must_accept(request, LINES)
        clock.asked(request).done()
        stream = UUID(matched(UUID_FORM, request.path_params["id"]))
        async with snapshot(pool) as conn:
            reader = Reader(conn)
            if not await reader.stream(stream, limit=1):
                raise Problem(404, "no-stream")
            found, last = await openings_of(conn, [stream]), (await reader.head()).size - 1
        lines = (OpeningLine(each.disclosure, each.field, each.seq) for each in found)
        body = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
        return Response(body, media_type=LINES, headers={"Log-Position": str(last)})

    return [feed, entry, openings]


def _next(rows: Sequence[Row], last: int, limit: int) -> dict[str, str]:
    """The Link to what comes next; at the end of the log it is where the next entry will be found."""
    after = rows[-1].position if rows else last
    return {"Link": f'<{BASE}/events?after={after}&limit={limit}>; rel="next"'} if after >= 0 else {}
