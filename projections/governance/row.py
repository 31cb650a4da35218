"""Bodies, members, parties, sub-regions, seats, mandates, rules and inhabitants, each with its period."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from projections.row import Row, Text, Told
from register.governance.facts import Band, OrganisationKind, Role


class GovernanceRow(Row, frozen=True, kw_only=True):
    """A fact about the organisation of the region."""

    TABLE: ClassVar[str] = "governance"


class Membership(GovernanceRow, frozen=True, kw_only=True, tag="membership"):
    """An organisation is a member for a period; `ended` says how it ended, by entry `ended_by`."""

    member: str
    kind: OrganisationKind
    from_: str
    identifier: str | None = None
    until: str | None = None
    ended: Literal["departed", "merged"] | None = None
    into: str | None = None
    ended_by: int | None = None

    def about(self) -> tuple[str, ...]:
        """The member, and the one it went into."""
        return (self.member, self.into) if self.into else (self.member,)


class Name(GovernanceRow, frozen=True, kw_only=True, tag="name"):
    """A member, body or sub-region has this name for a period."""

    code: str
    of: Literal["member", "body", "subregion"]
    name: str
    from_: str | None = None

    def about(self) -> tuple[str, ...]:
        """Who is named."""
        return (self.code,)


class DepartureAnnounced(GovernanceRow, frozen=True, kw_only=True, tag="departure-announced"):
    """A member said that it will leave."""

    member: str
    planned_on: str

    def about(self) -> tuple[str, ...]:
        """The member."""
        return (self.member,)


class SuccessionPlanned(GovernanceRow, frozen=True, kw_only=True, tag="succession-planned"):
    """A member is to go into another; a plan ends nothing."""

    member: str
    into: str
    planned_on: str
    status: Literal["intention", "bill", "law", "abandoned"]

    def about(self) -> tuple[str, ...]:
        """The member, and the one it is to go into."""
        return (self.member, self.into)


class InSubregion(GovernanceRow, frozen=True, kw_only=True, tag="in-subregion"):
    """A member belongs to a sub-region for a period."""

    member: str
    subregion: str
    from_: str
    until: str | None = None
    ended_by: int | None = None

    def about(self) -> tuple[str, ...]:
        """The member and the sub-region."""
        return (self.member, self.subregion)


class SubregionRow(GovernanceRow, frozen=True, kw_only=True, tag="subregion"):
    """A sub-region exists from a day."""

    subregion: str
    from_: str

    def about(self) -> tuple[str, ...]:
        """The sub-region."""
        return (self.subregion,)


class BodyRow(GovernanceRow, frozen=True, kw_only=True, tag="body"):
    """A body exists for a period."""

    code: str
    kind: str
    force: Literal["course", "binding", "advice"]
    seats: Literal["every-member", "assigned", "not-recorded"]
    from_: str
    of: str | None = None
    layer: Literal["council", "executive"] | None = None
    until: str | None = None
    successor: str | None = None
    ended_by: int | None = None

    def about(self) -> tuple[str, ...]:
        """The body and the member that it is of."""
        return (self.code, self.of) if self.of else (self.code,)


class Party(GovernanceRow, frozen=True, kw_only=True, tag="party"):
    """Somebody who votes, signs or is heard without being a member; the name of a group or an office holder is a text."""

    code: str
    kind: Literal["political-group", "office-holder", "organisation"]
    name: Text | str
    of: str | None = None
    from_: str | None = None

    def about(self) -> tuple[str, ...]:
        """The party and the body that it is of."""
        return (self.code, self.of) if self.of else (self.code,)


class Seat(GovernanceRow, frozen=True, kw_only=True, tag="seat"):
    """A seat in a body is held for a period."""

    body: str
    holder: str
    capacity: Literal["own", "namens", "vanuit"]
    from_: str
    subregion: str | None = None
    members: tuple[str, ...] = ()
    until: str | None = None
    ended_by: int | None = None

    def about(self) -> tuple[str, ...]:
        """The body and the holder."""
        return (self.body, self.holder)


class Mandate(GovernanceRow, frozen=True, kw_only=True, tag="mandate"):
    """Somebody may record for an organisation, for a period."""

    mandate: str
    role: Role
    for_: str
    from_: str
    body: str | None = None
    holder: Text | None = None
    until: str | None = None
    ended_by: int | None = None

    def about(self) -> tuple[str, ...]:
        """The mandate and for whom it is."""
        return (self.mandate, self.for_)


class Rule(GovernanceRow, frozen=True, kw_only=True, tag="rule"):
    """How a body decides for a period."""

    body: str
    kind: Literal["none", "consensus", "majority", "weighted", "double-majority", "written"]
    from_: str
    until: str | None = None
    subjects: tuple[str, ...] = ()
    quorum: str | None = None
    bands: tuple[Band, ...] = ()
    reference: str | None = None

    def about(self) -> tuple[str, ...]:
        """The body."""
        return (self.body,)


class Inhabitants(GovernanceRow, frozen=True, kw_only=True, tag="inhabitants"):
    """A member had so many inhabitants on a day, and so many until the next count; rules that weigh votes take their weights from here."""

    member: str
    inhabitants: int

    def about(self) -> tuple[str, ...]:
        """The member."""
        return (self.member,)


class Theme(GovernanceRow, frozen=True, kw_only=True, tag="theme"):
    """A subject under which decisions are found."""

    code: str
    name: Text

    def about(self) -> tuple[str, ...]:
        """The theme."""
        return (self.code,)


class Correction(GovernanceRow, frozen=True, kw_only=True, tag="correction"):
    """An entry of this stream was wrong."""

    corrects: int
    kind: str
    grounds: Text
    annulled: bool = False


AnyRow = (
    Membership | Name | DepartureAnnounced | SuccessionPlanned | InSubregion | SubregionRow | BodyRow
    | Party | Seat | Mandate | Rule | Inhabitants | Theme | Correction
)  # fmt: skip


class Succession(Told, frozen=True, kw_only=True):
    """The other side of a merger: which organisation, its name then, and the first day of the new order."""

    code: str
    name: str
    on: date
    position: int


class Member(Told, frozen=True, kw_only=True):
    """A member as it stands on a day, with its past.

    `in_force` tells whether it is a member on that day; one that ended is found at any date, with its end.
    `name`, `subregion` and `subregion_name` are those of the day, or of its last day when it has ended.
    """

    code: str
    name: str
    kind: OrganisationKind
    in_force: bool
    since: date
    position: int
    until: date | None = None
    identifier: str | None = None
    subregion: str | None = None
    subregion_name: str | None = None
    memberships: tuple[Membership, ...] = ()
    names: tuple[Name, ...] = ()
    subregions: tuple[InSubregion, ...] = ()
    successor: Succession | None = None
    predecessors: tuple[Succession, ...] = ()
    succession_planned: tuple[SuccessionPlanned, ...] = ()
    departure_announced: DepartureAnnounced | None = None


class Body(Told, frozen=True, kw_only=True):
    """A body as it stands on a day; `of` and `layer` for the council or executive of a member.

    `from` and `ended` are the first and the last day as the source gives them.
    """

    code: str
    name: str
    kind: str
    force: Literal["course", "binding", "advice"]
    seats: Literal["every-member", "assigned", "not-recorded"]
    in_force: bool
    since: date
    position: int
    from_: str | None = None
    until: date | None = None
    ended: str | None = None
    of: str | None = None
    layer: Literal["council", "executive"] | None = None
    successor: str | None = None
    names: tuple[Name, ...] = ()


class Subregion(Told, frozen=True, kw_only=True):
    """A sub-region with the members that belong to it on a day."""

    code: str
    name: str
    since: date
    position: int
    members: tuple[str, ...] = ()
