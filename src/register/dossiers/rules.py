"""What may happen to a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from register.dossiers import facts as f
from register.dossiers import refusals as no
from register.dossiers.state import Dossier
from register.refusals import NotADay, Refusal, UnknownBody, UnknownParty
from register.values import is_civil
from register.world import World


def may(fact: f.DossierFact, state: Dossier, world: World) -> Iterator[Refusal]:
    """Every rule of dossiers that a fact breaks; its days were looked at before."""
    if isinstance(fact, f.DossierOpened):
        if state.opened:
            yield no.DossierAlreadyOpened()
    elif not state.opened:
        yield no.DossierNotOpened()
    elif state.struck:
        yield no.DossierStruck()
    elif state.closed and not isinstance(fact, f.DossierCorrected | f.DossierStruck):
        yield no.DossierIsClosed()
    else:
        yield from _goes_on(fact, state, world)


def _goes_on(  # noqa: C901, PLR0912  # one arm a fact; mypy reports a forgotten one
    fact: f.DossierFact, state: Dossier, world: World
) -> Iterator[Refusal]:
    match fact:
        case f.VersionPublished(version=version):
            if version in state.versions:
                yield no.VersionTaken(field="version", what=str(version))
        case f.EditionPublished(edition=edition):
            if edition in state.editions:
                yield no.EditionTaken(field="edition", what=str(edition))
        case f.RoutePlanned(steps=steps):
            yield from _route(steps, state, world)
        case f.RouteStepReached(step=step):
            if step in state.reached:
                yield no.StepReachedBefore(field="step", what=str(step))
            elif step not in state.steps:
                yield no.UnknownStep(field="step", what=str(step))
        case f.ParticipationStepChosen(step=step):
            if step == state.rung:
                yield no.AlreadyOnStep(field="step", what=str(step))
        case f.DossierStruck(because=because, see=see):
            if because == "duplicate" and see is None:
                yield no.DuplicateDossierNeedsSee(field="see")
        case f.DossierOpened() | f.DossierRetitled() | f.DossierClosed() | f.DossierCorrected():
            return  # register.correcting holds the one rule for corrections in every kind of stream


def _route(steps: tuple[f.Step, ...], state: Dossier, world: World) -> Iterator[Refusal]:
    """Each step has its own number, days that exist and bodies that the register knows; a step that was reached stays."""
    numbers = [each.step for each in steps]
    for index, each in enumerate(steps):
        if each.step in numbers[:index]:
            yield no.StepTwice(field=f"steps.{index}.step", what=str(each.step))
        if each.by is not None and not _knows(each.by, world):
            yield UnknownBody(field=f"steps.{index}.by", what=each.by)
        for place, code in enumerate(each.influence or ()):
            if not _knows(code, world) and code not in world.governance.subregions:
                yield UnknownParty(field=f"steps.{index}.influence.{place}", what=code)
        yield from _days(each, index)
    for step in sorted(state.reached - set(numbers)):
        yield no.ReachedStepStays(field="steps", what=str(step))


def _days(step: f.Step, index: int) -> Iterator[Refusal]:
    """The days inside a route are looked at here: the rule for all facts sees only the fields of the fact itself."""
    named = {"plannedOn": step.planned_on} | ({"until": step.until} if step.until else {})
    for name, day in named.items():
        if not is_civil(day):
            yield NotADay(field=f"steps.{index}.{name}", what=day)


def _knows(code: str, world: World) -> bool:
    return world.governance.knows(code) or code in world.governance.bodies
