"""The routes of the pages: Dutch at the address itself, English under /en; and the files that pages are drawn with."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler

from api.pages import record, record_meeting, record_meeting_done, record_start, signing
from api.pages.failing import failing
from api.pages.following import FOLLOWING
from api.pages.forms import Typed
from api.pages.looking import LOOKING
from api.pages.reading import PAGES, Page
from api.pages.reporting import REPORTING
from api.pages.site import AnyRequest, Asking, Site
from api.pages.speech import STATIC
from api.pages.verification import verifying
from api.problems import Problem

if TYPE_CHECKING:
    from api.app import Parts
    from api.recording import Recording

KINDS = {"register.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
MOST_FIELDS = 4000
"""A form for a whole meeting has an answer for each member and five for each line of each decision."""
FORM = "application/x-www-form-urlencoded"

Sent = Callable[[Asking, Typed], Awaitable[Response[Any]]]


def page_routes(parts: Parts, recording: Recording) -> Sequence[BaseRouteHandler]:
    """Every page of the register, for `create_app`."""
    site = Site(parts)
    reads = {**PAGES, **LOOKING, **REPORTING, **FOLLOWING, **_forms(site)}
    sends = _sends(site, recording)
    return [
        *(_page(site, prefix, path, page) for path, page in reads.items() for prefix in ("", "/en")),
        *(_send(site, prefix, path, sent) for path, sent in sends.items() for prefix in ("", "/en")),
        _static(),
        *(_missing(site, prefix) for prefix in ("", "/en")),
    ]


def _forms(site: Site) -> dict[str, Page]:
    """The pages on which something can be recorded."""

    async def ask(asking: Asking) -> Response[Any]:
        return await record.ask(site, asking, _wanted(asking))

    async def done(asking: Asking) -> Response[Any]:
        return await record.done(site, asking, str(asking.request.path_params["entry"]))

    return {
        "/verificatie": verifying(site),
        "/vastleggen": lambda asking: record_start.start(site, asking),
        "/vastleggen/{kind:str}/{target:str}/{what:str}": ask,
        "/vastleggen/vergadering/{id:str}": lambda asking: record_meeting.ask(site, asking, _id(asking)),
        "/vastleggen/vergadering/{id:str}/gedaan": lambda asking: record_meeting_done.done(site, asking, _id(asking)),
        "/vastleggen/vergadering/{id:str}/bevestigen": lambda asking: record_meeting_done.ask(
            site, asking, _id(asking)
        ),
        "/vastleggen/gedaan/{entry:str}": done,
        "/aanmelden": lambda asking: signing.ask(site, asking),
    }


def _sends(site: Site, recording: Recording) -> dict[str, Sent]:
    """The forms that can be sent."""

    async def send(asking: Asking, typed: Typed) -> Response[Any]:
        return await record.record(site, recording, asking, _wanted(asking), typed)

    return {
        "/vastleggen/{kind:str}/{target:str}/{what:str}": send,
        "/vastleggen/vergadering/{id:str}": lambda asking, typed: record_meeting.send(
            site, recording, asking, _id(asking), typed
        ),
        "/vastleggen/vergadering/{id:str}/bevestigen": lambda asking, typed: record_meeting_done.send(
            site, recording, asking, _id(asking), typed
        ),
        "/aanmelden": lambda asking, typed: signing.enter(site, asking, typed),
        "/afmelden": lambda asking, typed: signing.leave(site, asking, typed),
    }


def _id(asking: Asking) -> str:
    return str(asking.request.path_params["id"])


def _wanted(asking: Asking) -> record.Wanted:
    given = asking.request.path_params
    return record.Wanted(str(given["kind"]), str(given["target"]), str(given["what"]))


def _faults(site: Site) -> dict[Any, Any]:
    return {Exception: lambda request, fault: failing(site, request, fault)}


def _address(prefix: str, path: str) -> str:
    return prefix if prefix and path == "/" else prefix + path


def _name(method: Literal["page", "form"], prefix: str, path: str) -> str:
    return f"{method}_" + (re.sub(r"[^a-z]+", "_", prefix + path.replace(":str", "")).strip("_") or "home")


def _page(site: Site, prefix: str, path: str, page: Page) -> BaseRouteHandler:
    async def show(request: AnyRequest) -> Response[Any]:
        async with site.asking(request) as asking:
            return await page(asking)

    return get(
        _address(prefix, path),
        name=_name("page", prefix, path),
        exception_handlers=_faults(site),
        include_in_schema=False,
    )(show)


def _send(site: Site, prefix: str, path: str, sent: Sent) -> BaseRouteHandler:
    async def receive(request: AnyRequest) -> Response[Any]:
        typed = await _typed(request)
        async with site.asking(request) as asking:
            return await sent(asking, typed)

    return post(
        _address(prefix, path),
        name=_name("form", prefix, path),
        exception_handlers=_faults(site),
        include_in_schema=False,
    )(receive)


async def _typed(request: AnyRequest) -> Typed:
    """What a form sent; a 400 Problem when it cannot be read as one."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != FORM:
        raise Problem(415, "request")
    raw = await request.body()
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Problem(400, "request") from None
    return record.typed_of(pairs)


def _static() -> BaseRouteHandler:
    async def file(request: AnyRequest) -> Response[bytes]:
        name = str(request.path_params["name"])
        if name not in KINDS:
            raise Problem(404, "not-found")
        kept = FOR_EVER if request.scope["query_string"].startswith(b"v=") else A_DAY
        return Response((STATIC / name).read_bytes(), media_type=KINDS[name], headers={"Cache-Control": kept})

    return get("/static/{name:str}", name="static_file", include_in_schema=False)(file)


def _missing(site: Site, prefix: str) -> BaseRouteHandler:
    async def missing(request: AnyRequest) -> Response[Any]:
        return failing(site, request, Problem(404, "not-found"))

    return get(prefix + "/{rest:path}", name="page_missing" + prefix.replace("/", "_"), include_in_schema=False)(
        missing
    )
