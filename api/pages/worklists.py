"""Two lists of work: minority standpoints with their weighing, and dissent for which no reason has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from api.pages import decision_standing, standing, views
from api.pages.frame import Frame
from api.pages.telling import Teller, codes_in
from projections.at import At
from projections.course import query as course
from projections.course.row import Unexplained
from projections.decisions.briefly import briefly
from projections.governance import query as governance
from projections.reading import Connection
from projections.row import Text
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint

Status = Literal["open", "weighed"]
MOST = 200


class Standpoints(msgspec.Struct, frozen=True):
    """The standpoints asked for, and how many wait."""

    found: tuple[Standpoint, ...]
    open_n: int
    status: Status | None
    parts: Mapping[str, dict[str, Text]]
    names: Mapping[str, str]


class StandpointsPage(views.View, frozen=True, kw_only=True):
    """What templates/standpoints.html shows."""

    answer: str
    status: str
    standpoints: tuple[views.Standpoint, ...]


class UnexplainedPage(views.View, frozen=True, kw_only=True):
    """What templates/unexplained.html shows."""

    answer: str
    positions: tuple[views.Position, ...]


async def load_standpoints(conn: Connection, at: At, status: Status | None) -> Standpoints:
    """Ask for the standpoints, the longest waiting first."""
    found = (await standpoints.standpoints(conn, at, status=status, page_size=MOST)).items
    waiting = await standpoints.open_ones(conn, at)
    briefs = await briefly(conn, {each.decision for each in found if each.recorded.parts}, at)
    parts = {each.id: dict(each.parts) for each in briefs.values()}
    return Standpoints(found, len(waiting), status, parts, await governance.names(conn, set(codes_in(found)), at))


def standpoints_page(loaded: Standpoints, frame: Frame) -> StandpointsPage:
    """Tell the standpoints."""
    tell = Teller(frame, loaded.names)
    return StandpointsPage(
        answer=tell.says.count(
            "%(num)s minderheidsstandpunt wacht op een weging; een reactie is nog geen weging.",
            "%(num)s minderheidsstandpunten wachten op een weging; een reactie is nog geen weging.",
            loaded.open_n,
        ),
        status=loaded.status or "",
        standpoints=tuple(standing.card(each, tell, (), loaded.parts.get(each.decision, {})) for each in loaded.found),
    )


async def load_unexplained(conn: Connection, at: At) -> tuple[tuple[Unexplained, ...], Mapping[str, str]]:
    """Ask for dissent without a reason, with the names in it."""
    found = await course.unexplained(conn, at)
    return found, await governance.names(conn, set(codes_in(found)), at)


def unexplained_page(found: tuple[Unexplained, ...], names: Mapping[str, str], frame: Frame) -> UnexplainedPage:
    """Tell dissent without a reason."""
    tell = Teller(frame, names)
    return UnexplainedPage(
        answer=tell.says.count(
            "Bij %(num)s afwijking of voorbehoud heeft het register de reden niet.",
            "Bij %(num)s afwijkingen en voorbehouden heeft het register de reden niet.",
            len(found),
        ),
        positions=tuple(
            msgspec.structs.replace(
                decision_standing.shown(each.position, tell),
                decision=tell.decision(each.position.stream, each.decision_title),
                part=each.part_title,
            )
            for each in found
        ),
    )
