"""Facts of dossiers, with only what a test has to say about them."""

from __future__ import annotations

from typing import Any

from register.decisions import facts as d
from register.dossiers import facts as f
from tests.projections.deciding import proposed
from tests.projections.telling import Teller, stream

AGENDA = stream("the agenda of the region")
ASSEMBLY = stream("the decision of the assembly")


def opened(teller: Teller, title: str = "MRA Agenda 2024-2028", **said: Any) -> f.DossierOpened:  # noqa: ANN401  # fields of the fact
    """A framework document is followed."""
    fields: dict[str, Any] = {"kind": "framework"} | said
    return f.DossierOpened(title=teller.text(title), **fields)


def step(n: int, stage: f.Stage | None, planned_on: str, **said: Any) -> f.Step:  # noqa: ANN401  # as above
    """A step of a route."""
    return f.Step(step=n, stage=stage, planned_on=planned_on, **said)


def route(*steps: f.Step, day: str | None = None) -> f.RoutePlanned:
    """A planning of the whole route."""
    return f.RoutePlanned(steps=steps, on=day)


def takes(teller: Teller, n: int, *, dossier: str = AGENDA, **said: Any) -> d.DecisionProposed:  # noqa: ANN401  # as above
    """A decision of the assembly that takes a step of a dossier."""
    link = d.Link(rel="about", to=dossier, n=n)
    return proposed(teller, "Vaststellen", dossier=dossier, links=(link,), **said)


def outcome(verb: d.Verb, day: str) -> d.OutcomeRecorded:
    """How a decision ended."""
    return d.OutcomeRecorded(verb=verb, on=day)
