"""Appending by 1, 8, 32 and 128 commands at once, on the whole write path, beside bare inserts on the same server."""

from __future__ import annotations

import asyncio
import hashlib
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from register.store.appending import Entry
from register.store.deciding import Decided, Fold, Job
from register.store.recorder import Recorder
from register.store.writer import OrderedWriter
from tests.bench.floor import bare_inserts, find_pgbench, make_floor, settings
from tests.bench.processor import postmaster, spending
from tests.databases import database_server, fresh_register

CLIENTS = (1, 8, 32, 128)
MOST_BARE = 32
"""More clients with a connection each than this do not make bare inserts faster; 128 commands are held against 32."""
SECONDS = float(os.environ.get("REGISTER_BENCH_SECONDS", "2"))
ROUNDS = int(os.environ.get("REGISTER_BENCH_ROUNDS", "3"))
ENCODER = msgspec.json.Encoder(order="sorted")


class Position(msgspec.Struct, frozen=True):
    """An entry of the usual size."""

    by: UUID
    cause: UUID
    id: UUID
    seq: int
    reason: str


class Counted:
    """A fold and a decision as small as can be, but with the bytes made and the leaf hashed."""

    def start(self) -> object:
        return 0

    def apply(self, state: object, rows: Sequence[tuple[int, bytes]]) -> object:
        assert isinstance(state, int)
        return state + len(rows)


class Record:
    """One command of the measurement: reads a stream of its own and one that all read."""

    request_hash = b"0" * 32
    account = "account"

    def __init__(self, stream: UUID, governance: UUID) -> None:
        self.cause = uuid4()
        self.reads = (stream, governance)

    def decide(self, states: Mapping[UUID, object], versions: Mapping[UUID, int], now: datetime) -> Decided:
        stream = self.reads[0]
        seq = versions[stream] + 1
        assert states[stream] == versions[stream]
        raw = ENCODER.encode(Position(self.cause, self.cause, stream, seq, "x" * 500))
        hashlib.sha256(b"\0" + raw).digest()
        entry = Entry(stream, "decision", seq, "position.recorded", 1, now, self.cause, raw)
        return Decided((entry,), (), {stream: seq})


Commands = Callable[[UUID, UUID], Job]


async def appends(app: str, clients: int, seconds: float, commands: Commands, fold: Fold) -> tuple[float, float]:
    """Commands a second by so many clients, and the 99th percentile of their waiting in ms."""
    governance = uuid4()
    waits: list[float] = []
    async with OrderedWriter(Recorder(app), fold) as writer:
        for _ in range(3):
            await writer.submit(commands(governance, uuid4()))

        async def client(stop: float) -> int:
            stream, done = uuid4(), 0
            while (begun := time.perf_counter()) < stop:
                await writer.submit(commands(stream, governance))
                waits.append(time.perf_counter() - begun)
                done += 1
            return done

        begun = time.perf_counter()
        done = await asyncio.gather(*[client(begun + seconds) for _ in range(clients)])
        rate = sum(done) / (time.perf_counter() - begun)
    return rate, statistics.quantiles(waits, n=100)[98] * 1000


def resident() -> float:
    """MB of memory of this process at its highest."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


Work = Callable[[int], tuple[float, float]]
"""What is measured, by how many at once: commands a second, and the 99th percentile of their waiting in ms."""


class Cell(msgspec.Struct, frozen=True):
    """One measurement: so many a second, how long the slowest hundredth waited (ms), and µs of processor for each."""

    rate: float
    late: float
    processor: str


def cell(work: Work, clients: int, seconds: float, server: int | None) -> Cell:
    """Do the work, and count what it costs here and in the server."""
    with spending(server) as spent:
        rate, late = work(clients)
    each = 1e6 / (rate * seconds)
    return Cell(rate, late, f"{spent.client * each:.0f} + {spent.server * each:.0f}")


def measure(owner: str, directory: Path, work: Work, *, processor: bool = False) -> None:
    """Interleave both in each round, so that a change of the machine's mood meets both.

    `processor`: also tell processor time, where the work is nothing but what is measured.
    """
    pgbench = find_pgbench()
    if pgbench is None:
        raise SystemExit("there is no pgbench on this machine to measure the floor with")
    script, server = make_floor(owner, directory), postmaster(owner)
    whole = float(max(1, round(SECONDS)))  # what pgbench takes

    def bare(clients: int) -> tuple[float, float]:
        return bare_inserts(pgbench, owner, script, clients, whole), 0

    floor: dict[int, list[Cell]] = {clients: [] for clients in CLIENTS if clients <= MOST_BARE}
    ours: dict[int, list[Cell]] = {clients: [] for clients in CLIENTS}
    for _ in range(ROUNDS):
        for clients in CLIENTS:
            if clients in floor:
                floor[clients].append(cell(bare, clients, whole, server))
            ours[clients].append(cell(work, clients, SECONDS, server))
    print(", ".join(f"{name} {value}" for name, value in sorted(settings(owner).items())))
    print(f"medians of {ROUNDS} rounds of {SECONDS:g} s; load of the machine {os.getloadavg()[0]:.1f}\n")
    print(
        "| commands at once | commands/s | p99 ms | beside so many clients | bare inserts/s | ratio | of each round |"
    )
    print("|---:|---:|---:|---:|---:|---:|---|")
    for clients in CLIENTS:
        print(compared(clients, ours[clients], floor[min(clients, MOST_BARE)]))
    if processor:
        print("\nµs of processor for each, here + in the server, last round:")
        for clients in CLIENTS:
            beside = floor[min(clients, MOST_BARE)][-1]
            print(f"- {clients}: {ours[clients][-1].processor}, a bare insert {beside.processor}")
    print(f"\nmemory of the writing process at its highest: {resident():.0f} MB")


def compared(clients: int, ours: list[Cell], floor: list[Cell]) -> str:
    """One line of the table."""
    ratios = [own.rate / bare.rate for own, bare in zip(ours, floor, strict=True)]
    return (
        f"| {clients} | {statistics.median(own.rate for own in ours):,.0f}"
        f" | {statistics.median(own.late for own in ours):.1f} | {min(clients, MOST_BARE)}"
        f" | {statistics.median(bare.rate for bare in floor):,.0f} | {statistics.median(ratios):.2f}"
        f" | {' '.join(f'{ratio:.2f}' for ratio in ratios)} |"
    )


def run() -> None:
    """Measure on the server of REGISTER_DATABASE_URL, else on an embedded one."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with database_server(directory / "server") as server, fresh_register(server, directory / "register") as logins:
            measure(
                logins.owner,
                directory,
                lambda clients: asyncio.run(appends(logins.app, clients, SECONDS, Record, Counted())),
                processor=True,
            )
