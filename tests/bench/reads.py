"""Pages and JSON as they are asked for over HTTP, beside a bare answer of the same server, with the memory of the process.

The bare answer is an ASGI function that sends the same number of bytes without looking at anything. Each round asks all of them in turn.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from api.serving import free_port, listening
from tests.api.edge import HOST, Edge, running_edge
from tests.bench.append import resident
from tests.databases import database_server, fresh_register

ROUNDS = int(os.environ.get("REGISTER_BENCH_ROUNDS", "3"))
REQUESTS = int(os.environ.get("REGISTER_BENCH_REQUESTS", "60"))
BARE_BYTES = 15_000
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def bare(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """The least that a server can do: one answer, always the same."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"x" * BARE_BYTES})


def asked(client: httpx.Client, path: str, headers: dict[str, str]) -> list[float]:
    """How long each of some requests took, in ms; the first one is not counted."""
    waits: list[float] = []
    for _ in range(REQUESTS + 1):
        began = time.perf_counter()
        answer = client.get(path, headers=headers)
        waits.append((time.perf_counter() - began) * 1000)
        assert answer.status_code in {200, 304}, f"{path}: {answer.status_code}"
    return waits[1:]


def run() -> None:
    """Measure on the server of REGISTER_DATABASE_URL, else on an embedded one."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with (
            database_server(directory / "server") as server,
            fresh_register(server, directory / "register") as logins,
            running_edge(logins, directory / "register") as edge,
        ):
            port = free_port(HOST, 0)
            stop = asyncio.run_coroutine_threadsafe(_bare(port), edge.loop).result(10)
            try:
                _measure(edge, f"http://{HOST}:{port}/")
            finally:
                edge.loop.call_soon_threadsafe(stop.set)


async def _bare(port: int) -> asyncio.Event:
    """The bare answer beside the register, in the same process, until the event is set."""
    stop, up = asyncio.Event(), asyncio.Event()

    async def serve() -> None:
        async with listening(bare, HOST, port):  # type: ignore[arg-type]  # an ASGI function of the simplest kind
            up.set()
            await stop.wait()

    _SERVING.append(asyncio.ensure_future(serve()))
    await up.wait()
    return stop


_SERVING: list[asyncio.Future[None]] = []
"""Kept so that the task is not collected while it serves."""


def _measure(edge: Edge, bare_url: str) -> None:
    decision = edge.made["samenwerkingsafspraken"]
    paths = ["/", "/koers", f"/besluiten/{decision}", "/leden/gm0377", "/standpunten"]
    paths += ["/api/v1/decisions", f"/api/v1/decisions/{decision}", "/api/v1/course", "/api/v1/members"]
    named = {f"{path} unchanged": path for path in ("/", "/api/v1/course")}
    took: dict[str, list[float]] = {"bare answer": [], **{path: [] for path in (*paths, *named)}}
    with httpx.Client(timeout=30) as client:
        for _ in range(ROUNDS):
            took["bare answer"] += asked(client, bare_url, {})
            for path in paths:
                took[path] += asked(client, edge.url + path, {})
            for name, path in named.items():
                etag = client.get(edge.url + path).headers["etag"]
                took[name] += asked(client, edge.url + path, {"If-None-Match": etag})
    floor = statistics.median(took["bare answer"])
    print(f"{edge.size()} entries; {ROUNDS} rounds of {REQUESTS} requests, one after the other on one connection\n")
    print("| what is asked | p50 ms | p95 ms | beside the bare answer |")
    print("|---|---:|---:|---:|")
    for path, waits in took.items():
        shown = path.replace(decision, "{id}")
        middle = statistics.median(waits)
        print(f"| {shown} | {middle:.1f} | {statistics.quantiles(waits, n=20)[18]:.1f} | {middle / floor:.1f} x |")
    print(f"\nmemory of the serving process at its highest: {resident():.0f} MB")
