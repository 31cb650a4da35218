"""The tables: which columns each has, and what a row of it is made of; docs/exchange.md tells the same in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from api.exchange.cells import Value, listed
from api.exchange.choosing import (
    day_in,
    decided_by,
    first,
    held_on,
    holders,
    in_force,
    kept,
    leading,
    link,
    named_on,
    placement,
)
from api.exchange.gathering import Gathered
from projections.at import held, latest

Line = tuple[Value, ...]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "bodies": ("body_id", "name", "kind", "force", "of", "layer", "from", "until"),
    "members": (
        "member_id", "name", "kind", "subregion", "weight", "member_from", "member_until", "successor", "identifier",
    ),
    "voters": ("voter_id", "name", "of"),
    "decisions": (
        "decision_id", "body_id", "held_on", "meeting", "agenda_item", "kind", "title", "text", "subject_class",
        "outcome", "outcome_text", "stated_for", "stated_against", "stated_abstained", "links", "source",
    ),
    "parts": ("decision_id", "part", "n", "title", "text", "set"),
    "votes": ("decision_id", "voter_id", "choice", "weight", "ballot", "unit", "reason"),
    "positions": (
        "decision_id", "member_id", "stance", "part", "layer", "as", "on", "reason", "act", "grade", "source",
    ),
    "minority_standpoints": (
        "standpoint_id", "decision_id", "members", "as", "text", "weighed", "weighing_reason", "weighed_by", "weighed_on",
    ),
}  # fmt: skip


def lines(table: str, told: Gathered) -> Iterator[Line]:
    """The rows of a table, always in the same order."""
    yield from MADE[table](told)


def _bodies(told: Gathered) -> Iterator[Line]:
    for body in told.region.bodies:
        name = named_on(told.region.names, body, told.at.valid_on)
        yield body.code, name, body.kind, body.force, body.of, body.layer, body.from_, body.until


def _members(told: Gathered) -> Iterator[Line]:
    """One row for each period of membership."""
    for member in told.region.members:
        for each in member.memberships:
            day = day_in(each, told.at.valid_on)
            called = latest(member.names, day)
            subregion = next((one.subregion for one in reversed(member.subregions) if held(one, day)), None)
            name = called.name if called else member.name
            yield member.code, name, each.kind, subregion, None, each.from_, each.until, each.into, each.identifier


def _voters(told: Gathered) -> Iterator[Line]:
    for party in told.region.parties:
        yield party.code, party.name, party.of


def _decisions(told: Gathered) -> Iterator[Line]:
    for stood in told.decided:
        decision = stood.decision
        proposed, outcome, placed = decision.proposed, decision.outcome, placement(decision)
        ballot = leading(decision)
        stated = ballot.held.stated if ballot else None
        evidence = first(outcome.evidence if outcome else ()) or first(proposed.evidence)
        yield (
            decision.id,
            decided_by(decision),
            held_on(decision),
            placed.placed.meeting if placed else None,
            " ".join(filter(None, (placed.placed.item, placed.placed.letter))) if placed else None,
            proposed.kind,
            proposed.title,
            proposed.question,
            proposed.class_,
            outcome.verb if outcome else None,
            outcome.note if outcome else None,
            *((stated.for_, stated.against, stated.abstained) if stated else (None, None, None)),
            listed(link(each) for each in decision.links if not each.backwards),
            evidence.at if evidence else None,
        )


def _parts(told: Gathered) -> Iterator[Line]:
    for stood in told.decided:
        for part in sorted(stood.decision.parts, key=lambda each: each.part):
            for each in part.versions:
                set_ = True if each.n == part.set_n else None
                yield stood.decision.id, part.part, each.n, each.title, each.text, set_


def _votes(told: Gathered) -> Iterator[Line]:
    for stood in told.decided:
        for ballot in sorted(stood.decision.ballots, key=lambda each: each.held.ballot):
            for vote in sorted(ballot.votes, key=lambda each: each.voter):
                said = ballot.held
                yield stood.decision.id, vote.voter, vote.choice, vote.weight, said.ballot, said.unit, vote.reason


def _positions(told: Gathered) -> Iterator[Line]:
    for stood in told.decided:
        rows = ((code, each) for each in in_force(stood, told.at.valid_on) for code in each.counts_for())
        for code, each in sorted(rows, key=lambda row: (row[0], row[1].part or "", row[1].layer, row[1].seq)):
            evidence = first(each.evidence)
            yield (
                stood.decision.id, code, each.stance, each.part, each.voice.layer, each.voice.as_, each.on, each.reason,
                *((evidence.act, evidence.grade, evidence.at) if evidence else (None, None, None)),
            )  # fmt: skip


def _standpoints(told: Gathered) -> Iterator[Line]:
    for each in sorted(kept(told.standpoints), key=lambda one: (one.decision, one.recorded.standpoint)):
        weighed = each.weighings[-1] if each.weighings else None
        yield (
            each.id, each.decision, listed(holders(each)), each.recorded.voice.as_, each.recorded.text,
            *((weighed.outcome, weighed.reason, weighed.by_body, weighed.on) if weighed else (None,) * 4),
        )  # fmt: skip


MADE: Mapping[str, Callable[[Gathered], Iterator[Line]]] = {
    "bodies": _bodies,
    "members": _members,
    "voters": _voters,
    "decisions": _decisions,
    "parts": _parts,
    "votes": _votes,
    "positions": _positions,
    "minority_standpoints": _standpoints,
}
