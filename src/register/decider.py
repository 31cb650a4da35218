"""A request goes in; the decider says which facts are recorded by which hand, or cites every rule that forbids it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from register import correcting, days
from register.authority import hand_for
from register.charter.facts import RegisterCorrected
from register.charter.rules import Charter
from register.charter.rules import evolve as evolve_charter
from register.charter.rules import may as may_charter
from register.decisions.facts import DecisionCorrected
from register.decisions.judging import may as may_decision
from register.decisions.lists import settled, with_its_list
from register.decisions.state import Decision
from register.decisions.state import evolve as evolve_decision
from register.dossiers.facts import DossierCorrected
from register.dossiers.rules import may as may_dossier
from register.dossiers.state import Dossier
from register.dossiers.state import evolve as evolve_dossier
from register.fact import Fact, Kind
from register.governance.facts import GovernanceCorrected
from register.governance.rules import may as may_governance
from register.governance.state import Governance
from register.governance.state import evolve as evolve_governance
from register.history import Recorded
from register.meetings.facts import MeetingCorrected
from register.meetings.rules import may as may_meeting
from register.meetings.state import Meeting
from register.meetings.state import evolve as evolve_meeting
from register.refusals import NoAuthority, Refusal, Refused
from register.world import Hand, World

State = Charter | Governance | Meeting | Dossier | Decision


Correction = RegisterCorrected | GovernanceCorrected | MeetingCorrected | DossierCorrected | DecisionCorrected


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
            return Dossier()


def evolve(state: State, entry: Recorded) -> State:
    """The state of a stream after one more entry."""
    match state:
        case Charter():
            return evolve_charter(state, entry)
        case Governance():
            return evolve_governance(state, entry)
        case Meeting():
            return evolve_meeting(state, entry)
        case Dossier():
            return evolve_dossier(state, entry)
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
        for each in with_its_list(settled(fact, state), state, world):
            seq = len(state.history) + 1
            entry = Recorded(seq=seq, fact=each, by=hand.by, for_=hand.for_, cause=cause, day=world.today)
            broken = tuple(may(entry, stream, state, world, hand))
            refusals.extend(broken)
            if broken:
                break
            said.append(Said(each, hand))
            state = evolve(state, entry)
    if refusals:
        raise Refused(tuple(refusals))
    return tuple(said), state


def may(entry: Recorded, stream: str, state: State, world: World, hand: Hand) -> Iterator[Refusal]:
    """Every rule that an entry breaks on a state: its days first, then what its own kind of stream demands."""
    fact = entry.fact
    wrong = tuple(days.days_hold(fact, entry.day))
    if wrong:
        yield from wrong
        return
    match state:
        case Charter():
            yield from may_charter(fact, stream, state, world)  # type: ignore[arg-type]  # a stream holds facts of its own kind
        case Governance():
            yield from may_governance(fact, state, world.region)  # type: ignore[arg-type]  # as above
        case Meeting():
            yield from may_meeting(fact, state, world)  # type: ignore[arg-type]  # as above
        case Dossier():
            yield from may_dossier(fact, state, world)  # type: ignore[arg-type]  # as above
        case Decision():
            yield from may_decision(fact, stream, state, world, hand)
    if isinstance(fact, Correction):
        yield from correcting.correction(
            fact.corrects,
            fact.instead,
            state.history,
            entry,
            lambda held: _judged(held, stream, state, world),
        )


def _judged(
    held: tuple[Recorded, ...], stream: str, after: State, world: World
) -> Iterator[tuple[int, tuple[Refusal, ...]]]:
    """Every entry of a history from its beginning, judged on the day and by the hand that recorded it.

    An entry that breaks a rule is followed all the same: whoever asks stops where that is news.
    What looks back on other entries (corrections, confirmations) stays in the history without being judged again.
    """
    state = type(after)()
    for entry in held:
        if entry.fact.TYPE in correcting.NEVER_CORRECTED:
            state = msgspec.structs.replace(state, history=(*state.history, entry))
            continue
        then = msgspec.structs.replace(world, today=entry.day)
        yield entry.seq, tuple(may(entry, stream, state, then, _former_hand(entry, world)))
        state = evolve(state, entry)


def _former_hand(entry: Recorded, world: World) -> Hand:
    mandate = world.governance.mandates.get(entry.by)
    return Hand(entry.by, entry.for_, mandate.role if mandate else entry.by)
