"""Has the checkpoint stamped once a day by each authority, beside publishing and without ever holding it up.

The order of a stamp is that of everything published: the answer is checked, kept in the database, then shown as a file.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from time import monotonic

import msgspec
import structlog

from register.publishing import stamp_rows
from register.publishing.asking import NoAnswer, client, posted
from register.publishing.files import Files
from register.publishing.timestamps import Authorities, NoStamp, Stamp, accepted, named, request_over
from register.store.line import connect
from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import NotANoteError, Note

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)
"""How long a stamp of an authority lasts us: an older one is followed by another, if anything was published since."""
LOOK = 1.0
"""Seconds between two looks at what is published."""
DEADLINE = 10.0
"""Seconds that an authority has to answer."""
SOONEST, LATEST = 60.0, 3600.0
"""Seconds that an authority which failed is not asked: twice as many each time."""
FORM = {"Content-Type": "application/timestamp-query", "Accept-Encoding": "identity"}


class Asked(msgspec.Struct):
    """What is remembered of one authority."""

    size: int = 0
    at: datetime | None = None
    reason: str = ""
    """Why it gave no stamp when it was asked last; empty when it did."""
    failures: int = 0
    not_before: float = 0.0


class Stamping:
    """Lives as long as the publisher; works only where `beside` it something is published."""

    def __init__(
        self, conninfo: str, files: Files, authorities: Authorities, now: Callable[[], datetime] | None = None
    ) -> None:
        """Nobody was asked yet."""
        self.authorities, self.files = authorities, files
        self.asked = {url: Asked() for url in authorities.urls}
        self._conninfo = conninfo
        self._now = now or (lambda: datetime.now(UTC))
        self._numbers: dict[int, int] = {}

    @property
    def reasons(self) -> dict[str, str]:
        """By the name of each authority that gave no stamp when it was asked last: why."""
        return {named(url): asked.reason for url, asked in self.asked.items() if asked.reason}

    @asynccontextmanager
    async def beside(self) -> AsyncGenerator[None]:
        """Work for as long as the block runs, which holds the locks of the publisher."""
        task = asyncio.create_task(self._run(), name="stamping")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        """Nothing that goes wrong here reaches the publisher."""
        while True:
            try:
                await self.resume()
                while self.authorities.urls:
                    await self.round()
                    await asyncio.sleep(LOOK)
            except Exception:
                log.exception("stamping_interrupted")
                await asyncio.sleep(SOONEST)
            else:
                return

    async def resume(self) -> None:
        """Find out what is stamped, and show what an earlier run kept and did not come to show."""
        connection = await connect(self._conninfo)
        try:
            rows = await stamp_rows.kept(connection)
        finally:
            await connection.close()
        for stamp in rows:
            self._remember(stamp)
            if not self.files.has(stamp.name):
                self.files.put(stamp.name, stamp.response)
            await asyncio.sleep(0)

    async def round(self) -> None:
        """Ask each authority whose turn it is, one after the other."""
        size = self._published()
        for url in [url for url, asked in self.asked.items() if self._due(asked, size)]:
            asked = self.asked[url]
            try:
                await self._stamp(url, size)
                asked.reason, asked.failures = "", 0
            except (NoStamp, FileExistsError) as fault:
                asked.reason = str(fault)
                asked.not_before = monotonic() + min(SOONEST * 2**asked.failures, LATEST)
                asked.failures += 1
                log.warning("not_stamped", authority=named(url), reason=asked.reason)

    def _due(self, asked: Asked, size: int) -> bool:
        if size <= asked.size or monotonic() < asked.not_before:
            return False
        return asked.at is None or self._now() - asked.at >= EVERY

    async def _stamp(self, url: str, size: int) -> None:
        note = self.files.read(f"checkpoints/{size}")
        if note is None:
            return
        request = request_over(note)
        answer = await _answer(url, request.as_bytes())
        told = accepted(answer, request, note, self.authorities, self._now())
        stamp = Stamp(size, self._free(size), named(url), told.at, request.as_bytes(), told.raw)
        # Dying here: the answer is lost, and the next run asks for another one.
        await self._keep(stamp)
        # Dying here: the next run shows what was kept.
        self.files.put(stamp.name, stamp.response)
        self._remember(stamp)

    async def _keep(self, stamp: Stamp) -> None:
        """Over a connection of its own, since that of the publisher is at work."""
        connection = await connect(self._conninfo)
        try:
            await stamp_rows.keep(connection, stamp)
        finally:
            await connection.close()

    def _remember(self, stamp: Stamp) -> None:
        self._numbers[stamp.size] = max(stamp.number, self._numbers.get(stamp.size, 0))
        for url, asked in self.asked.items():
            if named(url) == stamp.authority:
                asked.size = max(stamp.size, asked.size)
                asked.at = max(stamp.at, asked.at or stamp.at)

    def _free(self, size: int) -> int:
        """The next number; one that a file has is taken, also when the database is of an older backup and knows nothing of it."""
        number = self._numbers.get(size, 0) + 1
        while self.files.has(f"checkpoints/{size}.{number}.tsr"):
            number += 1
        return number

    def _published(self) -> int:
        """The size of the checkpoint that everybody sees; 0 when there is none."""
        try:
            return Checkpoint.read(Note.read(self.files.read("checkpoint") or b"").text).size
        except NotANoteError:
            return 0


async def _answer(url: str, body: bytes) -> bytes:
    """What an authority says; NoStamp when nothing came in time that can be read."""
    try:
        async with client() as http:
            answer = await posted(http, url, body, FORM, DEADLINE)
    except NoAnswer as fault:
        raise NoStamp(str(fault)) from None
    if answer.status != HTTPStatus.OK:
        msg = f"it answered with status {answer.status}"
        raise NoStamp(msg)
    return answer.body
