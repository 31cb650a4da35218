"""The tables: which columns each has, and what a row of it is made of; docs/exchange.md tells the same in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from api.exchange.cells import Value, listed
from api.exchange.gathering import Gathered, Stood
from projections.at import held, latest
from projections.course.row import Position
from projections.decisions.row import Ballot, Decision, Linked, Placement
from projections.governance.row import BodyRow, Membership, Name
from projections.row import Evidence
from projections.standpoints.row import Standpoint

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


def named_on(names: Iterable[Name], body: BodyRow, day: date) -> str:
    """What a body is called on a day; one that was dissolved, on its last."""
    own = (each for each in names if each.of == "body" and each.code == body.code)
    called = latest(own, min(day, body.valid_until or day))
    return called.name if called else body.code


def _members(told: Gathered) -> Iterator[Line]:
    """One row for each period of membership."""
    for member in told.region.members:
        for each in member.memberships:
            day = day_in(each, told.at.valid_on)
            called = latest(member.names, day)
            subregion = next((one.subregion for one in reversed(member.subregions) if held(one, day)), None)
            name = called.name if called else member.name
            yield member.code, name, each.kind, subregion, None, each.from_, each.until, each.into, each.identifier


def day_in(period: Membership, day: date) -> date:
    """The day within a period that is nearest to a day."""
    return max(min(day, period.valid_until or day), period.valid_from or day)


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


def decided_by(decision: Decision) -> str:
    """The body that decides, or that each member or party does for itself; no code has a colon."""
    by = decision.proposed.decided_by
    return by.body or f"each:{by.each}"


def held_on(decision: Decision) -> str | None:
    """The day of the outcome, else of the last ballot, else of the proposal, as its source gives it."""
    told = (decision.outcome, *(each.held for each in reversed(decision.ballots)), decision.proposed)
    return next((each.on for each in told if each is not None and each.on), None)


def placement(decision: Decision) -> Placement | None:
    """The meeting of the day on which it was decided, else the last on whose agenda it stands."""
    day = held_on(decision)
    there = [each for each in decision.placements if each.meeting and day in {each.meeting.planned_on, _met(each)}]
    return next(reversed(there or decision.placements), None)


def _met(placed: Placement) -> str | None:
    return placed.meeting.held.on if placed.meeting and placed.meeting.held else None


def leading(decision: Decision) -> Ballot | None:
    """The ballot that the outcome names, else the last."""
    named = decision.outcome.ballot if decision.outcome else None
    found = [each for each in decision.ballots if each.held.ballot == named]
    return next(reversed(found or decision.ballots), None)


def link(linked: Linked) -> str:
    """How it stands to what: `rel:target`, with the part of the target and its version when they are told."""
    to = linked.link
    part = f"#{to.part}" if to.part else ""
    version = f"@{to.n}" if to.n else ""
    return f"{to.rel}:{to.to or to.at or ''}{part}{version}"


def first(evidence: Sequence[Evidence]) -> Evidence | None:
    """The evidence that a table carries; one that supports the fact goes before one that does not."""
    return next((each for each in evidence if each.bearing is None), next(iter(evidence), None))


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


def in_force(stood: Stood, day: date) -> list[Position]:
    """The positions that hold on a day."""
    return [each for each in stood.positions if held(each, day)]


def _standpoints(told: Gathered) -> Iterator[Line]:
    for each in sorted(kept(told.standpoints), key=lambda one: (one.decision, one.recorded.standpoint)):
        weighed = each.weighings[-1] if each.weighings else None
        yield (
            each.id, each.decision, listed(holders(each)), each.recorded.voice.as_, each.recorded.text,
            *((weighed.outcome, weighed.reason, weighed.by_body, weighed.on) if weighed else (None,) * 4),
        )  # fmt: skip


def kept(standpoints: Iterable[Standpoint]) -> list[Standpoint]:
    """The standpoints that were not withdrawn by the day."""
    return [each for each in standpoints if each.recorded.withdrawn_on is None or each.in_force]


def holders(standpoint: Standpoint) -> tuple[str, ...]:
    """The members whose it is or for whom it was spoken; when the source names none, the sub-region and parties by a word and a colon."""
    voice = standpoint.recorded.voice
    if members := (*standpoint.counted, *standpoint.spoken_for):
        return members
    subregion = (f"subregion:{voice.subregion}",) if voice.subregion else ()
    return (*subregion, *(f"party:{code}" for code in voice.parties or ()))


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
