"""Where recording begins: what this account may record, what it recorded before, what waits for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import msgspec
from litestar import Response
from litestar.response import Redirect

from api.accounts import Account
from api.pages import decision_standing, listing, standing, views
from api.pages.record import signed_in
from api.pages.site import Asking, Site, frame_of, shown
from api.pages.telling import Teller, codes_in
from projections.course import query as course
from projections.course.row import MemberCourse
from projections.decisions import query as decisions
from projections.decisions.briefly import briefly
from projections.governance import query as governance
from projections.standpoints import query as standpoints

MOST, LATEST = 50, 5


class Chosen(views.View, frozen=True, kw_only=True):
    """A decision with what this account may record on it."""

    line: views.DecisionLine
    unconfirmed: int


class Gathering(views.View, frozen=True, kw_only=True):
    """A meeting that this account may record or confirm."""

    name: str
    entry: int
    record: str | None
    confirm: str | None


class StartPage(views.View, frozen=True, kw_only=True):
    """What templates/record.html shows."""

    lead: str
    records: bool
    confirms: bool
    own: tuple[views.Position, ...]
    waiting: tuple[views.Standpoint, ...]
    meetings: tuple[Gathering, ...]
    decisions: tuple[Chosen, ...]


async def start(site: Site, asking: Asking) -> Response[Any]:
    """The first page of recording."""
    if site.parts.sign_in is None:
        frame = frame_of(asking, "vastleggen")
        return shown("record_off.html", None, frame)
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    account = who[1]
    roles = {grant.role for grant in account.grants if grant.mandate is not None}
    listed = await listing.load(asking.conn, asking.at, size=MOST)
    members = [grant.for_ for grant in account.grants if grant.role == "representative"]
    stands = [await course.member_course(asking.conn, code, asking.at) for code in members]
    waiting = await standpoints.open_ones(asking.conn, asking.at) if "clerk" in roles else ()
    codes = {*codes_in((stands, waiting)), *(grant.for_ for grant in account.grants)}
    names = {**listed.names, **await governance.names(asking.conn, codes, asking.at)}
    frame = frame_of(asking, "vastleggen")
    tell = Teller(frame, names)
    own = await _own(asking, stands, tell)
    page = StartPage(
        lead=_lead(account, tell),
        records=bool(roles & {"representative", "clerk"}),
        confirms="confirmer" in roles,
        own=own,
        meetings=await _meetings(asking, account, tell),
        waiting=tuple(standing.card(each, tell) for each in waiting),
        decisions=await _choices(asking, listed, tell, roles),
    )
    return shown("record.html", page, frame)


async def _meetings(asking: Asking, account: Account, tell: Teller) -> tuple[Gathering, ...]:
    """The latest meetings of the region's own bodies that this account keeps or confirms; those of councils stand on their page."""
    keeps, reads = set(account.held("clerk")), set(account.held("confirmer"))
    own = {body.code for body in await governance.bodies(asking.conn, asking.at) if body.of is None}
    found: list[Gathering] = []
    for code in sorted((keeps | reads) & own):
        for each in (await decisions.meetings(asking.conn, asking.at, body=code, page=1, page_size=LATEST)).items:
            if each.cancelled is None:
                here = f"/vastleggen/vergadering/{each.id}"
                found.append(
                    Gathering(
                        name=tell.meeting(code, (each.held.on if each.held else None) or each.planned_on),
                        entry=each.position,
                        record=tell.frame.to(here) if code in keeps else None,
                        confirm=tell.frame.to(here + "/bevestigen") if code in reads else None,
                    )
                )
    return tuple(found)


async def _choices(asking: Asking, listed: listing.Listed, tell: Teller, roles: Collection[str]) -> tuple[Chosen, ...]:
    """The decisions to choose from: for who only represents a member those of the region, not those of other councils."""
    of_members = {body.code for body in await governance.bodies(asking.conn, asking.at) if body.of is not None}
    made: list[Chosen] = []
    for brief, line in zip(listed.decisions, listing.lines(listed.decisions, tell, Counter()), strict=True):
        if set(roles) == {"representative"} and brief.proposed.decided_by.body in of_members:
            continue
        whole = await decisions.decision(asking.conn, brief.id, asking.at) if "confirmer" in roles else None
        made.append(Chosen(line=line, unconfirmed=len(whole.unconfirmed) if whole is not None else 0))
    return tuple(made)


async def _own(asking: Asking, stands: list[MemberCourse], tell: Teller) -> tuple[views.Position, ...]:
    """The positions in force of the members of this account."""
    rows = {
        row.address: row
        for each in stands
        for row in (*(position for cell in each.cells for position in cell.cell.positions), *each.on_proposals)
    }
    briefs = await briefly(asking.conn, {row.stream for row in rows.values()}, asking.at)
    titles = listing.titles(briefs.values())
    tell.titles.update(titles)
    return tuple(
        msgspec.structs.replace(
            decision_standing.shown(row, tell),
            decision=tell.decision(row.stream, titles.get(row.stream)),
            part=titles.get(f"{row.stream}/{row.part}") if row.part else None,
        )
        for row in decision_standing.ranked(rows.values())
    )


def _lead(account: Account, tell: Teller) -> str:
    """For whom this account records."""
    held: dict[str, list[str]] = {}
    for grant in account.grants:
        if grant.mandate is not None:
            held.setdefault(grant.role, []).append(tell.name(grant.for_))
    if not held:
        return tell.says.say("Dit account heeft geen mandaat; het kan niets vastleggen.")
    said = [
        tell.says.say("%(role)s voor %(names)s", role=tell.word["ROLE"][role], names=tell.says.join(names))
        for role, names in held.items()
    ]
    return tell.says.say("U legt vast als %(roles)s.", roles=tell.says.join(said))
