"""Who was asked, what they said, what was done with it; and what was promised."""

from __future__ import annotations

from typing import Literal

from projections.at import At
from projections.decisions.consultation.beside import View, with_own_decisions
from projections.decisions.consultation.inviting import Invitation
from projections.decisions.consultation.known import Heard, of_decision, of_decisions
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.consultation.row import codes_of
from projections.filling import filled
from projections.reading import Connection
from projections.row import Page, Text, Told

Status = Literal["open", "closed", "overdue"]


class Council(Told, frozen=True, kw_only=True):
    """What concerns one council: what it was asked, what it said itself, what others of its member said, what was promised to it."""

    asked: tuple[Invitation, ...]
    said: tuple[View, ...]
    said_for_it: tuple[View, ...]
    undertakings: tuple[Undertaking, ...]


async def views(conn: Connection, decision: str, title: Text, at: At) -> tuple[View, ...]:
    """The views on a decision, one a voice, in the order in which they were recorded."""
    heard = await of_decision(conn, decision, title, at)
    return await filled(conn, await with_own_decisions(conn, heard.views if heard else (), at))


async def advice(conn: Connection, decision: str, title: Text, at: At) -> tuple[Advice, ...]:
    """The advice on a decision, given or waited for."""
    heard = await of_decision(conn, decision, title, at)
    return await filled(conn, heard.advice if heard else ())


async def promises(conn: Connection, decision: str, title: Text, at: At) -> tuple[Undertaking, ...]:
    """The undertakings that were given with a decision."""
    heard = await of_decision(conn, decision, title, at)
    return await filled(conn, heard.undertakings if heard else ())


async def undertakings(  # noqa: PLR0913  # what a list is asked by
    conn: Connection,
    at: At,
    *,
    status: Status | None = None,
    body: str | None = None,
    member: str | None = None,
    page: int = 1,
    page_size: int = 50,
) -> Page[Undertaking]:
    """Undertakings: those that are overdue first, then the others that are open, then those that are closed; the oldest first."""
    about = [code for code in (body, member) if code]
    found = [each for heard in await of_decisions(conn, at, about or None) for each in heard.undertakings]
    wanted = sorted(
        (
            each
            for each in found
            if _is(each, status) and (not body or each.concerns([body])) and (not member or each.concerns([member]))
        ),
        key=_order,
    )
    first = (page - 1) * page_size
    items = await filled(conn, tuple(wanted[first : first + page_size]))
    return Page(items=items, total=len(wanted), page=page, page_size=page_size)


async def unfinished(conn: Connection, at: At) -> tuple[Heard, ...]:
    """Everything that is known of each decision, for counting what is missing in it."""
    return await filled(conn, await of_decisions(conn, at))


async def of_council(conn: Connection, member: str, council: str | None, at: At) -> Council:
    """What concerns the council of a member; `council` is its code as a body, without which it goes by that of the member.

    What was asked of the member, or promised to it, is not for that asked of its council.
    """
    itself = council or member
    own = [code for code in (council, member) if code]
    heard = await of_decisions(conn, at, own)
    mine = [view for each in heard for view in each.views if set(codes_of(view.received.voice)) & set(own)]
    full = await with_own_decisions(conn, mine, at)
    found = Council(
        asked=tuple(
            invitation
            for each in heard
            for invitation in each.invitations
            if any(asked.party == itself for asked in invitation.parties)
        ),
        said=tuple(view for view in full if _is_of_council(view, council)),
        said_for_it=tuple(view for view in full if not _is_of_council(view, council)),
        undertakings=tuple(
            sorted((u for each in heard for u in each.undertakings if u.given.to == itself), key=_order)
        ),
    )
    return await filled(conn, found)


def _is_of_council(view: View, council: str | None) -> bool:
    """Whether the council itself spoke, alone or together with other councils."""
    voice = view.received.voice
    if voice.as_ == "namens":
        return False
    return voice.layer == "council" or (council is not None and council in {voice.body, *(voice.parties or ())})


def _is(undertaking: Undertaking, status: Status | None) -> bool:
    if status == "overdue":
        return undertaking.overdue
    return status in {None, undertaking.status}


def _order(undertaking: Undertaking) -> tuple[bool, bool, str, int]:
    given = undertaking.given
    return (undertaking.status == "closed", not undertaking.overdue, str(given.valid_from), given.position)
