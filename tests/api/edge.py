"""A register that listens, in a thread of its own: the real server on a real database, with the demo's accounts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from api.accounts import Accounts
from api.app import Parts, create_app
from api.asking import Clock
from api.history import History, Telling
from api.house import House, house, zone_of
from api.loading import Caller
from api.pages import page_routes
from api.serving import free_port, listening
from api.sign_in import SignIn
from register.opening import first_administrator, opened_by
from register.publishing.timestamps import Authorities
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from tests.api.described import must_be_described

PASSWORD = "abcd-efgh-jkmn"  # noqa: S105  # of accounts that exist in a test only
HOST = "127.0.0.1"
JSON = {"Content-Type": "application/json"}


class Edge:
    """What a test needs of a running register."""

    def __init__(self, port: int, home: House, parts: Parts, logins: Logins, accounts: Accounts) -> None:
        self.url = f"http://{HOST}:{port}"
        self.port, self.home, self.parts, self.logins, self.accounts = port, home, parts, logins, accounts
        self.loop = asyncio.get_running_loop()
        self.made: dict[str, str] = {}
        """The stream of each line of the history, by its name."""
        self.addresses: dict[str, str] = {}
        """The address `{id}.{seq}` of each line of the history."""
        # Every answer to a test is held to what openapi.json says of it.
        hooks = {"response": [must_be_described]}
        self.client = httpx.Client(base_url=f"{self.url}/api/v1", timeout=30, event_hooks=hooks)

    def get(self, path: str, **query: str | int) -> httpx.Response:
        """Ask for something."""
        return self.client.get(path, params=query)

    def read(self, path: str, **query: str | int) -> Any:  # noqa: ANN401  # any JSON
        """What is answered, which must be well."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(
        self, account: str, path: str, body: object, *, key: str | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Write something as an account; with a key of its own unless one is given."""
        sent = {"Idempotency-Key": key or str(uuid4()), **(headers or {})}
        auth = (account, PASSWORD)
        if isinstance(body, bytes):
            return self.client.post(path, content=body, headers={**JSON, **sent}, auth=auth)
        return self.client.post(path, json=body, headers=sent, auth=auth)

    def record(self, account: str, path: str, body: object) -> Any:  # noqa: ANN401  # any JSON
        """Write something that must be recorded, and give what was answered."""
        answer = self.post(account, path, body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def known(self, account: str) -> bool:
        """Tell whether there is such an account."""
        return self.accounts.get(account) is not None

    def size(self) -> int:
        """How many entries the log has."""
        return int(self.read("/events", limit=1)["position"]) + 1


async def _run(  # noqa: PLR0913  # what a process is told, and where it tells
    logins: Logins,
    data_dir: Path,
    history: History,
    *,
    stamps: Authorities | None,
    witnesses: Witnesses | None,
    ready: Future[Edge],
    told: Future[asyncio.Event],
) -> None:
    async with house(logins, data_dir, opened_by(history.charter), stamps=stamps, witnesses=witnesses) as home:
        clock = Clock(zone_of(home.opened))
        accounts = Accounts(data_dir / "accounts.json")
        accounts.ensure(history.accounts(clock.today()))
        mandate = await first_administrator(home.register, clock.today())
        administrator, key = next(
            (account.account, grant.key)
            for account in accounts
            for grant in account.grants
            if grant.role == "administrator"
        )
        accounts.granted(administrator, key, mandate)
        port = free_port(HOST, 0)
        parts = Parts(
            register=home.register,
            follower=home.follower,
            pool=home.pool,
            publisher=home.publisher,
            clock=clock,
            secret=home.secret,
            contact=home.opened.contact,
            contact_email="register@example.org",
            sign_in=SignIn(accounts, PASSWORD),
            loopback_only=True,
        )
        stop = asyncio.Event()
        async with listening(create_app(parts, page_routes), HOST, port):
            edge = Edge(port, home, parts, logins, accounts)
            with closing(Caller(HOST, port, PASSWORD)) as ask:
                telling = Telling(home.register.id, accounts, administrator, ask)
                await asyncio.to_thread(_tell, telling, history, accounts, edge)
            told.set_result(stop)
            ready.set_result(edge)
            await stop.wait()


def _tell(telling: Telling, history: History, accounts: Accounts, edge: Edge) -> None:
    for line in telling.tell(history.lines()):
        made = telling.made[line.name]
        edge.made[line.name] = made.id
        edge.addresses[line.name] = f"{made.id}.{made.seq}"
    for account in accounts:
        telling.grant(account.account)


@contextmanager
def running_edge(
    logins: Logins,
    data_dir: Path,
    history: History | None = None,
    stamps: Authorities | None = None,
    witnesses: Witnesses | None = None,
) -> Iterator[Edge]:
    """A register that was told a history, that of the demo when none is given, until the block ends."""
    ready: Future[Edge] = Future()
    told: Future[asyncio.Event] = Future()

    def work() -> None:
        try:
            story = history or History("mra")
            asyncio.run(_run(logins, data_dir, story, stamps=stamps, witnesses=witnesses, ready=ready, told=told))
        except BaseException as fault:
            if ready.done():
                raise
            ready.set_exception(fault)

    thread = threading.Thread(target=work, name="edge")
    thread.start()
    try:
        edge = ready.result(60)
        yield edge
        edge.client.close()
        edge.loop.call_soon_threadsafe(told.result().set)
    finally:
        thread.join(30)
