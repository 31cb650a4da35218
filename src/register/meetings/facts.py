"""What happens to a meeting; one stream each."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from register.fact import DatedFact, Fact, Instead, Kind
from register.values import (
    ClockTime,
    Code,
    Codes,
    CorrectionKind,
    Id,
    Letter,
    OnlyFalse,
    Reference,
    Sealed,
    Seq,
    Struck,
    Votes,
    When,
)


class MeetingPlanned(Fact, frozen=True, kw_only=True):
    """A body is to meet on a day; `written` when it decides in writing."""

    TYPE: ClassVar[str] = "meeting.planned"
    KIND: ClassVar[Kind] = "meeting"

    body: Code
    planned_on: When
    starts_at: ClockTime | None = None
    written: bool | None = None
    title: Sealed | None = None
    source: Sealed | None = None


class MeetingRescheduled(DatedFact, frozen=True, kw_only=True):
    """A meeting was moved to another day; the former day stays on record."""

    TYPE: ClassVar[str] = "meeting.rescheduled"
    KIND: ClassVar[Kind] = "meeting"

    planned_on: When
    starts_at: ClockTime | None = None


class Absence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who was not there, and whether it said so beforehand."""

    member: Code
    notice: bool | None = None


class Attendance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How many were there and how many were not, as the source states it; what it does not state is absent."""

    present: Votes | None = None
    absent: Votes | None = None


class MeetingHeld(DatedFact, frozen=True, kw_only=True):
    """A meeting took place; present and absent are those that the source names, `stated` the numbers that it gives."""

    TYPE: ClassVar[str] = "meeting.held"
    KIND: ClassVar[Kind] = "meeting"

    present: Codes | None = None
    absent: Annotated[tuple[Absence, ...], Meta(min_length=1, max_length=200)] | None = None
    stated: Attendance | None = None


class MeetingCancelled(DatedFact, frozen=True, kw_only=True):
    """A meeting did not take place."""

    TYPE: ClassVar[str] = "meeting.cancelled"
    KIND: ClassVar[Kind] = "meeting"

    reason: Sealed | None = None


class AgendaItemPlaced(Fact, frozen=True, kw_only=True):
    """A subject stands on the agenda under a number, with a letter for an annex.

    `numbered` is only ever false: the source gives no number, and `item` counts in the order of the source.
    """

    TYPE: ClassVar[str] = "agenda-item.placed"
    KIND: ClassVar[Kind] = "meeting"

    item: Reference
    title: Sealed
    letter: Letter | None = None
    numbered: OnlyFalse | None = None


class AgendaItemWithdrawn(DatedFact, frozen=True, kw_only=True):
    """An agenda item was taken off the agenda."""

    TYPE: ClassVar[str] = "agenda-item.withdrawn"
    KIND: ClassVar[Kind] = "meeting"

    item: Reference
    letter: Letter | None = None


class DocumentPublished(DatedFact, frozen=True, kw_only=True):
    """A paper of the meeting can be read, asked for, or is missing."""

    TYPE: ClassVar[str] = "document.published"
    KIND: ClassVar[Kind] = "meeting"

    kind: Literal["agenda", "minutes", "decision-list", "feedback-note", "recording", "annex"]
    state: Literal["public", "on-request", "missing"]
    title: Sealed | None = None
    at: Sealed | None = None
    sha256: Sealed | None = None
    item: Reference | None = None
    letter: Letter | None = None


class MeetingCorrected(Fact, frozen=True, kw_only=True):
    """Entry `corrects` of this stream was wrong; `instead` is what it should have said, absent when it is annulled."""

    TYPE: ClassVar[str] = "meeting.corrected"
    KIND: ClassVar[Kind] = "meeting"

    corrects: Seq
    kind: CorrectionKind
    grounds: Sealed
    instead: Instead | None = None


class MeetingStruck(Fact, frozen=True, kw_only=True):
    """The meeting leaves all counts and lists; its address and its entries stay."""

    TYPE: ClassVar[str] = "meeting.struck"
    KIND: ClassVar[Kind] = "meeting"

    because: Struck
    grounds: Sealed
    see: Id | None = None


MeetingFact = (
    MeetingPlanned
    | MeetingRescheduled
    | MeetingHeld
    | MeetingCancelled
    | AgendaItemPlaced
    | AgendaItemWithdrawn
    | DocumentPublished
    | MeetingCorrected
    | MeetingStruck
)
