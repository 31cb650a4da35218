"""The page of the texts that were withdrawn: where each stood, on what ground, by whom, and the way to its entry and proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from litestar import Response

from api.pages import days, views
from api.pages.frame import Frame
from api.pages.listing import day_of
from api.pages.site import Asking, frame_of, shown
from api.pages.telling import Teller
from api.pages.way import numbered
from projections.at import At
from projections.decisions.agenda import meetings_of
from projections.decisions.briefly import Brief, briefly
from projections.decisions.row import Meeting
from projections.dossiers import query as dossiers
from projections.dossiers.row import Titled
from projections.governance import query as governance
from projections.reading import Connection
from projections.texts import query
from projections.texts.row import Withdrawal

PLACES = {"decision": "/besluiten/", "meeting": "/vergaderingen/", "dossier": "/dossiers/"}
"""The pages of what a text belongs to; governance and the register itself have none of their own."""


class Line(views.View, frozen=True, kw_only=True):
    """One text that is not shown."""

    entry: int
    of: int
    href: str | None
    title: views.Said
    """What the entry belongs to: its title, name or kind."""
    what: str | None
    day: str | None
    field: str
    ground: str
    authority: str
    on: str
    known: str
    instead: views.Said | None


class Loaded(msgspec.Struct, frozen=True):
    """The texts that were withdrawn, and what is known of what they belong to."""

    withdrawn: tuple[Withdrawal, ...]
    names: Mapping[str, str]
    decisions: Mapping[str, Brief] = {}
    meetings: Mapping[str, Meeting] = {}
    dossiers: Mapping[str, Titled] = {}


class WithdrawnPage(views.View, frozen=True, kw_only=True):
    """What templates/withdrawn.html shows."""

    answer: str
    lines: tuple[Line, ...]


async def withdrawn_page(asking: Asking) -> Response[Any]:
    """All of them, whatever day or known time is asked for: what is withheld is withheld at each."""
    found = await load(asking.conn, asking.position, asking.today)
    frame = frame_of(asking, "verificatie")
    # The region is no member of itself: its name is that of the register.
    region = {asking.region_code: asking.region}
    found = msgspec.structs.replace(found, names={**region, **found.names})
    return shown("withdrawn.html", page(found, frame), frame)


async def load(conn: Connection, position: int, today: date) -> Loaded:
    """Ask for them, and for what each belongs to, whatever day it is of."""
    found, ever = await query.withdrawals(conn, position), At(valid_on=date.max)
    ids = {kind: {each.stream for each in found if each.kind == kind} for kind in PLACES}
    meetings = await meetings_of(conn, ids["meeting"], ever)
    codes = {each.authority for each in found} | {each.body for each in meetings.values()}
    return Loaded(
        found,
        await governance.names(conn, codes, At(valid_on=today)),
        await briefly(conn, ids["decision"], ever),
        meetings,
        await dossiers.titled(conn, ids["dossier"], ever),
    )


def page(loaded: Loaded, frame: Frame) -> WithdrawnPage:
    """Tell it."""
    says, found = frame.says, loaded.withdrawn
    answer = (
        says.count(
            "%(num)s tekst is afgeschermd: het register toont hem niet meer, ook niet voor wie terugkijkt.",
            "%(num)s teksten zijn afgeschermd: het register toont ze niet meer, ook niet voor wie terugkijkt.",
            len(found),
        )
        if found
        else says.say("Er is geen tekst afgeschermd.")
    )
    return WithdrawnPage(answer=answer, lines=tuple(_line(each, loaded, frame) for each in found))


def _line(each: Withdrawal, loaded: Loaded, frame: Frame) -> Line:
    word = frame.says.word
    place = PLACES.get(each.kind)
    tell = Teller(frame, loaded.names)
    title, what, day = _place(each, loaded, tell)
    return Line(
        entry=each.position,
        of=each.of,
        href=frame.to(place + each.stream) if place else None,
        title=title,
        what=what,
        day=day,
        field=word["FIELD"][each.field.rpartition(".")[2]],
        ground=word["GROUND"][each.ground],
        authority=tell.name(each.authority),
        on=each.on,
        known=days.clock(each.known_from, frame.lang, frame.zone),
        instead=each.instead,
    )


def _place(each: Withdrawal, loaded: Loaded, tell: Teller) -> tuple[views.Said, str | None, str | None]:
    """What a text belongs to, as a title, with what it is and of which day for a title that is not shown."""
    if brief := loaded.decisions.get(each.stream):
        return brief.title, tell.word["DECISION_KIND"][brief.proposed.kind], day_of(brief)
    if meeting := loaded.meetings.get(each.stream):
        return tell.text(tell.meeting(meeting.body, meeting.planned_on)), None, None
    if dossier := loaded.dossiers.get(each.stream):
        return dossier.title, numbered(None, tell), None
    return tell.text(tell.word["OF_TYPE"].get(each.type) or tell.word["OF_KIND"][each.kind]), None, None
