"""What the names of a ballot add up to, beside what the source states; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import get_args

import msgspec
from msgspec import UNSET, UnsetType

from projections.at import held
from projections.decisions.row import Ballot, BallotHeld, Difference, Named, PartyList, Result, RuleOf, Votes
from register.decisions.facts import Choice, Tally

WITHOUT_NAMES = frozenset({"none", "secret", "not-public"})
WEIGHED = frozenset({"seat", "weight"})
CHOICES: tuple[Choice, ...] = get_args(Choice)


def ballot(said: BallotHeld, votes: Sequence[Votes], voters: PartyList | None, rules: Sequence[RuleOf]) -> Ballot:
    """A ballot with its names, the count of those, and where that differs from what the source states."""
    named = tuple(
        Named(
            voter=vote.voter,
            choice=vote.choice,
            address=f"{piece.address}.{vote.voter}",
            position=piece.position,
            option=vote.option,
            split=vote.split,
            weight=vote.weight,
            reason=vote.reason,
        )
        for piece in votes
        if piece.ballot == said.ballot
        for vote in piece.votes
    )
    computed = counted(said, named)
    rest = _rest(said, named, voters)
    rule = next((each for each in reversed(rules) if said.valid_from and held(each, said.valid_from)), None)
    whole = computed is not None and (said.names == "all" or rest is not None)
    return Ballot(
        held=said,
        votes=named,
        computed=computed,
        difference=_differences(said, computed, rest) if computed is not None else (),
        result=_result({**(computed or {})}, said, rest, voters, rule) if rule is not None and whole else UNSET,
        rule=rule.kind if rule is not None else None,
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


def _result(
    votes: dict[str, int], said: BallotHeld, rest: int | None, voters: PartyList | None, rule: RuleOf
) -> Result | UnsetType:
    """What follows from the rule; a double majority needs the inhabitants and a written or consensus rule people, so none is computed."""
    by_weight = rule.kind == "weighted" and said.unit == "weight"
    if not by_weight and (rule.kind != "majority" or said.unit in WEIGHED):
        return UNSET
    if rest and said.rest is not None:
        votes[said.rest] = votes.get(said.rest, 0) + rest
    if rule.quorum is not None:
        if voters is None or by_weight:
            return UNSET
        present = sum(votes.values()) - votes.get("absent", 0)
        if Decimal(present) < Decimal(rule.quorum) * voters.n:
            return "no-quorum"
    return "adopted" if votes.get("for", 0) > votes.get("against", 0) else "rejected"
