"""Who must have seen a log (C2SP tlog-policy, as of August 2026): witnesses, groups of them, and how many are enough."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

from register.tlog.notes import Key

NONE: Final = "none"


class Witness(msgspec.Struct, frozen=True):
    """Somebody who signs what the log was; one without an address is known but not asked."""

    name: str
    key: Key
    url: str = ""

    @property
    def line(self) -> str:
        """As it stands in a policy."""
        return f"witness {self.name} {self.key.vkey} {self.url}".rstrip()


class Group(msgspec.Struct, frozen=True):
    """Has seen a log when `least` of its members have."""

    name: str
    least: int
    members: tuple[str, ...]

    @property
    def line(self) -> str:
        """As it stands in a policy."""
        return f"group {self.name} {self.least} {' '.join(self.members)}"


class Policy(msgspec.Struct, frozen=True):
    """The witnesses of a log, and the name of the witness or group that is the quorum."""

    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE

    @property
    def text(self) -> str:
        """All but the keys of the log, in the order in which a policy may name things."""
        lines = (
            *(each.line for each in self.witnesses),
            *(each.line for each in self.groups),
            f"quorum {self.quorum}",
        )
        return "".join(f"{line}\n" for line in lines)

    def met(self, seen: Collection[str]) -> bool:
        """Tell whether these witnesses, by their names here, are enough."""
        holds = {NONE: True} | {each.name: each.name in seen for each in self.witnesses}
        for group in self.groups:
            holds[group.name] = sum(holds[member] for member in group.members) >= group.least
        return holds[self.quorum]
