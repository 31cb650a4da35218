"""What a rule may look at besides its own stream: who acts, on which day, the region's governance and the other streams named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from register.governance.state import Governance


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: an account with the mandates it holds, or the register itself or an import, which have neither."""

    account: str | None = None
    mandates: tuple[str, ...] = ()
    system: str | None = None


IMPORT = Actor(system="import")
REGISTER = Actor(system="register")


class World(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the register around one command; everything in it was read under a guard."""

    region: str
    today: date
    actor: Actor
    governance: Governance
    streams: Mapping[str, object] = {}
    accounts: Mapping[str, str | None] = {}

    def at(self, address: str) -> object | None:
        """The state of the stream of an address `{id}` or `{id}.{seq}`, None when the register has no such stream or entry."""
        stream, _, seq = address.partition(".")
        state = self.streams.get(stream)
        if seq and not 1 <= int(seq) <= len(getattr(state, "history", ())):
            return None
        return state


class Hand(msgspec.Struct, frozen=True):
    """The hand that writes an entry: the mandate (or `import`, `register`), for whom, in which role."""

    by: str
    for_: str
    role: str
