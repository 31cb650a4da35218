"""What the log keeps beside its entries: the answers of commands, the signed checkpoints, the shape of the database; nothing else is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from api.checking.cosigned import cosigned, shown, waiting
from api.checking.entries import PAGE, Asked
from api.checking.finding import Wrong
from api.checking.stamps import stamps
from register import verify as outside
from register.marking import DIGEST, MARKED, misremembered
from register.store.migrations import shipped
from register.tlog.tiles import ENTRIES, HEIGHT, MAX_LEVEL, WIDTH, Tile

COMMANDS = """  -- after thirty days what is remembered of a request may be forgotten: log.forget_requests
    SELECT coalesce(c.cause, e.cause), c.first, e.first, c.count, e.count, c.at::text, e.at::text, c.request_hash, c.account,
           e.at < now() - interval '30 days'
    FROM log.commands c
    FULL JOIN (
        SELECT cause, min(position) AS first, count(*)::integer AS count, min(time) AS at FROM log.events GROUP BY cause
    ) e ON e.cause = c.cause
    ORDER BY coalesce(e.first, c.first), 1
"""
CHECKPOINTS = "SELECT size, root, note, at::text FROM log.checkpoints ORDER BY size"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'log' ORDER BY tablename"
EXPLAINED = frozenset({"head", "events", "commands", "openings", "checkpoints", "cosigned", "stamps", "migrations"})
"""The tables of the log that are looked at, here or beside; whoever adds one says here where it is."""
ML_DSA = 6


class Kept(msgspec.Struct):
    """What came of it."""

    commands: int = 0
    unmarked: int = 0
    """Commands of before requests were kept with marks: what is kept of those cannot be checked."""
    wrong: list[Wrong] = msgspec.field(default_factory=list[Wrong])


def bookkeeping(conn: Asked, log: outside.Log, secret: bytes | None) -> Kept:
    """Everything in the schema of the log but entries, head and texts."""
    kept = Kept()
    _commands(conn, kept, secret)
    kept.wrong += _checkpoints(conn, log)
    kept.wrong += cosigned(conn, log)
    kept.wrong += stamps(conn, log)
    kept.wrong += [
        Wrong(f"log.{name}", "is a table that nothing explains")
        for (name,) in conn.execute(TABLES)
        if name not in EXPLAINED
    ]
    return kept


def _commands(conn: Asked, kept: Kept, secret: bytes | None) -> None:
    """Each command says where its entries are; who asked, and what, is as it was kept at first."""
    row = conn.execute("SELECT stream FROM log.events WHERE position = 0").fetchone()
    register = row[0] if row else UUID(int=0)
    marked = False
    with conn.cursor(name="commands", binary=True) as cursor:
        cursor.itersize = PAGE
        cursor.execute(COMMANDS)
        for cause, first, first_, count, count_, at, at_, request, account, old in cursor:
            kept.commands += 1
            key, entry = f"cause {cause}", first_ if first_ is not None else first
            if first is None or first_ is None:
                reason = "is missing" if first is None else "is of a command that wrote no entry"
                kept.wrong.append(Wrong("log.commands", reason, first_, key))
                continue
            for column, said, should in (("first", first, first_), ("count", count, count_), ("at", at, at_)):
                if said != should:
                    reason = f"says {said} where the entries say {should}"
                    kept.wrong.append(Wrong("log.commands", reason, entry, key, column))
            marked = marked or (request is not None and len(request) == MARKED)
            if request is not None and len(request) == DIGEST and not marked:
                kept.unmarked += 1
                continue
            if reason := misremembered(secret, register, cause, request, account, old=old):
                kept.wrong.append(Wrong("log.commands", reason, entry, key, "request_hash, account"))


def _checkpoints(conn: Asked, log: outside.Log) -> Iterator[Wrong]:
    """Each row is a checkpoint that was published, byte for byte, and each published one has its row."""
    more, unseen = shown(conn), waiting(conn)
    there = frozenset(log.files.names())
    published = {int(name.rpartition("/")[2]): name for name in there if _numbered(name)}
    for size, raw_root, raw_note, at in conn.execute(CHECKPOINTS):
        key, name, last = f"size {size}", published.pop(size, None), max(min(size, log.report.size) - 1, 0)
        note, root = bytes(raw_note), bytes(raw_root)
        if name is None and size <= log.report.size and size not in unseen:
            yield Wrong(f"checkpoints/{size}", "is missing, and log.checkpoints has it", last)
        elif name is not None and log.files.read(name) != more.get(size, note):
            yield Wrong("log.checkpoints", f"holds another note than {name}", last, key, "note")
        if size <= log.report.size:
            yield from _parts(log, size, there)
            if outside.over(log.levels, size) != root:
                yield Wrong("log.checkpoints", "says another root than that of the entries", last, key, "root")
        yield from _signed(log, ("log.checkpoints", key), (size, root, note), at)
    for size, name in published.items():
        if size <= log.report.size:
            yield Wrong("log.checkpoints", f"has no row of {name}", max(size - 1, 0), f"size {size}")


def _parts(log: outside.Log, size: int, there: frozenset[str]) -> Iterator[Wrong]:
    """A tile that was not full at an earlier size is kept until it is; later it may be gone, for the full one begins with it."""
    for level in (ENTRIES, *range(MAX_LEVEL + 1)):
        height = HEIGHT * max(level, 0)
        index, width = divmod(size >> height, WIDTH)
        tile = Tile(level, index, width)
        if width and tile.path not in there and index == (log.report.size >> height) // WIDTH:
            yield Wrong(tile.path, "is missing, and its tile is not full yet", min(tile.first << height, size - 1))


def _numbered(name: str) -> bool:
    folder, _, number = name.partition("/")
    return folder == "checkpoints" and number.isascii() and number.isdigit()


def _signed(log: outside.Log, place: tuple[str, str], row: tuple[int, bytes, bytes], at: str) -> Iterator[Wrong]:
    """A note is signed, and says the size, root and time of its row; the part of a second of `at` stands nowhere else."""
    size, root, note = row
    (where, key), last = place, max(min(size, log.report.size) - 1, 0)
    try:
        outside.signers(note, log.keys)
        text, signatures = outside.note(note)
        said = outside.log_of(text)
        keys = {(name, id_): kind for name, id_, kind, _ in map(outside.key_of, log.keys)}
    except (outside.Broken, ValueError) as fault:
        yield Wrong(where, str(fault), last, key, "note")
        return
    if said[1:] != (size, root):
        yield Wrong(where, "has a note of another size or root", last, key, "note")
    for name, id_, signature in signatures:
        # The log signs under its own name; witnesses sign later, each at its own time.
        by_log = name == said[0] and keys.get((name, id_)) == ML_DSA
        if by_log and _second(signature) != at[: len("2026-11-22 02:30:00")]:
            yield Wrong(where, f"says {at}, and was signed at another time", last, key, "at")


def _second(signature: bytes) -> str:
    """The second in which the log signed, as the database writes it; nothing for one that no clock has."""
    try:
        return f"{datetime.fromtimestamp(int.from_bytes(signature[:8]), UTC):%Y-%m-%d %H:%M:%S}"
    except (OverflowError, ValueError, OSError):
        return ""


def migrations(owner: Asked) -> Iterator[Wrong]:
    """Each file that made the shape of the database was applied as it is shipped; asked as the owner, whom the log is of."""
    wanted = {each.number: (each.name, each.digest) for each in shipped()}
    for number, name, digest in owner.execute("SELECT number, name, digest FROM log.migrations ORDER BY number"):
        if wanted.pop(number, None) != (name, bytes(digest)):
            yield Wrong("log.migrations", "is not a file of this version, or was changed since", key=f"number {number}")
    for number in wanted:
        yield Wrong("log.migrations", "is missing", key=f"number {number}")
