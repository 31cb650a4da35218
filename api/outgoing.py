"""What goes out with every answer: its headers, its validator, and no body where HEAD was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from api.languages import spoken
from api.problems import MEDIA_TYPE, Problem, told

API_VERSION = "1.0.0"
API = "/api/"
POSITION = b"log-position"
SECURITY: tuple[tuple[bytes, bytes], ...] = (
    (b"server", b"register"),
    (b"api-version", API_VERSION.encode()),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
OPEN: tuple[tuple[bytes, bytes], ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"API-Version, ETag, Link, Location, Log-Position, Retry-After, X-Request-Id"),
)
"""Pages of any site may read the interface, with what its headers say."""
JSON_POLICY = b"default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]
"""The types of the ASGI specification, which are those of every server and framework."""


class Seen(msgspec.Struct):
    """What was sent of one answer."""

    status: int = 0
    started: bool = False


def validator(tag: bytes) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that may be asked for again by its ETag."""
    return [
        (b"etag", tag),
        (b"cache-control", b"public, max-age=0, must-revalidate"),
        (b"vary", b"Accept, Accept-Language, Cookie, Authorization, HX-Request"),
    ]


def tagged(send: Send, variant: str | None) -> Send:
    """Give an answer its ETag when it says which position it reflects and is for anyone; else it is not to be kept."""

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: list[tuple[bytes, bytes]] = list(message.get("headers", []))
            position = next((value for name, value in headers if name.lower() == POSITION), None)
            if variant is not None and position is not None and message["status"] == 200:  # noqa: PLR2004  # only an answer in full
                headers += validator(b'"' + position + b"-" + variant.encode() + b'"')
            elif not any(name.lower() == b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", b"no-store"))
            message["headers"] = headers
        await send(message)

    return sender


def outgoing(scope: Scope, send: Send, request_id: str, seen: Seen) -> Send:
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
                wanted += OPEN
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


async def tell(problem: Problem, headers: dict[bytes, str], send: Send) -> None:
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
