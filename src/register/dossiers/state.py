"""What the rules remember of a dossier: that it is open, its versions and editions, the route as planned now and the steps reached."""

from __future__ import annotations

import msgspec

from register.dossiers import facts as f
from register.history import CORRECTIONS, Recorded, effective


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A subject that is followed over the years; `kept_by` opened it."""

    opened: bool = False
    kept_by: str | None = None
    closed: bool = False
    struck: bool = False
    versions: frozenset[int] = frozenset()
    editions: frozenset[int] = frozenset()
    steps: frozenset[int] = frozenset()
    reached: frozenset[int] = frozenset()
    rung: int | None = None
    history: tuple[Recorded, ...] = ()


def evolve(state: Dossier, entry: Recorded) -> Dossier:
    """The state after one more entry; a correction folds the whole history anew."""
    history = (*state.history, entry)
    if entry.fact.TYPE in CORRECTIONS:
        state = Dossier()
        for held in effective(history):
            state = _after(state, held)
    else:
        state = _after(state, entry)
    return msgspec.structs.replace(state, history=history)


def _after(state: Dossier, entry: Recorded) -> Dossier:  # noqa: PLR0911  # one arm a fact
    change = msgspec.structs.replace
    match entry.fact:
        case f.DossierOpened():
            return change(state, opened=True, kept_by=entry.for_)
        case f.VersionPublished(version=version):
            return change(state, versions=state.versions | {version})
        case f.EditionPublished(edition=edition):
            return change(state, editions=state.editions | {edition})
        case f.RoutePlanned(steps=steps):
            return change(state, steps=frozenset(each.step for each in steps))
        case f.RouteStepReached(step=step):
            return change(state, reached=state.reached | {step})
        case f.ParticipationStepChosen(step=step):
            return change(state, rung=step)
        case f.DossierClosed():
            return change(state, closed=True)
        case f.DossierStruck():
            return change(state, struck=True)
        case _:
            return state  # another title changes no rule
