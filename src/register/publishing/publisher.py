"""Publishes beside a running register: of all processes the one that holds the locks, woken by the store, at most a second behind."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Any, Self

import structlog
from psycopg import AsyncConnection

from register.publishing.files import Files
from register.publishing.keys import Keys, make_keys, read_keys
from register.publishing.ledger import Ledger
from register.publishing.publication import Publication
from register.publishing.refusing import KeysRefused, PublishingRefused
from register.publishing.stamping import Stamping
from register.publishing.timestamps import Authorities
from register.publishing.witnesses import Witnesses
from register.store.line import connect
from register.store.subscription import CHANNEL

log = structlog.get_logger(__name__)

PERIOD = 0.7
"""Seconds between two checkpoints while entries keep coming: what comes together is published together."""
LOOK = 1.0
"""Seconds after which the log is looked at without having been told."""
AGAIN = 10.0
"""Seconds after which a refused publication looks whether somebody has mended the cause."""


class Home:
    """Where a process keeps what it publishes, below its data directory."""

    def __init__(self, data_dir: Path) -> None:
        """`log/` can be served by any server of files; `keys/` is for this user only."""
        self.log = data_dir / "log"
        self.keys = data_dir / "keys"
        self.lock = data_dir / "log.lock"


class Publisher:
    """Publishes as long as it is open. One a process; use it with `async with`."""

    def __init__(  # noqa: PLR0913  # what it is told
        self,
        conninfo: str,
        data_dir: Path,
        *,
        origin: str | None,
        otherwise: str,
        witnesses: Witnesses | None = None,
        stamps: Authorities | None = None,
    ) -> None:
        """`origin` is the name that the log must have, `otherwise` the one that a new log gets when none is asked."""
        self.home = Home(data_dir)
        self.witnesses = witnesses or Witnesses()
        self.stamping = Stamping(conninfo, Files(self.home.log), stamps or Authorities())
        self.refused = ""
        """Why nothing is published; empty when all is well, or when another process publishes."""
        self.waiting: int = 0
        """The size of a checkpoint that is not shown because too few witnesses have signed it; 0 when none waits."""
        self._conninfo, self._origin, self._otherwise = conninfo, origin, otherwise
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="publisher")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """A step that has begun is finished: its files are written in a thread that cannot be stopped."""
        self._stopping.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        async with self.witnesses:
            await self._turns()

    async def _turns(self) -> None:
        pause = 0.1
        while not self._stopping.is_set():
            try:
                await self._turn()
                pause = 0.1
            except PublishingRefused as refused:
                if self.refused != str(refused):
                    log.error("publishing_refused", reason=str(refused))  # noqa: TRY400  # the sentence is the whole story
                self._refuse(str(refused))
                await self._unless_stopped(asyncio.sleep(AGAIN))
            except Exception:
                # Whatever it is, the entries are there; the next turn finds out by itself what of them is published.
                log.exception("publishing_interrupted")
                self._refuse("publishing was interrupted and is tried again; the log lines of the server say why")
                await self._unless_stopped(asyncio.sleep(pause))
                pause = min(pause * 2, 5.0)

    async def _turn(self) -> None:
        """Publish for as long as the locks are ours; or wait a little when another has them."""
        async with self._alone() as connection:
            if connection is not None:
                await self._publish(connection)
                return
        self._refuse("")
        await self._unless_stopped(asyncio.sleep(LOOK))

    async def _publish(self, connection: AsyncConnection[Any]) -> None:
        ledger = Ledger(connection)
        if await ledger.last() is None:
            make_keys(self.home.keys, self._origin or self._otherwise)
        publication = Publication(ledger, Files(self.home.log), self._keys, witnesses=self.witnesses)
        await publication.resume()
        async with self.stamping.beside():
            # A directory that was taken away is written again whole, in a turn of its own.
            while not self._stopping.is_set() and not publication.lost:
                began = monotonic()
                self._waits(publication.waiting)
                if await publication.step():
                    await self._unless_stopped(asyncio.sleep(PERIOD - (monotonic() - began)))
                else:
                    await self._unless_stopped(_told(connection))

    def _refuse(self, reason: str) -> None:
        self.refused, self.waiting = reason, 0

    def _waits(self, size: int) -> None:
        """Nothing is refused any more; what is signed may wait all the same."""
        if size and size != self.waiting:
            log.warning("waiting_for_witnesses", size=size)
        self.waiting = size
        told = f"the checkpoint of {size} entries is signed, and waits for as many witnesses as are wanted"
        self.refused = told if size else ""

    def _keys(self) -> Keys:
        """Those that are there; a log that is published gets no others by itself."""
        keys = read_keys(self.home.keys)
        if keys is None:
            msg = "the log is published, and the keys that signed it are not in keys/; put them back from their copy"
            raise KeysRefused(msg)
        if self._origin not in {None, keys.origin}:
            msg = f"REGISTER_LOG_ORIGIN is {self._origin}, and the keys are of the log {keys.origin}; a log keeps its name"
            raise KeysRefused(msg)
        return keys

    @asynccontextmanager
    async def _alone(self) -> AsyncGenerator[AsyncConnection[Any] | None]:
        """A connection with both locks, that of the directory and that of the database; None when another holds one of them."""
        self.home.lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.home.lock.open("ab") as lock:
            if not _locked(lock):
                yield None
                return
            connection = await connect(self._conninfo)
            try:
                if not await Ledger(connection).alone():
                    yield None
                    return
                await connection.execute(f"LISTEN {CHANNEL}")
                log.info("publishing", directory=str(self.home.log))
                yield connection
            finally:
                await connection.close()

    async def _unless_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Wait for something, but not when we are told to end."""
        task, stop = asyncio.ensure_future(work), asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            task.result()
        else:
            task.cancel()
            await asyncio.wait({task})


async def _told(connection: AsyncConnection[Any]) -> None:
    """Return when there may be more entries."""
    async for _ in connection.notifies(timeout=LOOK, stop_after=1):
        return


def _locked(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
