"""The interface over a replayed log, in this process, asked the same as a register elsewhere: both must answer the same, field by field."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, cast
from urllib.parse import unquote

import msgspec
import psycopg
from psycopg_pool import AsyncConnectionPool

from api.app import Parts, framework
from api.asking import Clock
from api.checking.addresses import addresses, known, sampled
from api.checking.entries import Progress
from api.checking.finding import Wrong
from api.checking.replaying import Cost, Replayed
from api.house import zone_of
from api.outgoing import ASGIApp
from projections.follow import Follower
from register.register import Charter, running

UNLIKE = frozenset({"position"})
"""What an answer says of how far its log is; looked at by itself."""
MOST = 200
"""Answers that are told as different one by one."""


class Answer(msgspec.Struct, frozen=True):
    """What was answered: the status, the position that it reflects (-1: none said), and the content."""

    status: int
    position: int
    body: bytes


Ask = Callable[[str], Answer]
"""Asks an address of a register elsewhere; see api.checking.elsewhere."""


class Sample(msgspec.Struct, frozen=True):
    """How many addresses are asked at most (0: all of them), and with what they are drawn."""

    most: int = 1000
    seed: int = 20261122


def answered(replayed: Replayed, ask: Ask, sample: Sample, progress: Progress) -> tuple[list[Wrong], Cost]:
    """Every answer that differs from what the entries make."""
    with psycopg.connect(replayed.conninfo) as conn:
        asked = sampled(addresses(known(conn)), sample.most, sample.seed)
        last = _known(conn)
    began = perf_counter()
    wrong = asyncio.run(_compared(replayed, ask, asked, last, progress))
    return wrong, Cost("answers", len(asked), perf_counter() - began)


def _known(conn: psycopg.Connection[Any]) -> str:
    row = conn.execute(
        "SELECT to_char(known AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM log.head"
    ).fetchone()
    return str(row[0]) if row else ""


async def _compared(replayed: Replayed, ask: Ask, asked: Sequence[str], last: str, progress: Progress) -> list[Wrong]:
    wrong: list[Wrong] = []
    async with _application(replayed) as app:
        for done, address in enumerate(asked, 1):
            theirs = await asyncio.to_thread(ask, address)
            where = address
            if theirs.position >= replayed.size and "knownAt=" not in address:
                # It goes on meanwhile: asked what it knew when the last of our entries was recorded.
                where = f"{address}{'&' if '?' in address else '?'}knownAt={last}"
                theirs = await asyncio.to_thread(ask, where)
            ours = await within(app, where)
            wrong += [Wrong(where, reason) for reason in _unlike(ours, theirs, replayed.size)]
            progress(done, len(asked))
            if len(wrong) >= MOST:
                break
    return wrong


def _unlike(ours: Answer, theirs: Answer, size: int) -> Iterator[str]:
    if ours.position >= 0 and theirs.position < size - 1:
        yield f"reflects entry {theirs.position}, and {size - 1} were published"
    if ours.status != theirs.status:
        yield f"answers {theirs.status} where the entries make {ours.status}"
        return
    try:
        said, should = json.loads(theirs.body), json.loads(ours.body)
    except ValueError:
        yield "answers what is no JSON"
        return
    for each in (said, should):
        for name in UNLIKE & set(each if isinstance(each, dict) else ()):
            del each[name]
    if (place := differs(said, should)) is not None:
        yield place


def differs(said: object, should: object, path: str = "") -> str | None:
    """The first field in which two answers differ, with what each says there."""
    if said == should:
        return None
    if isinstance(said, dict) and isinstance(should, dict):
        one, other = cast("dict[str, object]", said), cast("dict[str, object]", should)
        for name in sorted({*one, *other}):
            if (place := differs(one.get(name), other.get(name), f"{path}.{name}".lstrip("."))) is not None:
                return place
    if (
        isinstance(said, list)
        and isinstance(should, list)
        and len(cast("list[object]", said)) == len(cast("list[object]", should))
    ):
        for at, (one_, other_) in enumerate(zip(cast("list[object]", said), cast("list[object]", should), strict=True)):
            if (place := differs(one_, other_, f"{path}.{at}".lstrip("."))) is not None:
                return place
    return f"says {_short(said)} in {path or 'the whole'} where the entries make {_short(should)}"


def _short(value: object) -> str:
    most = 100
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[:most]}…"


@asynccontextmanager
async def _application(replayed: Replayed) -> AsyncIterator[ASGIApp]:
    """The application as it answers readers, over the database of a replay; nothing is published, nobody can sign in, no request is logged."""
    charter, zone = Charter.of(replayed.opened), zone_of(replayed.opened)
    pool = AsyncConnectionPool[Any](replayed.conninfo, min_size=1, max_size=2, open=False)
    async with running(replayed.conninfo, charter) as register, pool, Follower(replayed.conninfo, zone) as follower:
        yield cast(
            "ASGIApp",
            framework(
                Parts(
                    register=register,
                    follower=follower,
                    pool=pool,
                    clock=Clock(zone),
                    contact=replayed.opened.contact,
                    contact_email="",
                    secret=b"",
                )
            ),
        )


async def within(app: ASGIApp, address: str) -> Answer:
    """Ask an application in this process."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept-language", b"en")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
        "state": {},
    }
    status, position, body = 0, -1, bytearray()

    async def receive() -> Any:  # noqa: ANN401  # as ASGI has it
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401  # as ASGI has it
        nonlocal status, position
        if message["type"] == "http.response.start":
            status = message["status"]
            told = {name.lower(): value for name, value in message["headers"]}
            position = int(told.get(b"log-position", b"-1"))
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, send)
    return Answer(status, position, bytes(body))
