"""The page of the texts that were withdrawn: where each stood, on what ground, by whom, and the way to its entry and proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Response

from api.pages import days, views
from api.pages.frame import Frame
from api.pages.site import Asking, frame_of, shown
from projections.governance import query as governance
from projections.texts import query
from projections.texts.row import Withdrawal

PLACES = {"decision": "/besluiten/", "meeting": "/vergaderingen/", "dossier": "/dossiers/"}
"""The pages of what a text belongs to; governance and the register itself have none of their own."""


class Line(views.View, frozen=True, kw_only=True):
    """One text that is not shown."""

    entry: int
    of: int
    href: str | None
    kind: str
    field: str
    ground: str
    authority: str
    on: str
    known: str
    instead: views.Said | None


class WithdrawnPage(views.View, frozen=True, kw_only=True):
    """What templates/withdrawn.html shows."""

    answer: str
    lines: tuple[Line, ...]


async def withdrawn_page(asking: Asking) -> Response[Any]:
    """All of them, whatever day or known time is asked for: what is withheld is withheld at each."""
    found = await query.withdrawals(asking.conn, asking.position)
    names = await governance.names(asking.conn, {each.authority for each in found}, asking.at)
    frame = frame_of(asking, "verificatie")
    return shown("withdrawn.html", page(found, names, frame), frame)


def page(found: tuple[Withdrawal, ...], names: Mapping[str, str], frame: Frame) -> WithdrawnPage:
    """Tell it."""
    says = frame.says
    answer = (
        says.count(
            "%(num)s tekst is afgeschermd: hij staat niet meer in het register, op geen enkel moment.",
            "%(num)s teksten zijn afgeschermd: ze staan niet meer in het register, op geen enkel moment.",
            len(found),
        )
        if found
        else says.say("Er is geen tekst afgeschermd.")
    )
    return WithdrawnPage(answer=answer, lines=tuple(_line(each, names, frame) for each in found))


def _line(each: Withdrawal, names: Mapping[str, str], frame: Frame) -> Line:
    word = frame.says.word
    place = PLACES.get(each.kind)
    return Line(
        entry=each.position,
        of=each.of,
        href=frame.to(place + each.stream) if place else None,
        kind=word["OF_KIND"][each.kind],
        field=word["FIELD"][each.field.rpartition(".")[2]],
        ground=word["GROUND"][each.ground],
        authority=names.get(each.authority, each.authority),
        on=each.on,
        known=days.clock(each.known_from, frame.lang, frame.zone),
        instead=each.instead,
    )
