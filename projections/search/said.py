"""A text that a reader may look for, as an entry has it, and the codes of those who said it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from projections.search.row import What
from register.values import Sealed, Voice


class Said(msgspec.Struct, frozen=True):
    """A text in an entry: its field, what it is, and the entry on whose card it is shown when that is another one."""

    field: str
    what: What
    seal: Sealed | None
    of: int | None = None
    part: str | None = None
    named: tuple[str, ...] = ()


def speakers(voice: Voice) -> tuple[str, ...]:
    """Everybody whom a voice names."""
    named: Iterable[str | None] = (*(voice.members or ()), *(voice.parties or ()), voice.subregion, voice.body)
    return tuple(code for code in named if code)
