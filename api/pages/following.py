"""The pages by which one follows what is on its way: dossiers, one dossier, the forward agenda."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Response

from api.pages import dossier_list, dossiers, forward_agenda
from api.pages.reading import Page
from api.pages.site import Asking, frame_of, shown
from api.problems import Problem
from api.recording import matched
from projections.at import At
from projections.dossiers import query
from register.values import CODE, UUID_FORM


async def dossiers_page(asking: Asking) -> Response[Any]:
    """All dossiers, or those with a word in any of their titles."""
    q, number = asking.query.get("q", "").strip(), asking.query.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 1 <= len(number) <= 6 and int(number) else 1  # noqa: PLR2004  # as far as anyone turns pages
    found, names = await dossier_list.load(asking.conn, asking.at, q or None, page)
    frame = frame_of(asking, "dossiers", {name: asking.query[name] for name in ("q", "page") if name in asking.query})
    return shown("dossiers.html", dossier_list.page(found, names, frame, q), frame)


async def dossier_page(asking: Asking) -> Response[Any]:
    """One dossier; 410 with its history when it was struck."""
    id_ = matched(UUID_FORM, str(asking.request.path_params["id"]))
    loaded = await dossiers.load(asking.conn, id_, asking.at)
    if loaded is None:
        known = await query.dossier(asking.conn, id_, At(date.max))
        raise Problem(404, "not-yet" if known else "no-dossier")
    frame = frame_of(asking, "dossiers")
    if loaded.dossier.struck is not None:
        return shown("struck.html", dossiers.struck_page(loaded, loaded.dossier.struck, frame), frame, 410)
    return shown("dossier.html", dossiers.page(loaded, frame), frame)


async def agenda_page(asking: Asking) -> Response[Any]:
    """What comes when, for everybody or for one council, executive, body or member."""
    code = asking.query.get("voor") or None
    if code is not None:
        code = matched(CODE, code)
    loaded = await forward_agenda.load(asking.conn, asking.at, code)
    frame = frame_of(asking, "termijnagenda", {"voor": code} if code else None)
    return shown("forward_agenda.html", forward_agenda.page(loaded, frame), frame)


FOLLOWING: dict[str, Page] = {
    "/dossiers": dossiers_page,
    "/dossiers/{id:str}": dossier_page,
    "/termijnagenda": agenda_page,
}
