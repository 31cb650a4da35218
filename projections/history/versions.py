"""The versions of a row through both clocks: which was known when, and whether what it says had begun and was over; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from projections.at import At

LATER = {
    "withdrawnOn": ("withdrawnOn", "withdrawnBy", "because", "overruled"),
    "explainedOn": ("explainedOn", "explainedBy", "reason"),
    "leftOn": ("leftOn", "leftBy"),
}
"""What a row tells of a day after the one on which it began: the field of that day, and those that belong to it."""
REVISABLE = frozenset({"position", "text"})
"""Rows that another one takes the place of when a position is revised or a standpoint amended."""


class Version(msgspec.Struct, frozen=True):
    """A row as it was known from entry `since` until entry `until`."""

    key: str
    since: int
    known_from: datetime
    until: int | None
    known_until: datetime | None
    valid_from: date | None
    valid_until: date | None
    body: dict[str, Any]

    @property
    def seq(self) -> int:
        """The number of the entry that made it."""
        return int(self.body["seq"])

    @property
    def revisable(self) -> bool:
        """Whether it is a position or the words of a standpoint."""
        return self.body["fact"] in REVISABLE


def begun_by(position: int | None, known: datetime | None, at: At) -> bool:
    """Whether an entry was known at a moment."""
    if position is None or known is None:
        return False
    if at.position is not None:
        return position <= at.position
    return at.known_at is None or known <= at.known_at


def over_by(version: Version, at: At) -> bool:
    """Whether what a row says held no longer on the day."""
    return version.valid_until is not None and version.valid_until < at.valid_on


def told_by(body: dict[str, Any], day: date) -> dict[str, Any]:
    """What a row says on a day: without what happened to it only later."""
    later = {field for on, fields in LATER.items() if str(body.get(on) or "") > day.isoformat() for field in fields}
    return {name: value for name, value in body.items() if name not in later} if later else body


def standing(versions: Sequence[Version], at: At) -> dict[str, Version]:
    """The rows known at a moment that held on the day or before it, by key."""
    return {
        each.key: each
        for each in versions
        if begun_by(each.since, each.known_from, at)
        and not begun_by(each.until, each.known_until, at)
        and (each.valid_from is None or each.valid_from <= at.valid_on)
    }
