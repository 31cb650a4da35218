"""Brings back what was signed under the entries: checkpoints as the log signed them, what witnesses signed too, and time stamps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from psycopg import Connection

from register import verify as outside
from register.publishing.stamp_rows import KEEP as STAMPED
from register.publishing.timestamps import Stamp
from register.restoring.published import Published, signed_at
from register.restoring.refusing import RestoreRefused
from register.tlog.notes import Note
from register.tlog.witnessing import of_log

Owner = Connection[tuple[Any, ...]]

KEPT = """
    SELECT c.size, greatest(c.at, (SELECT max(s.at) FROM log.cosigned s WHERE s.size = c.size))
    FROM log.checkpoints c ORDER BY c.size DESC LIMIT 1
"""
KEEP = "INSERT INTO log.checkpoints (size, root, note, at) VALUES (%s, %s, %s, %s)"
COSIGN = "INSERT INTO log.cosigned (size, number, kind, note, at) VALUES (%s, %s, %s, %s, %s)"
STAMP = f"{STAMPED} ON CONFLICT DO NOTHING"


class Checkpoints:
    """Those that were published and that the database has not, the smallest first."""

    def __init__(self, owner: Owner, log: Published) -> None:
        self._owner, self._log = owner, log
        row = owner.execute(KEPT).fetchone()
        last = row[0] if row is not None else 0
        self._at: datetime | None = row[1] if row is not None else None
        self._left = [size for size in reversed(log.sizes()) if size > last]

    def up_to(self, size: int) -> int:
        """Keep those over at most so many entries; how many there were."""
        count = 0
        while self._left and self._left[-1] <= size:
            each = self._left.pop()
            if (shown := self._log.note(each)) is None:
                msg = f"checkpoints/{each}: changed while it was restored; look at the log with `register verify` and begin again"
                raise RestoreRefused(msg)
            self._keep(each, shown)
            count += 1
        return count

    def _keep(self, size: int, shown: bytes) -> None:
        """What the log signed, what was shown with the signatures of others, and what is shown now when it was signed once more."""
        note = Note.read(shown)
        kept = of_log(note, note.text.partition("\n")[0]).raw
        self._owner.execute(KEEP, (size, self._log.root(size), kept, self._moment(shown)))
        # Of the last one it must be known that it was shown so, or witnesses are asked for other signatures in its place.
        last = size == self._log.size
        others = [("shown", shown)] if last or shown != kept else []
        again = self._log.shown if last else shown
        others += [("again", again)] if again != shown else []
        for number, (kind, raw) in enumerate(others):
            self._owner.execute(COSIGN, (size, number, kind, raw, self._moment(raw)))

    def _moment(self, note: bytes) -> datetime:
        """When it was signed, to the second as the signature has it; what is kept to the microsecond may be of the same second."""
        at = signed_at(note)
        self._at = at if self._at is None else max(at, self._at)
        return self._at


def stamps(owner: Owner, log: Published) -> None:
    """The time stamps that lie beside checkpoints. If we die: so many of them are there, and the next run adds the others."""
    for name in [each for each in log.files.names() if outside.STAMPS.fullmatch(each)]:
        size, number, _ = name.partition("/")[2].split(".")
        raw, note = log.files.read(name), log.note(int(size))
        if raw is not None and note is not None:
            owner.execute(STAMP, msgspec.structs.asdict(Stamp.shown(int(size), int(number), raw, note)))
