"""The pages by which one looks around: search, what is missing, meetings, bodies, councils, undertakings."""

from __future__ import annotations

from typing import Any

from litestar import Response

from api.pages import bodies, council, gaps, meetings, promises, search, withdrawn
from api.pages.reading import Page
from api.pages.site import Asking, frame_of, shown
from api.problems import Problem
from api.recording import matched
from projections.decisions import query as decisions
from register.values import CODE, UUID_FORM


async def search_page(asking: Asking) -> Response[Any]:
    """What was found with some words."""
    asked = search.asked(asking.query)
    found = await search.load(asking.conn, asking.at, asked)
    frame = frame_of(
        asking, "zoeken", {name: asking.query[name] for name in ("q", "waar", "page") if name in asking.query}
    )
    return shown("search.html", search.page(found, frame, asked), frame)


async def gaps_page(asking: Asking) -> Response[Any]:
    """What is missing, all kinds or one."""
    kind = gaps.kind_of(asking.query.get("soort", ""))
    loaded = await gaps.load(asking.conn, asking.at, kind, _number(asking))
    frame = frame_of(asking, "ontbreekt", {"soort": kind} if kind else None)
    return shown("gaps.html", gaps.page(loaded, frame), frame)


async def meetings_page(asking: Asking) -> Response[Any]:
    """All meetings, or those of one body."""
    body = asking.query.get("gremium") or None
    if body is not None:
        body = matched(CODE, body)
    loaded = await meetings.load_list(asking.conn, asking.at, body, _number(asking))
    frame = frame_of(asking, "vergaderingen", {"gremium": body} if body else None)
    return shown("meetings.html", meetings.list_page(loaded, frame, body), frame)


async def meeting_page(asking: Asking) -> Response[Any]:
    """One meeting."""
    id_ = matched(UUID_FORM, str(asking.request.path_params["id"]))
    loaded = await meetings.load(asking.conn, id_, asking.at)
    frame = frame_of(asking, "vergaderingen")
    if loaded is not None:
        return shown("meeting.html", meetings.page(loaded, frame), frame)
    gone = await decisions.struck_meeting(asking.conn, id_, asking.at)
    if gone is None:
        raise Problem(404, "no-stream")
    return shown("struck.html", await meetings.struck_page(asking.conn, gone, frame), frame, 410)


async def bodies_page(asking: Asking) -> Response[Any]:
    """All bodies."""
    found, names = await bodies.load_list(asking.conn, asking.at)
    frame = frame_of(asking, "vergaderingen")
    return shown("bodies.html", bodies.list_page(found, names, frame), frame)


async def body_page(asking: Asking) -> Response[Any]:
    """One body through time."""
    code = matched(CODE, str(asking.request.path_params["code"]))
    loaded = await bodies.load(asking.conn, code, asking.at)
    if loaded is None:
        raise Problem(404, "no-body", what=code)
    frame = frame_of(asking, "vergaderingen")
    return shown("body.html", bodies.page(loaded, frame), frame)


async def undertakings_page(asking: Asking) -> Response[Any]:
    """What was promised, open ones first."""
    wanted = asking.query.get("stand", "")
    chosen = wanted if wanted in promises.CHOICES else ""
    loaded = await promises.load(asking.conn, asking.at, promises.CHOICES.get(chosen), _number(asking))
    frame = frame_of(asking, "toezeggingen", {"stand": chosen} if chosen else None)
    return shown("undertakings.html", promises.page(loaded, frame, chosen), frame)


async def council_page(asking: Asking) -> Response[Any]:
    """One council, by its own code or by that of its member."""
    code = matched(CODE, str(asking.request.path_params["code"]))
    loaded = await council.load(asking.conn, code, asking.at)
    if loaded is None:
        raise Problem(404, "no-body", what=code)
    frame = frame_of(asking, "leden")
    return shown("council.html", council.page(loaded, frame), frame)


def _number(asking: Asking) -> int:
    """The page of a list, the first when what was asked for is none."""
    number = asking.query.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and 1 <= len(number) <= 6 and int(number) else 1  # noqa: PLR2004  # as far as anyone turns pages


LOOKING: dict[str, Page] = {
    "/zoeken": search_page,
    "/wat-ontbreekt": gaps_page,
    "/vergaderingen": meetings_page,
    "/vergaderingen/{id:str}": meeting_page,
    "/gremia": bodies_page,
    "/gremia/{code:str}": body_page,
    "/toezeggingen": undertakings_page,
    "/raad/{code:str}": council_page,
    "/afgeschermd": withdrawn.withdrawn_page,
}
