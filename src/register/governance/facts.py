"""What happens to the bodies and members of a region; one stream a register."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from register.fact import DatedFact, Fact, Instead, Kind
from register.values import (
    MONTH_DAY_FORM,
    Code,
    Codes,
    CorrectionKind,
    Count,
    Id,
    PublicName,
    Sealed,
    Seq,
    Share,
    Votes,
    When,
)

OrganisationKind = Literal["municipality", "province", "water-board", "public-body", "ministry", "other"]
Role = Literal["representative", "clerk", "confirmer", "auditor", "administrator"]


class BodyEstablished(Fact, frozen=True, kw_only=True):
    """A body exists from a day; the executive or council of a member is a body `of` that member."""

    TYPE: ClassVar[str] = "body.established"
    KIND: ClassVar[Kind] = "governance"

    code: Code
    name: PublicName
    kind: Literal[
        "assembly",
        "board",
        "platform",
        "portfolio-meeting",
        "council-table",
        "executive",
        "council",
        "committee",
        "other",
    ]
    force: Literal["course", "binding", "advice"]
    seats: Literal["every-member", "assigned", "not-recorded"]
    from_: When
    of: Code | None = None
    layer: Literal["council", "executive"] | None = None


class BodyRenamed(Fact, frozen=True, kw_only=True):
    """A body has another name from a day; the former name keeps its period."""

    TYPE: ClassVar[str] = "body.renamed"
    KIND: ClassVar[Kind] = "governance"

    body: Code
    name: PublicName
    from_: When


class BodyDissolved(Fact, frozen=True, kw_only=True):
    """A body sat for the last time on `until`; `successor` takes its place."""

    TYPE: ClassVar[str] = "body.dissolved"
    KIND: ClassVar[Kind] = "governance"

    body: Code
    until: When
    successor: Code | None = None


class MemberAdmitted(Fact, frozen=True, kw_only=True):
    """An organisation is a member of the region from a day."""

    TYPE: ClassVar[str] = "member.admitted"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    name: PublicName
    kind: OrganisationKind
    from_: When
    identifier: (
        Annotated[
            str,
            Meta(
                pattern=r"^https://[A-Za-z0-9.-]{1,100}/[A-Za-z0-9./_-]{1,200}$",
                max_length=310,
                description="Public identifier of the organisation.",
            ),
        ]
        | None
    ) = None


class MemberRenamed(Fact, frozen=True, kw_only=True):
    """A member has another name from a day."""

    TYPE: ClassVar[str] = "member.renamed"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    name: PublicName
    from_: When


class DepartureAnnounced(DatedFact, frozen=True, kw_only=True):
    """A member said that it will leave on `planned_on`; it is a member until it has left."""

    TYPE: ClassVar[str] = "departure.announced"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    planned_on: When


class MemberDeparted(Fact, frozen=True, kw_only=True):
    """An organisation was a member for the last time on `until`."""

    TYPE: ClassVar[str] = "member.departed"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    until: When


class SuccessionPlanned(Fact, frozen=True, kw_only=True):
    """A member is to go into another one; a plan ends nothing."""

    TYPE: ClassVar[str] = "succession.planned"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    into: Code
    planned_on: When
    status: Literal["intention", "bill", "law", "abandoned"]


class MemberMerged(Fact, frozen=True, kw_only=True):
    """A member went into another one after `until`; its past stays its own."""

    TYPE: ClassVar[str] = "member.merged"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    into: Code
    until: When


class PartyNamed(Fact, frozen=True, kw_only=True):
    """Somebody who votes, signs or is heard without being a member: a group or an office holder (name sealed), or an organisation.

    `of` is the body or the group that a group or an office holder belongs to.
    """

    TYPE: ClassVar[str] = "party.named"
    KIND: ClassVar[Kind] = "governance"

    code: Code
    kind: Literal["political-group", "office-holder", "organisation"]
    name: Sealed | PublicName
    of: Code | None = None
    from_: When | None = None


class SubregionEstablished(Fact, frozen=True, kw_only=True):
    """A grouping of members exists from a day; it is not always a legal body."""

    TYPE: ClassVar[str] = "subregion.established"
    KIND: ClassVar[Kind] = "governance"

    subregion: Code
    name: PublicName
    from_: When


class SubregionJoined(Fact, frozen=True, kw_only=True):
    """A member belongs to a sub-region from a day."""

    TYPE: ClassVar[str] = "subregion.joined"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    subregion: Code
    from_: When


class SubregionLeft(Fact, frozen=True, kw_only=True):
    """A member belonged to a sub-region for the last time on `until`."""

    TYPE: ClassVar[str] = "subregion.left"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    subregion: Code
    until: When


class SeatAssigned(Fact, frozen=True, kw_only=True):
    """A seat in a body is held by a member or party, in a capacity, from a day."""

    TYPE: ClassVar[str] = "seat.assigned"
    KIND: ClassVar[Kind] = "governance"

    body: Code
    holder: Code
    capacity: Literal["own", "namens", "vanuit"]
    from_: When
    subregion: Code | None = None
    members: Codes | None = None


class SeatVacated(Fact, frozen=True, kw_only=True):
    """The seat assigned by entry `seat` was held for the last time on `until`."""

    TYPE: ClassVar[str] = "seat.vacated"
    KIND: ClassVar[Kind] = "governance"

    seat: Seq
    until: When


class MandateGranted(Fact, frozen=True, kw_only=True):
    """Somebody may record for an organisation from a day; the id is random and new with each grant."""

    TYPE: ClassVar[str] = "mandate.granted"
    KIND: ClassVar[Kind] = "governance"

    mandate: Id
    role: Role
    for_: Code
    from_: When
    body: Code | None = None
    holder: Sealed | None = None


class MandateEnded(Fact, frozen=True, kw_only=True):
    """A mandate held for the last time on `until`."""

    TYPE: ClassVar[str] = "mandate.ended"
    KIND: ClassVar[Kind] = "governance"

    mandate: Id
    until: When


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Votes of a member by its inhabitants: at least `least`, at most `most` when given."""

    least: Votes
    votes: Votes
    most: Votes | None = None


class RuleAdopted(Fact, frozen=True, kw_only=True):
    """How a body decides from a day; without a rule the register computes no result."""

    TYPE: ClassVar[str] = "rule.adopted"
    KIND: ClassVar[Kind] = "governance"

    body: Code
    kind: Literal["none", "consensus", "majority", "weighted", "double-majority", "written"]
    from_: When
    until: When | None = None
    subjects: Codes | None = None
    quorum: Share | None = None
    bands: Annotated[tuple[Band, ...], Meta(min_length=1, max_length=50)] | None = None
    reference: (
        Annotated[
            str,
            Meta(
                pattern=MONTH_DAY_FORM,
                max_length=5,
                description="Month and day on which weights are fixed each year: 01-01.",
            ),
        ]
        | None
    ) = None


class InhabitantsCounted(DatedFact, frozen=True, kw_only=True):
    """A member had so many inhabitants on a day; a rule that weighs votes takes its weights from here."""

    TYPE: ClassVar[str] = "inhabitants.counted"
    KIND: ClassVar[Kind] = "governance"

    member: Code
    inhabitants: Count


class ThemeNamed(Fact, frozen=True, kw_only=True):
    """A subject under which decisions can be found."""

    TYPE: ClassVar[str] = "theme.named"
    KIND: ClassVar[Kind] = "governance"

    code: Code
    name: Sealed


class GovernanceCorrected(Fact, frozen=True, kw_only=True):
    """Entry `corrects` of this stream was wrong; `instead` is what it should have said, absent when it is annulled."""

    TYPE: ClassVar[str] = "governance.corrected"
    KIND: ClassVar[Kind] = "governance"

    corrects: Seq
    kind: CorrectionKind
    grounds: Sealed
    instead: Instead | None = None


GovernanceFact = (
    BodyEstablished
    | BodyRenamed
    | BodyDissolved
    | MemberAdmitted
    | MemberRenamed
    | DepartureAnnounced
    | MemberDeparted
    | SuccessionPlanned
    | MemberMerged
    | PartyNamed
    | SubregionEstablished
    | SubregionJoined
    | SubregionLeft
    | SeatAssigned
    | SeatVacated
    | MandateGranted
    | MandateEnded
    | RuleAdopted
    | InhabitantsCounted
    | ThemeNamed
    | GovernanceCorrected
)
