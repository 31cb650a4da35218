"""A page for whatever cannot be shown: what is the matter, in the reader's language, and where to go."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import structlog
from litestar import Response

from api.pages import views
from api.pages.frame import Frame
from api.pages.site import AnyRequest, Site, language_and_path, shown
from api.problems import of_fault, told
from projections.at import At

log = structlog.get_logger(__name__)


class ErrorPage(views.View, frozen=True, kw_only=True):
    """What templates/error.html shows."""

    status: int
    title: str
    detail: str
    request_id: str | None


def failing(site: Site, request: AnyRequest, fault: Exception) -> Response[Any]:
    """Tell a fault as a page; it asks nothing of the database, which may be what failed."""
    lang, path = language_and_path(request.scope["path"])
    problem = of_fault(fault)
    said = told(problem, lang)
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request_failed", path=request.url.path, method=request.method, exc_info=fault)
    now = datetime.now(UTC)
    zone = site.parts.clock.zone
    frame = Frame(
        lang=lang,
        path=path,
        region=site.region,
        today=now.astimezone(zone).date(),
        zone=zone,
        at=At(now.astimezone(zone).date()),
        clocks=(),
        asked={},
    )
    bound = structlog.contextvars.get_contextvars().get("request_id")
    page = ErrorPage(
        status=problem.status,
        title=said.title,
        detail=" ".join(error.message for error in said.errors) or said.detail,
        request_id=str(bound) if bound and problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR else None,
    )
    return shown("error.html", page, frame, problem.status)
