"""Every type of fact by its public name, and the JSON Schema of each."""

from __future__ import annotations

from typing import get_args

from register.charter.facts import CharterFact
from register.decisions import facts as decisions
from register.decisions.standing import PositionFact, StandpointFact
from register.fact import Fact
from register.governance.facts import GovernanceFact
from register.meetings.facts import MeetingFact

DecisionFact = (
    decisions.DecisionProposed
    | decisions.DecisionLinked
    | decisions.DecisionThemed
    | decisions.DecisionPlaced
    | decisions.PartAdded
    | decisions.PartAmended
    | decisions.PartiesListed
    | decisions.VoteHeld
    | decisions.VotesRecorded
    | decisions.OutcomeRecorded
    | decisions.JustificationGiven
    | decisions.RemarkRecorded
    | PositionFact
    | StandpointFact
    | decisions.EvidenceAdded
    | decisions.DecisionConfirmed
    | decisions.DecisionCorrected
    | decisions.DecisionStruck
)
"""Everything that can happen in the stream of a decision."""

FACTS: dict[tuple[str, int], type[Fact]] = {
    (fact.TYPE, fact.V): fact
    for union in (CharterFact, GovernanceFact, MeetingFact, DecisionFact)
    for fact in get_args(union)
}
"""The types that the register writes, by stored name and version."""


def fact_type(name: str, version: int) -> type[Fact] | None:
    """The class that reads a stored name in a version, or None when this register does not know it."""
    return FACTS.get((name, version))
