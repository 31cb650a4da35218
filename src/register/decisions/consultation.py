"""How others are heard on a question, and what was promised.

The views of councils, advice, polls, resolutions and undertakings live in the stream of the decision that they are about.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from register.decisions.facts import Option, PartVersion
from register.fact import DatedFact, Fact, Kind
from register.values import (
    Code,
    Codes,
    Count,
    Number,
    ReasonMissing,
    Reference,
    Sealed,
    Seq,
    Voice,
    Weighed,
    When,
)


class ViewItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One point of a view, under the number that the source or the register gives it, on a part when it names one."""

    item: Number
    gist: Sealed
    part: Code | None = None


class ViewsInvited(DatedFact, frozen=True, kw_only=True):
    """Bodies or parties were asked for their view, together or each `separately`, within a term when the source gives one.

    Each invitation counts its own answers.
    """

    TYPE: ClassVar[str] = "views.invited"
    KIND: ClassVar[Kind] = "decision"

    parties: Codes
    from_: When | None = None
    until: When | None = None
    separately: bool | None = None


class ViewReceived(DatedFact, frozen=True, kw_only=True):
    """A view came in: one, from one voice, however many it speaks for. `adds_to` is the joint view to which one of them adds."""

    TYPE: ClassVar[str] = "view.received"
    KIND: ClassVar[Kind] = "decision"

    voice: Voice
    text: Sealed
    kind: Literal["view", "bid", "reaction"]
    version: Number | None = None
    items: Annotated[tuple[ViewItem, ...], Meta(min_length=1, max_length=100)] | None = None
    adds_to: Seq | None = None


class ViewDeclined(DatedFact, frozen=True, kw_only=True):
    """A party let know that it gives no view."""

    TYPE: ClassVar[str] = "view.declined"
    KIND: ClassVar[Kind] = "decision"

    party: Code
    reason: Sealed | None = None


class ViewMissed(Fact, frozen=True, kw_only=True):
    """The term of invitation `invitation` ended and no view of this party had been received; a late view may still follow."""

    TYPE: ClassVar[str] = "view.missed"
    KIND: ClassVar[Kind] = "decision"

    party: Code
    invitation: Seq


class ViewAnswered(DatedFact, frozen=True, kw_only=True):
    """What was done with a view, or with one item of it, and why."""

    TYPE: ClassVar[str] = "view.answered"
    KIND: ClassVar[Kind] = "decision"

    view: Seq
    outcome: Weighed
    item: Number | None = None
    gist: Sealed | None = None
    reason: Sealed | None = None
    reason_missing: ReasonMissing | None = None
    by: Code | None = None
    landed: PartVersion | None = None


class ReplyNotePublished(DatedFact, frozen=True, kw_only=True):
    """A reply note (Nota van Beantwoording) appeared; `letters` and `items` are the totals that it states itself."""

    TYPE: ClassVar[str] = "reply-note.published"
    KIND: ClassVar[Kind] = "decision"

    by: Code | None = None
    version: Number | None = None
    letters: Count | None = None
    items: Count | None = None
    at: Sealed | None = None
    sha256: Sealed | None = None


class AdviceRequested(DatedFact, frozen=True, kw_only=True):
    """A body was asked for advice."""

    TYPE: ClassVar[str] = "advice.requested"
    KIND: ClassVar[Kind] = "decision"

    body: Code
    question: Sealed | None = None
    until: When | None = None


class AdviceGiven(DatedFact, frozen=True, kw_only=True):
    """Advice was given, asked (`request`) or unasked; its supporters are those of the voice."""

    TYPE: ClassVar[str] = "advice.given"
    KIND: ClassVar[Kind] = "decision"

    voice: Voice
    text: Sealed
    request: Seq | None = None


class AdviceAnswered(DatedFact, frozen=True, kw_only=True):
    """What body `by` did with advice, and why."""

    TYPE: ClassVar[str] = "advice.answered"
    KIND: ClassVar[Kind] = "decision"

    advice: Seq
    outcome: Weighed
    by: Code
    reason: Sealed | None = None
    reason_missing: ReasonMissing | None = None


class PollHeld(DatedFact, frozen=True, kw_only=True):
    """Opinions were asked without deciding anything; `asked` and `answered` are the numbers that the source states."""

    TYPE: ClassVar[str] = "poll.held"
    KIND: ClassVar[Kind] = "decision"

    question: Sealed
    among: Code
    options: Annotated[tuple[Option, ...], Meta(min_length=1, max_length=50)] | None = None
    asked: Count | None = None
    answered: Count | None = None


class ResolutionGiven(DatedFact, frozen=True, kw_only=True):
    """A meeting of councillors spoke out; it binds nobody and is handed to those named in `to`."""

    TYPE: ClassVar[str] = "resolution.given"
    KIND: ClassVar[Kind] = "decision"

    voice: Voice
    text: Sealed
    to: Codes | None = None


class UndertakingGiven(DatedFact, frozen=True, kw_only=True):
    """Somebody promised something, to a body and on a condition when the source says so."""

    TYPE: ClassVar[str] = "undertaking.given"
    KIND: ClassVar[Kind] = "decision"

    text: Sealed
    voice: Voice
    to: Code | None = None
    condition: Sealed | None = None
    due: When | None = None
    number: Reference | None = None


class UndertakingProgressed(DatedFact, frozen=True, kw_only=True):
    """Something was told about an undertaking that is still open."""

    TYPE: ClassVar[str] = "undertaking.progressed"
    KIND: ClassVar[Kind] = "decision"

    undertaking: Seq
    text: Sealed


class UndertakingClosed(DatedFact, frozen=True, kw_only=True):
    """An undertaking is no longer open."""

    TYPE: ClassVar[str] = "undertaking.closed"
    KIND: ClassVar[Kind] = "decision"

    undertaking: Seq
    how: Literal["fulfilled", "lapsed", "withdrawn", "not-stated"] | None = None
    note: Sealed | None = None


ConsultationFact = (
    ViewsInvited
    | ViewReceived
    | ViewDeclined
    | ViewMissed
    | ViewAnswered
    | ReplyNotePublished
    | AdviceRequested
    | AdviceGiven
    | AdviceAnswered
    | PollHeld
    | ResolutionGiven
    | UndertakingGiven
    | UndertakingProgressed
    | UndertakingClosed
)
