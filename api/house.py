"""What a process of the register owns while it runs: its database, the write side, the read models that follow, and its secrets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import psycopg
import structlog
from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool

from api.settings import Settings
from projections.follow import Follower
from projections.reading import Connection
from register.charter.facts import RegisterOpened
from register.opening import already_opened, open_register
from register.private import secret
from register.publishing.files import Files
from register.publishing.publisher import Home, Publisher
from register.publishing.timestamps import Authorities
from register.publishing.witnesses import Witnesses
from register.register import Charter, Register, running
from register.restoring.continuing import must_know_published
from register.restoring.withdrawing import withdraw_again
from register.store.binaries import find_binaries
from register.store.embedded import EmbeddedPostgres
from register.store.forgetting import Forgetting
from register.store.roles import Logins, RoleMissing, StrangeFunction, prepare

log = structlog.get_logger(__name__)


class NotOpened(Exception):
    """The database holds no register yet; the message says how to open one."""


class NoDatabase(Exception):
    """The database cannot be reached or used; the message says what to do."""


class House(msgspec.Struct, frozen=True, kw_only=True):
    """A running register; whoever opened it closes it."""

    register: Register
    opened: RegisterOpened
    follower: Follower
    pool: AsyncConnectionPool[Connection]
    logins: Logins
    publisher: Publisher
    secret: bytes
    roles: tuple[str, str]
    """As whom the write side and the read side are connected, as the database says it."""


OWN = ("postgres", "keys", "log", "logins.json")
"""What lies in the data directory of a register, some of it even when the rest is lost."""


def data_dir_of(settings: Settings, region: str) -> Path:
    """Where the data of a register is: below the data directory as the demo keeps it, else the directory itself."""
    kept = settings.data_dir / region
    itself = settings.database_url is not None or any((settings.data_dir / name).exists() for name in OWN)
    return settings.data_dir if itself and not kept.is_dir() else kept


def witnesses_of(settings: Settings) -> Witnesses:
    """Who is asked to sign the published log."""
    return Witnesses(settings.log_witnesses, wait=settings.log_without_quorum == "wait")


@contextmanager
def database(settings: Settings, data_dir: Path) -> Iterator[Logins]:
    """The logins to the database: the one that is set, else an embedded server that lives as long as this block."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.database_url is not None:
        yield _prepared(settings.database_url, data_dir)
        return
    named = {"REGISTER_PG_BIN": str(settings.pg_bin)} if settings.pg_bin is not None else {}
    with EmbeddedPostgres(data_dir, bin_dir=find_binaries(named)) as embedded:
        yield _prepared(embedded.dsn, data_dir)


def _prepared(owner: str, data_dir: Path) -> Logins:
    try:
        return prepare(owner, data_dir)
    except OperationalError as fault:
        reason = str(fault).strip().splitlines()[0]
        msg = f"the database cannot be reached: {reason}; see REGISTER_DATABASE_URL"
        raise NoDatabase(msg) from fault
    except (RoleMissing, StrangeFunction) as fault:
        raise NoDatabase(str(fault)) from fault


@asynccontextmanager
async def house(  # noqa: PLR0913  # what a register is made of, each from somebody else
    logins: Logins,
    data_dir: Path,
    opening: RegisterOpened | None = None,
    *,
    origin: str | None = None,
    host: str = "127.0.0.1",
    witnesses: Witnesses | None = None,
    stamps: Authorities | None = None,
) -> AsyncIterator[House]:
    """A register at work; with `opening` it is opened when the log is still empty. Raises NotOpened without.

    `origin` is the name that the published log must have; without one, a new log is named after `host` and the region.
    `witnesses` are asked to sign it as well, `stamps` put their time under it. Raises RestoreRefused when the database is older than what was published from here.
    """
    await asyncio.to_thread(before_anybody_is_answered, logins, data_dir)
    async with await AsyncConnection.connect(logins.app) as connection:
        opened = await already_opened(connection) or opening
        app_role = await _current_user(connection)
    if opened is None:
        msg = (
            "this database holds no register yet; open one with `register init --charter FILE`, or try `register demo`"
        )
        raise NotOpened(msg)
    charter = Charter.of(opened)
    async with (
        running(logins.app, charter) as register,
        _readers(logins.projections) as pool,
    ):
        await open_register(register, opened)
        async with pool.connection() as connection:
            read_role = await _current_user(connection)
        publisher = Publisher(
            logins.app,
            data_dir,
            origin=origin,
            otherwise=f"{host}/{charter.region}/log",
            witnesses=witnesses,
            stamps=stamps,
        )
        async with Follower(logins.projections, charter.time_zone) as follower, publisher, Forgetting(logins.app):
            log.info("register_opened", region=charter.region, writes_as=app_role, reads_as=read_role)
            yield House(
                register=register,
                opened=opened,
                follower=follower,
                pool=pool,
                logins=logins,
                publisher=publisher,
                secret=secret(data_dir / "request.key"),
                roles=(app_role, read_role),
            )


def before_anybody_is_answered(logins: Logins, data_dir: Path) -> None:
    """An older copy of the database brings no text back: all that was published is known here, and what it withdraws is gone.

    Asks for the last checkpoint and for the entries that withdraw something, so it takes as long on a log of any length.
    """
    with psycopg.connect(logins.app) as connection:
        must_know_published(connection, Files(Home(data_dir).log))
    if came_back := withdraw_again(logins):
        log.warning("texts_withdrawn_again", texts=came_back)


def _readers(conninfo: str) -> AsyncConnectionPool[Connection]:
    """Connections for reads, tried before anybody gets one.

    An attempt to connect is given up soon, so that the next reader tries anew: waits that double would keep readers
    out long after the database is back.
    """
    check = AsyncConnectionPool.check_connection
    return AsyncConnectionPool(
        conninfo, min_size=2, max_size=8, timeout=2.0, check=check, reconnect_timeout=1.0, open=False
    )


async def _current_user(connection: AsyncConnection[Any]) -> str:
    cursor = await connection.execute("SELECT current_user")
    row = await cursor.fetchone()
    return str(row[0]) if row else ""


def who_stamps(settings: Settings) -> Authorities:
    """The authorities that are set, with the certificates they are trusted by; StampsRefused when those cannot be read."""
    return Authorities.read(settings.log_stamps, settings.log_stamp_roots)


def zone_of(opened: RegisterOpened) -> ZoneInfo:
    """The zone in which the days of a register begin and end."""
    return ZoneInfo(opened.time_zone)
