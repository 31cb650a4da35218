"""What stands in front of the framework: addresses in one form, HEAD, headers of every answer, and answers that did not change.

An answer tells with `Log-Position` which position of the log it reflects. The same position, address, language and day
give the same answer, so its ETag is that position with a digest of the rest, and a caller that has it gets its 304
before any route, session or database is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from hashlib import blake2b
from time import perf_counter
from uuid import uuid4

import msgspec
import structlog

from api.languages import spoken
from api.outgoing import API, ASGIApp, Receive, Scope, Seen, Send, outgoing, tagged, tell, validator
from api.problems import Problem, of_fault

REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
QUIET = ("/health/", "/static/")
log = structlog.get_logger(__name__)


class Validators(msgspec.Struct, frozen=True):
    """What an unchanged answer depends on besides its request."""

    position: Callable[[], int | None]
    day: Callable[[], str]
    code: str
    """Digest of the code that makes the answers: another version may say the same position otherwise."""
    age: Callable[[], str] = str
    """What is said on every page for as long as the last checkpoint is too old."""


class Front:
    """The outermost ASGI function."""

    def __init__(
        self, app: ASGIApp, validators: Validators, *, loopback_only: bool, answered: Counter[str] | None = None
    ) -> None:
        """Stand in front of `app`; with `loopback_only` refuse any Host that is not this machine itself. Counts in `answered`."""
        self._app, self._validators, self._loopback_only = app, validators, loopback_only
        self._answered = answered if answered is not None else Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        request_id = _request_id(headers.get(b"x-request-id"))
        began, seen = perf_counter(), Seen()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._answer(scope, headers, receive, outgoing(scope, send, request_id, seen))
            except Exception as fault:
                log.exception("request_failed", path=scope["path"], method=scope["method"])
                if seen.started:
                    raise  # half an answer is out: closing the connection is the only thing that tells so
                await tell(of_fault(fault), headers, outgoing(scope, send, request_id, seen))
            finally:
                if not scope["path"].startswith(QUIET):
                    self._answered[f"{seen.status // 100}xx" if seen.status else "none"] += 1
                    log.info(
                        "request_answered",
                        method=scope["method"],
                        path=scope["path"],
                        status=seen.status,
                        ms=round((perf_counter() - began) * 1000, 1),
                    )

    async def _answer(self, scope: Scope, headers: dict[bytes, str], receive: Receive, send: Send) -> None:
        if (problem := self._misaddressed(scope, headers)) is not None:
            await tell(problem, headers, send)
            return
        if scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        variant = None if _personal(headers) else self._variant(scope, headers)
        if variant is not None and (tag := self._unchanged(headers, variant)) is not None:
            await send({"type": "http.response.start", "status": 304, "headers": validator(tag)})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        inner = {**scope, "method": "GET"}
        if scope["path"].endswith("/") and scope["path"] != "/":
            # The framework would find the page all the same; one thing has one address.
            inner |= {"path": scope["path"] + "-", "raw_path": (scope.get("raw_path") or b"") + b"-"}
        await self._app(inner, receive, tagged(send, variant))

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
                self._validators.age(),
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
