"""What the register does not know: one gap a row, and how many there are of each kind."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import msgspec

from projections.row import Text, Told

Kind = Literal[
    "no-outcome", "no-ballot", "names-missing", "positions-not-recorded", "no-justification", "standpoint-not-weighed",
    "no-evidence", "press-only", "not-confirmed", "no-minutes",
    "meeting-without-papers", "items-without-decision", "meeting-never-held",
    "member-not-recorded", "dissent-without-reason",
    "view-not-answered", "view-not-recorded", "advice-not-answered", "undertaking-overdue",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_MEETINGS: frozenset[Kind] = frozenset({"meeting-without-papers", "items-without-decision", "meeting-never-held"})
"""What is missing in a meeting; everything else in a decision or of a member."""


class Gap(Told, frozen=True, kw_only=True):
    """Something that is missing: `n` of `of`, when it is more than one thing.

    It is shown at `decision` (on the card of entry `seq`, about `part`), `meeting` or `member`; `position` is the entry that
    raises the question, and `since` the day from which the answer is missing.
    """

    kind: Kind
    n: int
    position: int
    decision: str | None = None
    title: Text | None = None
    meeting: str | None = None
    body: str | None = None
    on: str | None = None
    member: str | None = None
    part: str | None = None
    part_title: Text | None = None
    seq: int | None = None
    of: int | None = None
    since: date | None = None


class Counted(Told, frozen=True, kw_only=True):
    """How many gaps there are of a kind, and how many things are missing in them together."""

    kind: Kind
    gaps: int
    n: int


class TitleOf(msgspec.Struct, frozen=True, tag_field="fact", tag="summary", rename="camel"):
    """A decision by its title, as the read model of decisions tells it."""

    id: str
    title: Text
    acted_on: date


class PlanOf(msgspec.Struct, frozen=True, tag_field="fact", tag="planned", rename="camel"):
    """A meeting by its body and day, as the read model of decisions tells it."""

    stream: str
    body: str
    planned_on: str
