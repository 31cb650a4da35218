"""What is known of views, advice and undertakings, read from the rows: decision by decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import LiteralString, TypeVar
from uuid import UUID

import msgspec

from projections.at import At
from projections.decisions.consultation import row as r
from projections.decisions.consultation.inviting import Invitation, Known, invitations
from projections.decisions.consultation.promised import Advice, Undertaking, advice, undertaking
from projections.decisions.consultation.viewing import Consultation, Viewed, figures, notes, view
from projections.reading import BEGUN, EVER, Connection, rows
from projections.row import Text

R = TypeVar("R", bound=r.ConsultationRow)


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of one decision by the day, composed; without texts."""

    decision: str
    title: Text
    views: tuple[Viewed, ...]
    invitations: tuple[Invitation, ...]
    advice: tuple[Advice, ...]
    undertakings: tuple[Undertaking, ...]
    consultation: Consultation | None


async def of_decision(conn: Connection, id: str, title: Text, at: At) -> Heard | None:
    """One decision, struck or not; None when nobody was heard on it and nothing promised."""
    found: list[r.AnyRow] = await rows(
        conn, "consultation", r.AnyRow, at, days=BEGUN, where="r.stream = %(id)s", arguments={"id": UUID(id)}
    )
    if not found:
        return None
    return _heard(found, title, *await _governance(conn, at), at)


async def of_decisions(conn: Connection, at: At, about: Sequence[str] | None = None) -> tuple[Heard, ...]:
    """Every decision that is not struck, or only those where one of some codes is named; by the order of their ids."""
    where: LiteralString = "r.stream IN (SELECT a.stream FROM read.consultation a WHERE a.about && %(about)s)"
    found: list[r.AnyRow] = await rows(
        conn,
        "consultation",
        r.AnyRow,
        at,
        days=BEGUN,
        where="true" if about is None else where,
        arguments={"about": list(about or ())},
    )
    if not found:
        return ()
    streams: dict[str, list[r.AnyRow]] = {}
    for row in found:
        streams.setdefault(row.stream, []).append(row)
    titles: list[r.TitleOf] = await rows(
        conn,
        "decisions",
        r.TitleOf,
        at,
        where="r.stream = ANY (%(streams)s) AND NOT r.struck",
        arguments={"streams": [UUID(each) for each in streams]},
    )
    titled = {each.id: each.title for each in titles}
    bodies, members = await _governance(conn, at)
    return tuple(
        _heard(each, titled[stream], bodies, members, at) for stream, each in streams.items() if stream in titled
    )


async def _governance(conn: Connection, at: At) -> tuple[Mapping[str, r.BodyOf], frozenset[str]]:
    """Bodies with the member and layer that they are of, and everybody who ever was a member."""
    bodies: list[r.BodyOf] = await rows(conn, "governance", r.BodyOf, at, days=EVER, where="r.fact = 'body'")
    members: list[r.MemberOf] = await rows(conn, "governance", r.MemberOf, at, days=EVER, where="r.fact = 'membership'")
    return {each.code: each for each in bodies}, frozenset(each.member for each in members)


def _heard(
    found: Sequence[r.AnyRow], title: Text, bodies: Mapping[str, r.BodyOf], members: frozenset[str], at: At
) -> Heard:
    known = Known(
        invited=_of(found, r.Invited),
        views=_of(found, r.Received),
        declined=_of(found, r.Declined),
        missed=_of(found, r.Missed),
        notes=_of(found, r.ReplyNote),
        bodies=bodies,
        members=members,
    )
    id_ = found[0].stream
    answers = sorted(_of(found, r.ViewAnswer), key=lambda each: (each.valid_from or at.valid_on, each.seq))
    views = tuple(view(each, known, answers, title) for each in known.views)
    asked = invitations(known, id_, title, at.valid_on)
    return Heard(
        decision=id_,
        title=title,
        views=views,
        invitations=asked,
        advice=advice(
            _of(found, r.AdviceRequest), _of(found, r.AdviceText), _of(found, r.AdviceAnswer), title, at.valid_on
        ),
        undertakings=tuple(
            undertaking(each, _of(found, r.Progress), _of(found, r.Closing), title, at.valid_on)
            for each in _of(found, r.Promise)
        ),
        consultation=_consultation(found, known, views, asked),
    )


def _consultation(
    found: Sequence[r.AnyRow], known: Known, views: tuple[Viewed, ...], asked: tuple[Invitation, ...]
) -> Consultation | None:
    polls, resolutions = tuple(_of(found, r.Poll)), tuple(_of(found, r.Resolution))
    if not (views or asked or known.notes or polls or resolutions):
        return None
    return Consultation(
        figures=figures(views),
        invitations=asked,
        reply_notes=notes(known.notes, views),
        polls=polls,
        resolutions=resolutions,
    )


def _of(found: Sequence[r.AnyRow], kind: type[R]) -> list[R]:
    return [row for row in found if isinstance(row, kind)]
