"""What the rules remember of the register itself, and what may happen to it: opened once, corrected in what nothing rests on.

What may be withdrawn stands in `withdrawing.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from register.charter.facts import CharterFact, DisclosureWithdrawn, RegisterOpened
from register.charter.withdrawing import withdrawal_holds
from register.history import CORRECTIONS, Recorded, effective, replaced_by
from register.refusals import Conflict, Refusal
from register.world import World

MAY_CHANGE = ("contact", "region.name", "evidence")
"""What a correction of the first entry may change; ids, days, digests and languages rest on the rest."""


class AlreadyOpened(Conflict, frozen=True, kw_only=True):
    """This register was opened already, for region {what}; one database holds one register."""

    nl: ClassVar[str] = "Dit register is al geopend, voor regio {what}; één database houdt één register."


class FixedAtOpening(Conflict, frozen=True, kw_only=True):
    """Only the name of the region and the contact of a register can be corrected; {what} was fixed when it was opened."""

    nl: ClassVar[str] = (
        "Alleen de naam van de regio en het contact van een register zijn te corrigeren; {what} ligt vast sinds de opening."
    )


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """The register: as it was opened, or as that was corrected."""

    opened: RegisterOpened | None = None
    history: tuple[Recorded, ...] = ()


def may(fact: CharterFact, stream: str, state: Charter, world: World) -> Iterator[Refusal]:
    """A register is opened once, before anything else, and what its ids and days rest on stays as it was opened."""
    instead = replaced_by(fact)
    if isinstance(fact, RegisterOpened) and state.opened is not None:
        yield AlreadyOpened(what=state.opened.region.code)
    elif isinstance(instead, RegisterOpened) and state.opened is not None:
        yield from (FixedAtOpening(field=f"instead.data.{name}", what=name) for name in _fixed(state.opened, instead))
    elif isinstance(fact, DisclosureWithdrawn):
        yield from withdrawal_holds(fact, stream, state.history, world)


def _fixed(was: RegisterOpened, said: RegisterOpened) -> Iterator[str]:
    """What differs between two openings and may not."""
    before, after = _flat(was), _flat(said)
    yield from sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name) and name not in MAY_CHANGE
    )


def _flat(opened: RegisterOpened) -> dict[str, object]:
    fields: dict[str, object] = msgspec.to_builtins(opened)
    region: dict[str, object] = fields.pop("region")  # type: ignore[assignment]  # a region is an object with a code and a name
    return fields | {f"region.{name}": value for name, value in region.items()}


def evolve(state: Charter, entry: Recorded) -> Charter:
    """The state after one more entry; a correction folds the whole history anew."""
    history = (*state.history, entry)
    opened = state.opened
    for held in effective(history) if entry.fact.TYPE in CORRECTIONS else (entry,):
        opened = held.fact if isinstance(held.fact, RegisterOpened) else opened
    return Charter(opened=opened, history=history)
