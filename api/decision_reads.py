"""Questions about one decision: as it stands, what happened to it, and how it stood after one of its entries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from api.posting import BASE
from api.problems import Problem, ProblemDocument
from api.reading import Reading
from projections.at import At
from projections.course import query as course
from projections.course.row import Position
from projections.decisions import query as decisions
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.beside import View
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.row import Ballot, Decision, Filter, Sort, Struck, Summary
from projections.history import query as history
from projections.history.between import between
from projections.history.row import Between, Change, Step
from projections.row import Page
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint

EVER = At(date.max)


class Replay(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A decision as it was known after `step` of its `steps`, and what that step changed."""

    step: int
    steps: int
    decision: Decision
    changes: tuple[Change, ...]
    known_at: datetime | None = None


class StruckProblem(ProblemDocument, frozen=True):
    """That a decision, dossier or meeting was struck, on what grounds, and where its history is."""

    struck: Struck
    events: str


async def listed(reading: Reading) -> Page[Summary]:
    """The decisions that the keys ask for."""
    given: dict[str, Any] = dict(reading.given)
    where = Filter(
        q=given["q"],
        body=given["body"],
        member=given["member"],
        stance=given["stance"],
        outcome=given["outcome"],
        subject_class=given["subjectClass"],
        from_=given["from"],
        to=given["to"],
    )
    sort: Sort = given["sort"] or "-actedOn"
    page, size = reading.page, reading.page_size
    return await decisions.decisions(reading.conn, where, reading.at, page=page, page_size=size, sort=sort)


async def standing(reading: Reading) -> Decision:
    """The decision of the address; a 404 Problem when there is none by then, 410 when it was struck."""
    id_ = reading.id()
    found = await decisions.decision(reading.conn, id_, reading.at)
    if found is None:
        raise await _missing(reading, id_)
    if found.struck is not None:
        events = f"{BASE}/decisions/{id_}/events"
        raise Problem(410, "struck", what=events, more={"struck": found.struck, "events": events})
    return found


async def _missing(reading: Reading, id_: str) -> Problem:
    """Why a decision is not shown: there is none, or there was none yet at that moment."""
    return Problem(404, "not-yet" if await history.events(reading.conn, id_, EVER) else "no-decision")


async def events(reading: Reading) -> tuple[Step, ...]:
    """Every entry, also of a decision that was struck."""
    found = await history.events(reading.conn, reading.id(), reading.at)
    if not found:
        raise await _missing(reading, reading.id())
    return found


async def votes(reading: Reading) -> tuple[Ballot, ...]:
    """The ballots."""
    return (await standing(reading)).ballots


async def positions(reading: Reading) -> tuple[Position, ...]:
    """The positions, in force or past."""
    found = await standing(reading)
    return await course.positions(reading.conn, found.id, reading.at)


async def minority_standpoints(reading: Reading) -> tuple[Standpoint, ...]:
    """The standpoints, also those withdrawn."""
    found = await standing(reading)
    return await standpoints.of(reading.conn, found.id, reading.at)


async def views(reading: Reading) -> tuple[View, ...]:
    """The views, one a voice."""
    found = await standing(reading)
    return await consultation.views(reading.conn, found.id, found.title, reading.at)


async def advice(reading: Reading) -> tuple[Advice, ...]:
    """The advice, given or waited for."""
    found = await standing(reading)
    return await consultation.advice(reading.conn, found.id, found.title, reading.at)


async def undertakings(reading: Reading) -> tuple[Undertaking, ...]:
    """What was promised with it."""
    found = await standing(reading)
    return await consultation.promises(reading.conn, found.id, found.title, reading.at)


async def replay(reading: Reading) -> Replay:
    """The decision after the step that is asked for, or the last; of those that were known at the moment that is asked for."""
    id_ = reading.id()
    steps = len(await history.events(reading.conn, id_, EVER))
    known = len(await history.events(reading.conn, id_, reading.at))
    if not known:
        raise await _missing(reading, id_)
    step = reading.given["step"] or known
    after = await history.as_of_step(reading.conn, id_, step, reading.at) if step <= known else None
    found = await decisions.decision(reading.conn, id_, after) if after is not None else None
    if after is None or found is None:
        raise Problem(404, "no-step", what=str(known), field="step")
    before = await history.as_of_step(reading.conn, id_, step - 1, reading.at) if step > 1 else None
    changes = await history.differences(reading.conn, id_, before, after)
    return Replay(step, steps, found, changes, after.known_at)


async def difference(reading: Reading) -> Between:
    """What differs from the moment before to the one that is asked for; without a moment before, from nothing."""
    at, day, known = reading.at, reading.given["validFrom"], reading.given["knownFrom"]
    before = None if day is None and known is None else At(day or at.valid_on, known or at.known_at)
    found = await between(reading.conn, reading.id(), before, at)
    if found is None:
        raise await _missing(reading, reading.id())
    return found
