"""A backup: the texts, which stand nowhere in the published log, and that log as it was; a manifest says what belongs to it.

Keys are not in it, nor who gave which command: the hash and the account of a request are forgotten after thirty days anyway.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import psycopg
from msgspec import Meta
from psycopg import Connection, IsolationLevel

from register import stored
from register.charter.facts import RegisterOpened
from register.publishing.files import Files
from register.restoring.copying import copy_log
from register.restoring.published import Progress
from register.restoring.refusing import RestoreRefused
from register.tlog.hashing import leaf
from register.tlog.tree import Edge

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
"""As `sha256sum --check` reads it: every other file with its digest, the manifest too."""
LINE = re.compile(r"[0-9a-f]{64}  .+")
OPENINGS = "openings.jsonl"
LOG = "log"
PAGE = 2000

TEXTS = "SELECT stream, seq, field, disclosure FROM log.openings ORDER BY stream, seq, field"
ENTRIES = "SELECT entry FROM log.events ORDER BY position"


Count = Annotated[int, Meta(ge=0)]


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the texts: what opens a seal, and where that stands."""

    d: str
    field: str
    seq: int
    stream: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What a backup is of: the register as it was with so many entries and this root, of which `published` are in its log."""

    format: Literal[1] = 1
    register: str
    region: str
    at: datetime
    entries: Count
    root: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    published: Count
    texts: Count


def write_backup(conninfo: str, log: Files, folder: Path, progress: Progress) -> Manifest:
    """Write a backup into an empty folder; the caller gives that its name when all is on disk. RestoreRefused for an empty database."""
    # The log first: so a text may be here of an entry that its copy has not yet, and none is missing of one that it has.
    published = copy_log(log, Files(folder / LOG), progress)
    with psycopg.connect(conninfo) as connection:
        # One moment for all that is read: entries and openings are written, and openings deleted, with their position.
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        opened, entries, root = _log(connection, progress)
        texts = _texts(connection, folder / OPENINGS)
    manifest = Manifest(
        register=opened.id,
        region=opened.region.code,
        at=datetime.now(UTC),
        entries=entries,
        root=root.hex(),
        published=published,
        texts=texts,
    )
    _write(folder / MANIFEST, iter([msgspec.json.format(msgspec.json.encode(manifest), indent=1), b"\n"]))
    _write(folder / SUMS, iter([f"{digest}  {name}\n".encode() for name, digest in _digests(folder)]))
    return manifest


def read_backup(folder: Path) -> Manifest:
    """The manifest of a backup of which every file is what it was; RestoreRefused with the first that is not."""
    if not (folder / SUMS).is_file():
        msg = f"{folder} is no backup, or an unfinished one: it has no {SUMS}"
        raise RestoreRefused(msg)
    lines = (folder / SUMS).read_bytes().decode("utf-8", "replace").splitlines()
    if wrong := next((number for number, line in enumerate(lines, 1) if not LINE.fullmatch(line)), None):
        msg = f"{SUMS}:{wrong} of the backup is no digest of a file; take another backup"
        raise RestoreRefused(msg)
    meant = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    there = dict(_digests(folder))
    there.pop(SUMS)
    for name in sorted(there.keys() | meant.keys()):
        if there.get(name) != meant.get(name):
            how = "missing" if name not in there else "not what it was" if name in meant else "no part of it"
            msg = f"{name} of the backup is {how}; take another backup"
            raise RestoreRefused(msg)
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as fault:
        msg = (
            f"{MANIFEST} of the backup cannot be read: {fault}; restore with the version that wrote it, or a newer one"
        )
        raise RestoreRefused(msg) from None


def texts_of(folder: Path) -> Iterator[tuple[int, Text]]:
    """The texts of a backup, each with the number of its line."""
    decoder = msgspec.json.Decoder(Text)
    with (folder / OPENINGS).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield number, decoder.decode(line)
            except msgspec.MsgspecError as fault:
                msg = f"{OPENINGS}:{number} of the backup is no text: {fault}; take another backup"
                raise RestoreRefused(msg) from None


def _log(connection: Connection[Any], progress: Progress) -> tuple[RegisterOpened, int, bytes]:
    """How the register was opened, how many entries there are, and the root over them."""
    (size,) = connection.execute("SELECT next FROM log.head").fetchone() or (0,)
    edge, opened = Edge(), None
    with connection.cursor(name="entries", binary=True) as cursor:
        cursor.itersize = PAGE
        cursor.execute(ENTRIES)
        while rows := cursor.fetchmany(PAGE):
            fact = stored.trusted(rows[0][0]).data if opened is None else None
            opened = fact if isinstance(fact, RegisterOpened) else opened
            edge, _ = edge.grown([leaf(row[0]) for row in rows])
            progress("backup", edge.size, size)
    if opened is None:
        msg = "this database holds no register yet, so there is nothing to back up"
        raise RestoreRefused(msg)
    return opened, edge.size, edge.root()


def _texts(connection: Connection[Any], path: Path) -> int:
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        with connection.cursor(name="texts", binary=True) as cursor:
            cursor.itersize = PAGE
            cursor.execute(TEXTS)
            for stream, seq, field, disclosure in cursor:
                count += 1
                yield (
                    msgspec.json.encode(Text(d=disclosure, field=field, seq=seq, stream=str(UUID(str(stream))))) + b"\n"
                )

    _write(path, lines())
    return count


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            # Neither followed nor opened: who reads from a pipe waits for ever.
            yield path.relative_to(folder).as_posix(), "no file"
        elif path.is_file():
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, parts: Iterator[bytes]) -> None:
    with path.open("xb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
