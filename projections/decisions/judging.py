"""What follows from the votes under the rule of the day, beside the outcome that the source states and never instead of it; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from projections.decisions.row import BallotHeld, Named, PartyList, Result
from projections.decisions.rules import WEIGHING, CountOf, RuleOf, Weighing, weighed


class ByRule(msgspec.Struct, frozen=True):
    """What governance knows of how the body decides: its rules of all days, the themes of the decision, and who had how many inhabitants."""

    rules: Sequence[RuleOf] = ()
    themes: frozenset[str] = frozenset()
    counts: Sequence[CountOf] = ()


class Cast(msgspec.Struct, frozen=True):
    """The votes of a ballot as far as names and the source's word on the others tell them; `rest` is how many others there are."""

    said: BallotHeld
    named: Sequence[Named]
    voters: PartyList | None
    rest: int | None
    counted: Mapping[str, int] | None

    @property
    def whole(self) -> bool:
        """Whether nobody is left of whom nothing is known; between options and where a voter is divided no rule tells what follows."""
        others = self.said.rest is not None and (self.rest is not None or self.listed is not None)
        plain = not self.said.options and all(each.choice != "divided" for each in self.named)
        return plain and bool(self.named) and (self.said.names == "all" or others)

    @property
    def listed(self) -> tuple[str, ...] | None:
        """Everybody who could vote, when each of them is named on the list."""
        return self.voters.members if self.voters is not None and len(self.voters.members) == self.voters.n else None

    def choices(self) -> dict[str, str]:
        """What each voter chose; those on the list whom no name tells chose what the source says of the rest."""
        found = {vote.voter: str(vote.choice) for vote in self.named}
        others = {voter: str(self.said.rest) for voter in self.listed or () if self.said.rest is not None}
        return {**others, **found}


def weighing(cast: Cast, rule: RuleOf, day: date, counts: Sequence[CountOf]) -> Weighing | None:
    """What each voter weighed that day; None under a rule or in a ballot that does not weigh."""
    if rule.kind not in WEIGHING or cast.said.unit not in {"member", "weight"}:
        return None
    voters = {*(cast.listed or ()), *(vote.voter for vote in cast.named)}
    stated = {vote.voter: vote.weight for vote in cast.named if vote.weight is not None}
    return weighed(rule, day, voters, counts, stated)


def result(cast: Cast, rule: RuleOf, weights: Weighing | None) -> Result | None:
    """What the rule makes of the votes; None where it makes nothing of them, or where a vote or a weight is missing."""
    judge = JUDGES.get(rule.kind)
    return judge(cast, rule, weights) if judge is not None and cast.whole else None


def _majority(cast: Cast, rule: RuleOf, _weights: Weighing | None) -> Result | None:
    """More for than against: of heads, or of the seats that the source gives each voter."""
    if cast.counted is None or cast.said.unit == "weight":
        return None
    votes = dict(cast.counted)
    if cast.rest and cast.said.rest is not None:
        votes[cast.said.rest] = votes.get(cast.said.rest, 0) + cast.rest
    if cast.said.unit == "seat":
        if cast.said.names != "all":
            return None
        known = cast.listed is not None and {vote.voter for vote in cast.named} >= set(cast.listed)
        seats = sum(votes.values()) if known else None
    else:
        seats = cast.voters.n if cast.voters is not None else None
    return _quorate(votes, rule, seats, _carried(votes))


def _weighted(cast: Cast, rule: RuleOf, weights: Weighing | None) -> Result | None:
    """More votes for than against, by the weights of the day."""
    votes = _by_weight(cast, weights)
    if votes is None or weights is None:
        return None
    seats = sum(weights.votes[voter] for voter in cast.listed) if cast.listed is not None else None
    return _quorate(votes, rule, seats, _carried(votes))


def _double(cast: Cast, rule: RuleOf, weights: Weighing | None) -> Result | None:
    """As weighted, and those for have the majority of the inhabitants of everybody on the list."""
    votes = _by_weight(cast, weights)
    if votes is None or weights is None or cast.listed is None:
        return None
    people = weights.inhabitants
    choices = cast.choices()
    for_ = sum(people[voter] for voter in cast.listed if choices.get(voter) == "for")
    carried = _carried(votes) and 2 * for_ > sum(people[voter] for voter in cast.listed)
    return _quorate(votes, rule, sum(weights.votes[voter] for voter in cast.listed), carried)


JUDGES: dict[str, Callable[[Cast, RuleOf, Weighing | None], Result | None]] = {
    "majority": _majority,
    "weighted": _weighted,
    "double-majority": _double,
}
"""No rule, consensus and a written procedure say nothing that can be counted: people find out what follows."""


def _by_weight(cast: Cast, weights: Weighing | None) -> dict[str, int] | None:
    if weights is None or weights.missing:
        return None
    votes: dict[str, int] = {}
    for voter, choice in cast.choices().items():
        votes[choice] = votes.get(choice, 0) + weights.votes[voter]
    return votes


def _carried(votes: Mapping[str, int]) -> bool:
    return votes.get("for", 0) > votes.get("against", 0)


def _quorate(votes: Mapping[str, int], rule: RuleOf, seats: int | None, carried: bool) -> Result | None:  # noqa: FBT001  # what follows when enough were there
    """The quorum is a share of everybody's seats or weights; without it there is no decision."""
    if rule.quorum is not None:
        if seats is None:
            return None
        present = sum(votes.values()) - votes.get("absent", 0)
        if Decimal(present) < Decimal(rule.quorum) * seats:
            return "no-quorum"
    return "adopted" if carried else "rejected"
