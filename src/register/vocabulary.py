"""Every type of fact by its public name."""

from __future__ import annotations

from typing import Final, get_args

from register.charter.facts import CharterFact
from register.decisions import facts as decisions
from register.decisions.consultation import ConsultationFact
from register.decisions.standing import PositionFact, StandpointFact
from register.dossiers.facts import DossierFact
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
    | ConsultationFact
    | decisions.EvidenceAdded
    | decisions.DecisionConfirmed
    | decisions.DecisionCorrected
    | decisions.DecisionStruck
)
"""Everything that can happen in the stream of a decision."""

Types = dict[tuple[str, int], type[Fact]]
"""Classes by stored name and version."""

FACTS: Final[Types] = {
    (fact.TYPE, fact.V): fact
    for union in (CharterFact, GovernanceFact, MeetingFact, DossierFact, DecisionFact)
    for fact in get_args(union)
}
"""The types that the register writes."""


def fact_type(name: str, version: int) -> type[Fact] | None:
    """The class that reads a stored name in a version, or None when this register does not know it."""
    return FACTS.get((name, version))


def replaceable(fact: type[Fact]) -> tuple[str, ...]:
    """The types that may stand in the `instead` of a correction of this class: all of its kind of stream, but no correction."""
    kin = {name for (name, _), other in FACTS.items() if other.KIND == fact.KIND}
    return tuple(sorted(name for name in kin if not name.endswith(".corrected")))
