"""What the rules remember of the register itself: whether it was opened, for which region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from register.charter.facts import RegisterOpened
from register.history import Recorded
from register.refusals import Conflict, Refusal


class AlreadyOpened(Conflict, frozen=True, kw_only=True):
    """This register was opened already, for region {what}; one database holds one register."""

    nl: ClassVar[str] = "Dit register is al geopend, voor regio {what}; één database houdt één register."


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """The register: as it was opened."""

    opened: RegisterOpened | None = None
    history: tuple[Recorded, ...] = ()


def opened(state: Charter) -> Iterator[Refusal]:
    """A register is opened once, before anything else."""
    if state.opened is not None:
        yield AlreadyOpened(what=state.opened.region.code)


def evolve(state: Charter, entry: Recorded) -> Charter:
    """The state after one more entry."""
    opening = entry.fact if isinstance(entry.fact, RegisterOpened) else state.opened
    return Charter(opened=opening, history=(*state.history, entry))
