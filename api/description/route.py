"""`/api/v1/openapi.json`, for anyone and from anywhere."""

from __future__ import annotations

import re
from typing import Any, Final

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from api.asking import Clock, must_accept
from api.description.document import About, document
from api.languages import spoken
from api.posting import BASE

HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
NOWHERE: Final = "localhost"
"""The host of a request that does not say to whom it was sent."""


def openapi_route(contact: str, email: str, clock: Clock) -> HTTPRouteHandler:
    """The route; the document names the host that it was asked from, as behind a proxy nothing else knows it."""

    @get(f"{BASE}/openapi.json", name="get_openapi", include_in_schema=False)
    async def openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
        must_accept(request, "application/json")
        clock.asked(request).done()
        host = request.headers.get("Host", "")
        about = About(contact, email, host if HOST.fullmatch(host) else NOWHERE)
        lang = spoken(request.headers.get("Accept-Language"))
        return Response(
            document(about, lang),
            media_type="application/json",
            headers={
                "Cache-Control": "public, max-age=300",
                "Content-Language": lang,
                "Vary": "Accept, Accept-Language, Host",
            },
        )

    return openapi
