"""What each command does; the command line gives it settings and somewhere to print."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
from psycopg import AsyncConnection

from api.app import Parts, create_app
from api.asking import Clock
from api.console import Console
from api.demo import DemoRefused, Serving, Told, run_demo
from api.doctor import Finding, examine
from api.freshness import Freshness
from api.guarding import until_older
from api.history import HistoryRefused
from api.house import (
    NoDatabase,
    NotOpened,
    before_anybody_is_answered,
    data_dir_of,
    database,
    house,
    who_stamps,
    witnesses_of,
    zone_of,
)
from api.loading import Loading
from api.logs import configure_logs
from api.metrics import measured
from api.pages import page_routes
from api.serving import PortTaken, address, free_port, listening, until_told
from api.settings import Settings
from projections.models import NAMES, every
from projections.rebuild import AlreadyBuilding, Rebuilt
from projections.rebuild import rebuild as build_anew
from register.charter.facts import RegisterOpened
from register.faults import BodyRefused
from register.opening import already_opened, open_register, opened_by
from register.publishing.files import Files
from register.publishing.publisher import Home
from register.publishing.refusing import PublishingRefused
from register.refusals import Refused
from register.register import Charter, running
from register.restoring.refusing import RestoreRefused
from register.store.appending import NotStored
from register.store.binaries import NoPostgres
from register.store.migrations import MigrationRefused
from register.store.rewriting import RewritingRefused
from register.store.roles import Logins


class AnotherRegister(Exception):
    """The database holds the register of another region."""


class NoSuchModel(Exception):
    """A read model was named that there is not."""


FAULTS = (
    AlreadyBuilding,
    AnotherRegister,
    BodyRefused,
    DemoRefused,
    HistoryRefused,
    MigrationRefused,
    NoDatabase,
    NoPostgres,
    NoSuchModel,
    NotOpened,
    NotStored,
    PortTaken,
    PublishingRefused,
    Refused,
    RestoreRefused,
    RewritingRefused,
)
"""What is told in one sentence; the sentence says what to do."""


class Opened(msgspec.Struct, frozen=True):
    """What `init` answers."""

    register: str
    region: str


class Served(msgspec.Struct, frozen=True):
    """What `serve` answers as soon as it listens."""

    address: str
    region: str
    writes_as: str
    reads_as: str


def demo(settings: Settings, region: str, console: Console) -> None:
    """Serve the demo until told to end."""

    def tell(told: Told) -> None:
        match told:
            case Loading(done, total, numbers):
                console.progress("telling the history", done, total)
                if done >= total:
                    console.tell(told, *loaded(total, numbers))
            case Serving():
                console.tell(told, *invitation(told))

    run_demo(settings, region, tell)


def invitation(serving: Serving) -> tuple[str, ...]:
    """What the demo prints when it answers."""
    members = [account for account in serving.accounts if account[:2] in {"gm", "pv", "so"}]
    others = [account for account in serving.accounts if account not in members]
    return (
        f"{serving.region}: {serving.address} (English: {serving.address}/en)",
        f"To record: {serving.address}/vastleggen, password of every account {serving.password}",
        f"Accounts: {', '.join(others)}, and each of the {len(members)} members by its code, such as {members[0]}.",
        f"What you record is kept in {serving.data_dir}; remove that folder to begin anew.",
    )


def loaded(total: int, numbers: dict[str, int]) -> tuple[str, ...]:
    """What the demo prints when the whole history is there."""
    *most, last = (f"{number} {SAID.get(word, word)}" for word, number in numbers.items())
    return (f"The history is told, in {total} requests: {', '.join(most)} and {last}.", "Ctrl-C stops.")


SAID = {"evidence": "pieces of evidence"}
"""What is counted, where a sentence says it in other words."""


def serve(settings: Settings, console: Console) -> None:
    """Serve the register of a database until told to end."""
    port = free_port(settings.host, settings.port)
    configure_logs(settings.log_level)
    with database(settings, settings.data_dir) as logins:
        asyncio.run(_serve(settings, logins, port, console))


async def _serve(settings: Settings, logins: Logins, port: int, console: Console) -> None:
    witnesses, stamps = witnesses_of(settings), who_stamps(settings)
    async with house(
        logins,
        settings.data_dir,
        origin=settings.log_origin,
        host=settings.host,
        witnesses=witnesses,
        stamps=stamps,
    ) as home:
        clock = Clock(zone_of(home.opened))
        parts = Parts(
            register=home.register,
            follower=home.follower,
            pool=home.pool,
            publisher=home.publisher,
            clock=clock,
            secret=home.secret,
            contact=home.opened.contact,
            contact_email=settings.contact_email,
            freshness=Freshness(timedelta(seconds=settings.log_alarm)),
        )
        with until_told() as told:
            async with (
                measured(settings.metrics, parts),
                listening(create_app(parts, page_routes), settings.host, port) as server,
            ):
                served = Served(address(settings.host, port), home.opened.region.name, *home.roles)
                console.tell(served, f"{served.region}: {served.address}")
                ending = asyncio.create_task(told.wait())
                guard = asyncio.create_task(until_older(logins, settings.data_dir), name="guard")
                await asyncio.wait({ending, server, guard}, return_when=asyncio.FIRST_COMPLETED)
                ending.cancel()
                guard.cancel()
                for failed in (server, guard):
                    if failed.done():
                        failed.result()


def init(settings: Settings, charter: Path, console: Console) -> None:
    """Open a register in an empty database; again with the same database, it says which one is there."""
    opening = opened_by(charter)
    with database(settings, settings.data_dir) as logins:
        before_anybody_is_answered(logins, settings.data_dir)
        opened = asyncio.run(_init(logins, Charter.of(opening), opening))
    console.tell(opened, f"The register of {opened.region} is open; its id is {opened.register}.")


async def _init(logins: Logins, charter: Charter, opening: RegisterOpened) -> Opened:
    async with await AsyncConnection.connect(logins.app) as connection:
        there = await already_opened(connection)
    if there is not None:
        if there.region.code != charter.region:
            msg = f"this database holds the register of {there.region.code} already; one database holds one register"
            raise AnotherRegister(msg)
        return Opened(there.id, there.region.code)
    async with running(logins.app, charter) as register:
        await open_register(register, opening)
    return Opened(opening.id, charter.region)


def rebuild(settings: Settings, region: str, name: str | None, console: Console) -> None:
    """Make read models anew from the log, beside those that are read, and swap them in."""
    if name is not None and name not in NAMES:
        msg = f"there is no read model {name}; there are {', '.join(NAMES)}"
        raise NoSuchModel(msg)
    with database(settings, data_dir_of(settings, region)) as logins:
        built = asyncio.run(_rebuild(logins, name, console))
    for missed in built.missed:
        console.tell(missed, f"{missed.model} could not take in entry {missed.position}: {missed.reason}")
    console.tell(built, f"Made anew up to entry {built.position}: {', '.join(built.names)}.")


async def _rebuild(logins: Logins, name: str | None, console: Console) -> Rebuilt:
    async with await AsyncConnection.connect(logins.app) as connection:
        opened = await already_opened(connection)
    if opened is None:
        msg = "this database holds no register yet, so there is nothing to make anew"
        raise NotOpened(msg)
    models = every(NAMES if name is None else (name,))

    def progress(done: int, total: int) -> None:
        console.progress("rebuild", done, total)

    return await build_anew(logins.projections, zone_of(opened), models, progress)


def doctor(settings: Settings, region: str, console: Console) -> bool:
    """Say what is well and what is not; True when all is."""
    data_dir = data_dir_of(settings, region)
    findings: list[Finding] = []
    with database(settings, data_dir) as logins:
        for finding in examine(logins, Files(Home(data_dir).log)):
            findings.append(finding)
            console.tell(finding, f"{'ok   ' if finding.well else 'WRONG'} {finding.what}: {finding.says}")
    wrong = sum(not finding.well for finding in findings)
    if wrong:
        console.tell({"wrong": wrong}, f"{wrong} of {len(findings)} are wrong.")
    return not wrong
