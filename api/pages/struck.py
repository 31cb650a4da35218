"""The page of a decision or dossier that was struck: why, and what had been recorded."""

from __future__ import annotations

from api.pages import happened, views
from api.pages.decision_facts import titles
from api.pages.frame import Frame
from api.pages.listing import day_of
from api.pages.telling import Teller
from projections.decisions.row import Decision, Struck
from projections.governance import query as governance
from projections.history import query as history
from projections.reading import Connection


class StruckPage(views.View, frozen=True, kw_only=True):
    """What templates/struck.html shows."""

    over: str
    says: str
    up: views.Link
    """The list that it left."""
    title: views.Said
    what: str
    """What stands there of which day, for a title that is not shown."""
    on: str | None
    entry: int
    because: str
    grounds: views.Said
    see: views.Link | None
    timeline: tuple[views.Event, ...]


async def page(conn: Connection, decision: Decision, struck: Struck, frame: Frame) -> StruckPage:
    """Tell a struck decision."""
    steps = await history.events(conn, decision.id, frame.at)
    names = await governance.names(conn, set(happened.codes(steps)), frame.at)
    tell = Teller(frame, names, titles(decision))
    return StruckPage(
        over=tell.says.say("Doorgehaald besluit"),
        says=tell.says.say(
            "Dit besluit is doorgehaald en telt nergens meer mee. Zijn adres en zijn regels blijven staan."
        ),
        up=views.Link(href=frame.to("/besluiten"), title=tell.text(tell.says.say("Besluiten"))),
        title=decision.title,
        what=tell.word["DECISION_KIND"][decision.proposed.kind],
        on=day_of(decision),
        entry=struck.position,
        because=struck.because,
        grounds=struck.grounds,
        see=tell.decision(struck.see, None) if struck.see else None,
        timeline=happened.events(steps, tell, decision.proposed.kind),
    )
