"""A line to the database that breaks on demand: before a message arrives, after it was answered, or by falling silent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from psycopg.conninfo import conninfo_to_dict, make_conninfo

LOST = "lost"  # the message never arrives, the line breaks
UNHEARD = "unheard"  # the message arrives and is answered, the line breaks before the answer is through
LATE = "late"  # the line is silent; the message arrives only when released


class Line:
    """Sits between a client and the server. `faults` are the next messages' fates, one each; then all is well."""

    def __init__(self, upstream: str) -> None:
        where = {key: str(value) for key, value in conninfo_to_dict(upstream).items()}
        self.host = where.get("host", "localhost")
        self.port = where.get("port", "5432")
        self.upstream = upstream
        self.faults: list[str] = []
        self.met: list[str] = []
        self.failed = asyncio.Event()
        self.release = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        self.conninfo = ""

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.host.startswith("/"):
            return await asyncio.open_unix_connection(f"{self.host}/.s.PGSQL.{self.port}")
        return await asyncio.open_connection(self.host, int(self.port))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a client."""
        up_reader, up_writer = await self._open()
        answers = asyncio.create_task(_copy(up_reader, writer))
        self.tasks.add(answers)
        try:
            while message := await reader.read(1 << 20):
                fault = self.faults.pop(0) if self.faults else ""
                if fault:
                    self.met.append(fault)
                    self.failed.set()
                    await self._fail(fault, message, answers, up_reader, up_writer)
                    break
                up_writer.write(message)
                await up_writer.drain()
        finally:
            answers.cancel()
            writer.close()
            up_writer.close()

    async def _fail(
        self,
        fault: str,
        message: bytes,
        answers: asyncio.Task[None],
        up_reader: asyncio.StreamReader,
        up_writer: asyncio.StreamWriter,
    ) -> None:
        answers.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await answers
        if fault == LATE:
            await self.release.wait()
        if fault in (UNHEARD, LATE):
            up_writer.write(message)
            await up_writer.drain()
            assert await up_reader.read(1 << 20), "the server answered"


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while answer := await reader.read(1 << 20):
        writer.write(answer)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def breakable(upstream: str) -> AsyncGenerator[Line]:
    """A line to the same database as `upstream`."""
    line = Line(upstream)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    line.conninfo = make_conninfo(upstream, host="127.0.0.1", port=port, sslmode="disable", gssencmode="disable")
    try:
        yield line
    finally:
        server.close()
