"""Who may record what: a representative for its own member, a clerk for its own body, an administrator for governance.

An import and the register itself act without a mandate; what they may do is decided by who can start them.
"""

from __future__ import annotations

from register.decisions import facts as d
from register.decisions import standing as s
from register.decisions.state import Decision
from register.fact import Fact
from register.governance.state import Mandate
from register.meetings.facts import MeetingPlanned
from register.meetings.state import Meeting
from register.refusals import NoAuthority, NoMandate, NotYours
from register.world import Hand, World


def hand_for(fact: Fact, state: object, world: World) -> Hand | NoAuthority:
    """The first mandate of the actor that covers a fact, or why there is none."""
    actor = world.actor
    if actor.system is not None:
        return Hand(actor.system, world.region, actor.system)
    held = [(key, world.governance.mandates[key]) for key in actor.mandates if key in world.governance.mandates]
    in_force = [(key, mandate) for key, mandate in held if mandate.period.holds(world.today)]
    if not in_force:
        return NoMandate()
    for key, mandate in in_force:
        if _covers(mandate, fact, state):
            return Hand(key, mandate.for_, mandate.role)
    return NotYours(what=fact.TYPE)


def _covers(mandate: Mandate, fact: Fact, state: object) -> bool:
    match mandate.role:
        case "administrator":
            return fact.KIND == "governance"
        case "clerk":
            return _kept_by(fact, state, mandate.for_) and not _is_members_own(fact, state)
        case "confirmer":
            return isinstance(fact, d.DecisionConfirmed) and _kept_by(fact, state, mandate.for_)
        case "representative":
            return isinstance(state, Decision) and _own_word(fact, state) == mandate.for_
        case _:
            return False  # an auditor records nothing


def _kept_by(fact: Fact, state: object, body: str) -> bool:
    """A body's clerk keeps its meetings and the decisions that it takes, and those that each member takes on its proposal."""
    if isinstance(fact, d.DecisionProposed):
        return fact.decided_by.body in {body, None}
    if isinstance(fact, MeetingPlanned):
        return fact.body == body
    if isinstance(state, Meeting):
        return state.body == body
    return isinstance(state, Decision) and state.kept_by == body


def _own_word(fact: Fact, state: Decision) -> str | None:  # noqa: PLR0911  # one answer a kind of fact
    """The member whose own word a fact is, or None when it is not one member's to give."""
    match fact:
        case s.PositionRecorded(member=member, voice=voice):
            return member if voice.as_ in {"own", "vanuit"} else None
        case s.PositionExplained(position=seq) | s.PositionRevised(position=seq) | s.PositionWithdrawn(position=seq):
            position = state.positions.get(seq)
            return position.member if position else None
        case s.MinorityStandpointRecorded(voice=voice):
            return _single(voice.members) if voice.as_ in {"own", "vanuit"} else None
        case s.MinorityStandpointJoined(member=member) | s.MinorityStandpointLeft(member=member):
            return member
        case s.MinorityStandpointAmended(standpoint=seq) | s.MinorityStandpointWithdrawn(standpoint=seq):
            standpoint = state.standpoints.get(seq)
            return _single(tuple(standpoint.holders)) if standpoint else None
        case s.MinorityStandpointAnswered(voice=voice) | d.RemarkRecorded(voice=voice):
            return _single(voice.members) if voice.as_ in {"own", "vanuit"} else None
        case d.EvidenceAdded(of=seq) | d.DecisionCorrected(corrects=seq):
            entry = state.entry(seq)
            return entry.for_ if entry else None
        case _:
            return None


def _is_members_own(fact: Fact, state: object) -> bool:
    """A member corrects its own statement; a clerk corrects what a clerk recorded."""
    if not isinstance(fact, d.DecisionCorrected) or not isinstance(state, Decision):
        return False
    entry = state.entry(fact.corrects)
    return entry is not None and entry.for_ != state.kept_by


def _single(codes: tuple[str, ...] | None) -> str | None:
    return codes[0] if codes is not None and len(codes) == 1 else None
