"""How old the last checkpoint is, and from when that is too old: what pages, people on call and machines are told of it.

The register signs again every hour while nothing comes, so an age beyond that says that publishing stands still.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from projections.reading import Connection
from register.publishing.ledger import last_checkpoint

ALARM = timedelta(hours=2)


class Freshness:
    """What this process remembers of the last signature; it looks again only when what it remembers is too old."""

    def __init__(self, alarm: timedelta = ALARM) -> None:
        """`alarm` is the age from which a checkpoint is too old."""
        self.alarm = alarm
        self._at: datetime | None = None

    def seen(self, at: datetime | None) -> None:
        """Remember when the last checkpoint was signed."""
        self._at = at

    def too_old(self, at: datetime | None, now: datetime) -> bool:
        """Tell whether a checkpoint of then is too old now; before the first one nothing is."""
        return at is not None and now - at > self.alarm

    async def look(self, connection: Connection, now: datetime) -> bool:
        """Tell whether the last checkpoint is too old, asking the database only when it may be."""
        if self._at is None or self.too_old(self._at, now):
            last = await last_checkpoint(connection)
            self._at = last.at if last is not None else None
        return self.too_old(self._at, now)

    @property
    def variant(self) -> str:
        """What a kept answer depends on: nothing, or the minute while the checkpoint is too old, since that can end at any moment."""
        now = datetime.now(UTC)
        return f"{now:%H:%M}" if self.too_old(self._at, now) else ""
