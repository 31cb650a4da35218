"""How a read is answered: the register's clocks, the form that is wanted, pages of a list, and the position it all reflects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, Response

from api.asked import Asked
from api.languages import spoken
from api.problems import Problem

AnyRequest = Request[Any, Any, Any]


class Clock(msgspec.Struct, frozen=True):
    """What time it is, and in which zone the register's days begin and end."""

    zone: ZoneInfo
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def today(self) -> str:
        """The civil day in the register's zone, as `2026-03-24`."""
        return self.now().astimezone(self.zone).date().isoformat()

    def asked(self, request: AnyRequest) -> Asked:
        """The query of a request."""
        lang = spoken(request.headers.get("Accept-Language"))
        return Asked(request.scope["query_string"], zone=self.zone, now=self.now(), lang=lang)


def must_accept(request: AnyRequest, *offered: str) -> str:
    """The first offered media type that the request accepts; raises a 406 Problem when there is none."""
    accept = request.headers.get("Accept")
    if not accept:
        return offered[0]
    wanted = [_range(part) for part in accept.split(",")]
    for media_type in offered:
        if any(q > 0 and _matches(form, media_type) for form, q in wanted) and not any(
            q == 0 and form == media_type for form, q in wanted
        ):
            return media_type
    raise Problem(406, "not-acceptable", what=", ".join(offered))


def _range(part: str) -> tuple[str, float]:
    form, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            try:
                return form, float(value)
            except ValueError:
                return form, 0.0
    return form, 1.0


def _matches(form: str, media_type: str) -> bool:
    return form in {"*/*", media_type, media_type.partition("/")[0] + "/*"}


def answer(content: object, position: int, *, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """A JSON answer that reflects the log up to and including a position (-1: it is empty)."""
    return Response(
        msgspec.json.encode(content),
        media_type="application/json",
        headers={"Log-Position": str(position), **(headers or {})},
    )


def links(request: AnyRequest, page: int, page_size: int, total: int) -> dict[str, str]:
    """The Link header of one page of a list: first, prev, next and last, as far as they exist."""
    last = max(1, -(-total // page_size))
    wanted = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    found = [
        f'<{_page_address(request, number)}>; rel="{rel}"' for rel, number in wanted.items() if 1 <= number <= last
    ]
    return {"Link": ", ".join(found)}


def _page_address(request: AnyRequest, page: int) -> str:
    kept = [
        (k, v)
        for k, v in parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True)
        if k != "page"
    ]
    return f"{request.url.path}?{urlencode([*kept, ('page', str(page))])}"
