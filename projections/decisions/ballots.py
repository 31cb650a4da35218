"""What the names of a ballot add up to, beside what the source states; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

import msgspec
from msgspec import UNSET

from projections.decisions.judging import ByRule, Cast, result, weighing
from projections.decisions.row import Ballot, BallotHeld, Difference, Named, Outcome, PartyList, Result, Vote, Votes
from projections.decisions.rules import in_force
from register.decisions.facts import Choice, Tally, Verb
from register.values import first_day

WITHOUT_NAMES = frozenset({"none", "secret", "not-public"})
WEIGHED = frozenset({"seat", "weight"})
CARRIED = frozenset({"adopted", "agreed", "signed", "released", "appointed", "mandated"})
"""Outcomes that say that a question was carried; a rejected one says that it was not, and the others say neither."""
CHOICES: tuple[Choice, ...] = get_args(Choice)


def ballot(
    said: BallotHeld, votes: Sequence[Votes], voters: PartyList | None, by: ByRule, outcomes: Sequence[Outcome] = ()
) -> Ballot:
    """A ballot with its names, the count of those, and where that differs from what the source states; `outcomes` are those that follow from it."""
    named = tuple(_named(piece, vote) for piece in votes if piece.ballot == said.ballot for vote in piece.votes)
    computed = counted(said, named)
    rest = _rest(said, named, voters)
    cast = Cast(said, named, voters, rest, computed)
    days = days_of(said)
    rule = in_force(by.rules, by.themes, days) if days else None
    weights = weighing(cast, rule, days[-1], by.counts) if rule is not None else None
    found = result(cast, rule, weights) if rule is not None else None
    return Ballot(
        held=said,
        votes=named,
        computed=computed,
        difference=_differences(said, computed, rest) if computed is not None else (),
        result=found if found is not None else UNSET,
        rule=rule.kind if rule is not None else None,
        weighing=weights,
        outcome_differs=found is not None and any(_contradicts(each.verb, found) for each in outcomes),
    )


def days_of(said: BallotHeld) -> tuple[date, ...]:
    """The first and the last day on which it may have been held; none when the source names no day: then no rule is known to apply."""
    if not said.dated or said.on is None or said.valid_from is None:
        return ()
    return (first_day(said.on), said.valid_from)


def _contradicts(stated: Verb, found: Result) -> bool:
    """Whether the source says that it was carried or rejected, and the rule another thing."""
    return stated in {*CARRIED, "rejected"} and found != ("adopted" if stated in CARRIED else "rejected")


def _named(piece: Votes, vote: Vote) -> Named:
    return Named(
        voter=vote.voter,
        choice=vote.choice,
        address=f"{piece.address}.{vote.voter}",
        position=piece.position,
        option=vote.option,
        split=vote.split,
        weight=vote.weight,
        reason=vote.reason,
    )


def counted(said: BallotHeld, named: Sequence[Named]) -> dict[str, int] | None:
    """How many chose what: heads, or seats and weights where the unit asks for them and each named voter has one."""
    if not named:
        return None
    votes: Counter[str] = Counter()
    for vote in named:
        if said.unit not in WEIGHED:
            votes[vote.choice] += 1
        elif vote.split is not None:
            votes.update(_numbers(vote.split))
        elif vote.weight is not None:
            votes[vote.choice] += vote.weight
        else:
            return None
    return {choice: votes[choice] for choice in CHOICES if votes[choice]}


def _rest(said: BallotHeld, named: Sequence[Named], voters: PartyList | None) -> int | None:
    """How many voters on the list are not named; None when the source says nothing of them, or when they have weights."""
    if said.rest is None or voters is None or said.unit in WEIGHED:
        return None
    return max(0, voters.n - len(named))


def _numbers(tally: Tally) -> dict[str, int]:
    said: Mapping[str, int] = msgspec.to_builtins(tally)
    return {"not-voting" if choice == "notVoting" else choice: votes for choice, votes in said.items()}


def _differences(said: BallotHeld, computed: Mapping[str, int], rest: int | None) -> tuple[Difference, ...]:
    """Where names are not complete only a count above the stated one is a difference: the others may be among those not named."""
    if said.stated is None or said.names in WITHOUT_NAMES:
        return ()
    complete = said.names == "all" or rest is not None
    found: list[Difference] = []
    stated = _numbers(said.stated)
    for choice in CHOICES:
        if choice not in stated:
            continue
        count = computed.get(choice, 0) + (rest or 0 if choice == said.rest else 0)
        if count > stated[choice] or (complete and count != stated[choice]):
            found.append(Difference(choice=choice, stated=stated[choice], counted=count))
    return tuple(found)
