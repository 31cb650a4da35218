"""What is kept of how others were heard and of what was promised: one row a fact."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from projections.row import Row, Text, Told, Voice
from register.decisions.facts import PartVersion
from register.values import ReasonMissing, Weighed


def codes_of(voice: Voice) -> tuple[str, ...]:
    """Every code that a voice names."""
    named = (*(voice.members or ()), *(voice.parties or ()), voice.subregion, voice.body)
    return tuple(dict.fromkeys(code for code in named if code))


class ConsultationRow(Row, frozen=True, kw_only=True):
    """A fact of one decision about who was heard or what was promised."""

    TABLE: ClassVar[str] = "consultation"


class Invited(ConsultationRow, frozen=True, kw_only=True, tag="invitation"):
    """Bodies or parties were asked for their view, together or each separately, within a term when the source gives one."""

    parties: tuple[str, ...]
    from_: str | None = None
    until: str | None = None
    separately: bool = False

    def about(self) -> tuple[str, ...]:
        """Those who were asked."""
        return self.parties


class Point(Told, frozen=True, kw_only=True):
    """One point of a view, under its number."""

    item: int
    gist: Text
    part: str | None = None


class Received(ConsultationRow, frozen=True, kw_only=True, tag="view"):
    """A view came in: one, from one voice, however many it speaks for."""

    voice: Voice
    text: Text
    kind: Literal["view", "bid", "reaction"]
    version: int | None = None
    items: tuple[Point, ...] = ()
    adds_to: int | None = None

    def about(self) -> tuple[str, ...]:
        """Those whom the source names."""
        return codes_of(self.voice)


class Declined(ConsultationRow, frozen=True, kw_only=True, tag="declined"):
    """A party let know that it gives no view."""

    party: str
    reason: Text | None = None

    def about(self) -> tuple[str, ...]:
        """The party."""
        return (self.party,)


class Missed(ConsultationRow, frozen=True, kw_only=True, tag="missed"):
    """It was recorded that no view of this party had come when the term of an invitation ended."""

    party: str
    invitation: int

    def about(self) -> tuple[str, ...]:
        """The party."""
        return (self.party,)


class ViewAnswer(ConsultationRow, frozen=True, kw_only=True, tag="view-answer"):
    """What was done with a view, or with one item of it, and why."""

    view: int
    outcome: Weighed
    item: int | None = None
    gist: Text | None = None
    reason: Text | None = None
    reason_missing: ReasonMissing | None = None
    by_body: str | None = None
    landed: PartVersion | None = None


class ReplyNote(ConsultationRow, frozen=True, kw_only=True, tag="reply-note"):
    """A reply note appeared, with the totals that it states itself."""

    by_body: str | None = None
    version: int | None = None
    letters: int | None = None
    items: int | None = None
    at: Text | None = None
    sha256: Text | None = None


class AdviceRequest(ConsultationRow, frozen=True, kw_only=True, tag="advice-request"):
    """A body was asked for advice."""

    body: str
    question: Text | None = None
    until: str | None = None

    def about(self) -> tuple[str, ...]:
        """The body that was asked."""
        return (self.body,)


class AdviceText(ConsultationRow, frozen=True, kw_only=True, tag="advice"):
    """Advice was given, asked (`request`) or unasked."""

    voice: Voice
    text: Text
    request: int | None = None

    def about(self) -> tuple[str, ...]:
        """Those whom the source names."""
        return codes_of(self.voice)


class AdviceAnswer(ConsultationRow, frozen=True, kw_only=True, tag="advice-answer"):
    """What a body did with advice, and why."""

    advice: int
    outcome: Weighed
    by_body: str
    reason: Text | None = None
    reason_missing: ReasonMissing | None = None


class Choice(Told, frozen=True, kw_only=True):
    """One of the alternatives of a poll."""

    option: int
    title: Text
    votes: int | None = None


class Poll(ConsultationRow, frozen=True, kw_only=True, tag="poll"):
    """Opinions were asked without deciding anything; `asked_n` and `answered` are the numbers that the source states."""

    question: Text
    among: str
    options: tuple[Choice, ...] = ()
    asked_n: int | None = None
    answered: int | None = None

    def about(self) -> tuple[str, ...]:
        """Those who were asked."""
        return (self.among,)


class Resolution(ConsultationRow, frozen=True, kw_only=True, tag="resolution"):
    """A meeting of councillors spoke out; it binds nobody and is handed to those in `to`."""

    voice: Voice
    text: Text
    to: tuple[str, ...] = ()

    def about(self) -> tuple[str, ...]:
        """Those who spoke and those to whom it is handed."""
        return tuple(dict.fromkeys((*codes_of(self.voice), *self.to)))


class Promise(ConsultationRow, frozen=True, kw_only=True, tag="undertaking"):
    """Somebody promised something, to a body and on a condition when the source says so."""

    text: Text
    voice: Voice
    to: str | None = None
    condition: Text | None = None
    due: str | None = None
    number: str | None = None

    def about(self) -> tuple[str, ...]:
        """Those who promised and the body to which it was promised."""
        return tuple(dict.fromkeys((*codes_of(self.voice), *((self.to,) if self.to else ()))))


class Progress(ConsultationRow, frozen=True, kw_only=True, tag="progress"):
    """Something was told about an undertaking that is still open."""

    undertaking: int
    text: Text


class Closing(ConsultationRow, frozen=True, kw_only=True, tag="closing"):
    """An undertaking is no longer open."""

    undertaking: int
    how: Literal["fulfilled", "lapsed", "withdrawn", "not-stated"] | None = None
    note: Text | None = None


AnyRow = (
    Invited | Received | Declined | Missed | ViewAnswer | ReplyNote | AdviceRequest | AdviceText | AdviceAnswer
    | Poll | Resolution | Promise | Progress | Closing
)  # fmt: skip


class TitleOf(msgspec.Struct, frozen=True, tag_field="fact", tag="summary"):
    """A decision by its title, as the read model of decisions tells it."""

    id: str
    title: Text
    struck: bool = False


class BodyOf(msgspec.Struct, frozen=True, tag_field="fact", tag="body"):
    """A body of a member and its layer, as governance tells it."""

    code: str
    of: str | None = None
    layer: Literal["council", "executive"] | None = None


class MemberOf(msgspec.Struct, frozen=True, tag_field="fact", tag="membership"):
    """That somebody is or was a member, as governance tells it."""

    member: str
