"""Where members stand: positions on the course or a proposal, and minority standpoints with how they were weighed."""

from __future__ import annotations

from typing import ClassVar, Literal

from register.decisions.facts import Parts, PartVersion
from register.fact import DatedFact, Kind
from register.values import (
    Address,
    Code,
    Number,
    ReasonMissing,
    Sealed,
    Seq,
    Stance,
    Voice,
    Weighed,
    When,
)


class PositionRecorded(DatedFact, frozen=True, kw_only=True):
    """A member joins, departs or stands in between, on one part or on all parts on which it has no position of its own."""

    TYPE: ClassVar[str] = "position.recorded"
    KIND: ClassVar[Kind] = "decision"

    stance: Stance
    voice: Voice
    member: Code | None = None
    part: Code | None = None
    n: Number | None = None
    reason: Sealed | None = None
    reason_missing: ReasonMissing | None = None
    basis: Address | None = None


class PositionExplained(DatedFact, frozen=True, kw_only=True):
    """A reason was given, or found, for a position that had none."""

    TYPE: ClassVar[str] = "position.explained"
    KIND: ClassVar[Kind] = "decision"

    position: Seq
    reason: Sealed


class PositionRevised(DatedFact, frozen=True, kw_only=True):
    """A member changed its position: from now on it stands otherwise; what it said before stays."""

    TYPE: ClassVar[str] = "position.revised"
    KIND: ClassVar[Kind] = "decision"

    position: Seq
    stance: Stance
    n: Number | None = None
    reason: Sealed | None = None
    reason_missing: ReasonMissing | None = None
    basis: Address | None = None


class PositionWithdrawn(DatedFact, frozen=True, kw_only=True):
    """A position no longer holds; `because` is the decision that ended it, `rel` overrules when its own council did."""

    TYPE: ClassVar[str] = "position.withdrawn"
    KIND: ClassVar[Kind] = "decision"

    position: Seq
    because: Address | None = None
    rel: Literal["overrules"] | None = None


class MinorityStandpointRecorded(DatedFact, frozen=True, kw_only=True):
    """One or more members, or groups in their councils, hold another view; it is open until a body weighs it.

    `against` is the entry that it speaks against; `adds_to` the joint standpoint to which one of its holders adds something of its own.
    """

    TYPE: ClassVar[str] = "minority-standpoint.recorded"
    KIND: ClassVar[Kind] = "decision"

    voice: Voice
    text: Sealed
    alternative: Sealed | None = None
    parts: Parts | None = None
    against: Seq | None = None
    adds_to: Seq | None = None
    from_: When | None = None
    until: When | None = None


class MinorityStandpointAmended(DatedFact, frozen=True, kw_only=True):
    """The text of a standpoint was replaced by those who hold it."""

    TYPE: ClassVar[str] = "minority-standpoint.amended"
    KIND: ClassVar[Kind] = "decision"

    standpoint: Seq
    text: Sealed
    alternative: Sealed | None = None


class MinorityStandpointWithdrawn(DatedFact, frozen=True, kw_only=True):
    """A standpoint is no longer held."""

    TYPE: ClassVar[str] = "minority-standpoint.withdrawn"
    KIND: ClassVar[Kind] = "decision"

    standpoint: Seq


class MinorityStandpointJoined(DatedFact, frozen=True, kw_only=True):
    """Another member holds the same standpoint."""

    TYPE: ClassVar[str] = "minority-standpoint.joined"
    KIND: ClassVar[Kind] = "decision"

    standpoint: Seq
    member: Code


class MinorityStandpointLeft(DatedFact, frozen=True, kw_only=True):
    """A member no longer holds the standpoint."""

    TYPE: ClassVar[str] = "minority-standpoint.left"
    KIND: ClassVar[Kind] = "decision"

    standpoint: Seq
    member: Code


class MinorityStandpointAnswered(DatedFact, frozen=True, kw_only=True):
    """Somebody replied to a standpoint; a reply is not a weighing."""

    TYPE: ClassVar[str] = "minority-standpoint.answered"
    KIND: ClassVar[Kind] = "decision"

    standpoint: Seq
    voice: Voice
    text: Sealed


class MinorityStandpointWeighed(DatedFact, frozen=True, kw_only=True):
    """A body says what it did with a standpoint and why, or the source gives no reason; it may happen again in another body."""

    TYPE: ClassVar[str] = "minority-standpoint.weighed"
    KIND: ClassVar[Kind] = "decision"

    standpoint: Seq
    outcome: Weighed
    by: Code
    reason: Sealed | None = None
    reason_missing: ReasonMissing | None = None
    landed: PartVersion | None = None


PositionFact = PositionRecorded | PositionExplained | PositionRevised | PositionWithdrawn
StandpointFact = (
    MinorityStandpointRecorded
    | MinorityStandpointAmended
    | MinorityStandpointWithdrawn
    | MinorityStandpointJoined
    | MinorityStandpointLeft
    | MinorityStandpointAnswered
    | MinorityStandpointWeighed
)
