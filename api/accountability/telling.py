"""Rows of the read models as facts of a report; pure."""

from __future__ import annotations

from collections.abc import Iterator

from api.accountability.row import Done, Item
from projections.completeness.row import Gap
from projections.course.row import Position
from projections.decisions.consultation.inviting import Invitation
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.consultation.viewing import Viewed
from projections.decisions.decided import Decided
from projections.row import Text
from projections.standpoints.row import Standpoint


def decided(each: Decided) -> Item:
    """What was decided, by a body or by a member for itself."""
    outcome = each.outcome
    return Item(
        fact="outcome",
        what=outcome.verb,
        position=outcome.position,
        decision=each.decision.id,
        title=each.decision.title,
        address=outcome.address,
        on=outcome.on,
        day=outcome.valid_from,
        by=outcome.decides or each.decision.body,
        text=outcome.note,
    )


def position(each: Position, title: Text, *, withdrawn: bool = False) -> Item:
    """Where somebody stands; withdrawn, the item is that of the withdrawal."""
    if withdrawn and each.withdrawn_by is not None:
        return Item(
            fact="position",
            what="overruled" if each.overruled else each.stance,
            position=each.withdrawn_by,
            decision=each.stream,
            title=title,
            address=each.address,
            on=each.withdrawn_on.isoformat() if each.withdrawn_on else None,
            day=each.withdrawn_on,
            by=each.layer,
            members=each.counts_for(),
            part=each.part,
        )
    return Item(
        fact="position",
        what=each.stance,
        position=each.position,
        decision=each.stream,
        title=title,
        address=each.address,
        on=each.on,
        day=each.valid_from,
        by=each.layer,
        members=each.counts_for(),
        spoken_for=each.voice.spoken_for(),
        part=each.part,
        text=each.reason,
        reason_missing=each.reason_missing,
    )


def standpoint(each: Standpoint) -> Item:
    """A minority standpoint with how it was weighed."""
    return Item(
        fact="minority-standpoint",
        what=each.status,
        position=each.recorded.position,
        decision=each.decision,
        title=each.decision_title,
        address=each.id,
        on=each.recorded.on,
        day=each.open_since,
        by=each.recorded.voice.layer,
        members=each.counted,
        spoken_for=(*each.spoken_for, *each.through_subregion),
        text=each.recorded.text,
        done=tuple(
            Done(what=w.outcome, position=w.position, by=w.by_body, on=w.on, reason=w.reason) for w in each.weighings
        ),
    )


def view(each: Viewed) -> Item:
    """A view with what was done with it and with each of its points."""
    answers = [*each.answers, *(answer for point in each.items for answer in point.answers)]
    return Item(
        fact="view",
        what=each.state,
        position=each.received.position,
        decision=each.decision,
        title=each.decision_title,
        address=each.id,
        on=each.received.on,
        day=each.received.valid_from,
        by=each.received.voice.layer,
        members=each.counted,
        spoken_for=each.spoken_for,
        text=each.received.text,
        n=max(1, len(each.items)),
        done=tuple(Done(what=a.outcome, position=a.position, by=a.by_body, on=a.on, reason=a.reason) for a in answers),
    )


def not_given(each: Invitation) -> Iterator[tuple[str, Item]]:
    """Each party that was asked and of which no view of its own is known, with what became of it."""
    for asked in each.parties:
        if asked.became not in {"in-time", "late", "received", "open"}:
            yield (
                asked.party,
                Item(
                    fact="invitation",
                    what=asked.became,
                    position=asked.position if asked.position is not None else each.invited.position,
                    decision=each.decision,
                    title=each.decision_title,
                    address=each.id,
                    on=asked.on or each.invited.until,
                    day=each.invited.valid_from,
                    by=asked.party,
                    text=asked.reason,
                ),
            )


def advice(each: Advice) -> Item:
    """Advice with what was done with it, or the request that waits for it."""
    told = each.given or each.request
    assert told is not None  # noqa: S101  # there is no advice without either
    return Item(
        fact="advice",
        what=each.state,
        position=told.position,
        decision=each.decision,
        title=each.decision_title,
        address=each.id,
        on=told.on,
        day=told.valid_from,
        by=next(iter(each.borne_by), each.request.body if each.request else None),
        members=each.borne_by,
        text=each.given.text if each.given else None,
        done=tuple(
            Done(what=a.outcome, position=a.position, by=a.by_body, on=a.on, reason=a.reason) for a in each.answers
        ),
    )


def undertaking(each: Undertaking) -> Item:
    """A promise with what became of it."""
    closed = each.closing
    done = [
        *(Done(what="progress", position=p.position, on=p.on, reason=p.text) for p in each.progress),
        *([Done(what=closed.how or "closed", position=closed.position, on=closed.on, reason=closed.note)] if closed else []),
    ]  # fmt: skip
    return Item(
        fact="undertaking",
        what="overdue" if each.overdue else each.status,
        position=each.given.position,
        decision=each.decision,
        title=each.decision_title,
        address=each.id,
        on=each.given.on,
        day=each.given.valid_from,
        by=each.given.to,
        members=each.given.voice.counted(),
        spoken_for=each.given.voice.spoken_for(),
        text=each.given.text,
        done=tuple(done),
    )


def missing(each: Gap) -> Item:
    """Something that the register does not know."""
    return Item(
        fact="gap",
        what=each.kind,
        position=each.position,
        decision=each.decision,
        title=each.title,
        address=f"{each.decision}.{each.seq}" if each.decision and each.seq else None,
        on=each.on,
        day=each.since,
        by=each.body,
        members=(each.member,) if each.member else (),
        part=each.part,
        n=each.n,
    )
