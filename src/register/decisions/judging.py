"""Which rules an entry of a decision meets: one line a fact."""

from __future__ import annotations

from collections.abc import Iterator

from register.decisions import consultation as c
from register.decisions import consultation_rules, counting, position_rules, rules, standpoint_rules, voices
from register.decisions import facts as d
from register.decisions import refusals as no
from register.decisions import standing as s
from register.decisions.state import Decision
from register.fact import Fact
from register.refusals import Refusal
from register.world import Hand, World


def may(fact: Fact, stream: str, state: Decision, world: World, hand: Hand) -> Iterator[Refusal]:
    """Every rule of decisions that a fact breaks; its days were looked at before."""
    if isinstance(fact, d.DecisionProposed):
        yield from rules.proposed(fact, stream, state, world)
    elif state.proposed is None:
        yield no.NotProposed()
    elif state.struck:
        yield no.Struck()
    elif isinstance(fact, c.ConsultationFact):
        yield from consultation_rules.may(fact, state, world)
    elif isinstance(fact, s.PositionFact | s.StandpointFact):
        yield from _standing(fact, state, world, hand)
    else:
        yield from _decided(fact, stream, state, world)


def _standing(fact: s.PositionFact | s.StandpointFact, state: Decision, world: World, hand: Hand) -> Iterator[Refusal]:
    match fact:
        case s.PositionRecorded():
            yield from position_rules.position_recorded(fact, state, world, hand)
        case s.PositionExplained():
            yield from position_rules.position_explained(fact, state)
        case s.PositionRevised():
            yield from position_rules.position_revised(fact, state, world, hand)
        case s.PositionWithdrawn():
            yield from position_rules.position_withdrawn(fact, state, world)
        case s.MinorityStandpointRecorded():
            yield from standpoint_rules.standpoint_recorded(fact, state, world)
        case _:
            yield from standpoint_rules.on_standpoint(fact, state, world)


def _decided(fact: Fact, stream: str, state: Decision, world: World) -> Iterator[Refusal]:  # noqa: C901, PLR0912  # one arm a fact
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
            yield from counting.parties_listed(fact, state, world)
        case d.VoteHeld():
            yield from counting.vote_held(fact, state)
        case d.VotesRecorded():
            yield from counting.votes_recorded(fact, state, world)
        case d.OutcomeRecorded():
            yield from counting.outcome_recorded(fact, state, world)
        case d.JustificationGiven(of=seq) | d.EvidenceAdded(of=seq):
            yield from voices.known_entry(seq, "of", state)
        case d.RemarkRecorded():
            yield from voices.remark_recorded(fact, state, world)
        case d.DecisionConfirmed():
            yield from rules.confirmed(fact, state, world)
        case d.DecisionCorrected():
            yield from counting.list_stays(fact, state)  # what else holds for it holds in every kind of stream
        case d.DecisionStruck():
            yield from rules.struck(fact, stream, world)
        case _:
            msg = f"no rule says whether {fact.TYPE} may be recorded"
            raise NotImplementedError(msg)
