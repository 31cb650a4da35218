"""A decision as its page shows it, from the rows that are known of it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from projections.decisions import row as r
from projections.decisions.ballots import ballot
from projections.decisions.judging import ByRule
from register.decisions.facts import SETS_THE_COURSE

R = TypeVar("R", bound=r.DecisionRow)

NEEDS_NO_EVIDENCE = frozenset(
    {"evidence.added", "decision.confirmed", "decision.corrected", "decision.struck", "decision.themed"}
)
"""Types that are about entries and not about what happened."""
CONFIRMED_BY_ANOTHER = frozenset({"clerk", "import"})
"""Whose entries are to be confirmed; what a representative says of its own member needs no confirmation."""


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What is known around a decision: its entries, meetings, other decisions, and who else spoke in it."""

    entries: Sequence[r.EntryOf]
    roles: Mapping[str, str]
    meetings: Mapping[str, r.Meeting]
    others: Mapping[str, r.Summary]
    backlinks: Sequence[r.Link]
    by_rule: ByRule
    stand: frozenset[str]
    """The members that have a position of their own."""


def composed(summary: r.Summary, rows: Sequence[r.AnyRow], around: Around) -> r.Decision:
    """Everything on the page of a decision."""
    proposed = _of(rows, r.Proposed)[0]
    outcomes = sorted(_of(rows, r.Outcome), key=_order)
    lists = _of(rows, r.PartyList)
    voters = next((each for each in reversed(lists) if each.list == "voters"), None)
    placements = tuple(_placement(each, around.meetings) for each in _of(rows, r.Placed))
    confirmed = max((each.up_to for each in _of(rows, r.Confirmation)), default=0)
    votes, held = _of(rows, r.Votes), _of(rows, r.BallotHeld)
    return r.Decision(
        id=summary.id,
        proposed=proposed,
        acted_on=summary.acted_on,
        position=max(each.position for each in around.entries),
        steps=len(around.entries),
        valid_from=summary.begins,
        outcome=r.of_the_whole(outcomes),
        outcomes=tuple(outcomes),
        links=_links(_of(rows, r.Link), around),
        themes=tuple(_of(rows, r.Themed)),
        placements=placements,
        parts=_parts(_of(rows, r.PartText), outcomes),
        lists=tuple(lists),
        ballots=tuple(
            ballot(each, votes, voters, around.by_rule, _following(each, outcomes, held))
            for each in sorted(held, key=_order)
        ),
        attendance=_attendance(outcomes, placements, around.stand),
        justifications=tuple(_of(rows, r.Justification)),
        remarks=tuple(_of(rows, r.Remark)),
        corrections=tuple(_of(rows, r.Correction)),
        confirmed_up_to=confirmed,
        unconfirmed=tuple(each.seq for each in around.entries if _unconfirmed(each, confirmed, around.roles)),
        without_evidence=tuple(each.seq for each in around.entries if _without_evidence(each)),
        struck=next(iter(_of(rows, r.Struck)), None),
    )


def _of(rows: Sequence[r.AnyRow], kind: type[R]) -> list[R]:
    return [row for row in rows if isinstance(row, kind)]


def _order(row: r.DecisionRow) -> tuple[date, int]:
    return row.valid_from or date.min, row.seq


def _following(of: r.BallotHeld, outcomes: Sequence[r.Outcome], ballots: Sequence[r.BallotHeld]) -> list[r.Outcome]:
    """The outcomes of a ballot: those that name it, and when it is the only one that of the whole which names none."""
    only = len(ballots) == 1 and not of.parts
    unnamed = r.of_the_whole([each for each in outcomes if each.ballot is None and not each.parts]) if only else None
    return [each for each in outcomes if each.ballot == of.ballot or each is unnamed]


def _unconfirmed(entry: r.EntryOf, confirmed: int, roles: Mapping[str, str]) -> bool:
    hand = "import" if entry.by == "import" else roles.get(entry.by)
    return entry.seq > confirmed and hand in CONFIRMED_BY_ANOTHER and entry.type != "decision.confirmed"


def _without_evidence(entry: r.EntryOf) -> bool:
    """A fact without a source, as it stands after its correction; an annulled one is no fact, and a list of seats has governance."""
    if entry.type in NEEDS_NO_EVIDENCE or (entry.corrected_by is not None and entry.corrected_to is None):
        return False
    said = entry.corrected_to if entry.corrected_to is not None else entry.data
    if said.get("basis") == "seats-in-force":
        return False
    return not entry.evidence and "evidence" not in said


def _links(links: Sequence[r.Link], around: Around) -> tuple[r.Linked, ...]:
    forwards = [
        _linked(each, each.to.partition(".")[0] if each.to else None, around, backwards=False) for each in links
    ]
    backwards = [
        _linked(each, each.stream, around, backwards=True)
        for each in around.backlinks
        if each.stream in around.others and not around.others[each.stream].struck
    ]
    return (*forwards, *backwards)


def _linked(link: r.Link, id_: str | None, around: Around, *, backwards: bool) -> r.Linked:
    other = around.others.get(id_) if id_ else None
    meeting = around.meetings.get(id_) if id_ else None
    return r.Linked(
        link=link,
        id=id_,
        title=other.title if other else None,
        meeting=briefly(meeting) if meeting else None,
        backwards=backwards,
    )


def briefly(meeting: r.Meeting) -> r.MeetingBriefly:
    """A meeting as a reference to it needs it."""
    held = meeting.held.on if meeting.held else None
    return r.MeetingBriefly(id=meeting.id, body=meeting.body, on=held or meeting.planned_on)


def _placement(placed: r.Placed, meetings: Mapping[str, r.Meeting]) -> r.Placement:
    meeting = meetings.get(placed.meeting)
    items = meeting.items if meeting else ()
    own = [each for each in items if each.item == placed.item]
    exact = [each for each in own if each.letter == placed.letter]
    return r.Placement(placed=placed, meeting=meeting, item=next(iter((*exact, *own)), None))


def _parts(texts: Sequence[r.PartText], outcomes: Sequence[r.Outcome]) -> tuple[r.Part, ...]:
    versions: dict[str, list[r.PartText]] = {}
    for each in texts:
        versions.setdefault(each.part, []).append(each)
    set_by_then = {
        each.part: each.n for outcome in outcomes if outcome.verb in SETS_THE_COURSE for each in outcome.sets
    }
    return tuple(
        r.Part(
            part=part,
            n=told[-1].n,
            title=told[-1].title,
            versions=tuple(told),
            set_n=set_by_then.get(part),
        )
        for part, told in versions.items()
    )


def _attendance(
    outcomes: Sequence[r.Outcome], placements: Sequence[r.Placement], stand: frozenset[str]
) -> tuple[r.Attendance, ...]:
    """Of the meeting that decided without a vote: who was present and said nothing, and who was not there."""
    outcome = r.of_the_whole(outcomes)
    if outcome is None or outcome.how != "without-vote":
        return ()
    found: dict[str, r.Attendance] = {}
    for placement in placements:
        meeting = placement.meeting.held if placement.meeting else None
        if meeting is None or meeting.valid_from != outcome.valid_from:
            continue
        for code in meeting.present:
            if code not in stand:
                found[code] = r.Attendance(member=code, kind="no-objection", position=meeting.position)
        for each in meeting.absent:
            found[each.member] = r.Attendance(
                member=each.member, kind="absent-with-notice" if each.notice else "absent", position=meeting.position
            )
    return tuple(found.values())
