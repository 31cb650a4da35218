"""A dossier as its page shows it, from the rows that are known of it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from projections.at import held
from projections.dossiers import row as r
from projections.dossiers.answer import Dossier, DossierBriefly, Planning, Status, Step, Taken
from projections.dossiers.participation import asked_on
from register.values import first_day, last_day

R = TypeVar("R", bound=r.DossierRow)

NOT_YET = frozenset({"held-over", "referred-back"})
"""Outcomes after which a step is still to be taken."""
TELLS_OF_ENTRIES = (r.DossierCorrection, r.DossierStruck)
"""Rows that need no source: they are about entries."""


def composed(rows: Sequence[r.AnyRow], taken: Sequence[Taken], day: date) -> Dossier | None:
    """Everything on the page of a dossier; None when it was not opened by then."""
    opened = next(iter(_of(rows, r.Opened)), None)
    titles = _of(rows, r.Titled)
    if opened is None or not titles:
        return None
    routes, rungs = _of(rows, r.Route), _of(rows, r.Participation)
    now = _holding(routes, day)
    rung = _holding(rungs, day)
    steps, dropped = _steps(routes, now, _of(rows, r.Reached), taken, day)
    unsourced = {row.seq for row in rows if not row.evidence and not isinstance(row, TELLS_OF_ENTRIES)}
    return Dossier(
        id=opened.stream,
        title=(_holding(titles, day) or titles[-1]).title,
        kind=opened.kind,
        position=max(row.position for row in rows),
        opened=opened,
        titles=tuple(titles),
        number=opened.number,
        valid_from=opened.valid_from,
        steps=steps,
        dropped=dropped,
        routes=tuple(routes),
        versions=tuple(sorted(_of(rows, r.Version), key=lambda each: each.version)),
        editions=tuple(sorted(_of(rows, r.Edition), key=lambda each: each.edition)),
        participation=tuple(rungs),
        asks=asked_on(rung.step if rung else None),
        decisions=tuple(taken),
        corrections=tuple(_of(rows, r.DossierCorrection)),
        without_evidence=tuple(sorted(unsourced)),
        closed=next(iter(_of(rows, r.Closed)), None),
        struck=next(iter(_of(rows, r.DossierStruck)), None),
    )


def briefly(dossier: Dossier) -> DossierBriefly:
    """A dossier in a list."""
    seals = [each.title for each in dossier.titles if each.title.sd != dossier.title.sd]
    return DossierBriefly(
        id=dossier.id,
        title=dossier.title,
        kind=dossier.kind,
        position=dossier.position,
        number=dossier.number,
        valid_from=dossier.valid_from,
        former_titles=tuple(seals),
        version=dossier.versions[-1].version if dossier.versions else None,
        decisions=len(dossier.decisions),
        next=next((each for each in dossier.steps if each.status in {"planned", "under-way", "held-over"}), None),
        closed=dossier.closed is not None,
    )


def _of(rows: Sequence[r.AnyRow], kind: type[R]) -> list[R]:
    return sorted((row for row in rows if isinstance(row, kind)), key=lambda row: (row.valid_from or date.min, row.seq))


def _holding(rows: Sequence[R], day: date) -> R | None:
    """The last of these that holds on a day."""
    return next((row for row in reversed(rows) if held(row, day)), None)


def _steps(
    routes: Sequence[r.Route], now: r.Route | None, reached: Sequence[r.Reached], taken: Sequence[Taken], day: date
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps of the route in force, and those of earlier ones that it has no longer, as they were planned last."""
    if now is None:
        return (), ()
    last: dict[int, r.RouteStep] = {step.step: step for route in routes for step in route.steps}
    mine = {step.step for step in now.steps}
    kept = tuple(_step(each, routes, reached, taken, day) for each in now.steps)
    gone = tuple(
        _step(step, routes, reached, taken, day, dropped=True) for n, step in sorted(last.items()) if n not in mine
    )
    return kept, gone


def _step(  # noqa: PLR0913  # what a step is told from
    step: r.RouteStep,
    routes: Sequence[r.Route],
    reached: Sequence[r.Reached],
    taken: Sequence[Taken],
    day: date,
    *,
    dropped: bool = False,
) -> Step:
    plannings = tuple(
        Planning(planned_on=each.planned_on, position=route.position, until=each.until, on=route.on)
        for route in routes
        for each in route.steps
        if each.step == step.step
    )
    arrived = next((each for each in reached if each.step == step.step), None)
    decisions = tuple(each for each in taken if step.step in each.steps)
    status = _status(step, arrived, decisions, day)
    return Step(
        step=step.step,
        stage=step.stage,
        status="dropped" if dropped and status != "happened" else status,
        planned_on=step.planned_on,
        first_planned_on=plannings[0].planned_on,
        position=plannings[-1].position,
        plannings=plannings,
        moved=plannings[0].planned_on != step.planned_on,
        by=step.by,
        title=step.title,
        influence=step.influence,
        until=step.until,
        happened_on=_happened(arrived, decisions),
        reached=arrived,
        decisions=decisions,
    )


def _happened(reached: r.Reached | None, decisions: Sequence[Taken]) -> str | None:
    """The first day on which it happened, as a source gives it."""
    days = [each.outcome_on for each in decisions if each.outcome and each.outcome not in NOT_YET and each.outcome_on]
    if reached is not None and reached.on:
        days.append(reached.on)
    return min(days, key=first_day, default=None)


def _status(  # noqa: PLR0911  # one answer a state
    step: r.RouteStep, reached: r.Reached | None, decisions: Sequence[Taken], day: date
) -> Status:
    """Planned and actual, in a word; what each member takes goes on for as long as it was planned to."""
    settled = [each for each in decisions if each.outcome and each.outcome not in NOT_YET]
    decided = any(step.by is not None or each.decided_by.each is not None for each in settled)
    if step.until and first_day(step.planned_on) <= day <= last_day(step.until):
        return "under-way"
    if reached is not None or (decided and step.by is not None):
        return "happened"
    if "/" in step.planned_on and first_day(step.planned_on) <= day <= last_day(step.planned_on):
        return "under-way"
    if decided:
        return "happened"
    if settled:
        return "under-way"  # one of those who each take it did; that says nothing of the others
    if any(each.outcome in NOT_YET for each in decisions):
        return "held-over"
    return "not-recorded" if last_day(step.until or step.planned_on) < day else "planned"
