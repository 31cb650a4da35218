"""Processor time of a server on this machine: what a measurement cost, however busy the machine was."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

TICK = os.sysconf("SC_CLK_TCK")


class Spent:
    """Seconds of processor time, ours (programs that we started included) and the server's."""

    def __init__(self) -> None:
        self.client = 0.0
        self.server = 0.0


def postmaster(owner: str) -> int | None:
    """Process id of the server, if it runs here."""
    with psycopg.connect(owner) as connection:
        fields = _stat(connection.info.backend_pid)
    return int(fields[1]) if fields else None


@contextmanager
def spending(server: int | None) -> Iterator[Spent]:
    """Count what is spent until the block ends."""
    spent = Spent()
    client, before = _client(), _server(server)
    yield spent
    time.sleep(0.2)  # a backend that is just going has handed in its time by then
    spent.client = _client() - client
    spent.server = _server(server) - before


def _client() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _server(postmaster_: int | None) -> float:
    """The postmaster with the backends that are gone, and those that live."""
    if postmaster_ is None:
        return 0.0
    own = _stat(postmaster_)
    ticks = sum(map(int, own[11:15])) if own else 0
    for process in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(process.name))
        if fields and int(fields[1]) == postmaster_:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


def _stat(process: int) -> list[str]:
    """The fields after the name: state, parent, …; times are the 12th to the 15th."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
