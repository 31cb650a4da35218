"""What a row has one place for while the register may have several: which of them is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from api.exchange.gathering import Stood
from projections.at import held, latest
from projections.course.row import Position
from projections.decisions.row import Ballot, Decision, Linked, Placement
from projections.governance.row import BodyRow, Membership, Name
from projections.row import Evidence
from projections.standpoints.row import Standpoint


def named_on(names: Iterable[Name], body: BodyRow, day: date) -> str:
    """What a body is called on a day; one that was dissolved, on its last."""
    own = (each for each in names if each.of == "body" and each.code == body.code)
    called = latest(own, min(day, body.valid_until or day))
    return called.name if called else body.code


def day_in(period: Membership, day: date) -> date:
    """The day within a period that is nearest to a day."""
    return max(min(day, period.valid_until or day), period.valid_from or day)


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


def in_force(stood: Stood, day: date) -> list[Position]:
    """The positions that hold on a day."""
    return [each for each in stood.positions if held(each, day)]


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
