"""What stands in front of the framework: addresses in one form, HEAD, headers of every answer, and answers that did not change.

An answer tells with `Log-Position` which position of the log it reflects. The same position, address, language and day
give the same answer, so its ETag is that position with a digest of the rest, and a caller that has it gets its 304
before any route, session or database is asked.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import blake2b
from time import perf_counter
from typing import Any
from uuid import uuid4

import msgspec
import structlog

from api.languages import spoken
from api.problems import MEDIA_TYPE, Problem, of_fault, told

API_VERSION = "1.0.0"
API = "/api/"
POSITION = b"log-position"
REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
QUIET = ("/health/", "/static/")
SECURITY: tuple[tuple[bytes, bytes], ...] = (
    (b"server", b"register"),
    (b"api-version", API_VERSION.encode()),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
JSON_POLICY = b"default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
log = structlog.get_logger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]
"""The types of the ASGI specification, which are those of every server and framework."""


class Validators(msgspec.Struct, frozen=True):
    """What an unchanged answer depends on besides its request."""

    position: Callable[[], int | None]
    day: Callable[[], str]
    code: str
    """Digest of the code that makes the answers: another version may say the same position otherwise."""


class _Seen(msgspec.Struct):
    """What was sent of one answer."""

    status: int = 0
    started: bool = False


class Front:
    """The outermost ASGI function."""

    def __init__(self, app: ASGIApp, validators: Validators, *, loopback_only: bool) -> None:
        """Stand in front of `app`; with `loopback_only` refuse any Host that is not this machine itself."""
        self._app, self._validators, self._loopback_only = app, validators, loopback_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        request_id = _request_id(headers.get(b"x-request-id"))
        began, seen = perf_counter(), _Seen()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._answer(scope, headers, receive, _outgoing(scope, send, request_id, seen))
            except Exception as fault:
                log.exception("request_failed", path=scope["path"], method=scope["method"])
                if seen.started:
                    raise  # half an answer is out: closing the connection is the only thing that tells so
                await _tell(of_fault(fault), headers, _outgoing(scope, send, request_id, seen))
            finally:
                if not scope["path"].startswith(QUIET):
                    log.info(
                        "request_answered",
                        method=scope["method"],
                        path=scope["path"],
                        status=seen.status,
                        ms=round((perf_counter() - began) * 1000, 1),
                    )

    async def _answer(self, scope: Scope, headers: dict[bytes, str], receive: Receive, send: Send) -> None:
        if (problem := self._misaddressed(scope, headers)) is not None:
            await _tell(problem, headers, send)
            return
        if scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        variant = None if _personal(headers) else self._variant(scope, headers)
        if variant is not None and (tag := self._unchanged(headers, variant)) is not None:
            await send({"type": "http.response.start", "status": 304, "headers": _validator(tag)})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        inner = {**scope, "method": "GET"}
        if scope["path"].endswith("/") and scope["path"] != "/":
            # The framework would find the page all the same; one thing has one address.
            inner |= {"path": scope["path"] + "-", "raw_path": (scope.get("raw_path") or b"") + b"-"}
        await self._app(inner, receive, _tagged(send, variant))

    def _misaddressed(self, scope: Scope, headers: dict[bytes, str]) -> Problem | None:
        if self._loopback_only and not is_loopback(_host(headers.get(b"host", ""))):
            return Problem(421, "not-loopback")
        path = scope["path"]
        if not path.startswith(API):
            return None
        if path.endswith("/"):
            return Problem(404, "trailing-slash")
        return Problem(404, "not-found") if "//" in path else None

    def _variant(self, scope: Scope, headers: dict[bytes, str]) -> str:
        """Digest of everything but the position that an answer depends on."""
        asked = "\0".join(
            (
                scope["path"],
                scope["query_string"].decode("latin-1"),
                headers.get(b"accept", ""),
                spoken(headers.get(b"accept-language")),
                headers.get(b"hx-request", ""),
                self._validators.day(),
                self._validators.code,
            )
        )
        return blake2b(asked.encode("utf-8", "surrogateescape"), digest_size=9).hexdigest()

    def _unchanged(self, headers: dict[bytes, str], variant: str) -> bytes | None:
        wanted = headers.get(b"if-none-match")
        if wanted is None or (position := self._validators.position()) is None:
            return None
        tag = f'"{position}-{variant}"'
        return tag.encode() if tag in wanted else None


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine itself."""
    return host in {"localhost", "::1"} or re.fullmatch(r"127(?:\.[0-9]{1,3}){3}", host) is not None


def _host(header: str) -> str:
    """The host of a Host header without its port."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()


def _personal(headers: dict[bytes, str]) -> bool:
    """Whether an answer may depend on who asks: such an answer is never kept by anyone."""
    return b"authorization" in headers or b"cookie" in headers


def _request_id(given: str | None) -> str:
    return given if given and REQUEST_ID.match(given) else uuid4().hex


def _validator(tag: bytes) -> list[tuple[bytes, bytes]]:
    return [
        (b"etag", tag),
        (b"cache-control", b"public, max-age=0, must-revalidate"),
        (b"vary", b"Accept, Accept-Language, Cookie, Authorization, HX-Request"),
    ]


def _tagged(send: Send, variant: str | None) -> Send:
    """Give an answer its ETag when it says which position it reflects and is for anyone; else it is not to be kept."""

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: list[tuple[bytes, bytes]] = list(message.get("headers", []))
            position = next((value for name, value in headers if name.lower() == POSITION), None)
            if variant is not None and position is not None and message["status"] == 200:  # noqa: PLR2004  # only an answer in full
                headers += _validator(b'"' + position + b"-" + variant.encode() + b'"')
            elif not any(name.lower() == b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", b"no-store"))
            message["headers"] = headers
        await send(message)

    return sender


def _outgoing(scope: Scope, send: Send, request_id: str, seen: _Seen) -> Send:
    """Add what every answer carries, drop the body of an answer to HEAD, and remember the status."""
    is_api = scope["path"].startswith(API)
    head = scope["method"] == "HEAD"

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            seen.status, seen.started = message["status"], True
            headers: list[tuple[bytes, bytes]] = list(message.get("headers", []))
            present = {name.lower() for name, _ in headers}
            policy = JSON_POLICY if is_api else PAGE_POLICY
            wanted: list[Any] = [
                *SECURITY,
                (b"content-security-policy", policy),
                (b"x-request-id", request_id.encode()),
            ]
            if is_api:
                wanted.append((b"access-control-allow-origin", b"*"))
            headers += [pair for pair in wanted if pair[0] not in present]
            # HEAD is made here, so the framework does not know that it is allowed.
            message["headers"] = [
                (name, _with_head(value) if name.lower() == b"allow" else value) for name, value in headers
            ]
        elif message["type"] == "http.response.body" and head:
            message["body"] = b""
        await send(message)

    return sender


def _with_head(allowed: bytes) -> bytes:
    methods = allowed.decode("ascii").replace(" ", "").split(",")
    return ", ".join(sorted({*methods, "HEAD"} if "GET" in methods else methods)).encode()


async def _tell(problem: Problem, headers: dict[bytes, str], send: Send) -> None:
    """A problem from here, without the framework."""
    lang = spoken(headers.get(b"accept-language"))
    body = told(problem, lang).body()
    sent = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"content-language", lang.encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": sent})
    await send({"type": "http.response.body", "body": body, "more_body": False})
