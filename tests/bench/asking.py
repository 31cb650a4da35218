"""A caller over HTTP that costs little itself: a request is bytes that were made once, of an answer only its length is read."""

from __future__ import annotations

import asyncio
import re
import time
from urllib.parse import urlsplit

import msgspec

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
ETAG = re.compile(rb"(?i)\r\netag: *([^\r]+)")


class Asked(msgspec.Struct, frozen=True):
    """One thing that is asked again and again."""

    url: str
    etag: str | None = None

    @property
    def sent(self) -> bytes:
        """The whole request."""
        address = urlsplit(self.url)
        path = (address.path or "/") + (f"?{address.query}" if address.query else "")
        known = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        return f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAccept: */*\r\n{known}\r\n".encode()


class Connection:
    """One connection that is kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.head = b""

    @classmethod
    async def to(cls, asked: Asked) -> Connection:
        """Connect to where something is asked."""
        address = urlsplit(asked.url)
        return cls(*await asyncio.open_connection(address.hostname, address.port, limit=2**20))

    async def ask(self, request: bytes) -> float:
        """How many ms one answer took, to its last byte."""
        began = time.perf_counter()
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        if length is not None:
            await self._reader.readexactly(int(length[1]))
        elif b"chunked" in head.lower():
            await self._reader.readuntil(b"0\r\n\r\n")
        self.head = head
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        self._writer.close()


async def one_by_one(asked: Asked, times: int) -> list[float]:
    """How many ms each of some requests took, one after the other; the first is not counted."""
    connection, request = await Connection.to(asked), asked.sent
    waits = [await connection.ask(request) for _ in range(times + 1)]
    connection.close()
    assert connection.head[9:12] == (b"304" if asked.etag else b"200"), connection.head
    return waits[1:]


async def unchanged(asked: Asked) -> Asked:
    """The same, asked by a caller that has the answer already."""
    connection = await Connection.to(asked)
    await connection.ask(asked.sent)
    connection.close()
    etag = ETAG.search(connection.head)
    assert etag is not None, connection.head
    return Asked(asked.url, etag[1].decode())


async def at_once(asked: Asked, callers: int, seconds: float) -> float:
    """Answers a second to so many callers, each of whom asks again as soon as it is answered."""
    request, end = asked.sent, time.perf_counter() + seconds

    async def call() -> int:
        connection = await Connection.to(asked)
        n = 0
        while time.perf_counter() < end:
            await connection.ask(request)
            n += 1
        connection.close()
        return n

    began = time.perf_counter()
    answered = sum(await asyncio.gather(*(call() for _ in range(callers))))
    return answered / (time.perf_counter() - began)
