"""The least that a server can do: an ASGI function that sends so many bytes without looking at anything, in a process of its own.

    python -m tests.bench.bare        prints its port, and ends when its standard input does

The path says how many bytes: /15000.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from api.serving import free_port, listening

HOST = "127.0.0.1"
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def bare(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """Answer one request."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    size = int(scope["path"][1:])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"x" * size})


async def main() -> None:
    """Serve until the parent is gone."""
    port = free_port(HOST, 0)
    async with listening(bare, HOST, port):  # type: ignore[arg-type]  # an ASGI function of the simplest kind
        print(port, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
