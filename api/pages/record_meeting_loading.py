"""What the screen for a whole meeting is made of: the meeting, its decisions, who could be there, and what is on record.

What a form recorded itself is passed over where the screen asks: sent again, the same form makes the same requests,
and those are answered once. So when we die half-way, sending again goes on from there.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID, uuid5

import msgspec

from api.accounts import Account
from api.pages import happened
from api.pages.decision_facts import titles
from api.pages.record_meeting_asking import Speakers
from api.pages.site import Asking, frame_of
from api.pages.telling import Teller, codes_in
from api.problems import Problem, of_refused
from api.recording import matched
from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.row import AgendaItem, Decision, Meeting, Placed
from projections.governance import query as governance
from projections.history import query as history
from projections.history.row import Step
from register import stored
from register.refusals import NotYours, Refused
from register.store.reading import Reader
from register.values import UUID_FORM, first_day


def part_of(key: UUID, stream: str) -> UUID:
    """The key of what one form records in one stream."""
    return uuid5(key, stream)


def new_decision(key: UUID, item: AgendaItem) -> str:
    """The id that a form gives to a decision which it puts on record: random as its key, and the same each time it is sent."""
    said = sha256(key.bytes + f"{item.item}/{item.letter or ''}".encode()).digest()
    return str(UUID(bytes=said[:16], version=4))


class Standing(msgspec.Struct, frozen=True):
    """A decision where it stands on the agenda, with its history."""

    placed: Placed
    decision: Decision
    steps: tuple[Step, ...]


class Loaded(msgspec.Struct, frozen=True):
    """One meeting with the decisions on its agenda, each with its history."""

    meeting: Meeting
    standing: tuple[Standing, ...]
    who: Speakers
    tell: Teller
    mine: frozenset[str]
    """The requests of this form, by their keys."""
    held_mine: bool
    """Whether it was this form that recorded the meeting as held."""

    @property
    def held(self) -> bool:
        """Whether the meeting is on record as held, by another form than this."""
        return self.meeting.held is not None and not self.held_mine

    @property
    def day(self) -> str:
        """The day on which it was held, else the one that is planned."""
        return (self.meeting.held.on if self.meeting.held else None) or self.meeting.planned_on


async def meeting_of(asking: Asking, id: str) -> Meeting:
    """The meeting of an address; a 404 Problem when there is none."""
    found = await decisions.meeting(asking.conn, matched(UUID_FORM, id), asking.at)
    if found is None:
        raise Problem(404, "not-found")
    return found


async def must_keep(asking: Asking, account: Account, meeting: Meeting, role: str) -> None:
    """A 403 Problem unless the account has a mandate of that role for the body that met."""
    if meeting.body not in account.held(role):
        names = await governance.names(asking.conn, {meeting.body}, asking.at)
        raise of_refused(Refused((NotYours(what=names.get(meeting.body, meeting.body)),)), asking.lang)


async def load(asking: Asking, id: str, key: UUID) -> Loaded:
    """The meeting and what stands on its agenda; a 404 Problem when there is none."""
    meeting = await meeting_of(asking, id)
    placed: dict[str, Standing] = {}
    for at, summary in await decisions.placed_on(asking.conn, id, asking.at):
        decision = await decisions.decision(asking.conn, summary.id, asking.at)
        if decision is not None and summary.id not in placed:
            steps = await history.events(asking.conn, summary.id, asking.at)
            placed[summary.id] = Standing(at, decision, steps)
    standing = tuple(placed.values())
    every = tuple(step for each in standing for step in each.steps)
    who, called = await _speakers(asking, meeting)
    codes = {*codes_in((meeting, tuple(each.decision for each in standing))), *happened.codes(every), meeting.body}
    names = dict(await governance.names(asking.conn, codes, asking.at)) | called
    parts = {part: title for each in standing for part, title in titles(each.decision).items()}
    tell = Teller(frame_of(asking, "vastleggen"), names, parts)
    new = (new_decision(key, each) for each in meeting.items)
    mine = frozenset(str(part_of(key, stream)) for stream in (id, *placed, *new))
    return Loaded(meeting, standing, who, tell, mine, await _held_by(asking, meeting, mine))


async def _held_by(asking: Asking, meeting: Meeting, mine: frozenset[str]) -> bool:
    if meeting.held is None:
        return False
    entry = await Reader(asking.conn).entry(meeting.held.position)
    return entry is not None and stored.trusted(entry.entry).cause in mine


async def _speakers(asking: Asking, meeting: Meeting) -> tuple[Speakers, dict[str, str]]:
    """The members of that day, those with a seat where seats are assigned, or the groups of a council."""
    on = (meeting.held.on if meeting.held else None) or meeting.planned_on
    at = At(valid_on=first_day(on), known_at=asking.at.known_at)
    body = await governance.body(asking.conn, meeting.body, at)
    parties = body is not None and body.of is not None
    if parties:
        codes = [each.code for each in await governance.parties(asking.conn, at, of=meeting.body)]
    else:
        codes = [each.code for each in await governance.members(asking.conn, at) if each.in_force]
        seats = await governance.seats(asking.conn, meeting.body, at)
        if body is not None and body.seats == "assigned" and seats:
            codes = list(dict.fromkeys(seat.holder for seat in seats))
    names = dict(await governance.names(asking.conn, codes, at))
    people = sorted(((code, names.get(code, code)) for code in codes), key=lambda each: each[1])
    return Speakers(tuple(people), parties), names
