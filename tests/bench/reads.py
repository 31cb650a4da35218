"""Pages and JSON as they are asked for over HTTP, fresh and unchanged, beside bare answers of the same kind of server, in one run.

The register is `register demo` with the shipped history, in a process of its own, whose memory is told; so is the bare server.
Each round asks all of them in turn; what is printed are medians of the rounds.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import msgspec

from tests.bench.asking import Asked, at_once, one_by_one, unchanged
from tests.bench.bare import HOST

ROUNDS = int(os.environ.get("REGISTER_BENCH_ROUNDS", "3"))
REQUESTS = int(os.environ.get("REGISTER_BENCH_REQUESTS", "40"))
SECONDS = float(os.environ.get("REGISTER_BENCH_SECONDS", "1")) / 2
CALLERS = 8
BARE, BARE_EMPTY = "a bare answer of 15,000 bytes", "a bare empty answer"
PAGES = (
    "/",
    "/besluiten/{id}",
    "/leden/gm0377",
    "/koers",
    "/vergaderingen",
    "/gremia",
    "/standpunten",
    "/zoeken?q=Bloemendaal",
)
READS = ("/decisions", "/decisions/{id}", "/decisions/{id}/positions", "/members", "/course", "/search?q=Bloemendaal")
UNCHANGED = ("/", "/koers", "/api/v1/course")


class Cell(msgspec.Struct, frozen=True):
    """What one round found: ms of the middle and of the slowest twentieth, one after the other, and answers a second."""

    p50: float
    p95: float
    rate: float


@contextmanager
def process(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own that ends with the block; it says where it is on its standard output."""
    running = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.terminate()
        running.wait(60)


def said(running: subprocess.Popen[str]) -> str:
    """The next line that a server says."""
    assert running.stdout is not None
    line = running.stdout.readline()
    assert line, "it ended"
    return line


def asked(base: str, bare: str) -> dict[str, Asked]:
    """Everything that is asked, by what it is called."""
    with urlopen(f"{base}/api/v1/decisions?q=Samenwerkingsafspraken%20Metropoolregio") as answer:  # noqa: S310  # our own server
        decision = json.load(answer)["items"][0]["id"]
    paths = [*PAGES, *(f"/api/v1{path}" for path in READS)]
    found = {BARE: Asked(f"{bare}/15000"), BARE_EMPTY: Asked(f"{bare}/0")}
    found |= {path: Asked(base + path.replace("{id}", decision)) for path in paths}
    for path in UNCHANGED:
        found[f"{path}, unchanged (304)"] = asyncio.run(unchanged(found[path]))
    return found


async def measured(what: Asked) -> Cell:
    """One round of one thing."""
    waits = await one_by_one(what, REQUESTS)
    return Cell(statistics.median(waits), statistics.quantiles(waits, n=20)[18], await at_once(what, CALLERS, SECONDS))


def memory(pid: int, name: str) -> float:
    """MB of a process: VmRSS now, VmHWM at its highest."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split(f"{name}:")[1].split()[0]) / 1024


def run() -> None:
    """Measure on an embedded server."""
    with (
        tempfile.TemporaryDirectory() as name,
        process("api", "demo", "--port", "0", "--json", "--data-dir", name) as register,
        process("tests.bench.bare") as bare,
    ):
        base = str(json.loads(said(register))["address"])
        told = json.loads(said(register))
        before = memory(register.pid, "VmRSS")
        everything = asked(base, f"http://{HOST}:{int(said(bare))}")
        rounds = [{name: asyncio.run(measured(what)) for name, what in everything.items()} for _ in range(ROUNDS)]
        print(
            f"{told['total']} requests told; {ROUNDS} rounds, medians; {REQUESTS} requests one after the other for ms,"
        )
        print(f"{CALLERS} callers at once for req/s; servers, callers and database share {os.cpu_count()} processors\n")
        table({name: median([found[name] for found in rounds]) for name in everything})
        print(f"\nmemory of the serving process: {before:.0f} MB when the history was told,", end=" ")
        print(
            f"{memory(register.pid, 'VmRSS'):.0f} MB after all of this, {memory(register.pid, 'VmHWM'):.0f} MB at its highest"
        )


def median(found: list[Cell]) -> Cell:
    """The middle of the rounds, number by number."""
    return Cell(*(statistics.median(getattr(cell, name) for cell in found) for name in Cell.__struct_fields__))


def table(found: dict[str, Cell]) -> None:
    """Print it, with what each rate is beside that of a bare answer: an unchanged one has no body, so beside the empty one."""
    print("| what is asked | p50 ms | p95 ms | req/s | beside the bare answer |")
    print("|---|---:|---:|---:|---:|")
    for name, cell in found.items():
        floor = found[BARE_EMPTY if "304" in name or name == BARE_EMPTY else BARE]
        print(f"| {name} | {cell.p50:.1f} | {cell.p95:.1f} | {cell.rate:,.0f} | {cell.rate / floor.rate:.3f} |")


ROOT = Path(__file__).parents[2]
