"""The forward agenda: what comes when, by whom, until when who can influence it; for everybody or for one council."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from api.pages import views
from api.pages.frame import Frame
from api.pages.telling import Teller
from api.pages.way import Influence, asks, by, called, influence
from projections.at import At
from projections.dossiers import query as dossiers
from projections.dossiers.answer import ComingUp
from projections.dossiers.participation import LADDER
from projections.governance import query as governance
from projections.reading import Connection
from projections.row import Text

MOST = 200
"""So many lines a page shows; the interface gives the rest."""


class Line(views.View, frozen=True, kw_only=True):
    """Something that comes."""

    href: str
    planned: str
    status: str
    what: str
    by: str
    entry: int
    title: Text | None = None
    part_of: Text | None = None
    influence: Influence | None = None
    moved: str | None = None
    asks: str | None = None
    items: int = 0


class Who(views.View, frozen=True, kw_only=True):
    """Those for whom the agenda can be asked, of one kind."""

    name: str
    choices: tuple[tuple[str, str], ...]


class AgendaPage(views.View, frozen=True, kw_only=True):
    """What templates/forward_agenda.html shows."""

    answer: str
    chosen: str
    who: tuple[Who, ...]
    lines: tuple[Line, ...]
    more: int
    ladder: tuple[tuple[int, str], ...]


class Loaded(msgspec.Struct, frozen=True):
    """What comes, and who there is to ask for."""

    coming: tuple[ComingUp, ...]
    chosen: str | None
    members: Mapping[str, str]
    bodies: Mapping[str, str]
    councils: Mapping[str, str]
    names: Mapping[str, str]


async def load(conn: Connection, at: At, code: str | None) -> Loaded:
    """Ask for the agenda, of a body or a member when one is chosen."""
    bodies = await governance.bodies(conn, at)
    members = await governance.members(conn, at)
    is_body = any(each.code == code for each in bodies)
    coming = await dossiers.forward_agenda(conn, at, body=code if is_body else None, member=None if is_body else code)
    return Loaded(
        coming,
        code,
        {each.code: each.name for each in members},
        {each.code: each.name for each in bodies if each.of is None},
        {each.code: each.name for each in bodies if each.of is not None},
        await governance.names(conn, {*codes(coming), *((code,) if code else ())}, at),
    )


def codes(coming: tuple[ComingUp, ...]) -> Iterator[str]:
    """Who takes a step or meets, and who can influence it."""
    for each in coming:
        yield from ((each.by,) if each.by else ())
        yield from each.influence


def page(loaded: Loaded, frame: Frame) -> AgendaPage:
    """Tell the agenda."""
    tell = Teller(frame, loaded.names)
    say = tell.says.say
    groups = (
        (say("Leden"), loaded.members),
        (say("Raden en besturen van leden"), loaded.councils),
        (say("Gremia van de regio"), loaded.bodies),
    )
    return AgendaPage(
        answer=_answer(loaded, tell),
        chosen=loaded.chosen or "",
        who=tuple(
            Who(name=name, choices=tuple(sorted(found.items(), key=lambda each: each[1])))
            for name, found in groups
            if found
        ),
        lines=lines(loaded.coming[:MOST], tell),
        more=max(0, len(loaded.coming) - MOST),
        ladder=tuple((each.step, asks(each.step, tell)) for each in LADDER),
    )


def lines(coming: tuple[ComingUp, ...], tell: Teller) -> tuple[Line, ...]:
    """Each step or meeting as one line."""
    return tuple(_line(each, tell) for each in coming)


def _answer(loaded: Loaded, tell: Teller) -> str:
    count, n = tell.says.count, len(loaded.coming)
    if not loaded.chosen:
        if not n:
            return tell.says.say("Er is niets vastgelegd dat nog moet komen.")
        return count("%(num)s stap of vergadering komt er nog.", "%(num)s stappen en vergaderingen komen er nog.", n)
    name = tell.name(loaded.chosen)
    if not n:
        return tell.says.say(
            "Er is niets vastgelegd dat nog komt en waar %(who)s aan zet is of invloed op heeft.", who=name
        )
    return count(
        "Bij %(num)s stap of vergadering is %(who)s aan zet of heeft het invloed.",
        "Bij %(num)s stappen en vergaderingen is %(who)s aan zet of heeft het invloed.",
        n,
        who=name,
    )


def _line(item: ComingUp, tell: Teller) -> Line:
    is_step = item.kind == "step"
    href = f"/dossiers/{item.dossier}#stap-{item.step}" if is_step else f"/vergaderingen/{item.meeting}"
    path, _, card = href.partition("#")
    return Line(
        href=tell.frame.to(path) + (f"#{card}" if card else ""),
        planned=item.planned_on,
        status=item.status,
        what=called(item.stage, tell) if is_step else tell.says.say("vergadering"),
        by=by(item.by, item.stage, tell),
        entry=item.position,
        title=item.title,
        part_of=item.dossier_title,
        influence=influence(item.influence, item.until, tell),
        moved=_moved(item, tell),
        asks=asks(item.participation.step, tell) if item.participation else None,
        items=item.items,
    )


def _moved(item: ComingUp, tell: Teller) -> str | None:
    """What moved since the edition before."""
    say, before = tell.says.say, item.before
    if item.fresh:
        return say("Nieuw sinds de vorige planning.")
    if before is None:
        return None
    if before.planned_on != item.planned_on:
        return say("Verschoven: eerder %(day)s.", day=tell.day(before.planned_on))
    if before.until:
        return say("De termijn is veranderd: eerder tot en met %(day)s.", day=tell.day(before.until))
    return say("De termijn is nieuw.")
