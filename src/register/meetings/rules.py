"""What may happen to a meeting."""

from __future__ import annotations

from collections.abc import Iterator

from register.governance.refusals import BodyEnded
from register.meetings import facts as f
from register.meetings import refusals as no
from register.meetings.state import Meeting
from register.refusals import Refusal, UnknownBody, UnknownParty
from register.values import first_day
from register.world import World


def may(  # noqa: C901, PLR0912  # one arm a fact; mypy reports a forgotten one
    fact: f.MeetingFact, state: Meeting, world: World
) -> Iterator[Refusal]:
    """Every rule of meetings that a fact breaks; its days were looked at before."""
    if isinstance(fact, f.MeetingPlanned):
        if state.body is not None:
            yield no.AlreadyPlanned()
        body = world.governance.bodies.get(fact.body)
        if body is None:
            yield UnknownBody(field="body", what=fact.body)
        elif body.over(first_day(fact.planned_on)):
            yield BodyEnded(field="body", what=fact.body)
        return
    if state.body is None:
        yield no.NotPlanned()
        return
    if state.struck:
        yield no.MeetingStruck()
        return
    match fact:
        case f.MeetingRescheduled() | f.MeetingCancelled():
            yield from _still_to_come(state)
        case f.MeetingHeld():
            yield from _still_to_come(state)
            yield from _attendance(fact, world)
        case f.AgendaItemPlaced(item=item, letter=letter):
            if (item, letter) in state.items:
                yield no.ItemTaken(field="item", what=item + (letter or ""))
        case f.AgendaItemWithdrawn(item=item, letter=letter):
            yield from _known_item(state, item, letter)
        case f.DocumentPublished():
            if fact.item is not None:
                yield from _known_item(state, fact.item, fact.letter)
            if (fact.state == "public" and fact.at is None) or (fact.state == "missing" and fact.at is not None):
                yield no.PaperNeedsAddress(field="at")
        case f.MeetingStruck(because=because, see=see):
            if because == "duplicate" and see is None:
                yield no.DuplicateMeetingNeedsSee(field="see")
        case f.MeetingCorrected():
            return  # register.correcting holds the one rule for corrections in every kind of stream


def _still_to_come(state: Meeting) -> Iterator[Refusal]:
    if state.held:
        yield no.AlreadyHeld()
    if state.cancelled:
        yield no.Cancelled()


def _known_item(state: Meeting, item: str, letter: str | None) -> Iterator[Refusal]:
    if (item, letter) not in state.items:
        yield no.UnknownItem(field="item", what=item + (letter or ""))


def _attendance(fact: f.MeetingHeld, world: World) -> Iterator[Refusal]:
    present = tuple((f"present.{index}", code) for index, code in enumerate(fact.present or ()))
    absent = tuple((f"absent.{index}.member", each.member) for index, each in enumerate(fact.absent or ()))
    seen: set[str] = set()
    for field, code in present + absent:
        if not world.governance.knows(code):
            yield UnknownParty(field=field, what=code)
        if code in seen:
            yield no.PresentAndAbsent(field=field, what=code)
        seen.add(code)
