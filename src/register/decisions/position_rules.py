"""What may be said of where members stand: positions, each with its reason, its basis and its days."""

from __future__ import annotations

from collections.abc import Iterator

from register.days import day_of, span_of
from register.decisions import refusals as no
from register.decisions import standing as s
from register.decisions import standing_refusals as not_so
from register.decisions.counting import counted
from register.decisions.state import Decision, Position, layer_of
from register.decisions.voices import known_decision, voice_holds
from register.fact import Fact
from register.refusals import MemberNotInForce, Refusal, UnknownMember
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
