"""Who may record what: a representative for its own member, a clerk for its own body, an administrator for governance and for what is withdrawn.

An import and the register itself act without a mandate; what they may do is decided by who can start them.
What names an entry or a stream that does not exist is let through: the rules say so, and nothing is recorded either way.
"""

from __future__ import annotations

from register.charter.facts import DisclosureWithdrawn, RegisterCorrected
from register.decisions import consultation as c
from register.decisions import facts as d
from register.decisions import standing as s
from register.decisions.state import Decision
from register.dossiers.facts import DossierOpened
from register.dossiers.state import Dossier
from register.fact import Fact
from register.governance.state import Mandate
from register.history import replaced_by
from register.meetings.facts import MeetingPlanned
from register.meetings.state import Meeting
from register.refusals import NoAuthority, NoMandate, NotYours
from register.values import Voice
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
        if _covers(mandate, fact, state, world):
            return Hand(key, mandate.for_, mandate.role)
    return NotYours(what=fact.TYPE)


def _covers(mandate: Mandate, fact: Fact, state: object, world: World) -> bool:
    match mandate.role:
        case "administrator":
            return fact.KIND == "governance" or isinstance(fact, RegisterCorrected | DisclosureWithdrawn)
        case "clerk":
            kept = _kept_by(fact, state, mandate.for_, world) and not _is_members_own(fact, state, world)
            return kept or _is_word_of_body(fact, mandate.for_, world)
        case "confirmer":
            return isinstance(fact, d.DecisionConfirmed) and _kept_by(fact, state, mandate.for_, world)
        case "representative":
            return isinstance(state, Decision) and _is_own_word(fact, state, mandate.for_)
        case _:
            return False  # an auditor records nothing


def _kept_by(fact: Fact, state: object, body: str, world: World) -> bool:
    """A body's clerk keeps its meetings and the decisions that it takes, and those that each member takes on its proposal.

    What each member decides and an import proposed is kept by the clerk of any body of the region itself.
    """
    match fact, state:
        case d.DecisionProposed(decided_by=decided_by), _:
            return decided_by.body in {body, None}
        case MeetingPlanned(body=of), _:
            return of == body
        case DossierOpened(), _:
            return _regional(body, world)
        case _, Meeting(body=of):
            kept = of in {body, None}
        case _, Decision(proposed=None) | Dossier(opened=False):
            kept = True
        case _, Decision(kept_by=of) | Dossier(kept_by=of):
            kept = of == body or (of == world.region and _regional(body, world))
        case _:
            return False
    instead = replaced_by(fact)
    return kept and (instead is None or _kept_by(instead, state, body, world))


def _regional(body: str, world: World) -> bool:
    """Tell whether a body is one of the region itself, and of no member."""
    return body in world.governance.bodies and world.governance.bodies[body].of is None


def _is_word_of_body(fact: Fact, body: str, world: World) -> bool:
    """A clerk of a member's council or executive records the view that it gives, or that it gives none, on what the region asked."""
    own = world.governance.bodies.get(body)
    if own is None or own.of is None:
        return False
    match fact:
        case c.ViewReceived(voice=voice):
            return voice.as_ == "own" and (
                voice.parties == (body,) or (voice.members == (own.of,) and voice.layer == own.layer)
            )
        case c.ViewDeclined(party=party):
            return party == body
        case _:
            return False


def _is_own_word(fact: Fact, state: Decision, member: str) -> bool:  # noqa: PLR0911  # one answer a kind of fact
    """Tell whether a fact is that member's own to give, and speaks for nobody else."""
    if state.proposed is None:
        return not isinstance(fact, d.DecisionProposed)
    match fact:
        case s.PositionRecorded(member=of, voice=voice):
            return of == member and _speaks_for(member, voice, named=True)
        case s.PositionExplained(position=seq) | s.PositionRevised(position=seq) | s.PositionWithdrawn(position=seq):
            return seq not in state.positions or state.positions[seq].member == member
        case s.MinorityStandpointJoined(member=of) | s.MinorityStandpointLeft(member=of):
            return of == member
        case s.MinorityStandpointAmended(standpoint=seq) | s.MinorityStandpointWithdrawn(standpoint=seq):
            return seq not in state.standpoints or state.standpoints[seq].holders == frozenset({member})
        case (
            s.MinorityStandpointRecorded(voice=voice)
            | s.MinorityStandpointAnswered(voice=voice)
            | d.RemarkRecorded(voice=voice)
            | c.ViewReceived(voice=voice)
            | c.UndertakingGiven(voice=voice)
        ):
            return _speaks_for(member, voice)
        case c.ViewDeclined(party=party):
            return party == member
        case d.EvidenceAdded(of=seq):
            return (entry := state.entry(seq)) is None or entry.for_ == member
        case d.DecisionCorrected(corrects=seq):
            instead = replaced_by(fact)
            entry = state.entry(seq)
            own = entry is None or (entry.for_ == member and _is_own_word(entry.fact, state, member))
            return own and (instead is None or _is_own_word(instead, state, member))
        case _:
            return False


def _speaks_for(member: str, voice: Voice, *, named: bool = False) -> bool:
    return voice.as_ in {"own", "vanuit"} and (voice.members == (member,) or (named and voice.members is None))


def _is_members_own(fact: Fact, state: object, world: World) -> bool:
    """A member corrects its own statement; a clerk corrects the rest, with the lists that a statement brought along."""
    if not isinstance(fact, d.DecisionCorrected) or not isinstance(state, Decision):
        return False
    entry = state.entry(fact.corrects)
    return entry is not None and entry.for_ in world.governance.members and not isinstance(entry.fact, d.PartiesListed)
