"""The routes of the pages: Dutch at the address itself, English under /en; and the files that pages are drawn with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from litestar import Response, get
from litestar.handlers import BaseRouteHandler

from api.pages.failing import failing
from api.pages.reading import PAGES, Page
from api.pages.site import AnyRequest, Site
from api.pages.speech import STATIC
from api.problems import Problem

if TYPE_CHECKING:
    from api.app import Parts
    from api.recording import Recording

KINDS = {"register.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


def page_routes(parts: Parts, recording: Recording) -> Sequence[BaseRouteHandler]:
    """Every page of the register, for `create_app`."""
    site = Site(parts)
    made = [_page(site, prefix, path, page) for path, page in PAGES.items() for prefix in ("", "/en")]
    return [*made, _static(), *(_missing(site, prefix) for prefix in ("", "/en"))]


def _faults(site: Site) -> dict[Any, Any]:
    return {Exception: lambda request, fault: failing(site, request, fault)}


def _name(prefix: str, path: str) -> str:
    return "page_" + (re.sub(r"[^a-z]+", "_", prefix + path.replace(":str", "")).strip("_") or "home")


def _page(site: Site, prefix: str, path: str, page: Page) -> BaseRouteHandler:
    async def show(request: AnyRequest) -> Response[Any]:
        async with site.asking(request) as asking:
            return await page(asking)

    address = prefix + (path if path != "/" or not prefix else "") or "/"
    return get(address, name=_name(prefix, path), exception_handlers=_faults(site), include_in_schema=False)(show)


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
