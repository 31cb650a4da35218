"""The pages that only read: each asks on one snapshot and is told in one of two languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from litestar import Response
from litestar.response import Redirect

from api.pages import decision, difference, home, koers, listing, member, members, replay, struck, worklists
from api.pages.frame import address
from api.pages.site import Asking, frame_of, shown
from api.problems import Problem
from api.recording import matched
from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.row import Decision
from projections.governance import query as governance
from projections.history import query as history
from projections.standpoints import query as standpoints
from register.values import CODE, UUID_FORM

Page = Callable[[Asking], Awaitable[Response[Any]]]


async def home_page(asking: Asking) -> Response[str]:
    """The first page."""
    loaded = await home.load(asking.conn, asking.at)
    frame = frame_of(asking, "besluiten")
    return shown("home.html", home.page(loaded, frame), frame)


async def decisions_page(asking: Asking) -> Response[Any]:
    """All decisions, or those of one body; what was asked with a word is looked for where everything is looked for."""
    if q := asking.query.get("q", "").strip():
        query = {"q": q, "waar": "decision", **asking.clocks.asked}
        return Redirect(address(asking.lang, "/zoeken", query), status_code=303)
    number, body = asking.query.get("page", "1"), asking.query.get("gremium") or None
    if body is not None:
        body = matched(CODE, body)
    page = int(number) if number.isascii() and number.isdigit() and 1 <= len(number) <= 6 and int(number) else 1  # noqa: PLR2004  # as far as anyone turns pages
    listed = await listing.load(asking.conn, asking.at, page=page, body=body)
    waiting = Counter(each.decision for each in await standpoints.open_ones(asking.conn, asking.at))
    bodies = await governance.bodies_ever(asking.conn, asking.at)
    kept = {name: asking.query[name] for name in ("gremium", "page") if name in asking.query}
    frame = frame_of(asking, "besluiten", kept)
    return shown("decisions.html", listing.page(listed, frame, waiting, bodies, page), frame)


async def decision_page(asking: Asking) -> Response[str]:
    """One decision; 410 with its history when it was struck."""
    found = await standing_decision(asking)
    frame = frame_of(asking, "besluiten")
    if found.struck is not None:
        return shown("struck.html", await struck.page(asking.conn, found, found.struck, frame), frame, 410)
    loaded = await decision.load(asking.conn, found, asking.at)
    return shown("decision.html", decision.page(loaded, frame), frame)


async def standing_decision(asking: Asking) -> Decision:
    """The decision of the address; a 404 Problem when there is none by then."""
    id_ = matched(UUID_FORM, str(asking.request.path_params["id"]))
    found = await decisions.decision(asking.conn, id_, asking.at)
    if found is None:
        known = await history.events(asking.conn, id_, At(date.max, None))
        raise Problem(404, "not-yet" if known else "no-decision")
    return found


async def replay_page(asking: Asking) -> Response[str]:
    """A decision as it stood after one of its entries, and what that entry changed."""
    id_ = matched(UUID_FORM, str(asking.request.path_params["id"]))
    step = asking.query.get("step", "1")
    number = int(step) if step.isascii() and step.isdigit() and len(step) <= 6 else 0  # noqa: PLR2004  # no decision has a million steps
    loaded = await replay.load(asking.conn, id_, number, asking.at)
    frame = frame_of(asking, "besluiten", {"step": str(number)}, replayed=replay.looking_back(loaded, asking.lang))
    return shown("replay.html", replay.page(loaded, frame), frame)


async def difference_page(asking: Asking) -> Response[str]:
    """What differs in a decision between two moments."""
    id_ = matched(UUID_FORM, str(asking.request.path_params["id"]))
    asked = difference.asked(asking.query, asking.lang, asking.zone, asking.now)
    loaded = await difference.load(asking.conn, id_, asked.at, asking.at)
    frame = frame_of(asking, "besluiten", asked.kept)
    return shown("difference.html", difference.page(loaded, asked, frame), frame)


async def members_page(asking: Asking) -> Response[Any]:
    """All members; a choice from the list on the first page leads on to that member."""
    if chosen := asking.query.get("lid"):
        return Redirect(address(asking.lang, f"/leden/{matched(CODE, chosen)}", asking.clocks.asked), status_code=303)
    loaded = await members.load(asking.conn, asking.at)
    frame = frame_of(asking, "leden")
    return shown("members.html", members.page(loaded, frame), frame)


async def member_page(asking: Asking) -> Response[str]:
    """One member."""
    code = matched(CODE, str(asking.request.path_params["code"]))
    loaded = await member.load(asking.conn, code, asking.at)
    if loaded is None:
        raise Problem(404, "no-member", what=code)
    frame = frame_of(asking, "leden")
    return shown("member.html", member.page(loaded, frame), frame)


async def course_page(asking: Asking) -> Response[str]:
    """The matrix."""
    subregion = asking.query.get("deelregio") or None
    if subregion is not None:
        subregion = matched(CODE, subregion)
    only = asking.query.get("alleen") == "afwijkend"
    loaded = await koers.load(asking.conn, asking.at, subregion, only_departing=only)
    kept = {**({"deelregio": subregion} if subregion else {}), **({"alleen": "afwijkend"} if only else {})}
    frame = frame_of(asking, "koers", kept)
    return shown("koers.html", koers.page(loaded, frame), frame)


async def standpoints_page(asking: Asking) -> Response[str]:
    """The minority standpoints with their weighing."""
    choices: dict[str, worklists.Status] = {"open": "open", "gewogen": "weighed"}
    wanted = asking.query.get("stand", "")
    loaded = await worklists.load_standpoints(asking.conn, asking.at, choices.get(wanted))
    frame = frame_of(asking, "standpunten", {"stand": wanted} if wanted in choices else None)
    return shown("standpoints.html", worklists.standpoints_page(loaded, frame), frame)


async def unexplained_page(asking: Asking) -> Response[str]:
    """Dissent for which no reason has come."""
    found, names = await worklists.load_unexplained(asking.conn, asking.at)
    frame = frame_of(asking, "onverklaard")
    return shown("unexplained.html", worklists.unexplained_page(found, names, frame), frame)


PAGES: dict[str, Page] = {
    "/": home_page,
    "/besluiten": decisions_page,
    "/besluiten/{id:str}": decision_page,
    "/besluiten/{id:str}/terugspelen": replay_page,
    "/besluiten/{id:str}/verschil": difference_page,
    "/leden": members_page,
    "/leden/{code:str}": member_page,
    "/koers": course_page,
    "/standpunten": standpoints_page,
    "/onverklaard": unexplained_page,
}
