"""The page of undertakings: what was promised, by whom, to whom, until when; open ones first."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from api.pages import heard, hearing, views
from api.pages.frame import Frame, address
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.promised import Undertaking
from projections.decisions.consultation.query import Status
from projections.governance import query as governance
from projections.reading import Connection
from projections.row import Page

SIZE = 50
CHOICES: Mapping[str, Status] = {"open": "open", "te-laat": "overdue", "afgedaan": "closed"}
"""The words in the address of the page."""


class Promises(msgspec.Struct, frozen=True):
    """The undertakings asked for, and how many are open and overdue."""

    found: Page[Undertaking]
    open_n: int
    overdue_n: int
    names: Mapping[str, str]


class PromisesPage(views.View, frozen=True, kw_only=True):
    """What templates/undertakings.html shows."""

    answer: str
    chosen: str
    undertakings: tuple[hearing.UndertakingCard, ...]
    turns: tuple[views.Link, ...]


async def load(conn: Connection, at: At, status: Status | None, page: int) -> Promises:
    """Ask for them."""
    found = await consultation.undertakings(conn, at, status=status, page=page, page_size=SIZE)
    open_ = await consultation.undertakings(conn, at, status="open", page_size=1)
    overdue = await consultation.undertakings(conn, at, status="overdue", page_size=1)
    return Promises(found, open_.total, overdue.total, await governance.names(conn, set(codes_in(found.items)), at))


def page(loaded: Promises, frame: Frame, chosen: str) -> PromisesPage:
    """Tell them."""
    tell = Teller(frame, loaded.names)
    return PromisesPage(
        answer=tell.says.count(
            "%(num)s toezegging staat open; bij %(overdue)s is de termijn voorbij.",
            "%(num)s toezeggingen staan open; bij %(overdue)s is de termijn voorbij.",
            loaded.open_n,
            overdue=loaded.overdue_n,
        ),
        chosen=chosen,
        undertakings=tuple(heard.undertaking(each, tell) for each in loaded.found.items),
        turns=_turns(loaded.found, frame, tell, chosen),
    )


def _turns(found: Page[Undertaking], frame: Frame, tell: Teller, chosen: str) -> tuple[views.Link, ...]:
    last = max(1, -(-found.total // found.page_size))
    kept = {**({"stand": chosen} if chosen else {}), **frame.asked}
    beside = (("prev", found.page - 1, tell.says.say("Vorige")), ("next", found.page + 1, tell.says.say("Volgende")))
    return tuple(
        views.Link(href=address(frame.lang, frame.path, {**kept, "page": str(to)}), title=tell.text(words), rel=rel)
        for rel, to, words in beside
        if 1 <= to <= last
    )
