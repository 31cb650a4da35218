"""What the screen for a whole meeting is made of: the meeting, its decisions, who could be there, and what is on record.

What a form recorded itself is passed over where the screen asks: sent again, the same form makes the same requests,
and those are answered once. So when we die half-way, sending again goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import msgspec

from api.accounts import Account
from api.pages import happened, record_meeting_asking, views
from api.pages.act_asking import source_of
from api.pages.decision_facts import UNNUMBERED, titles
from api.pages.forms import Typed, one
from api.pages.frame import address
from api.pages.record_meeting_asking import Speakers, Subject
from api.pages.record_meeting_screen import LINES, Asked, Line, Screen, Told
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
from projections.row import Text
from register import stored
from register.decisions.state import FINAL
from register.refusals import NotYours, Refused
from register.store.reading import Reader
from register.values import UUID_FORM, first_day

MORE, MOST_LINES = 3, 60
SAID = frozenset(
    {
        "vote.held",
        "votes.recorded",
        "outcome.recorded",
        "remark.recorded",
        "position.recorded",
        "position.revised",
        "position.withdrawn",
        "minority-standpoint.recorded",
    }
)
"""The entries of a decision that a clerk wants to see before adding to them."""


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


def screen(loaded: Loaded, key: UUID, typed: Typed) -> Screen:
    """The screen in words; `typed` says how many lines each decision has."""
    tell, meeting = loaded.tell, loaded.meeting
    say = tell.says.say
    href = tell.frame.to(f"/vergaderingen/{meeting.id}")
    return Screen(
        id=meeting.id,
        title=say("Leg een hele vergadering vast"),
        about=views.Link(href=href, title=tell.text(tell.meeting(meeting.body, loaded.day))),
        lead=_lead(loaded),
        action=address(tell.frame.lang, tell.frame.path),
        key=str(key),
        body=meeting.body,
        day=loaded.day if loaded.held else "",
        people=loaded.who.people,
        held=() if loaded.held else record_meeting_asking.held(tell, _as_typed(loaded.day)),
        attendance=() if loaded.held else record_meeting_asking.attendance(tell, loaded.who.people),
        source=source_of(tell),
        recorded=held_told(loaded),
        decisions=tuple(_agenda(loaded, key, typed)),
    )


def _as_typed(day: str) -> str:
    """A day as a clerk would type it."""
    return "-".join(str(int(each)) for each in reversed(day.split("-"))) if "/" not in day else day


def _lead(loaded: Loaded) -> str:
    if loaded.who.parties:
        return loaded.tell.says.say("Vul alleen in wat de bron noemt.")
    return loaded.tell.says.count(
        "Het %(num)s lid staat op geen bezwaar. Dat is geen positie. Vul alleen in wie iets zei, of er niet was.",
        "Alle %(num)s leden staan op geen bezwaar. Dat is geen positie. Vul alleen in wie iets zei, of er niet was.",
        len(loaded.who.people),
    )


def held_told(loaded: Loaded) -> tuple[Told, ...]:
    """That the meeting was held, as it is on record."""
    held, say = loaded.meeting.held, loaded.tell.says.say
    if held is None:
        return ()
    said = [say("Gehouden op %(day)s.", day=loaded.tell.day(held.on or loaded.meeting.planned_on))]
    if held.present or held.absent:
        absent = [loaded.tell.name(each.member) for each in held.absent]
        count = loaded.tell.says.count
        said.append(count("%(num)s lid aanwezig.", "%(num)s leden aanwezig.", len(held.present)))
        said.append(say("Afwezig: %(names)s.", names=loaded.tell.says.join(absent)) if absent else "")
    else:
        said.append(say("Wie er was, is niet vastgelegd."))
    return (
        Told(
            sentence=" ".join(each for each in said if each),
            entry=held.position,
            sources=loaded.tell.sources(held.evidence),
        ),
    )


def told(steps: tuple[Step, ...], decision: Decision, tell: Teller) -> tuple[Told, ...]:
    """Entries of a decision in words."""
    return tuple(
        Told(
            sentence=happened.sentence(step.event.type, step.event.data, tell, decision.proposed.kind),
            entry=step.event.position,
            unconfirmed=step.event.seq in decision.unconfirmed,
            text=_text(step.event.data),
            sources=tell.sources(step.event.evidence),
        )
        for step in steps
    )


def _text(data: Mapping[str, Any]) -> Text | None:
    """The words of an entry: its reason, its text or its title."""
    found = next((data[name] for name in ("reason", "text", "title") if isinstance(data.get(name), Mapping)), None)
    return msgspec.convert(found, Text) if found is not None else None


def _agenda(loaded: Loaded, key: UUID, typed: Typed) -> Iterator[Asked]:
    """The items in their order, each with its decisions, or with one that is not on record yet; then what stands under no item."""
    rest = {each.decision.id: each for each in loaded.standing}
    items = [each for each in loaded.meeting.items if each.withdrawn_on is None]
    for item in sorted(items, key=lambda each: (decisions.natural(each.item), each.letter or "", each.position)):
        new = new_decision(key, item)
        here = [each for each in rest.values() if (each.placed.item, each.placed.letter) == (item.item, item.letter)]
        mine = rest.pop(new, None)
        others = [rest.pop(each.decision.id) for each in here if each.decision.id != new]
        yield from (_asked(loaded, each, typed) for each in others)
        if not others:
            yield _new(loaded, item, new, mine, typed)
    yield from (_asked(loaded, each, typed) for each in rest.values())


def _number(item: str, letter: str | None) -> str | None:
    return None if item.startswith(UNNUMBERED) else f"{item}{letter or ''}"


def _lines(loaded: Loaded, subject: Subject, name: str, typed: Typed) -> tuple[Line, ...]:
    """As many lines as there were, and some more when they were asked for."""
    number = one(typed, f"{name}-regels")
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else LINES  # noqa: PLR2004  # longer is no number of lines
    more = MORE if one(typed, "meer") == name else 0
    return record_meeting_asking.lines(loaded.tell, subject, name, loaded.who, min(max(count, 1) + more, MOST_LINES))


def _asked(loaded: Loaded, standing: Standing, typed: Typed) -> Asked:
    tell, decision, at = loaded.tell, standing.decision, standing.placed
    name, subject = f"b-{decision.id}", Subject(decision.proposed.kind, decision.parts)
    decided = _decided(loaded, decision, standing.steps)
    return Asked(
        id=decision.id,
        name=name,
        link=tell.decision(decision.id, decision.title),
        number=_number(at.item, at.letter),
        parties=loaded.who.parties,
        recorded=_said(standing, tell),
        title=(),
        placed=(at.item, at.letter),
        outcome=() if decided else record_meeting_asking.outcome(tell, subject, name),
        vote=() if decided else record_meeting_asking.vote(tell, name),
        lines=_lines(loaded, subject, name, typed),
        sets=tuple((part.part, part.n) for part in decision.parts),
    )


def _said(standing: Standing, tell: Teller) -> tuple[Told, ...]:
    return told(tuple(step for step in standing.steps if step.event.type in SAID), standing.decision, tell)


def _new(loaded: Loaded, item: AgendaItem, id: str, mine: Standing | None, typed: Typed) -> Asked:
    """An item without a decision; `mine` is the decision that this form put on record for it before."""
    tell, name, subject = loaded.tell, f"b-{id}", Subject("decision")
    return Asked(
        id=id,
        name=name,
        link=views.Link(
            href=tell.frame.to(f"/vergaderingen/{loaded.meeting.id}") + f"#punt-{item.position}", title=item.title
        ),
        number=_number(item.item, item.letter),
        parties=loaded.who.parties,
        recorded=_said(mine, tell) if mine is not None else (),
        title=record_meeting_asking.title(tell, item.title, name),
        placed=(item.item, item.letter),
        outcome=record_meeting_asking.outcome(tell, subject, name),
        vote=record_meeting_asking.vote(tell, name),
        lines=_lines(loaded, subject, name, typed),
        sets=(),
    )


def _decided(loaded: Loaded, decision: Decision, steps: tuple[Step, ...]) -> bool:
    """Whether there is nothing to ask of the outcome: it is on record by another form, or each member decides for itself."""
    if decision.proposed.decided_by.each is not None:
        return True
    causes = {step.event.seq: step.event.cause for step in steps}
    return any(
        (each.verb in FINAL or each.on == loaded.day) and causes.get(each.seq) not in loaded.mine
        for each in decision.outcomes
        if not each.parts
    )
