"""The one place of the read side where texts are."""

from __future__ import annotations

from datetime import datetime

import msgspec

from projections.row import Text, Told


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one sealed field, at its place in the log; `text` is None when its opening is gone.

    `withheld` is the ground on which it was withdrawn by `authority` on a day, `entry` the position of the entry that says so, and
    `instead` the seal of the text that took its place.
    """

    stream: str
    seq: int
    field: str
    digest: str
    text: str | None = None
    withheld: str | None = None
    authority: str | None = None
    on: str | None = None
    entry: int | None = None
    instead: str | None = None


class Withdrawal(Told, frozen=True, kw_only=True):
    """One text that was withdrawn: the entry that says so, and the place at which the text stood."""

    position: int
    known_from: datetime
    ground: str
    authority: str
    on: str
    stream: str
    kind: str
    type: str
    field: str
    of: int
    """The position of the entry in which the text stood."""
    instead: Text | None = None
