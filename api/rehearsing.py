"""Trying facts on the register as it is now, without recording them: so that a page tells all that is wrong before anything is kept.

What is tried here is decided again when it is recorded; in between somebody else may have been first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

from api.accounts import Account
from register.decider import State, decide, nothing_yet
from register.fact import Fact
from register.governance.state import Governance
from register.history import Recorded
from register.refusals import Refused
from register.register import Charter, Streams
from register.store.reading import Reader
from register.world import Actor, World


class Stage(msgspec.Struct, frozen=True):
    """The register as an account would find it: one stream, and what the rules look at around it."""

    stream: UUID
    state: State | None
    world: World

    @property
    def history(self) -> tuple[Recorded, ...]:
        """What the stream holds."""
        return self.state.history if self.state is not None else ()

    def wrote(self, cause: UUID) -> bool:
        """Whether a request with this key was recorded here before."""
        return any(entry.cause == str(cause) for entry in self.history)

    def tried(self, facts: Sequence[Fact]) -> tuple[Refused | None, ...]:
        """Why each of the facts would be refused, one after the other; a refused one is passed over by those after it."""
        state, found = self.state, list[Refused | None]()
        for fact in facts:
            before = state if state is not None else nothing_yet(fact.KIND)
            try:
                state = decide((fact,), str(self.stream), "", before, self.world)[1]
            except Refused as refused:
                found.append(refused)
            else:
                found.append(None)
        return tuple(found)


async def stage(
    conn: AsyncConnection[Any], charter: Charter, account: Account, today: date, streams: Sequence[UUID]
) -> tuple[Stage, ...]:
    """Each of the streams as it is now, for the account."""
    folded = Streams(charter.time_zone)
    reader = Reader(conn)
    states: dict[UUID, State | None] = {}
    for stream in (charter.governance, *streams):
        rows = [(row.position, row.entry) for row in await reader.stream(stream)]
        states[stream] = folded.apply(None, rows) if rows else None
    governance = states[charter.governance]
    world = World(
        region=charter.region,
        today=today,
        actor=Actor(account=account.account, mandates=account.mandates),
        governance=governance if isinstance(governance, Governance) else Governance(),
        streams={str(stream): state for stream, state in states.items() if state is not None},
    )
    return tuple(Stage(stream, states[stream], world) for stream in streams)
