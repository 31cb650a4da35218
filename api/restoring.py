"""What `register restore` does: everything is looked at first, then the entries come back, then the texts that are not withdrawn."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg import Connection

from api.console import Console
from api.house import data_dir_of, database
from api.settings import Settings
from api.verifying import own_keys
from register.publishing.files import Files
from register.publishing.keys import read_keys
from register.publishing.ledger import PUBLISHING
from register.publishing.publisher import Home
from register.restoring.appending import Appended, append
from register.restoring.backup import read_backup
from register.restoring.continuing import check_continues, published_size
from register.restoring.published import Published, published
from register.restoring.refusing import RestoreRefused
from register.restoring.sources import Fetched
from register.restoring.texts import Stored, check_belongs, check_texts, missing, store
from register.restoring.withdrawing import still_there, withdraw_again
from register.store.roles import Logins

SHOWN = 20
"""Streams that are told one by one."""


class Wanted(msgspec.Struct, frozen=True):
    """From which log and which backup, and whose signatures the log must or may have."""

    log: str | None
    backup: Path | None
    must: Sequence[str]
    known: Sequence[str]


class Missing(msgspec.Struct, frozen=True):
    """A stream, and how many of its texts are not there."""

    stream: str
    texts: int


class Restored(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the register has again, and what of it came now."""

    register: str
    entries: int
    root: str
    entries_added: int
    checkpoints_added: int
    texts_added: int
    texts_withheld: int
    """Texts that are withdrawn and were in the backup or still in the database."""
    texts_beyond: int
    """Texts of the backup whose entries are not in the log."""
    texts_not_shown: bool
    """Whether texts came back that the read models were made without."""
    texts_missing: int
    missing: tuple[Missing, ...]


def restore(settings: Settings, region: str, wanted: Wanted, console: Console) -> None:
    """Bring a register back from a published log, with the texts of a backup when one is named."""
    data_dir = data_dir_of(settings, region)
    home = Home(data_dir)
    manifest = read_backup(wanted.backup) if wanted.backup is not None else None
    where = wanted.log or _log_here(home, wanted.backup)
    keys = read_keys(home.keys)
    must, known = (list(wanted.must), list(wanted.known)) if wanted.must else own_keys(keys)
    known += [*wanted.known, *(each.key.vkey for each in settings.log_witnesses.witnesses)]
    log = published(where, must, known, data_dir / "restoring", console.progress)
    _must_be_newest(home, log)
    if manifest is not None and wanted.backup is not None:
        check_belongs(manifest, log)
        check_texts(wanted.backup, log)
    with database(settings, data_dir) as logins, _alone(home, logins) as owner:
        check_continues(logins.app, log, console.progress)
        there = still_there(owner, log.withdrawn)
        added = append(owner, log, console.progress)
        # Also of entries that were there before: a text may have come back with an older copy of the database.
        withdraw_again(logins)
        texts = store(owner, wanted.backup, manifest, log, console.progress) if wanted.backup and manifest else Stored()
        lost, behind = missing(owner, log), bool(texts.added) and _made_before(logins)
        restored = _restored(log, added, texts, there, lost, not_shown=behind)
    if isinstance(log.files, Fetched):
        log.files.forget()
    console.tell(restored, *_sentences(restored))


def _restored(  # noqa: PLR0913  # what came of it
    log: Published, added: Appended, texts: Stored, withheld: int, lost: dict[str, int], *, not_shown: bool
) -> Restored:
    return Restored(
        register=log.register,
        entries=log.size,
        root=log.log.report.root,
        entries_added=added.entries,
        checkpoints_added=added.checkpoints,
        texts_added=texts.added,
        texts_withheld=withheld + texts.withdrawn,
        texts_beyond=texts.beyond,
        texts_not_shown=not_shown,
        texts_missing=sum(lost.values()),
        missing=tuple(Missing(stream, count) for stream, count in sorted(lost.items())),
    )


def _made_before(logins: Logins) -> bool:
    """Tell whether the read models took in any entry before its text came back."""
    with psycopg.connect(logins.projections, autocommit=True) as reader:
        if reader.execute("SELECT to_regclass('read.positions') IS NULL").fetchone() == (True,):
            return False
        return reader.execute("SELECT coalesce(max(position), -1) >= 0 FROM read.positions").fetchone() == (True,)


def _sentences(said: Restored) -> Iterator[str]:
    yield f"The register {said.register} has {said.entries} entries again, root {said.root}: {said.entries_added} of them came now."
    yield f"{said.checkpoints_added} signed checkpoints came with them, so that publishing goes on where it was."
    yield f"{said.texts_added} texts came back, and {said.texts_withheld} stay out because they are withdrawn."
    if said.texts_not_shown:
        yield "They are shown after `register rebuild`: the read models were made without them."
    if said.texts_beyond:
        yield f"{said.texts_beyond} texts of the backup are of entries that were never published; those are lost."
    if said.texts_missing:
        yield f"{said.texts_missing} texts are missing; take them from a newer backup, or record them anew:"
        yield from (f"  {each.texts} of {each.stream}" for each in said.missing[:SHOWN])
        if len(said.missing) > SHOWN:
            yield f"  and those of {len(said.missing) - SHOWN} more streams; --json names all"


def _log_here(home: Home, backup: Path | None) -> str:
    """The log of this register, when it is still there."""
    if (home.log / "checkpoint").is_file():
        return str(home.log)
    msg = (
        f"no log is published in {home.log}; name the newest copy of it with --from-log DIR or URL"
        f" (that of the backup, {backup}/log, only when no newer one is left: what was withdrawn after it would come back)"
    )
    raise RestoreRefused(msg)


def _must_be_newest(home: Home, log: Published) -> None:
    """Refuse a copy of the log that is older than what was published from here."""
    if (here := published_size(Files(home.log))) > log.size:
        msg = f"{home.log} holds the log as it was published with {here} entries, and the one that was named has {log.size}; restore from {home.log}"
        raise RestoreRefused(msg)


@contextmanager
def _alone(home: Home, logins: Logins) -> Iterator[Connection[Any]]:
    """A connection as the owner that keeps everybody else from publishing, and with that from serving."""
    msg = "a register is running on this data; stop it, and restore then"
    home.lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with home.lock.open("ab") as lock, psycopg.connect(logins.owner, autocommit=True) as owner:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RestoreRefused(msg) from None
        owner.execute("SET synchronous_commit TO on")
        owner.execute("SET TimeZone TO 'UTC'")
        if owner.execute("SELECT pg_try_advisory_lock(%s)", (PUBLISHING,)).fetchone() != (True,):
            raise RestoreRefused(msg)
        yield owner
