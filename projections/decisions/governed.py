"""What governance knows of how the body of a decision decides, asked for where there is a ballot."""

from __future__ import annotations

from collections.abc import Sequence

from projections.at import At
from projections.decisions import row as r
from projections.decisions.judging import ByRule
from projections.decisions.rules import WEIGHING, CountOf, RuleOf
from projections.reading import EVER, Connection, rows


async def by_rule(conn: Connection, facts: Sequence[r.AnyRow], at: At) -> ByRule:
    """The rules of the body with the themes of the decision, and the inhabitants of its voters where a rule weighs by them."""
    body = next((each.decided_by.body for each in facts if isinstance(each, r.Proposed)), None)
    if body is None or not any(isinstance(each, r.BallotHeld) for each in facts):
        return ByRule()
    rules: list[RuleOf] = await rows(
        conn,
        "governance",
        RuleOf,
        at,
        days=EVER,
        where="r.fact = 'rule' AND r.about @> ARRAY[%(body)s::text]",
        arguments={"body": body},
    )
    themes = frozenset(each.theme for each in facts if isinstance(each, r.Themed))
    if not any(each.kind in WEIGHING for each in rules):
        return ByRule(rules, themes)
    voters = {code for each in facts if isinstance(each, r.PartyList | r.Votes) for code in each.about()}
    counts: list[CountOf] = await rows(
        conn,
        "governance",
        CountOf,
        at,
        days=EVER,
        where="r.fact = 'inhabitants' AND r.about && %(voters)s",
        arguments={"voters": sorted(voters)},
    )
    return ByRule(rules, themes, counts)
