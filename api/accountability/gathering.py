"""Gathers a report: every read model is asked as it stood on the last day, and keeps what happened from the first day on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from api.accountability import telling
from api.accountability.row import KINDS, Item, Kind, Report, Section
from api.accountability.subject import Subject
from api.missing import missing
from projections.at import At
from projections.completeness.row import Gap
from projections.course.row import DISSENT, Position
from projections.course.spoken import moved
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.known import Heard
from projections.decisions.decided import Decided, decided, titled
from projections.reading import Connection
from projections.row import Text
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint
from register.values import last_day

EVERY = 1_000_000
"""More standpoints than there are."""
Told = Iterator[tuple[Kind, Item]]


class Period(msgspec.Struct, frozen=True):
    """From a first to a last day, both included."""

    first: date
    last: date

    def has(self, day: date | None) -> bool:
        """Whether a day falls in it."""
        return day is not None and self.first <= day <= self.last


async def report(conn: Connection, subject: Subject, period: Period, at: At) -> Report:
    """What happened in a period, as known at the moment of `at` and as it stood on the last day."""
    then = msgspec.structs.replace(at, valid_on=period.last)
    heard = await consultation.unfinished(conn, then)
    held = (await standpoints.standpoints(conn, then, page_size=EVERY)).items
    found = list(_decided(await decided(conn, period.first, then), subject))
    found += await _positions(conn, subject, period, then)
    found += _standpoints(held, subject, period)
    found += _heard(heard, subject, period)
    gaps = await missing(conn, then)
    found += [("missing", telling.missing(each)) for each in gaps if _concerns(each, subject, found)]
    return Report(
        of=subject.of,
        code=subject.code,
        first=period.first,
        last=period.last,
        sections=tuple(_section(kind, [item for of, item in found if of == kind]) for kind in KINDS),
    )


def _decided(outcomes: Iterable[Decided], subject: Subject) -> Told:
    for each in outcomes:
        if subject.decides(each):
            yield "decided", telling.decided(each)


def _section(kind: Kind, items: Sequence[Item]) -> Section:
    by_what = Counter(each.what for each in items)
    return Section(kind=kind, n=len(items), by_what=dict(sorted(by_what.items())), items=tuple(items))


async def _positions(conn: Connection, subject: Subject, period: Period, at: At) -> list[tuple[Kind, Item]]:
    rows = await moved(conn, period.first, at)
    titles = {id_: each.title for id_, each in (await titled(conn, {each.stream for each in rows}, at)).items()}
    known = [each for each in rows if each.stream in titles]
    return [told for each in known for told in _moves(each, subject, period, titles)]


def _moves(each: Position, subject: Subject, period: Period, titles: Mapping[str, Text]) -> Told:
    title = titles[each.stream]
    if subject.spoken_for(each.voice, each.valid_from):
        if period.has(each.valid_from):
            yield "spoken-for", telling.position(each, title)
        return
    if not subject.stands(each):
        return
    if period.has(each.valid_from):
        yield "position-taken" if each.seq == each.recorded else "position-changed", telling.position(each, title)
        if each.stance in DISSENT:
            yield "departed", telling.position(each, title)
    if period.has(each.withdrawn_on):
        yield "position-withdrawn", telling.position(each, title, withdrawn=True)


def _standpoints(held: Iterable[Standpoint], subject: Subject, period: Period) -> Told:
    """Those that came or were weighed in the period, and those that were open at its end."""
    for each in held:
        weighed = any(period.has(w.valid_from) for w in each.weighings)
        if not (period.has(each.open_since) or weighed or each.status == "open"):
            continue
        through = subject.of == "member" and subject.member in each.through_subregion
        if through or subject.spoken_for(each.recorded.voice, each.open_since):
            yield "spoken-for", telling.standpoint(each)
        elif subject.holds(each):
            yield "minority-standpoint", telling.standpoint(each)


def _heard(heard: Iterable[Heard], subject: Subject, period: Period) -> Told:
    for each in heard:
        yield from _views(each, subject, period)
        yield from _silences(each, subject, period)
        yield from _advice(each, subject, period)
        yield from _undertakings(each, subject, period)


def _views(heard: Heard, subject: Subject, period: Period) -> Told:
    """Those that came in the period, and those that were answered in it."""
    for each in heard.views:
        answers = [*each.answers, *(answer for point in each.items for answer in point.answers)]
        if not any(period.has(row.valid_from) for row in (each.received, *answers)):
            continue
        if subject.spoken_for(each.received.voice, each.received.valid_from):
            yield "spoken-for", telling.view(each)
        elif subject.gave(each):
            yield "view-given", telling.view(each)


def _silences(heard: Heard, subject: Subject, period: Period) -> Told:
    """Of invitations that went out in the period, or whose term ended in it."""
    for each in heard.invitations:
        until = last_day(each.invited.until) if each.invited.until else None
        if period.has(each.invited.valid_from) or period.has(until):
            for party, item in telling.not_given(each):
                if subject.of == "region" or party in subject.codes:
                    yield "view-not-given", item


def _advice(heard: Heard, subject: Subject, period: Period) -> Told:
    """What was asked, given or answered in the period."""
    for each in heard.advice:
        rows = [row for row in (each.request, each.given, *each.answers) if row is not None]
        if subject.advised(each) and any(period.has(row.valid_from) for row in rows):
            yield "advice", telling.advice(each)


def _undertakings(heard: Heard, subject: Subject, period: Period) -> Told:
    """What was promised, told of or closed in the period, and what was open at its end."""
    for each in heard.undertakings:
        rows = [row for row in (each.given, *each.progress, each.closing) if row is not None]
        moved_ = each.status == "open" or any(period.has(row.valid_from) for row in rows)
        if subject.promised(each) and moved_:
            yield "undertaking", telling.undertaking(each)


def _concerns(gap: Gap, subject: Subject, found: Sequence[tuple[Kind, Item]]) -> bool:
    """Whether something is missing of this subject: of itself, or of a fact that the report tells."""
    if subject.of == "region" or (gap.member is not None and gap.member == subject.member and subject.of == "member"):
        return True
    own = {item.position for kind, item in found if kind != "decided"}
    made = {item.decision for kind, item in found if kind == "decided"} if subject.body is not None else set()
    return gap.position in own or (gap.decision is not None and gap.decision in made)
