"""Questions for a report: of a member, of a body such as a council, of the whole region."""

from __future__ import annotations

from datetime import date

from api.accountability.gathering import Period, report
from api.accountability.row import Report
from api.accountability.subject import Subject, body_of, member_of, region_of
from api.problems import Problem
from api.reading import Reading

KEYS = ("periodFrom", "periodUntil")
"""The keys of every report, as api/keys.py files them."""


def period(first: date | None, last: date | None, day: date) -> Period:
    """The period that is asked for: until the day, and from the beginning of that year; a 400 Problem when it runs back."""
    until = last if last is not None else day
    from_ = first if first is not None else date(until.year, 1, 1)
    if from_ > until:
        raise Problem(400, "not-a-period", field="from")
    return Period(from_, until)


async def of_member(r: Reading) -> Report:
    """The report of a member."""
    found = await member_of(r.conn, r.code(), r.at)
    if found is None:
        raise Problem(404, "no-member", what=r.code())
    return await _report(r, found)


async def of_body(r: Reading) -> Report:
    """The report of a body."""
    found = await body_of(r.conn, r.code(), r.at)
    if found is None:
        raise Problem(404, "no-body", what=r.code())
    return await _report(r, found)


async def of_region(r: Reading) -> Report:
    """The report of the whole region."""
    return await _report(r, await region_of(r.conn, r.at))


async def _report(r: Reading, subject: Subject) -> Report:
    return await report(r.conn, subject, period(r.given["periodFrom"], r.given["periodUntil"], r.at.valid_on), r.at)
