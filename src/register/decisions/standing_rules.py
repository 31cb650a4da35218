"""What may be said of where members stand: positions with their reasons, minority standpoints and their weighing."""

from __future__ import annotations

from collections.abc import Iterator

from register.days import day_of, span_of
from register.decisions import refusals as no
from register.decisions import standing as s
from register.decisions import standing_refusals as not_so
from register.decisions.counting import counted
from register.decisions.state import Decision, Position, Standpoint, layer_of
from register.decisions.voices import known_decision, known_entry, known_parts, voice_holds
from register.fact import Fact
from register.refusals import MemberNotInForce, Refusal, UnknownBody, UnknownMember
from register.world import Hand, World

DISSENT = frozenset({"departs", "joins-with-reservation", "does-not-take-part"})
"""Stances for which a member says why."""


def position_recorded(fact: s.PositionRecorded, state: Decision, world: World, hand: Hand) -> Iterator[Refusal]:
    """A member takes a place once, says why when it dissents, and does so by more than an interview."""
    namens = fact.voice.as_ == "namens"
    if namens and fact.member is not None:
        yield not_so.NamensIsNoConsent(field="member")
    if not namens and fact.member is None:
        yield not_so.PositionNeedsMember(field="member")
    yield from voice_holds(fact.voice, world, named=fact.member is not None)
    if fact.voice.as_ == "outside":
        yield no.OutsideHasNoSeat(field="voice.as")
    if fact.member is not None:
        yield from _takes_place(fact, fact.member, state, world)
        yield from _still_there(fact.member, fact, world, hand)
    yield from _on_text(fact.part, fact.n, state)
    yield from _reasoned(fact, hand)
    yield from _more_than_an_interview(fact)
    if fact.basis is not None:
        yield from _own_decision(fact.basis, "basis", fact.member, world)


def _takes_place(fact: s.PositionRecorded, member: str, state: Decision, world: World) -> Iterator[Refusal]:
    if member not in world.governance.members:
        yield UnknownMember(field="member", what=member)
    if fact.voice.members is not None and member not in fact.voice.members:
        yield not_so.VoiceLeavesMemberOut(field="voice.members", what=member)
    yield from counted((member,), "member", fact, state, world)
    if state.in_force((member, layer_of(fact.voice), fact.part)) is not None:
        yield not_so.PositionInForce(field="member", what=member)


def _on_text(part: str | None, n: int | None, state: Decision) -> Iterator[Refusal]:
    if part is None and n is not None:
        yield not_so.VersionNeedsPart(field="n")
    elif part is not None and not state.has_part(part, n):
        yield no.UnknownPart(field="part", what=part)


def _reasoned(fact: s.PositionRecorded | s.PositionRevised, hand: Hand) -> Iterator[Refusal]:
    """A member gives its own reason; a clerk or an import may write that it is missing."""
    if fact.reason is not None and fact.reason_missing is not None:
        yield not_so.ReasonAndMissing(field="reasonMissing")
    elif fact.reason_missing is not None and hand.role == "representative":
        yield not_so.ReasonIsYours(field="reasonMissing")
    elif fact.stance in DISSENT and fact.reason is None and fact.reason_missing is None:
        yield not_so.ReasonNeeded(field="reason")


def _more_than_an_interview(fact: s.PositionRecorded | s.PositionRevised | s.PositionWithdrawn) -> Iterator[Refusal]:
    """What somebody says to a reporter moves no position, unless something that supports it was done as well."""
    acts = {each.act for each in fact.evidence or () if each.bearing is None}
    if "interview" in acts and acts <= {"interview", "none-stated", None}:
        yield not_so.InterviewIsNoPosition(field="evidence")


def _still_there(member: str, fact: Fact, world: World, hand: Hand) -> Iterator[Refusal]:
    """A member that speaks for itself without naming a day speaks today, and is a member still."""
    if hand.role == "representative" and world.governance.has_left(member, span_of(fact, world.today)[0]):
        yield MemberNotInForce(field="member", what=member)


def _own_decision(address: str, field: str, member: str | None, world: World) -> Iterator[Refusal]:
    """A decision of a body of that member, not struck; who speaks for a group has none of its own."""
    unknown = tuple(known_decision(address, field, world))
    yield from unknown
    decision = world.at(address)
    if unknown or not isinstance(decision, Decision) or decision.proposed is None:
        return
    body = world.governance.bodies.get(decision.proposed.decided_by.body or "")
    if body is None or body.of is None or body.of != member:
        yield not_so.BasisIsNotTheirs(field=field, what=address)


def _open_position(seq: int, state: Decision) -> Iterator[Refusal]:
    if seq not in state.positions:
        yield not_so.UnknownPosition(field="position", what=str(seq))
    elif state.positions[seq].withdrawn:
        yield not_so.PositionWithdrawnBefore(field="position", what=str(seq))


def _not_before(
    fact: s.PositionRevised | s.PositionWithdrawn, position: Position | None, world: World
) -> Iterator[Refusal]:
    if position is not None and fact.on is not None and day_of(fact, world.today) < position.since:
        yield not_so.BeforeThePosition(field="on", what=fact.on)


def position_explained(fact: s.PositionExplained, state: Decision) -> Iterator[Refusal]:
    """A reason is added where there was none."""
    yield from _open_position(fact.position, state)
    position = state.positions.get(fact.position)
    if position is not None and position.explained:
        yield not_so.AlreadyExplained(field="position", what=str(fact.position))


def position_revised(fact: s.PositionRevised, state: Decision, world: World, hand: Hand) -> Iterator[Refusal]:
    """A position changes, from a day that is not before it, and says why when it dissents."""
    yield from _open_position(fact.position, state)
    position = state.positions.get(fact.position)
    yield from _not_before(fact, position, world)
    yield from _reasoned(fact, hand)
    yield from _more_than_an_interview(fact)
    if position is None:
        return
    if position.member is not None:
        yield from _still_there(position.member, fact, world, hand)
    yield from _on_text(position.part, fact.n, state)
    if fact.stance == position.stance and fact.n in {None, position.n} and fact.reason is None:
        yield not_so.NothingRevised(field="stance")
    if fact.basis is not None:
        yield from _own_decision(fact.basis, "basis", position.member, world)


def position_withdrawn(fact: s.PositionWithdrawn, state: Decision, world: World) -> Iterator[Refusal]:
    """A position ends, not before it began; who overrules it does so by a decision."""
    yield from _open_position(fact.position, state)
    position = state.positions.get(fact.position)
    yield from _not_before(fact, position, world)
    yield from _more_than_an_interview(fact)
    if fact.because is None and fact.rel is not None:
        yield not_so.OverrulesNeedsDecision(field="because")
    elif fact.because is not None and fact.rel is None:
        yield from known_decision(fact.because, "because", world)
    elif fact.because is not None and position is not None:
        yield from _own_decision(fact.because, "because", position.member, world)


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
