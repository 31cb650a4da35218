"""Everything that a register has, held against the log that it published: files, every row of its database, and what is replayed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files as resources
from pathlib import Path
from time import perf_counter

import msgspec

from api.checking.bookkeeping import bookkeeping, migrations
from api.checking.entries import Asked, Progress, entries, snapshot
from api.checking.finding import Wrong
from api.checking.replaying import Cost, Inputs, Replayed, Replays, behind, rows
from api.checking.ruling import ruled
from api.checking.shape import shaped
from api.checking.sources import beyond, digest_of, open_texts, published
from api.checking.texts import texts
from register import verify as outside
from register.publishing.refusing import PublishingRefused
from register.store.appending import Opening
from register.store.roles import Logins

TRIES = 5
"""How often a log is read at most: what is wrong is wrong again, what only came while it was read is not."""
PAUSE = 1.0
PATIENCE = 5.0
"""Seconds in which read models may reach the end of the log."""

Tell = Callable[[str, int, int], None]
"""Called with what is done, how far it is, and how far it goes."""


class Looked(msgspec.Struct, kw_only=True):
    """What was looked at, and everything that is wrong."""

    log: outside.Log
    wrong: list[Wrong]
    rows: int = 0
    unpublished: int = 0
    texts: int = 0
    withdrawn: int = 0
    commands: int = 0
    unmarked: int = 0
    decided: int = 0
    asked: int = 0
    at: str = ""
    """Where so many answers were asked for."""
    replayed: Replayed | None = None
    not_replayed: str = ""
    costs: list[Cost] = msgspec.field(default_factory=list[Cost])


class Whose(msgspec.Struct, frozen=True):
    """Where a log lies, by which keys it must and may be signed, what is said when none is there, and by which witnesses it is signed."""

    where: str
    must: list[str]
    known: list[str]
    missing: str = ""
    policy: outside.Policy = outside.Policy()


def files(
    whose: Whose, tell: Tell, tries: int = TRIES, fetched: Callable[[str], outside.Files] = outside.Address
) -> Looked:
    """A log that was looked at as a whole; again when something was found, since files that are new belong to nothing yet."""
    address = re.match(r"https?://", whose.where)
    if not address and not any(outside.Files(Path(whose.where)).names()):
        msg = f"no log is published in {whose.where}{whose.missing}"
        raise PublishingRefused(msg)
    left, before = tries, list[outside.Finding]()
    while True:
        began = perf_counter()
        source = fetched(whose.where) if address else outside.Files(Path(whose.where))
        log = outside.Log(source, whose.must, known=whose.known, policy=whose.policy)
        log.each = _counting(tell, log.report)
        found = log.run().findings
        left -= 1
        if not found or found == before or left == 0:
            cost = Cost("hashing and form", log.report.size, perf_counter() - began)
            return Looked(log=log, wrong=[Wrong(each.file, each.reason, each.entry) for each in found], costs=[cost])
        before = found
        time.sleep(PAUSE)


def _counting(tell: Tell, report: outside.Report) -> Callable[[int, bytes], None]:
    def each(number: int, _: bytes) -> None:
        if number % 1000 == 0 or number + 1 == report.size:
            tell("verify", number + 1, report.size)

    return each


def beside(looked: Looked, whose: Whose) -> Iterator[Wrong]:
    """What lies beside our log and is signed by nobody: the verifier is the one of this version, the policy names our keys only."""
    shipped, there = resources("register").joinpath("verify.py").read_bytes(), looked.log.files.read("verify.py")
    if there != shipped:
        reason = "is missing" if there is None else "is not the one of this version"
        yield Wrong("verify.py", f"{reason}; start the register, which publishes it")
    try:
        named = outside.policy_of(looked.log.files.read("policy") or b"").logs
    except outside.Broken as fault:
        yield Wrong("policy", str(fault))
        return
    if not named:
        yield Wrong("policy", "names no key of the log; start the register, which publishes it")
    for key in named:
        if key not in {*whose.must, *whose.known}:
            yield Wrong("policy", f"names a key that is none of this log: {outside.shown(key, 100)}")


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at a database needs beside it: the secret of the register if it is at hand, and where to replay."""

    secret: bytes | None
    replays: Replays
    tell: Tell
    patience: float = PATIENCE
    rules: bool = False
    """Whether every command is decided again."""


def database(looked: Looked, logins: Logins, means: Means) -> None:
    """Hold the database of a register against its published log, in one state that it was in."""
    deadline = time.monotonic() + means.patience
    while True:
        with snapshot(logins.app) as conn:
            size = (conn.execute("SELECT count(*) FROM log.events").fetchone() or (0,))[0]
            late = behind(conn, size)
            if not late or time.monotonic() > deadline:
                _database(looked, conn, means, late)
                break
        time.sleep(PAUSE / 4)
    with snapshot(logins.owner) as owner:
        looked.wrong += migrations(owner)


def _database(looked: Looked, conn: Asked, means: Means, late: list[Wrong] | None) -> None:
    log, began = looked.log, perf_counter()
    there = entries(conn, log, _of(means.tell, "compare"))
    compared = perf_counter()
    told = texts(conn, log)
    disclosed = perf_counter()
    kept = bookkeeping(conn, log, means.secret)
    looked.rows, looked.unpublished, looked.texts = there.count, there.unpublished, told.count
    looked.withdrawn, looked.commands, looked.unmarked = told.withdrawn, kept.commands, kept.unmarked
    looked.costs += [
        Cost("comparing rows of entries", there.count, compared - began),
        Cost("disclosures", told.count, disclosed - compared),
        Cost("commands", kept.commands, perf_counter() - disclosed),
    ]
    sound = there.sound and not told.wrong and not looked.wrong
    looked.wrong += [*there.wrong, *told.wrong, *kept.wrong]
    if not sound:
        looked.not_replayed = "the published entries or their texts are not sound; the read models were not looked at"
    elif late is None:
        looked.not_replayed = "there are no read models yet; start the register"
    else:
        _replayed(looked, conn, means, digest_of(log.report.root.encode(), there.digest, told.digest))
        _rows(looked, conn, late)
        if means.rules:
            ruled_of(looked, conn, means)


def _replayed(looked: Looked, conn: Asked, means: Means, digest: bytes) -> None:
    """The read models that the entries make: the published ones from their files, and those that came since."""
    log = looked.log

    def everything() -> Iterator[bytes]:
        yield from published(log)
        yield from beyond(conn, log.report.size)

    replayed_of(looked, means, digest, everything(), open_texts(conn))


def replayed_of(
    looked: Looked, means: Means, digest: bytes, told: Iterable[bytes], openings: Iterable[Opening]
) -> None:
    """Replay entries and texts that were found sound."""
    inputs = Inputs(digest=digest, entries=told, openings=openings)
    looked.replayed = means.replays.of(inputs, _of(means.tell, "replay"))
    looked.wrong += looked.replayed.wrong
    looked.costs += looked.replayed.costs


def _rows(looked: Looked, conn: Asked, late: list[Wrong]) -> None:
    """The read models that are answered from, held against those."""
    if late:
        looked.wrong += late
        looked.not_replayed = "the read models are not at the end of the log; their rows were not looked at"
    elif looked.replayed is not None:
        began = perf_counter()
        looked.wrong += [*rows(conn, looked.replayed), *shaped(conn, looked.replayed.conninfo)]
        looked.costs.append(Cost("comparing read models", looked.replayed.size, perf_counter() - began))


def ruled_of(looked: Looked, conn: Asked | None, means: Means) -> None:
    """Every command decided again, when its entries can be read at all."""
    if looked.replayed is not None and not looked.replayed.wrong:
        found, cost = ruled(looked.replayed, conn, _of(means.tell, "rules"))
        looked.wrong += found
        looked.decided = cost.count
        looked.costs.append(cost)


def _of(tell: Tell, what: str) -> Progress:
    return lambda done, total: tell(what, done, total)
