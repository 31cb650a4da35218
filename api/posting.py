"""The POST routes: one for each row of the table of writes, all with the same manners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler

from api.asking import must_accept
from api.languages import spoken
from api.problems import Problem, of_refused
from api.recording import Done, Event, Recording
from api.sign_in import SignIn
from api.writes import WRITES, Write
from register.intake import MAX_BODY
from register.refusals import Refused
from register.values import LANGUAGE_FORM

BASE = "/api/v1"
JSON = re.compile(r"application/json(?:\s*;\s*charset=\"?utf-8\"?)?", re.IGNORECASE)
_KEY = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PARAMETER = re.compile(r"\{([a-z]+)\}")

MOST_HEARD_OUT = 32 * MAX_BODY
"""How much of a body that is too long is read before the connection is given up."""

AnyRequest = Request[Any, Any, Any]


class Recorded(msgspec.Struct, frozen=True):
    """The body of the answer to a write."""

    position: int
    events: tuple[Event, ...]


def write_routes(recording: Recording, sign_in: SignIn | None) -> Sequence[HTTPRouteHandler]:
    """Every write; without `sign_in` each of them answers 401."""
    return [_route(write, recording, sign_in) for write in WRITES]


def _route(write: Write, recording: Recording, sign_in: SignIn | None) -> HTTPRouteHandler:
    async def record(request: AnyRequest) -> Response[bytes]:
        lang = spoken(request.headers.get("Accept-Language"))
        must_accept(request, "application/json")
        if JSON.fullmatch(request.headers.get("Content-Type", "")) is None:
            raise Problem(415, "media-type")
        if sign_in is None:
            raise Problem(401, "sign-in-off", headers={"WWW-Authenticate": "Basic"})
        account = sign_in.basic(request.headers.get("Authorization"))
        key = idempotency_key(request.headers.get("Idempotency-Key"))
        address = {name: str(value) for name, value in request.path_params.items()}
        lang_of_texts = _texts_in(request)
        raw = await _body(request)
        try:
            done = await recording.record(account, write, address, raw, key, lang=lang_of_texts)
        except Refused as refused:
            raise of_refused(refused, lang, write.addressed if write.parameters else None) from refused
        return _answer(done, write)

    path = BASE + _PARAMETER.sub(r"{\1:str}", write.path)
    name = "post_" + re.sub(r"[^a-z]+", "_", write.path).strip("_")
    return post(path, name=name, include_in_schema=False)(record)


def _texts_in(request: AnyRequest) -> str | None:
    """The language of the texts in the body; in which language a caller wants its answer says nothing about them."""
    given = request.headers.get("Content-Language")
    if given is not None and re.fullmatch(LANGUAGE_FORM, given) is None:
        raise Problem(400, "not-a-language", field="Content-Language")
    return given


async def _body(request: AnyRequest) -> bytes:
    """The content of a request; of one that is longer than the register takes nothing is kept.

    The rest is read and thrown away within a bound, because a caller that is still sending does not hear the answer.
    """
    raw, length = bytearray(), 0
    async for chunk in request.stream():
        length += len(chunk)
        if length <= MAX_BODY:
            raw += chunk
        elif length > MOST_HEARD_OUT:
            break
    if length > MAX_BODY:
        raise Problem(413, "too-large", what=str(MAX_BODY // 1024))
    return bytes(raw)


def idempotency_key(given: str | None) -> UUID:
    """The command id of a request; raises a 400 Problem without one."""
    if not given:
        raise Problem(400, "key-needed", field="Idempotency-Key")
    if _KEY.fullmatch(given) is None:
        raise Problem(400, "key-no-uuid", field="Idempotency-Key")
    return UUID(given)


def _answer(done: Done, write: Write) -> Response[bytes]:
    """201 with where it is and what was written; the same for a repeated key, since it is the same answer."""
    return Response(
        msgspec.json.encode(Recorded(done.events[0].position, done.events)),
        status_code=201,
        media_type="application/json",
        headers={
            "Location": location(done, write),
            "Cache-Control": "no-store",
            "Log-Position": str(done.events[-1].position),
        },
    )


def location(done: Done, write: Write) -> str:
    """Where what was asked for can be read: a new decision or meeting at its own address, any other fact at its entry."""
    if write.place == "new":
        return f"{BASE}{write.path}/{done.asked.id}"
    return f"{BASE}/events/{done.asked.position}/entry"
