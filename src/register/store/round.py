"""One attempt at a batch: what the writer sees, what was decided on it, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from register.store.appending import Append
from register.store.cache import Seen
from register.store.ticket import Ticket


class Refused:
    """A command that its rules refused, on what the writer knew then."""

    __slots__ = ("reads", "reason", "ticket")

    def __init__(self, ticket: Ticket, reason: Exception, reads: Sequence[UUID]) -> None:
        self.ticket = ticket
        self.reason = reason
        self.reads = reads


class Round:
    """One attempt at a batch, decided and not yet stored.

    `view` has the streams as they are after the commands decided so far, `guards` their versions before.
    """

    __slots__ = ("guards", "kept", "refused", "view", "written")

    def __init__(self) -> None:
        self.view: dict[UUID, Seen | Exception] = {}
        self.guards: dict[UUID, int] = {}
        self.kept: list[tuple[Ticket, Append]] = []
        self.refused: list[Refused] = []
        self.written: set[UUID] = set()

    def see(self, stream: UUID, seen: Seen | Exception) -> None:
        """Bring a stream into view as it is before this round."""
        self.view[stream] = seen
        if isinstance(seen, Seen):
            self.guards[stream] = seen.version

    def states(self, reads: Iterable[UUID]) -> tuple[dict[UUID, object], dict[UUID, int]]:
        """State and version of each stream; raises what made a stream unreadable."""
        states: dict[UUID, object] = {}
        versions: dict[UUID, int] = {}
        view = self.view
        for stream in reads:
            seen = view[stream]
            if isinstance(seen, Exception):
                raise seen
            states[stream] = seen.state
            versions[stream] = seen.version
        return states, versions
