"""What happens: meetings, decisions as motions, and ballots with what is stated, with names, and by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from api.exchange.choosing import held_on, placement
from api.exchange.gathering import Gathered
from api.exchange.popolo.words import OPTIONS, Json, begins, ends, made, sources
from projections.decisions.row import Ballot, Decision, Meeting, Named
from register.decisions.facts import Tally


def events(told: Gathered) -> Iterator[Json]:
    """Meetings, on the day on which they were held, else on which they are planned."""
    for meeting in told.meetings:
        day = (meeting.held.on if meeting.held else None) or meeting.planned_on
        yield made(
            id=meeting.id,
            name=meeting.title,
            organization_id=meeting.body,
            classification="meeting",
            status=_status(meeting),
            start_date=begins(day),
            end_date=ends(day),
            sources=sources(meeting.held.evidence if meeting.held else ()),
        )


def _status(meeting: Meeting) -> str:
    if meeting.held:
        return "held"
    return "cancelled" if meeting.cancelled else "planned"


def motions(told: Gathered) -> Iterator[Json]:
    """Every decision: its title and question as text, the verb of its outcome as result."""
    for decision in (each.decision for each in told.decided):
        proposed, outcome, placed = decision.proposed, decision.outcome, placement(decision)
        yield made(
            id=decision.id,
            organization_id=_organization(decision, told),
            legislative_session_id=placed.meeting.id if placed and placed.meeting else None,
            text="\n\n".join(filter(None, (str(proposed.title), str(proposed.question or "")))),
            identifier=proposed.number,
            classification=proposed.kind,
            date=ends(held_on(decision)),
            result=outcome.verb if outcome else None,
            sources=sources([*proposed.evidence, *(outcome.evidence if outcome else ())]),
        )


def _organization(decision: Decision, told: Gathered) -> str:
    """Who decides; where each member or party does for itself, the region."""
    return decision.proposed.decided_by.body or told.opened.region.code


def vote_events(told: Gathered) -> Iterator[Json]:
    """Every ballot. Its result is the outcome that names it; what it does not state is not computed here."""
    for decision in (each.decision for each in told.decided):
        placed = placement(decision)
        for ballot in decision.ballots:
            said = ballot.held
            results = [each.verb for each in decision.outcomes if each.ballot == said.ballot]
            yield made(
                id=said.address,
                motion_id=decision.id,
                organization_id=_organization(decision, told),
                legislative_session_id=placed.meeting.id if placed and placed.meeting else None,
                identifier=str(said.ballot),
                classification=said.how,
                start_date=begins(said.on),
                end_date=ends(said.on),
                result=results[-1] if results else None,
                counts=[*_counts(said.stated), *_by_group(ballot)],
                group_results=_group_results(ballot),
                votes=[_vote(vote, ballot) for vote in sorted(ballot.votes, key=lambda each: each.voter)],
                sources=sources(said.evidence),
            )


def _counts(tally: Tally | None, group: str | None = None) -> list[Json]:
    """What the source states; what it does not state is absent."""
    said: Mapping[str, int] = msgspec.to_builtins(tally) if tally else {}
    return [
        made(option=OPTIONS[choice], value=votes, group_id=group)
        for choice, votes in sorted(said.items())
    ]  # fmt: skip


def _by_group(ballot: Ballot) -> list[Json]:
    """How a group that was divided voted."""
    return [each for vote in ballot.votes for each in _counts(vote.split, vote.voter)]


def _group_results(ballot: Ballot) -> list[Json]:
    if ballot.held.unit != "group":
        return []
    return [
        made(group_id=vote.voter, result=OPTIONS[vote.choice])
        for vote in sorted(ballot.votes, key=lambda each: each.voter)
    ]


def _vote(vote: Named, ballot: Ballot) -> Json:
    group = vote.voter if ballot.held.unit == "group" else None
    return made(id=vote.address, voter_id=vote.voter, option=OPTIONS[vote.choice], group_id=group, weight=vote.weight)
