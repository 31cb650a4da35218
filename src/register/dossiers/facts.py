"""What happens to a subject or framework document over the years: its titles, versions, route and editions; one stream each."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from register.fact import DatedFact, Fact, Instead, Kind
from register.values import Code, CorrectionKind, Id, Number, Reference, Sealed, Seq, Struck, When


class DossierOpened(DatedFact, frozen=True, kw_only=True):
    """A subject is followed under one address, whatever it will be called."""

    TYPE: ClassVar[str] = "dossier.opened"
    KIND: ClassVar[Kind] = "dossier"

    kind: Literal["framework", "theme", "task"]
    title: Sealed
    number: Reference | None = None
    source: Sealed | None = None


class DossierRetitled(DatedFact, frozen=True, kw_only=True):
    """A dossier has another title; the former one can still be found."""

    TYPE: ClassVar[str] = "dossier.retitled"
    KIND: ClassVar[Kind] = "dossier"

    title: Sealed


class VersionPublished(DatedFact, frozen=True, kw_only=True):
    """A version of the document can be read; `name` is what the source calls it."""

    TYPE: ClassVar[str] = "version.published"
    KIND: ClassVar[Kind] = "dossier"

    version: Number
    state: Literal["note", "concept", "final", "not-stated"]
    name: Sealed | None = None
    at: Sealed | None = None
    sha256: Sealed | None = None


Influential = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=45, extra_json_schema={"uniqueItems": True})]


Stage = Literal[
    "announced", "process-proposal", "advice", "concept", "released", "views", "reply-note", "board", "assembly",
    "each-member", "outside", "in-force", "progress", "evaluated", "replaced",
]  # fmt: skip


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One step on the way: what it is, by which body, when, and who can influence it until when; without `by` each member takes it."""

    step: Number
    planned_on: When = msgspec.field(name="plannedOn")
    stage: Stage | None = None
    by: Code | None = None
    title: Sealed | None = None
    influence: Influential | None = None
    until: When | None = None


class RoutePlanned(DatedFact, frozen=True, kw_only=True):
    """The whole way of a dossier as it is planned now; the way planned before stays on record."""

    TYPE: ClassVar[str] = "route.planned"
    KIND: ClassVar[Kind] = "dossier"

    steps: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=15)]


class RouteStepReached(DatedFact, frozen=True, kw_only=True):
    """A step that is no decision of its own was reached."""

    TYPE: ClassVar[str] = "route-step.reached"
    KIND: ClassVar[Kind] = "dossier"

    step: Number


class EditionPublished(DatedFact, frozen=True, kw_only=True):
    """A document that returns each year or each few years appeared for a period."""

    TYPE: ClassVar[str] = "edition.published"
    KIND: ClassVar[Kind] = "dossier"

    edition: Number
    title: Sealed
    from_: When | None = None
    until: When | None = None
    at: Sealed | None = None
    sha256: Sealed | None = None


class ParticipationStepChosen(DatedFact, frozen=True, kw_only=True):
    """How far councils take part in this dossier, as a rung from 1 to 7."""

    TYPE: ClassVar[str] = "participation-step.chosen"
    KIND: ClassVar[Kind] = "dossier"

    step: Annotated[int, Meta(ge=1, le=7)]
    note: Sealed | None = None


class DossierClosed(DatedFact, frozen=True, kw_only=True):
    """A dossier is followed no longer."""

    TYPE: ClassVar[str] = "dossier.closed"
    KIND: ClassVar[Kind] = "dossier"

    note: Sealed | None = None


class DossierCorrected(Fact, frozen=True, kw_only=True):
    """Entry `corrects` of this stream was wrong; `instead` is what it should have said, absent when it is annulled."""

    TYPE: ClassVar[str] = "dossier.corrected"
    KIND: ClassVar[Kind] = "dossier"

    corrects: Seq
    kind: CorrectionKind
    grounds: Sealed
    instead: Instead | None = None


class DossierStruck(Fact, frozen=True, kw_only=True):
    """The dossier leaves all lists; its address and its entries stay."""

    TYPE: ClassVar[str] = "dossier.struck"
    KIND: ClassVar[Kind] = "dossier"

    because: Struck
    grounds: Sealed
    see: Id | None = None


DossierFact = (
    DossierOpened
    | DossierRetitled
    | VersionPublished
    | RoutePlanned
    | RouteStepReached
    | EditionPublished
    | ParticipationStepChosen
    | DossierClosed
    | DossierCorrected
    | DossierStruck
)
