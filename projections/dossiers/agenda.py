"""What comes when, from the routes in force and the planned meetings; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from projections.dossiers.answer import ComingUp, Dossier, PlannedOf, Planning, Step
from register.values import first_day, last_day


class Codes(msgspec.Struct, frozen=True):
    """Who somebody is: the codes under which it takes a step, and those by which it is named where it can be heard.

    `member` is the member that it is or is of: where each member takes a step, that one does too.
    """

    takes: frozenset[str]
    heard: frozenset[str]
    member: str | None = None


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of the agenda: the day it is, from which day and until which, for whom (None: everybody)."""

    valid_on: date
    from_: date
    to: date | None = None
    codes: Codes | None = None


def coming(
    dossiers: Iterable[Dossier], meetings: Iterable[tuple[Sequence[PlannedOf], int]], asked: Coming
) -> tuple[ComingUp, ...]:
    """The agenda in the order of its days."""
    told = [(dossier, step) for dossier in dossiers for step in (*dossier.steps, *_fell_off(dossier))]
    steps = [_step(dossier, step) for dossier, step in told if _is_due(step, asked)]
    met = [_meeting(plans, items, asked.valid_on) for plans, items in meetings if plans]
    found = [each for each in (*steps, *met) if _within(each, asked) and _concerns(each, asked.codes)]
    return tuple(sorted(found, key=lambda each: (first_day(each.planned_on), each.position, each.step or 0)))


def _fell_off(dossier: Dossier) -> list[Step]:
    """The steps that the route before the one in force had and that it has no longer."""
    earlier = dossier.routes[-2].position if len(dossier.routes) > 1 else None
    return [step for step in dossier.dropped if step.plannings[-1].position == earlier]


def _is_due(step: Step, asked: Coming) -> bool:
    """What happened is no longer coming, unless the agenda is asked from an earlier day."""
    return step.status != "happened" or asked.from_ < asked.valid_on


def _within(item: ComingUp, asked: Coming) -> bool:
    begins, ends = first_day(item.planned_on), last_day(item.until or item.planned_on)
    return ends >= asked.from_ and (asked.to is None or begins <= asked.to)


def _concerns(item: ComingUp, codes: Codes | None) -> bool:
    """Whether somebody takes it, can influence it, or takes it as each member does."""
    if codes is None or item.by in codes.takes:
        return True
    return not codes.heard.isdisjoint(item.influence) or (item.each_member and codes.member is not None)


def _step(dossier: Dossier, step: Step) -> ComingUp:
    before, fresh = _edition_before(dossier, step)
    return ComingUp(
        kind="step",
        planned_on=step.planned_on,
        status=step.status,
        position=step.position,
        title=step.title,
        by=step.by,
        each_member=step.by is None,
        until=step.until,
        influence=step.influence,
        before=before,
        fresh=fresh,
        dossier=dossier.id,
        dossier_title=dossier.title,
        step=step.step,
        stage=step.stage,
        participation=dossier.asks,
    )


def _edition_before(dossier: Dossier, step: Step) -> tuple[Planning | None, bool]:
    """How the route before the one in force had a step, when that differs; and whether it had it not at all."""
    if len(dossier.routes) < 2:  # noqa: PLR2004  # the first edition has none before it
        return None, False
    earlier = dossier.routes[-2]
    planned = next((each for each in step.plannings if each.position == earlier.position), None)
    if planned is None:
        return None, True
    same = (planned.planned_on, planned.until) == (step.planned_on, step.until)
    return (None if same else planned), False


def _meeting(plans: Sequence[PlannedOf], items: int, day: date) -> ComingUp:
    plan, earlier = plans[-1], plans[-2] if len(plans) > 1 else None
    before = Planning(planned_on=earlier.planned_on, position=earlier.position, on=earlier.on) if earlier else None
    return ComingUp(
        kind="meeting",
        planned_on=plan.planned_on,
        status="not-recorded" if last_day(plan.planned_on) < day else "planned",
        position=plan.position,
        title=plan.title,
        by=plan.body,
        before=before,
        meeting=plan.stream,
        items=items,
    )
