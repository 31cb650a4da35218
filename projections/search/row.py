"""What is found by words: a text at its seal, or a name in clear; and a hit as a reader sees it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

import msgspec

from projections.row import Row, Text, Told

Place = Literal["decision", "dossier", "meeting", "member", "body", "subregion", "party", "theme"]
"""What a hit leads to."""

What = Literal[
    "name", "number", "title", "question", "part-title", "part", "reason", "justification", "remark", "option", "outcome",
    "standpoint", "alternative", "reply", "weighing", "agenda-item", "document", "meeting", "cancellation",
    "dossier", "version", "edition", "route-step", "dossier-note",
    "view", "view-point", "view-answer", "advice", "advice-answer", "poll", "resolution", "undertaking",
]  # fmt: skip
"""What kind of text or name was found."""

TITLES: tuple[What, ...] = ("title", "part-title", "dossier", "edition", "agenda-item", "document", "meeting")
"""What is found before all other texts, and after names."""


class Findable(Row, frozen=True, kw_only=True, tag="findable"):
    """A text or a name with what it belongs to; `of` is the entry on whose card it is shown, `code` whose name it is."""

    TABLE: ClassVar[str] = "search"
    ASKED: ClassVar[tuple[str, ...]] = ("place", "what", "digest", "words", "code")

    place: Place
    what: What
    of: int
    text: Text | None = None
    words: str | None = None
    code: str | None = None
    part: str | None = None
    named: tuple[str, ...] = ()

    def about(self) -> tuple[str, ...]:
        """The bodies, members and parties that have to do with it."""
        return self.named

    def asked(self) -> tuple[object, ...]:
        """What it is found by."""
        return (self.place, self.what, self.text.sd[0] if self.text else None, self.words, self.code)


class Piece(Told, frozen=True, kw_only=True):
    """Some letters of what was found; `mark` when they are what was asked for."""

    text: str
    mark: bool = False


class Hit(Told, frozen=True, kw_only=True):
    """Something that was found, the best first.

    It is on the page of `place`: a decision, dossier or meeting by `id`, anything else by `code`. `of` is the entry on whose card
    it stands there, and `position` the one that said it. `title` is that of the decision, or of the dossier on that day, `name` what the body of the meeting or
    whoever has the code is called that day; `meeting_on` the planned day of the meeting.
    """

    place: Place
    what: What
    position: int
    of: int
    snippet: tuple[Piece, ...]
    lang: str | None = None
    id: str | None = None
    code: str | None = None
    part: str | None = None
    title: Text | None = None
    name: str | None = None
    meeting_on: str | None = None
    on: str | None = None
    valid_from: date | None = None
    known_from: datetime | None = None


class TitleOf(msgspec.Struct, frozen=True, tag_field="fact", tag="summary"):
    """A decision by its title, as the read model of decisions tells it."""

    id: str
    title: Text


class CalledOf(msgspec.Struct, frozen=True, tag_field="fact", tag="titled"):
    """A dossier by the title of a period, as the read model of dossiers tells it."""

    stream: str
    title: Text


class PlanOf(msgspec.Struct, frozen=True, tag_field="fact", tag="planned", rename="camel"):
    """A meeting by its body and day, as the read model of decisions tells it."""

    stream: str
    body: str
    planned_on: str


class NameOf(msgspec.Struct, frozen=True, tag_field="fact", tag="name", rename="camel"):
    """What a member or body was called for a period, as governance tells it."""

    code: str
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
