"""A request goes in; the decider says which facts are recorded by which hand, or cites every rule that forbids it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from register import correcting, days
from register.authority import hand_for
from register.charter.facts import RegisterOpened
from register.charter.rules import Charter, opened
from register.charter.rules import evolve as evolve_charter
from register.decisions import facts as d
from register.decisions import refusals as no
from register.decisions import rules, standing_rules
from register.decisions import standing as s
from register.decisions.state import Decision
from register.decisions.state import evolve as evolve_decision
from register.fact import Fact, Kind
from register.governance import facts as g
from register.governance.rules import may as may_governance
from register.governance.state import Governance
from register.governance.state import evolve as evolve_governance
from register.history import Recorded
from register.meetings import facts as m
from register.meetings.rules import may as may_meeting
from register.meetings.state import Meeting
from register.meetings.state import evolve as evolve_meeting
from register.refusals import NoAuthority, Refusal, Refused
from register.world import Hand, World

State = Charter | Governance | Meeting | Decision


def nothing_yet(kind: Kind) -> State:
    """The state of a stream of a kind before its first entry."""
    match kind:
        case "register":
            return Charter()
        case "governance":
            return Governance()
        case "meeting":
            return Meeting()
        case "decision":
            return Decision()
        case "dossier":
            msg = "no command of this version writes a dossier"
            raise NotImplementedError(msg)


def evolve(state: State, entry: Recorded) -> State:
    """The state of a stream after one more entry."""
    match state:
        case Charter():
            return evolve_charter(state, entry)
        case Governance():
            return evolve_governance(state, entry)
        case Meeting():
            return evolve_meeting(state, entry)
        case Decision():
            return evolve_decision(state, entry)


class Said(msgspec.Struct, frozen=True):
    """A fact that is to be recorded, and the hand that records it."""

    fact: Fact
    hand: Hand


def decide(
    facts: tuple[Fact, ...], stream: str, cause: str, state: State, world: World
) -> tuple[tuple[Said, ...], State]:
    """What is recorded for a request, in order, with the state after it; raises Refused with every refusal when a rule forbids it.

    A list that a rule needs and nobody wrote is written first, by the same hand.
    """
    said: list[Said] = []
    refusals: list[Refusal] = []
    for fact in facts:
        hand = hand_for(fact, state, world)
        if isinstance(hand, NoAuthority):
            refusals.append(hand)
            continue
        for each in _with_its_list(settled(fact, state), state, world):
            entry = Recorded(
                seq=len(state.history) + 1,
                fact=each,
                by=hand.by,
                for_=hand.for_,
                cause=cause,
                day=world.today,
            )
            broken = tuple(may(entry, stream, state, world, hand))
            refusals.extend(broken)
            if broken:
                break
            said.append(Said(each, hand))
            state = evolve(state, entry)
    if refusals:
        raise Refused(tuple(refusals))
    return tuple(said), state


def settled(fact: Fact, state: State) -> Fact:
    """A position that names a part names the version that it speaks of: the newest, when the request leaves it out."""
    if (
        isinstance(state, Decision)
        and isinstance(fact, s.PositionRecorded)
        and fact.part in state.parts
        and fact.n is None
    ):
        return msgspec.structs.replace(fact, n=state.parts[fact.part][1])
    return fact


def _with_its_list(fact: Fact, state: State, world: World) -> Iterator[Fact]:
    """The fact, after the list that it is counted against when nobody wrote that list before."""
    if (
        isinstance(state, Decision)
        and state.proposed is not None
        and (listed := _list_for(fact, state, world)) is not None
    ):
        yield listed
    yield fact


def _list_for(fact: Fact, state: Decision, world: World) -> d.PartiesListed | None:
    match fact:
        case d.VotesRecorded(ballot=number) if "voters" not in state.lists and number in state.ballots:
            seats = rules.voters(state, world, state.ballots[number].day) or frozenset()
            return _list("voters", tuple(sorted(seats)))
        case s.PositionRecorded(member=str(member)):
            counted: tuple[str, ...] = (member,)
        case s.MinorityStandpointRecorded(voice=voice):
            counted = voice.counted()
        case s.MinorityStandpointJoined(member=member):
            counted = (member,)
        case _:
            return None
    day = days.day_of(fact, world.today) if not tuple(days.days_hold(fact, world.today)) else world.today
    if "course-for" in state.lists or not any(world.governance.is_member(code, day) for code in counted):
        return None
    return _list("course-for", world.governance.members_on(day))


def _list(name: str, members: tuple[str, ...]) -> d.PartiesListed | None:
    return (
        msgspec.convert({"list": name, "basis": "seats-in-force", "members": members}, d.PartiesListed)
        if members
        else None
    )


def may(entry: Recorded, stream: str, state: State, world: World, hand: Hand) -> Iterator[Refusal]:
    """Every rule that an entry breaks on a state: its days first, then what its own kind of stream demands."""
    fact = entry.fact
    wrong = tuple(days.days_hold(fact, entry.day))
    if wrong:
        yield from wrong
        return
    match state:
        case Charter():
            assert isinstance(fact, RegisterOpened)  # noqa: S101  # the only fact of this stream that a command records
            yield from opened(state)
        case Governance():
            yield from may_governance(fact, state)  # type: ignore[arg-type]  # a stream holds facts of its own kind
        case Meeting():
            yield from may_meeting(fact, state, world)  # type: ignore[arg-type]  # as above
        case Decision():
            yield from _may_decision(entry, stream, state, world, hand)
    if isinstance(fact, (g.GovernanceCorrected, m.MeetingCorrected, d.DecisionCorrected)):
        yield from correcting.correction(
            fact.corrects,
            fact.instead,
            state.history,
            entry,
            lambda held: _judged(held, stream, state, world),
        )


def _may_decision(entry: Recorded, stream: str, state: Decision, world: World, hand: Hand) -> Iterator[Refusal]:  # noqa: C901, PLR0912  # one arm a fact
    fact = entry.fact
    if isinstance(fact, d.DecisionProposed):
        yield from rules.proposed(fact, stream, state, world)
        return
    if state.proposed is None:
        yield no.NotProposed()
        return
    if state.struck:
        yield no.Struck()
        return
    match fact:
        case d.DecisionLinked(links=links):
            yield from rules.linked(links, stream, world)
        case d.DecisionThemed():
            yield from rules.themed(fact, state, world)
        case d.DecisionPlaced():
            yield from rules.placed(fact, state, world)
        case d.PartAdded():
            yield from rules.part_added(fact, state, world)
        case d.PartAmended():
            yield from rules.part_amended(fact, state)
        case d.PartiesListed():
            yield from rules.parties_listed(fact, state, world)
        case d.VoteHeld():
            yield from rules.vote_held(fact, state)
        case d.VotesRecorded():
            yield from rules.votes_recorded(fact, state, world)
        case d.OutcomeRecorded():
            yield from rules.outcome_recorded(fact, state, world)
        case d.JustificationGiven(of=seq) | d.EvidenceAdded(of=seq):
            yield from rules.known_entry(seq, "of", state)
        case d.RemarkRecorded(voice=voice, part=part):
            yield from rules.voice_holds(voice, world)
            yield from rules.known_parts((part,) if part else None, "part", state)
        case s.PositionRecorded():
            yield from standing_rules.position_recorded(fact, state, world, hand)
        case s.PositionExplained():
            yield from standing_rules.position_explained(fact, state)
        case s.PositionRevised():
            yield from standing_rules.position_revised(fact, state, world, hand)
        case s.PositionWithdrawn():
            yield from standing_rules.position_withdrawn(fact, state, world)
        case s.MinorityStandpointRecorded():
            yield from standing_rules.standpoint_recorded(fact, state, world)
        case (
            s.MinorityStandpointAmended()
            | s.MinorityStandpointWithdrawn()
            | s.MinorityStandpointJoined()
            | s.MinorityStandpointLeft()
            | s.MinorityStandpointAnswered()
            | s.MinorityStandpointWeighed()
        ):
            yield from standing_rules.on_standpoint(fact, state, world)
        case d.DecisionConfirmed():
            yield from rules.confirmed(fact, state, world)
        case d.DecisionStruck():
            yield from rules.struck(fact, stream, world)
        case _:
            return  # a correction is judged by register.correcting, for every kind of stream alike


def _judged(held: tuple[Recorded, ...], stream: str, after: State, world: World) -> Iterator[Refusal]:
    """Every refusal in a history from its beginning, each entry judged on the day and by the hand that recorded it."""
    state = type(after)()
    for entry in held:
        if entry.fact.TYPE in correcting.NEVER_CORRECTED:
            continue
        then = msgspec.structs.replace(world, today=entry.day)
        broken = tuple(may(entry, stream, state, then, _former_hand(entry, world)))
        yield from broken
        if not broken:
            state = evolve(state, entry)


def _former_hand(entry: Recorded, world: World) -> Hand:
    mandate = world.governance.mandates.get(entry.by)
    return Hand(entry.by, entry.for_, mandate.role if mandate else entry.by)
