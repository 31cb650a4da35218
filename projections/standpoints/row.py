"""Minority standpoints: who holds another view, what was answered, and how it was weighed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from projections.row import Row, Text, Told, Voice
from register.decisions.facts import PartVersion
from register.values import ReasonMissing, Weighed


class StandpointRow(Row, frozen=True, kw_only=True):
    """A fact about a minority standpoint; `standpoint` is the number of the entry that recorded it."""

    TABLE: ClassVar[str] = "standpoints"

    standpoint: int


class StandpointText(StandpointRow, frozen=True, kw_only=True, tag="text"):
    """A standpoint in the words it had for a while; amended, it is another row from that day."""

    voice: Voice
    text: Text
    alternative: Text | None = None
    parts: tuple[str, ...] = ()
    against: int | None = None
    adds_to: int | None = None
    from_: str | None = None
    until: str | None = None
    amended_by: int | None = None
    withdrawn_on: date | None = None
    withdrawn_by: int | None = None

    def about(self) -> tuple[str, ...]:
        """The members and parties that the source names, those who dissent, and the sub-region."""
        voice = self.voice
        named = (*(voice.members or ()), *(voice.parties or ()), *(voice.dissent or ()), voice.subregion)
        return tuple(dict.fromkeys(code for code in named if code))


class Holder(StandpointRow, frozen=True, kw_only=True, tag="holder"):
    """Another member holds it too, for a while."""

    member: str
    left_on: date | None = None
    left_by: int | None = None

    def about(self) -> tuple[str, ...]:
        """The member."""
        return (self.member,)


class Left(StandpointRow, frozen=True, kw_only=True, tag="left"):
    """One of those who recorded it holds it no longer."""

    member: str

    def about(self) -> tuple[str, ...]:
        """The member."""
        return (self.member,)


class Answer(StandpointRow, frozen=True, kw_only=True, tag="answer"):
    """Somebody replied; a reply is not a weighing."""

    voice: Voice
    text: Text


class Weighing(StandpointRow, frozen=True, kw_only=True, tag="weighing"):
    """What a body did with it, and why."""

    outcome: Weighed
    by_body: str
    reason: Text | None = None
    reason_missing: ReasonMissing | None = None
    landed: PartVersion | None = None


AnyRow = StandpointText | Holder | Left | Answer | Weighing


Status = Literal["open", "adopted", "partly-adopted", "not-adopted", "noted", "withdrawn"]


class TitleOf(msgspec.Struct, frozen=True, tag_field="fact", tag="summary"):
    """A decision as far as its standpoints need it."""

    id: str
    title: Text
    struck: bool = False


class Belonging(msgspec.Struct, frozen=True, tag_field="fact", tag="in-subregion", rename="camel"):
    """That a member belonged to a sub-region for a period."""

    member: str
    subregion: str
    valid_from: date | None = None
    valid_until: date | None = None


class Membership(msgspec.Struct, frozen=True, tag_field="fact", tag="membership", rename="camel"):
    """That somebody was a member for a period."""

    member: str
    valid_from: date | None = None
    valid_until: date | None = None


class Standpoint(Told, frozen=True, kw_only=True):
    """A minority standpoint as it stands on a day.

    `counted` are the members for whom it counts that day (own, joint and vanuit, with those who joined and without those who
    left), `spoken_for` those that somebody else spoke for, never counted. When the source speaks for a sub-region and names nobody,
    `through_subregion` are its members in the period of the standpoint: shown with them, never filled in. `status` is open until a body has weighed it; a reply
    does not change that. `open_since` is the day from which it waits.
    """

    id: str
    decision: str
    decision_title: Text
    recorded: StandpointText
    status: Status
    open_since: date
    counted: tuple[str, ...] = ()
    spoken_for: tuple[str, ...] = ()
    through_subregion: tuple[str, ...] = ()
    in_force: bool = True
    versions: tuple[StandpointText, ...] = ()
    holders: tuple[Holder, ...] = ()
    left: tuple[Left, ...] = ()
    answers: tuple[Answer, ...] = ()
    weighings: tuple[Weighing, ...] = ()
