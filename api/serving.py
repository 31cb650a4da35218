"""Listening: one server in this process, told to stop by the usual signals, and one sentence when the port is taken."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from granian.constants import Interfaces
from granian.server.embed import Server

from api.outgoing import ASGIApp


class PortTaken(Exception):
    """Nobody can listen there; the message says what to do."""


def free_port(host: str, port: int, setting: str = "REGISTER_PORT or --port") -> int:
    """The port to listen on: the one that was asked for by a setting, or any free one for 0. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as found:
        # Reuse of an address in its last minute is well; of one that another process listens on is not.
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, port))
            found.listen(1)
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                msg = f"port {port} of {host} is in use; stop what listens there, or choose another: {setting}"
            else:
                msg = f"cannot listen on {host} port {port}: {fault.strerror}"
            raise PortTaken(msg) from fault
        return int(found.getsockname()[1])


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@asynccontextmanager
async def listening(app: ASGIApp, host: str, port: int) -> AsyncIterator[asyncio.Task[None]]:
    """Serve an application until the block ends; the task ends early only when the server fails."""
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_enabled=False,
        log_access=False,
    )
    server.workers_kill_timeout = 3  # an open connection does not keep us from ending
    task = asyncio.create_task(server.serve(), name="server")
    try:
        await _answers(host, port, task)
        yield task
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # granian gives no types here
        await asyncio.wait([task], timeout=10)


async def _answers(host: str, port: int, task: asyncio.Task[None]) -> None:
    """Wait until something listens; raises what the server raised."""
    while not task.done():
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return
    task.result()


@contextmanager
def until_told() -> Iterator[asyncio.Event]:
    """An event that is set by SIGINT or SIGTERM; a second one ends the process the hard way."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def tell() -> None:
        told.set()
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, tell)
    try:
        yield told
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
