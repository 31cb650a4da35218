"""What may be asked of an address: every method that it knows, and that pages of other sites may read but not write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from litestar import Response, route
from litestar.handlers import HTTPRouteHandler

MAY_BE_SENT = "Accept, Accept-Language, If-None-Match"
"""What a page of another site may send along; no password, so nothing is written from there."""


def options_routes(handlers: Sequence[HTTPRouteHandler]) -> Sequence[HTTPRouteHandler]:
    """An answer to OPTIONS for each address; the framework's own knows only the first method that was registered."""
    methods: defaultdict[str, set[str]] = defaultdict(set)
    for handler in handlers:
        for path in handler.paths:
            methods[path] |= {str(method) for method in handler.http_methods}
    return [_route(path, known) for path, known in methods.items()]


def _route(path: str, methods: set[str]) -> HTTPRouteHandler:
    allowed = ", ".join(sorted({*methods, "OPTIONS"}))
    headers = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": MAY_BE_SENT,
        "Access-Control-Max-Age": "86400",
        "Cache-Control": "no-store",
    }

    async def options() -> Response[None]:
        return Response(None, status_code=204, headers=headers)

    return route(path, http_method=["OPTIONS"], name=f"options {path}", include_in_schema=False)(options)
