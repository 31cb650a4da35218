"""What `register erase` does: what was withdrawn is written out of the files of the database, and it says what it could not reach."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psycopg
from psycopg import AsyncConnection

from api.console import Console
from api.house import NotOpened, data_dir_of, database, zone_of
from api.settings import Settings
from projections.follow import Follower
from projections.rebuild import nobody_builds
from projections.texts.projector import Texts
from projections.texts.withdrawn import TABLE, last_withdrawal, still_there
from register.opening import already_opened
from register.store.rewriting import (
    SESSION,
    STATISTICS,
    Asked,
    RewritingRefused,
    elsewhere,
    missing_rights,
    orphans,
    renew_wal,
    rewrite,
)
from register.store.roles import Logins
from register.store.scratch import swept

CATCHING_UP = 600.0
"""Seconds that the read models may take to come to the last withdrawal."""
RUNBOOK = "docs/erasure.md"
LOOK = "the database {}, in which `register verify` looks at a log; when that has ended, run this again"


class Waiting(msgspec.Struct, frozen=True):
    """What `erase` answers without `--finish`: how many texts were withdrawn, and what this login may not do."""

    withdrawn: int
    missing_rights: tuple[str, ...]


class Rewritten(msgspec.Struct, frozen=True):
    """One thing that was written anew."""

    rewritten: str


class Erased(msgspec.Struct, frozen=True):
    """What `erase --finish` answers: how many texts were withdrawn, and where they may still be."""

    withdrawn: int
    remains: tuple[str, ...]


def erase(settings: Settings, region: str, console: Console, *, finish: bool) -> None:
    """Tell what was withdrawn, or write it out of the files."""
    data_dir = data_dir_of(settings, region)
    with database(settings, data_dir) as logins:
        with psycopg.connect(logins.owner, autocommit=True, application_name="register erase") as conn:
            rights = missing_rights(conn)
        if not finish:
            waiting = Waiting(asyncio.run(_withdrawn(logins)), tuple(rights))
            console.tell(waiting, *_sentences(waiting))
            return
        if rights:
            msg = f"rights are missing to write anew what held the texts; let a superuser run: {'; '.join(rights)}"
            raise RewritingRefused(msg)
        own = data_dir if settings.database_url is None else None
        erased = asyncio.run(_finish(logins, own, console))
    console.tell(erased, _told(erased))


async def _withdrawn(logins: Logins) -> int:
    async with await AsyncConnection.connect(logins.projections, autocommit=True) as conn:
        return (await last_withdrawal(conn))[0]


def _sentences(waiting: Waiting) -> Iterator[str]:
    yield f"{waiting.withdrawn} texts were withdrawn; `register erase --finish` writes them out of the files of the database."
    if waiting.missing_rights:
        yield f"For that a superuser has to run first: {'; '.join(waiting.missing_rights)}"


async def _finish(logins: Logins, own: Path | None, console: Console) -> Erased:
    """`own` is the data directory when its embedded server keeps the files, so that they can be reached."""
    async with nobody_builds(logins.projections, [Texts()]):
        withdrawn = await _gone_from_the_tables(logins)
        remains = await asyncio.to_thread(_rewritten, logins, own, console)
    return Erased(withdrawn, tuple(remains))


async def _gone_from_the_tables(logins: Logins) -> int:
    """See that no row has the texts any more, neither of the log nor of the read side; how many were withdrawn."""
    async with await AsyncConnection.connect(logins.app, autocommit=True) as conn:
        opened = await already_opened(conn)
        if opened is None:
            msg = "this database holds no register yet, so there is nothing to erase"
            raise NotOpened(msg)
        # Each was deleted when it was withdrawn; a copy that came in by another way goes now.
        await conn.execute("SELECT log.withdraw_all()")
    async with await AsyncConnection.connect(logins.projections, autocommit=True) as conn:
        count, last = await last_withdrawal(conn)
        async with Follower(logins.projections, zone_of(opened)) as follower:
            if not await follower.reached(last, asyncio.get_running_loop().time() + CATCHING_UP):
                msg = f"the read models have not come to entry {last} yet; look with `register doctor`, then run this again"
                raise RewritingRefused(msg)
        if left := await still_there(conn):
            msg = f"{left} withdrawn texts are still in the read models; run `register rebuild texts`, then this again"
            raise RewritingRefused(msg)
    return count


def _rewritten(logins: Logins, own: Path | None, console: Console) -> Iterator[str]:
    """Write everything anew, one after the other; what remains elsewhere."""
    with _connected(logins.owner) as conn:
        looks = swept(conn)
    steps = (("log.openings", logins.owner), (TABLE, logins.projections), (STATISTICS, logins.owner))
    for done, (table, login) in enumerate(steps):
        console.progress("rewriting tables", done, len(steps))
        with _connected(login) as conn:
            rewrite(conn, table)
        console.tell(Rewritten(table), f"{table} is written anew.")
    console.progress("rewriting tables", len(steps), len(steps))
    with _connected(logins.owner) as conn:
        remains = [*_left_by_the_dead(conn, own)]
        held = renew_wal(conn, lambda done, total: console.progress("write-ahead log", done, total))
        console.tell(Rewritten("write-ahead log"), "The write-ahead log is renewed.")
        if held:
            remains.append(f"{held} older files of the write-ahead log, which the server keeps for somebody")
        # Also those that began meanwhile: they may have read the texts before these were withdrawn.
        remains += map(LOOK.format, sorted({*looks, *swept(conn)}))
        remains += elsewhere(conn)
    if own is not None:
        # The server appends to it, so it goes on at the beginning.
        (own / "postgres.log").open("wb").close()
    return iter(remains)


def _left_by_the_dead(conn: Asked, own: Path | None) -> Iterator[str]:
    """Files that a server that died left, which no table knows: taken away where they can be reached."""
    left = orphans(conn)
    if left is None:
        yield "files that a server left when it died, which this login may not look for"
        return
    for file in left:
        if own is None:
            yield f"the file {file} of the server, which belongs to no table"
        else:
            (own / "postgres" / file).unlink(missing_ok=True)


def _connected(login: str) -> Asked:
    conn: Asked = psycopg.connect(login, autocommit=True, application_name="register erase")
    conn.execute(SESSION.encode())
    return conn


def _told(erased: Erased) -> str:
    own = "".join(f"{each}; " for each in erased.remains)
    return (
        f"{erased.withdrawn} withdrawn texts are nowhere in the files of the database any more;"
        f" out of reach are {own}backups, at most 30 days old, and copies that others made: see {RUNBOOK}."
    )
