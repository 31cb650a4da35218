"""The one place of the read side where texts are."""

from __future__ import annotations

import msgspec


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one sealed field, at its place in the log; `text` is None when its opening is gone.

    `withheld` is the ground on which it was withdrawn, `instead` the seal of the text that took its place.
    """

    stream: str
    seq: int
    field: str
    digest: str
    text: str | None = None
    withheld: str | None = None
    instead: str | None = None
