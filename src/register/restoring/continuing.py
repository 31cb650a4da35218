"""Whether a log continues what the database holds, and whether the database knows all that was published from here."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import Connection

from register import verify as outside
from register.publishing.files import Files
from register.restoring.published import Progress, Published
from register.restoring.refusing import RestoreRefused
from register.restoring.sources import CHECKPOINT
from register.store.replay import replay
from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import NotANoteError, Note

KEPT = "SELECT size, root FROM log.checkpoints ORDER BY size"
KNOWN = "SELECT h.next, (SELECT coalesce(max(c.size), 0) FROM log.checkpoints c) FROM log.head h"


def check_continues(conninfo: str, log: Published, progress: Progress) -> int:
    """How many entries of the log the database holds; RestoreRefused with the first position where the two differ."""
    held = 0
    for rows in replay(conninfo, until=log.size - 1):
        for position, entry in rows:
            if position != held or outside.of_entry(entry) != log.log.levels[0][held]:
                msg = (
                    f"entry {held} of the log is another one than that of the database, so the log does not continue it; "
                    "restore into an empty database, or name the log that was published from this one"
                )
                raise RestoreRefused(msg)
            held += 1
        progress("compare", held, log.size)
    with psycopg.connect(conninfo) as connection:
        for size, root in connection.execute(KEPT):
            if size <= log.size and bytes(root) != log.root(size):
                msg = f"the database kept a checkpoint of {size} entries with another root than the log has over them; it is of another log"
                raise RestoreRefused(msg)
    return held


def published_size(log: Files) -> int:
    """With how many entries a log was published from a directory at most, as its checkpoints say; 0 when there are none."""
    names = (name.rpartition("/")[2] for name in log.names("checkpoints"))
    return max([shown_size(log), *(int(name) for name in names if name.isdigit())])


def shown_size(log: Files) -> int:
    """The size that is shown now; 0 when there is no checkpoint that can be read, of which those that are kept may tell."""
    raw = log.read(CHECKPOINT)
    try:
        return Checkpoint.read(Note.read(raw).text).size if raw is not None else 0
    except NotANoteError:
        return 0


def must_know_published(connection: Connection[Any], log: Files) -> None:
    """Refuse to go on from a database that is older than what was published: it may show what was withdrawn since."""
    published = published_size(log)
    known = min(connection.execute(KNOWN).fetchone() or (0,))
    if published > known:
        raise older(log, published, known)


def older(log: Files, published: int, known: int) -> RestoreRefused:
    """A database that lacks entries which were published from here."""
    return RestoreRefused(
        f"{log.root} holds the log as it was published with {published} entries, and the database knows {known} of them: it is of an "
        "older backup, or another one. Nothing is served, since a text that was withdrawn may have come back with it; "
        f"restore what is missing with `register restore --from-log {log.root}`"
    )
