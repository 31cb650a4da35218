"""What the giver of a view decided about it itself: its own decision, with the versions of its text and its inner vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from projections.at import At
from projections.decisions import row as d
from projections.decisions.ballots import ballot
from projections.decisions.consultation.viewing import Viewed
from projections.decisions.judging import ByRule
from projections.reading import BEGUN, Connection, rows
from projections.row import Text, Told
from register.decisions.facts import Verb

Beside = d.Proposed | d.PartText | d.PartyList | d.BallotHeld | d.Votes | d.Outcome | d.Struck
FACTS = ("proposed", "part", "list", "ballot", "votes", "outcome", "struck")


class OwnDecision(Told, frozen=True, kw_only=True):
    """A decision that answers to a view: of the council or executive that gave it, on what it was to say."""

    decision: str
    title: Text
    position: int
    body: str | None = None
    outcome: Verb | None = None
    outcome_on: str | None = None
    versions: tuple[d.PartText, ...] = ()
    ballots: tuple[d.Ballot, ...] = ()


class View(Viewed, frozen=True, kw_only=True):
    """A view with what its giver decided about it: linked to by `answers`."""

    decided: tuple[OwnDecision, ...] = ()


async def with_own_decisions(conn: Connection, found: Sequence[Viewed], at: At) -> tuple[View, ...]:
    """Each view with the decisions that link to it, in the order in which the links were made."""
    links: list[d.Link] = []
    if found:
        links = await rows(
            conn,
            "decisions_facts",
            d.Link,
            at,
            days=BEGUN,
            where="r.fact = 'link' AND r.body->>'rel' = 'answers' AND r.about && %(streams)s AND r.body->>'to' = ANY (%(views)s)",
            order="r.position, r.key",
            arguments={"streams": list({each.decision for each in found}), "views": [each.id for each in found]},
        )
    own = await _decided(conn, {link.stream for link in links}, at)
    return tuple(
        View(
            **msgspec.structs.asdict(each),
            decided=tuple(own[link.stream] for link in links if link.to == each.id and link.stream in own),
        )
        for each in found
    )


async def _decided(conn: Connection, ids: set[str], at: At) -> Mapping[str, OwnDecision]:
    """These decisions by their ids; not those that were struck or had not begun."""
    if not ids:
        return {}
    wanted = {"ids": [UUID(each) for each in sorted(ids)], "facts": list(FACTS)}
    where = "r.stream = ANY (%(ids)s) AND r.fact = ANY (%(facts)s)"
    found: list[Beside] = await rows(conn, "decisions_facts", Beside, at, days=BEGUN, where=where, arguments=wanted)
    streams: dict[str, list[Beside]] = {}
    for row in found:
        streams.setdefault(row.stream, []).append(row)
    made = (_own(each) for each in streams.values())
    return {each.decision: each for each in made if each is not None}


def _own(found: Sequence[Beside]) -> OwnDecision | None:
    proposed = next((row for row in found if isinstance(row, d.Proposed)), None)
    if proposed is None or any(isinstance(row, d.Struck) for row in found):
        return None
    lists = [row for row in found if isinstance(row, d.PartyList) and row.list == "voters"]
    votes = [row for row in found if isinstance(row, d.Votes)]
    outcome = d.of_the_whole([row for row in found if isinstance(row, d.Outcome)])
    return OwnDecision(
        decision=proposed.stream,
        title=proposed.title,
        position=proposed.position,
        body=proposed.decided_by.body,
        outcome=outcome.verb if outcome else None,
        outcome_on=outcome.on if outcome else None,
        versions=tuple(row for row in found if isinstance(row, d.PartText)),
        ballots=tuple(
            ballot(row, votes, lists[-1] if lists else None, ByRule()) for row in found if isinstance(row, d.BallotHeld)
        ),
    )
