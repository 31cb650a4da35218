"""Puts the texts of a backup back behind their seals, but for those that are withdrawn in the published log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from psycopg import Connection

from register.restoring.backup import OPENINGS, Manifest, Text, texts_of
from register.restoring.published import Progress, Published
from register.restoring.refusing import RestoreRefused
from register.restoring.withdrawing import OPENINGS as OPENINGS_AGAIN
from register.sealing import digest_of

BATCH = 1000

STORE = """
    INSERT INTO log.openings (stream, seq, field, disclosure)
    SELECT * FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""
THERE = "SELECT stream::text, count(*) FROM log.openings GROUP BY stream"


class Stored(msgspec.Struct):
    """What became of the texts of a backup."""

    added: int = 0
    withdrawn: int = 0
    """Those that the log withdraws, and that therefore stay out."""
    beyond: int = 0
    """Those of entries that the log has not."""


def check_belongs(manifest: Manifest, log: Published) -> None:
    """Refuse a backup of another register, and one of another history of this one."""
    if manifest.register != log.register:
        msg = f"the backup is of the register {manifest.register}, and the log of {log.register}; take a backup of this one"
        raise RestoreRefused(msg)
    if manifest.published > log.size:
        msg = (
            f"the backup holds the log as it was published with {manifest.published} entries, and the one that was named has {log.size}: "
            "name the newest that there is, or what was withdrawn since would come back"
        )
        raise RestoreRefused(msg)
    if manifest.entries <= log.size and bytes.fromhex(manifest.root) != log.root(manifest.entries):
        msg = f"the backup is of other entries than the log: their root over the first {manifest.entries} differs"
        raise RestoreRefused(msg)


def check_texts(folder: Path, log: Published) -> Stored:
    """What would become of the texts of a backup; RestoreRefused when one of them opens no seal, before anything is stored."""
    found = Stored()
    for _ in _fitting(folder, log, found):
        found.added += 1
    return found


def store(owner: Connection[Any], folder: Path, manifest: Manifest, log: Published, progress: Progress) -> Stored:
    """Each text that opens the seal of its entry; again, it adds none. If we die: so many of them are there, and the next run adds the others."""
    found = Stored()
    batch: list[Text] = []
    for number, text in _fitting(folder, log, found):
        batch.append(text)
        if len(batch) == BATCH:
            found.added += _stored(owner, batch)
            batch.clear()
        progress("texts", number, manifest.texts)
    found.added += _stored(owner, batch)
    return found


def missing(owner: Connection[Any], log: Published) -> dict[str, int]:
    """How many texts of each stream are neither there nor withdrawn; streams that miss none are absent."""
    wanted = Counter[str]()
    for (stream, seq), seals in log.log.digests.items():
        wanted[stream] += sum((stream, seq, field) not in log.withdrawn for field in seals)
    there: dict[str, int] = dict(owner.execute(THERE).fetchall())
    return {stream: count - there.get(stream, 0) for stream, count in wanted.items() if count > there.get(stream, 0)}


def _fitting(folder: Path, log: Published, found: Stored) -> Iterator[tuple[int, Text]]:
    for number, text in texts_of(folder):
        seals = log.log.digests.get((text.stream, text.seq), {})
        if text.seq > log.log.streams.get(text.stream, 0):
            found.beyond += 1
        elif (text.stream, text.seq, text.field) in log.withdrawn:
            found.withdrawn += 1
        elif not text.d.isascii() or seals.get(text.field) != digest_of(text.d):
            msg = f"{OPENINGS}:{number} of the backup does not open field {text.field} of entry {text.seq} of {text.stream}; take another backup"
            raise RestoreRefused(msg)
        else:
            yield number, text


def _stored(owner: Connection[Any], batch: list[Text]) -> int:
    if not batch:
        return 0
    rows = zip(*((each.stream, each.seq, each.field, each.d) for each in batch), strict=True)
    with owner.transaction():
        added = owner.execute(STORE, [list(column) for column in rows]).rowcount
        # What an entry withdraws that is recorded and not published yet.
        owner.execute(OPENINGS_AGAIN)
    return added
