"""What the register does not know, from all read models together: what rows lack, and where members are not heard."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from projections.at import At
from projections.completeness import query as completeness
from projections.completeness.row import Gap, Kind
from projections.course import query as course
from projections.course.row import Matrix, Unexplained
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.known import Heard as HeardOf
from projections.reading import Connection
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint

OF_COURSE: frozenset[Kind] = frozenset({"positions-not-recorded", "member-not-recorded"})
OF_HEARD: frozenset[Kind] = frozenset(
    {"view-not-answered", "view-not-recorded", "advice-not-answered", "undertaking-overdue"}
)


class Heard(msgspec.Struct, frozen=True):
    """What other read models tell of members: asked for once, where a page needs it for more than what is missing."""

    matrix: Matrix
    waiting: tuple[Standpoint, ...]
    unexplained: tuple[Unexplained, ...]


async def missing(
    conn: Connection, at: At, kind: Kind | None = None, *, member: str | None = None, decision: str | None = None
) -> list[Gap]:
    """Everything that is missing by the day, of one kind, about one member or in one decision when these are named."""
    found = await completeness.gaps(conn, at, kind)
    if kind is None or kind in OF_COURSE:
        found += of_course(await course.matrix(conn, at))
    if kind in {None, "standpoint-not-weighed"}:
        found += of_standpoints(await standpoints.open_ones(conn, at))
    if kind in {None, "dissent-without-reason"}:
        found += of_dissent(await course.unexplained(conn, at))
    if kind is None or kind in OF_HEARD:
        found += [each for each in of_heard(await consultation.unfinished(conn, at)) if kind in {None, each.kind}]
    return sorted(
        (
            each
            for each in found
            if kind in {None, each.kind} and member in {None, each.member} and decision in {None, each.decision}
        ),
        key=completeness.order,
    )


async def all_missing(conn: Connection, at: At, heard: Heard) -> list[Gap]:
    """Everything that is missing, where the other read models were asked already."""
    return [
        *await completeness.gaps(conn, at),
        *of_course(heard.matrix),
        *of_standpoints(heard.waiting),
        *of_dissent(heard.unexplained),
        *of_heard(await consultation.unfinished(conn, at)),
    ]


def of_course(matrix: Matrix) -> list[Gap]:
    """Each part of the course on which members are not recorded, and each member with parts on which it is not."""
    parts = [
        Gap(
            kind="positions-not-recorded", n=each.sums.not_recorded, of=each.sums.n, position=each.set_position,
            decision=each.decision, title=each.decision_title, part=each.part, part_title=each.title if each.part else None,
            since=each.set_on,
        )
        for each in matrix.columns
        if each.sums.not_recorded
    ]  # fmt: skip
    latest = max((each.set_position for each in matrix.columns), default=0)
    members = [
        Gap(kind="member-not-recorded", n=row.sums.not_recorded, of=row.sums.n, position=latest, member=row.member)
        for group in matrix.groups
        for row in group.rows
        if row.sums.not_recorded
    ]
    return parts + members


def of_standpoints(waiting: tuple[Standpoint, ...]) -> list[Gap]:
    """Each minority standpoint that no body has weighed."""
    return [
        Gap(
            kind="standpoint-not-weighed", n=1, position=each.recorded.position, decision=each.decision,
            title=each.decision_title, seq=each.recorded.standpoint, since=each.open_since,
        )
        for each in waiting
    ]  # fmt: skip


def of_dissent(unexplained: tuple[Unexplained, ...]) -> list[Gap]:
    """Each departure, reservation or non-participation without a reason, with whose it is."""
    return [
        Gap(
            kind="dissent-without-reason", n=1, position=each.position.position, decision=each.position.stream,
            title=each.decision_title, member=next(iter(each.position.counts_for()), None), seq=each.position.seq,
            part=each.position.part, part_title=each.part_title, since=each.position.valid_from,
        )
        for each in unexplained
    ]  # fmt: skip


def of_heard(found: tuple[HeardOf, ...]) -> list[Gap]:
    """Views and advice without an answer, invitations of which nothing more is recorded, undertakings after their term."""
    return [gap for each in found for gap in (*_views(each), *_invitations(each), *_advice(each), *_undertakings(each))]


def _views(heard: HeardOf) -> Iterator[Gap]:
    for each in heard.views:
        if each.unanswered:
            said = each.received
            yield Gap(
                kind="view-not-answered", n=each.unanswered, of=len(each.items) or None, position=said.position,
                decision=heard.decision, title=heard.title, seq=said.seq, since=said.valid_from,
            )  # fmt: skip


def _invitations(heard: HeardOf) -> Iterator[Gap]:
    """Parties of which nothing is recorded, when the term has ended or none is known; a silence that was recorded is no gap."""
    for each in heard.invitations:
        silent = [
            asked for asked in each.parties if asked.became in {"missed", "not-recorded"} and asked.position is None
        ]
        if silent:
            said = each.invited
            yield Gap(
                kind="view-not-recorded", n=len(silent), of=len(each.parties), position=said.position,
                decision=heard.decision, title=heard.title, seq=said.seq, since=said.valid_from, on=said.until,
            )  # fmt: skip


def _advice(heard: HeardOf) -> Iterator[Gap]:
    for each in heard.advice:
        if each.state == "given" and each.given is not None:
            yield Gap(
                kind="advice-not-answered", n=1, position=each.given.position, decision=heard.decision,
                title=heard.title, seq=each.given.seq, since=each.given.valid_from,
            )  # fmt: skip


def _undertakings(heard: HeardOf) -> Iterator[Gap]:
    for each in heard.undertakings:
        if each.overdue:
            yield Gap(
                kind="undertaking-overdue", n=1, position=each.given.position, decision=heard.decision,
                title=heard.title, seq=each.given.seq, since=each.given.valid_from, on=each.given.due,
            )  # fmt: skip
