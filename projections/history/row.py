"""Every entry of a decision, in order, for replay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Literal

import msgspec

from projections.row import Row, Told
from register.governance.facts import Role


class Event(Row, frozen=True, kw_only=True, tag="event"):
    """One entry of a decision. `data` is what it says, as in the entry, with each text at its place.

    `corrected_by` and `corrected_to` tell the correction that replaced it and what it should have said (absent: annulled).
    """

    TABLE: ClassVar[str] = "history"

    type: str
    v: int
    cause: str
    for_: str
    data: dict[str, Any]
    corrected_to: dict[str, Any] | None = None


class Hand(msgspec.Struct, frozen=True, tag_field="fact", tag="mandate"):
    """A mandate as far as history tells it."""

    mandate: str
    role: Role
    body: str | None = None


class Step(Told, frozen=True, kw_only=True):
    """An entry with the hand that wrote it: the role of its mandate, None for an import or the register itself."""

    event: Event
    role: Role | None = None
    body: str | None = None


class Change(Told, frozen=True, kw_only=True):
    """What a fact said before and after; only `before` when it is gone, only `after` when it is new.

    `model` is the read model that tells it, `fact` its kind there; `before` and `after` are its row.
    """

    model: str
    fact: str
    key: str
    how: Literal["new", "changed", "gone"]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


How = Literal["added", "changed", "corrected", "withdrawn", "ended", "gone"]
"""What became of a fact from one moment to another; gone only when the other moment is the earlier one."""


class Moment(Told, frozen=True, kw_only=True):
    """A cut of the two clocks: what held on `valid_on` as known at `known_at` (None: everything that is known)."""

    valid_on: date
    known_at: datetime | None = None


class Altered(Told, frozen=True, kw_only=True):
    """What a fact said at the one moment and the other, with the positions of the entries that made the difference.

    Where nothing was learned in between, the difference is one of days, and the entry is the one that told it.
    """

    model: str
    fact: str
    key: str
    how: How
    entries: tuple[int, ...]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class Between(Told, frozen=True, kw_only=True):
    """The difference of a decision from `before` (None: before its first entry) to `after`, with the entries `learned` in between."""

    id: str
    after: Moment
    before: Moment | None = None
    changes: tuple[Altered, ...] = ()
    learned: tuple[Step, ...] = ()
