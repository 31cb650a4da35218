"""A dossier as it is answered: each step as planned beside what happened, and what comes when."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from projections.dossiers import row as r
from projections.dossiers.participation import Ask
from projections.row import Text, Told
from register.decisions.facts import DecidedBy, Verb
from register.dossiers.facts import Stage
from register.fact import written_as

Status = Literal["planned", "under-way", "happened", "held-over", "not-recorded", "dropped"]


class Planning(Told, frozen=True, kw_only=True):
    """When a step was to be, as one planning of the route had it; `on` is the day of that planning."""

    planned_on: str
    position: int
    until: str | None = None
    on: str | None = None


class Taken(Told, frozen=True, kw_only=True):
    """A decision that belongs to the dossier, and takes `steps` of its route; `rel` is that of its link, when it has one."""

    id: str
    title: Text
    kind: str
    decided_by: DecidedBy
    acted_on: date
    position: int
    steps: tuple[int, ...] = ()
    rel: str | None = None
    number: str | None = None
    outcome: Verb | None = None
    outcome_on: str | None = None
    outcome_position: int | None = None


class Step(Told, frozen=True, kw_only=True):
    """A step of the route: first planned, now planned, and happened.

    `plannings` are all in which it stands, oldest first. Past its day without a word it is `not-recorded`; `under-way` within
    a span of days, and until the last day on which it can be influenced; `dropped` when the route of the day has it no longer.
    """

    step: int
    status: Status
    planned_on: str
    first_planned_on: str
    position: int
    plannings: tuple[Planning, ...]
    stage: Stage | None = None
    moved: bool = False
    by: str | None = None
    title: Text | None = None
    influence: tuple[str, ...] = ()
    until: str | None = None
    happened_on: str | None = None
    reached: r.Reached | None = None
    decisions: tuple[Taken, ...] = ()


class Dossier(Told, frozen=True, kw_only=True):
    """Everything that is known of a dossier on a day; titles, versions, routes and editions are oldest first."""

    id: str
    title: Text
    kind: r.DossierKind
    position: int
    opened: r.Opened
    titles: tuple[r.Titled, ...]
    number: str | None = None
    valid_from: date | None = None
    steps: tuple[Step, ...] = ()
    dropped: tuple[Step, ...] = ()
    routes: tuple[r.Route, ...] = ()
    versions: tuple[r.Version, ...] = ()
    editions: tuple[r.Edition, ...] = ()
    participation: tuple[r.Participation, ...] = ()
    asks: Ask | None = None
    decisions: tuple[Taken, ...] = ()
    corrections: tuple[r.DossierCorrection, ...] = ()
    without_evidence: tuple[int, ...] = ()
    closed: r.Closed | None = None
    struck: r.DossierStruck | None = None


class DossierBriefly(Told, frozen=True, kw_only=True):
    """A dossier in a list, with the titles it had before and the next step of its route."""

    id: str
    title: Text
    kind: r.DossierKind
    position: int
    number: str | None = None
    valid_from: date | None = None
    former_titles: tuple[Text, ...] = ()
    version: int | None = None
    decisions: int = 0
    next: Step | None = None
    closed: bool = False


class ComingUp(Told, frozen=True, kw_only=True):
    """A step of a route or a meeting that comes: when, by whom, until when who can influence it, and what moved.

    `before` is how the edition before had it, when it moved; `fresh` when that one did not have it at all. What that one had and
    the edition of the day has no longer is `dropped`.
    """

    kind: Literal["step", "meeting"]
    planned_on: str
    status: Status
    position: int
    title: Text | None = None
    by: str | None = None
    each_member: bool = False
    until: str | None = None
    influence: tuple[str, ...] = ()
    before: Planning | None = None
    fresh: bool = False
    dossier: str | None = None
    dossier_title: Text | None = None
    step: int | None = None
    stage: Stage | None = None
    participation: Ask | None = None
    meeting: str | None = None
    items: int = 0


class DecisionOf(msgspec.Struct, frozen=True, tag_field="fact", tag="summary", rename=written_as):
    """A decision as the read model of decisions lists it."""

    id: str
    title: Text
    kind: str
    decided_by: DecidedBy
    acted_on: date
    position: int
    number: str | None = None
    outcome: Verb | None = None
    outcome_on: str | None = None
    outcome_position: int | None = None
    struck: bool = False


class LinkOf(msgspec.Struct, frozen=True, tag_field="fact", tag="link"):
    """A link of a decision."""

    stream: str
    rel: str
    to: str | None = None
    n: int | None = None


class ProposedOf(msgspec.Struct, frozen=True, tag_field="fact", tag="proposed"):
    """The dossier to which a decision belongs from its first entry on."""

    stream: str
    dossier: str | None = None


class PlannedOf(msgspec.Struct, frozen=True, tag_field="fact", tag="planned", rename=written_as):
    """A planned meeting."""

    stream: str
    body: str
    planned_on: str
    position: int
    on: str | None = None
    title: Text | None = None


class HeldOf(msgspec.Struct, frozen=True, tag_field="fact", tag="held"):
    """That a meeting was held."""

    stream: str


class CancelledOf(msgspec.Struct, frozen=True, tag_field="fact", tag="cancelled"):
    """That a meeting did not go on."""

    stream: str


class ItemOf(msgspec.Struct, frozen=True, tag_field="fact", tag="item", rename=written_as):
    """An item on the agenda of a meeting."""

    stream: str
    withdrawn_on: date | None = None


class BodyOf(msgspec.Struct, frozen=True, tag_field="fact", tag="body"):
    """A body of a member, as governance tells it."""

    code: str
    of: str | None = None


class InSubregionOf(msgspec.Struct, frozen=True, tag_field="fact", tag="in-subregion"):
    """That a member belongs to a sub-region, as governance tells it."""

    member: str
    subregion: str


class MembershipOf(msgspec.Struct, frozen=True, tag_field="fact", tag="membership"):
    """That somebody is a member, as governance tells it."""

    member: str
