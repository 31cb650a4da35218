"""`register demo`: the real history of a region, on this machine only, with accounts that anyone may try.

What is on disk when we die: the database (every fact that was answered), the accounts with the keys of their grants,
and the password. The next start goes on from there: facts that were told are not told again.
"""

from __future__ import annotations

import asyncio
import fcntl
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

from api.accounts import Accounts
from api.app import Parts, create_app
from api.asking import Clock
from api.freshness import Freshness
from api.front import is_loopback
from api.history import History, Telling
from api.house import House, database, house, who_stamps, witnesses_of, zone_of
from api.loading import Caller, Loader, Loading
from api.logs import configure_logs
from api.metrics import measured
from api.pages import page_routes
from api.serving import address, free_port, listening, until_told
from api.settings import Settings
from api.sign_in import SignIn
from register.opening import first_administrator, opened_by
from register.private import read_private, write_private
from register.store.roles import Logins


class DemoRefused(Exception):
    """The demo cannot start here; the message says what to do."""


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed as soon as the demo answers."""

    address: str
    region: str
    password: str
    accounts: tuple[str, ...]
    data_dir: str
    writes_as: str
    reads_as: str


Told = Serving | Loading
Tell = Callable[[Told], None]


def run_demo(settings: Settings, region: str, tell: Tell) -> None:
    """Serve the demo of a region until the process is told to end; raises DemoRefused before anything is started."""
    if not is_loopback(settings.host):
        msg = f"the demo lets anyone record, so it listens on this machine only; {settings.host} is not 127.0.0.1 or localhost"
        raise DemoRefused(msg)
    try:
        history = History(region)
    except FileNotFoundError as fault:
        msg = f"no history of a region {region!r} is shipped; try `register demo --register mra`"
        raise DemoRefused(msg) from fault
    data_dir = settings.data_dir / region
    with _alone(data_dir) as note, (data_dir / "demo.log").open("a", encoding="utf-8") as log:
        port = free_port(settings.host, settings.port)
        note(address(settings.host, port))
        configure_logs(settings.log_level, log)
        # The embedded server is stopped after the last connection to it is closed.
        with database(settings, data_dir) as logins:
            asyncio.run(
                _demo(Demo(settings=settings, history=history, data_dir=data_dir, port=port, tell=tell), logins)
            )


class Demo(msgspec.Struct, frozen=True, kw_only=True):
    """One run of the demo."""

    settings: Settings
    history: History
    data_dir: Path
    port: int
    tell: Tell

    @property
    def region(self) -> str:
        """The code of the region."""
        return self.data_dir.name


async def _demo(demo: Demo, logins: Logins) -> None:
    opening, settings = opened_by(demo.history.charter), demo.settings
    witnesses, stamps = witnesses_of(settings), who_stamps(settings)
    async with house(
        logins,
        demo.data_dir,
        opening,
        origin=settings.log_origin,
        host=settings.host,
        witnesses=witnesses,
        stamps=stamps,
    ) as home:
        if home.opened.region.code != demo.region:
            msg = f"this database holds the register of {home.opened.region.code}, not of {demo.region}; choose another one"
            raise DemoRefused(msg)
        clock = Clock(zone_of(home.opened))
        accounts, administrator = await _accounts(demo, home, clock)
        password = _password(demo.data_dir / "demo.password")
        parts = Parts(
            register=home.register,
            follower=home.follower,
            pool=home.pool,
            publisher=home.publisher,
            clock=clock,
            secret=home.secret,
            contact=home.opened.contact,
            contact_email=demo.settings.contact_email,
            sign_in=SignIn(accounts, password),
            loopback_only=True,
            freshness=Freshness(timedelta(seconds=settings.log_alarm)),
        )
        host, port = demo.settings.host, demo.port
        with until_told() as told:
            async with (
                measured(settings.metrics, parts),
                listening(create_app(parts, page_routes), host, port) as server,
            ):
                demo.tell(_serving(demo, home, accounts, password))
                with closing(Caller(host, port, password)) as ask:
                    telling = Telling(home.register.id, accounts, administrator, ask)
                    await _until_end(
                        told, server, Loader(demo.history, telling, accounts, demo.data_dir / "loaded.json", demo.tell)
                    )


async def _until_end(told: asyncio.Event, server: asyncio.Task[None], loader: Loader) -> None:
    """Serve until we are told to end, or until the server or the history fails."""
    loading = asyncio.create_task(asyncio.to_thread(loader.load), name="loading")
    ending = asyncio.create_task(told.wait(), name="ending")
    try:
        await asyncio.wait({loading, ending, server}, return_when=asyncio.FIRST_COMPLETED)
        if loading.done():
            loading.result()
            await asyncio.wait({ending, server}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        loader.stop()
        ending.cancel()
        await asyncio.wait({loading})
    if server.done():
        server.result()


async def _accounts(demo: Demo, home: House, clock: Clock) -> tuple[Accounts, str]:
    """The accounts of the demo, and the one whose mandate the register itself granted."""
    today = clock.today()
    # Another register has other mandates, so its accounts have a file of their own.
    accounts = Accounts(demo.data_dir / f"accounts-{home.register.id}.json")
    accounts.ensure(demo.history.accounts(today))
    mandate = await first_administrator(home.register, today)
    for account in accounts:
        for grant in account.grants:
            if grant.role == "administrator":
                if grant.mandate is None:
                    accounts.granted(account.account, grant.key, mandate)
                return accounts, account.account
    msg = "the history names no account with the role administrator"
    raise DemoRefused(msg)


def _password(path: Path) -> str:
    """The password of all accounts; the same at each start, so that a signed-in browser or a script can go on."""
    kept = read_private(path)
    if kept is not None:
        return kept.decode("ascii")
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    made = "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
    write_private(path, made.encode("ascii"))
    return made


def _serving(demo: Demo, home: House, accounts: Accounts, password: str) -> Serving:
    return Serving(
        address=address(demo.settings.host, demo.port),
        region=home.opened.region.name,
        password=password,
        accounts=tuple(account.account for account in accounts),
        data_dir=str(demo.data_dir),
        writes_as=home.roles[0],
        reads_as=home.roles[1],
    )


@contextmanager
def _alone(data_dir: Path) -> Iterator[Callable[[str], None]]:
    """One demo at a time on a data directory: a second one would end with the first one's database.

    Gives a function that leaves our address for that second one to tell.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data_dir / "demo.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            lock.seek(0)
            msg = f"a demo runs on {data_dir} already: use {lock.read() or 'that one'}, or choose another --data-dir"
            raise DemoRefused(msg) from fault
        lock.truncate(0)

        def note(where: str) -> None:
            lock.write(where)
            lock.flush()

        yield note
