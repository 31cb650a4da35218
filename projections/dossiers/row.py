"""What is known of a dossier, one row a fact."""

from __future__ import annotations

from typing import ClassVar, Literal

from projections.row import Row, Text, Told
from register.dossiers.facts import Stage
from register.values import CorrectionKind
from register.values import Struck as Ground

DossierKind = Literal["framework", "theme", "task"]
VersionState = Literal["note", "concept", "final", "not-stated"]


class DossierRow(Row, frozen=True, kw_only=True):
    """A fact of one dossier."""

    TABLE: ClassVar[str] = "dossiers"


class Opened(DossierRow, frozen=True, kw_only=True, tag="opened"):
    """A subject is followed, from the day of its earliest dated fact."""

    kind: DossierKind
    number: str | None = None
    source: Text | None = None


class Titled(DossierRow, frozen=True, kw_only=True, tag="titled"):
    """What a dossier is called for a period."""

    title: Text


class Version(DossierRow, frozen=True, kw_only=True, tag="version"):
    """A version of the document; `name` is what the source calls it."""

    version: int
    state: VersionState
    name: Text | None = None
    at: Text | None = None
    sha256: Text | None = None


class RouteStep(Told, frozen=True, kw_only=True):
    """A step as one planning has it; without `by` each member takes it, `influence` can be used until the last day of `until`."""

    step: int
    planned_on: str
    stage: Stage | None = None
    by: str | None = None
    title: Text | None = None
    influence: tuple[str, ...] = ()
    until: str | None = None


class Route(DossierRow, frozen=True, kw_only=True, tag="route"):
    """The whole way as it was planned, from the day of the planning until the day before the next one."""

    steps: tuple[RouteStep, ...]

    def about(self) -> tuple[str, ...]:
        """Who takes a step, and who can influence one."""
        named = (code for each in self.steps for code in (each.by, *each.influence) if code)
        return tuple(dict.fromkeys(named))


class Reached(DossierRow, frozen=True, kw_only=True, tag="reached"):
    """A step that is no decision of its own was reached."""

    step: int


class Edition(DossierRow, frozen=True, kw_only=True, tag="edition"):
    """A document that returns appeared for a period."""

    edition: int
    title: Text
    from_: str | None = None
    until: str | None = None
    at: Text | None = None
    sha256: Text | None = None


class Participation(DossierRow, frozen=True, kw_only=True, tag="participation"):
    """How far councils take part for a period, as a rung from 1 to 7."""

    step: int
    note: Text | None = None


class Closed(DossierRow, frozen=True, kw_only=True, tag="closed"):
    """The dossier is followed no longer."""

    note: Text | None = None


class DossierCorrection(DossierRow, frozen=True, kw_only=True, tag="correction"):
    """An entry of this dossier was wrong; `annulled` when nothing took its place."""

    corrects: int
    kind: CorrectionKind
    grounds: Text
    annulled: bool = False


class DossierStruck(DossierRow, frozen=True, kw_only=True, tag="struck"):
    """The dossier left all lists; its address and its entries stay."""

    because: Ground
    grounds: Text
    see: str | None = None


AnyRow = (
    Opened | Titled | Version | Route | Reached | Edition | Participation | Closed | DossierCorrection | DossierStruck
)
