"""What may be said of minority standpoints: who holds them, what they add to, how they are answered and weighed."""

from __future__ import annotations

from collections.abc import Iterator

from register.days import day_of
from register.decisions import refusals as no
from register.decisions import standing as s
from register.decisions import standing_refusals as not_so
from register.decisions.counting import counted
from register.decisions.state import Decision, Standpoint
from register.decisions.voices import known_entry, known_parts, voice_holds
from register.refusals import Refusal, UnknownBody, UnknownMember
from register.world import World


def standpoint_recorded(fact: s.MinorityStandpointRecorded, state: Decision, world: World) -> Iterator[Refusal]:
    """A standpoint says who holds it and speaks of parts and entries that exist."""
    yield from voice_holds(fact.voice, world)
    yield from counted(fact.voice.counted(), "voice.members", fact, state, world)
    yield from known_parts(fact.parts, "parts", state)
    yield from known_entry(fact.against, "against", state)
    if fact.adds_to is not None:
        yield from _adds_to(fact.adds_to, fact.voice.counted(), state)


def _adds_to(seq: int, members: tuple[str, ...], state: Decision) -> Iterator[Refusal]:
    """Who adds something of its own to a standpoint holds it."""
    standpoint = state.standpoints.get(seq)
    if standpoint is None:
        yield not_so.UnknownStandpoint(field="addsTo", what=str(seq))
        return
    for member in members:
        if member not in standpoint.holders:
            yield not_so.DoesNotHold(field="addsTo", what=member)


def on_standpoint(fact: s.StandpointFact, state: Decision, world: World) -> Iterator[Refusal]:
    """What happens to a standpoint happens while it is held."""
    assert not isinstance(fact, s.MinorityStandpointRecorded)  # noqa: S101  # recorded has its own rule above
    standpoint = state.standpoints.get(fact.standpoint)
    if standpoint is None:
        yield not_so.UnknownStandpoint(field="standpoint", what=str(fact.standpoint))
        return
    if standpoint.withdrawn:
        yield not_so.StandpointWithdrawnBefore(field="standpoint", what=str(fact.standpoint))
    if fact.on is not None and day_of(fact, world.today) < standpoint.since:
        yield not_so.BeforeTheStandpoint(field="on", what=fact.on)
    match fact:
        case s.MinorityStandpointJoined():
            yield from _joined(fact, standpoint, state, world)
        case s.MinorityStandpointLeft(member=member):
            if member not in standpoint.holders:
                yield not_so.DoesNotHold(field="member", what=member)
        case s.MinorityStandpointAnswered(voice=voice):
            yield from voice_holds(voice, world)
        case s.MinorityStandpointWeighed():
            yield from _weighed(fact, state, world)
        case s.MinorityStandpointAmended() | s.MinorityStandpointWithdrawn():
            return


def _joined(
    fact: s.MinorityStandpointJoined, standpoint: Standpoint, state: Decision, world: World
) -> Iterator[Refusal]:
    if fact.member not in world.governance.members:
        yield UnknownMember(field="member", what=fact.member)
    elif fact.member in standpoint.holders:
        yield not_so.AlreadyHolds(field="member", what=fact.member)
    yield from counted((fact.member,), "member", fact, state, world)


def _weighed(fact: s.MinorityStandpointWeighed, state: Decision, world: World) -> Iterator[Refusal]:
    if fact.by not in world.governance.bodies:
        yield UnknownBody(field="by", what=fact.by)
    if (fact.reason is None) == (fact.reason_missing is None):
        yield not_so.WeighingNeedsReason(field="reason")
    if fact.landed is not None and not state.has_version(fact.landed.part, fact.landed.n):
        yield no.UnknownPart(field="landed.part", what=fact.landed.part)
