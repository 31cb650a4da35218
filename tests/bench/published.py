"""A log of 1,000,000 entries: hashed, grown, written, published from PostgreSQL, proven, checked and gone on with, beside the floors of the same run.

Ratios are to plain hashing of the same entries; memory is that of processes that do only what they are measured for.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import psycopg

from register.publishing.files import Files
from register.publishing.proving import Prover
from register.store.roles import Logins
from tests.bench import entries, hashed
from tests.bench.asking import Asked, Connection
from tests.bench.entries import Made
from tests.bench.floor import settings
from tests.bench.reads import ROOT, process, said
from tests.bench.rebuild import build
from tests.databases import database_server, fresh_register

COUNT = int(os.environ.get("REGISTER_BENCH_LOG", "1000000"))
ROUNDS = int(os.environ.get("REGISTER_BENCH_ROUNDS", "3"))
SOME = min(COUNT, 200_000)
"""Entries of which the texts are checked."""
REPLAYED = min(COUNT, 30_000)
"""Entries that are replayed into read models, which takes longer than all the rest."""
PROOFS = 1000
EVENTS = "position, time, known, stream, cause, seq, v, kind, type, entry"


def stored(logins: Logins, made: Iterator[Made], *, texts: bool) -> None:
    """Put entries into the log, as the owner and as fast as the server takes them; with the texts of their seals."""
    told: list[str] = []
    count, last = 0, ""
    with psycopg.connect(logins.owner) as conn:
        with conn.cursor().copy(f"COPY log.events ({EVENTS}) FROM STDIN") as copy:
            for count, each in enumerate(made, 1):  # how many there were
                last = each.time
                place = f"{count - 1}\t{last}\t{last}\t{each.stream}\t{each.cause}\t{each.seq}\t1\t{each.kind}"
                copy.write(f"{place}\t{each.type}\t\\\\x{each.raw.hex()}\n")
                if texts:
                    told += [f"{each.stream}\t{each.seq}\t{one.field}\t{one.disclosure}\n" for one in each.openings]
        with conn.cursor().copy("COPY log.openings (stream, seq, field, disclosure) FROM STDIN") as copy:
            copy.write("".join(told))
        conn.execute("UPDATE log.head SET next = %s, known = %s", (count, last))
        conn.commit()
        conn.autocommit = True
        conn.execute("VACUUM ANALYZE log.events")
        conn.execute("CHECKPOINT")


def alone(what: str, logins: Logins, where: Path) -> dict[str, float]:
    """One thing in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.alone", what, logins.app, str(where)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def line(name: str, seconds: float, count: int, floor: float | None = None, more: str = "") -> None:
    """One line of the table."""
    ratio = f"{seconds / floor:.2f}" if floor else ""
    print(f"| {name} | {seconds:.2f} | {count / seconds:,.0f} | {ratio} | {more} |", flush=True)


def in_memory(made: Sequence[Made], where: Path) -> float:
    """What needs no database; returns the seconds that plain hashing takes."""
    raw = [each.raw for each in made]
    sizes = statistics.quantiles(map(len, raw), n=20)
    print(f"{COUNT:,} entries of {statistics.mean(map(len, raw)):.0f} bytes ({sizes[0]:.0f} to {sizes[-1]:.0f})\n")
    print("| what | s | entries/s | beside hashing | |\n|---|---:|---:|---:|---|")
    assert hashed.grown(raw) == hashed.floor(raw)
    rounds = [
        (hashed.seconds(lambda: hashed.floor(raw)), hashed.seconds(lambda: hashed.grown(raw))) for _ in range(ROUNDS)
    ]
    floor = statistics.median(each for each, _ in rounds)
    ratios = " ".join(f"{own / bare:.2f}" for bare, own in rounds)
    line("hashing entries and pairs, plain Python: the floor", floor, COUNT, floor)
    line("tree, tiles and bundles in memory", statistics.median(own for _, own in rounds), COUNT, floor, ratios)
    for name, surely in (("their files written", False), ("their files written, each surely on the disk", True)):
        spent, count, size = hashed.written(raw, where / f"files-{surely}", surely=surely)
        line(name, spent, COUNT, floor, f"{count:,} files, {size / 2**20:,.0f} MB")
    line("decoding", hashed.seconds(lambda: hashed.decoded(raw)), COUNT, floor)
    line("canonical form and place, as verify.py", hashed.seconds(lambda: hashed.in_form(raw)), COUNT, floor)
    log, told = hashed.in_form(raw[:SOME]), hashed.lines_of(made[:SOME])
    count = sum(map(len, told.values()))
    opened = hashed.seconds(lambda: hashed.opened(log, told))
    line(f"texts held against their seals, as verify.py, of {SOME:,} entries", opened, count, None, f"{count:,} texts")
    return floor


def end_to_end(logins: Logins, where: Path, floor: float) -> None:
    """From the rows in PostgreSQL to what is checked and gone on with."""
    name = "rows read as a publisher reads them"
    rows = [alone("rows", logins, where) for _ in range(ROUNDS)]
    line(name, statistics.median(each["seconds"] for each in rows), COUNT, floor, _memory(rows[-1]))
    done = alone("publish", logins, where)
    line(
        "published: read, hashed, written, signed",
        done["seconds"],
        COUNT,
        floor,
        f"{done['steps']:.0f} steps, {_memory(done)}",
    )
    done = alone("verify", logins, where)
    assert done["entries"] == COUNT
    line("verify.py over the directory", done["seconds"], COUNT, floor, _memory(done))
    again = [alone("resume", logins, where) for _ in range(ROUNDS)]
    seconds = statistics.median(each["seconds"] for each in again)
    print(f"\na publisher that starts again: {seconds:.2f} s, {_memory(again[-1])}", end="; ")
    (where / "log" / "checkpoint").unlink()
    whole = alone("resume", logins, where)
    print(f"{whole['seconds']:.1f} s when no checkpoint is shown, which goes over all entries, {_memory(whole)}")


def _memory(told: dict[str, float]) -> str:
    return f"{told['most']:.0f} MB at its highest, {told['before']:.0f} MB before"


def proofs(logins: Logins, where: Path) -> None:
    """How long one proof takes, out of the files and over HTTP; every one is of another entry."""
    random = Random(2)
    places = [random.randrange(COUNT) for _ in range(PROOFS)]
    files = Files(where / "log")
    waits = [hashed.seconds(lambda at=at: Prover.newest(files).proof(at)) * 1000 for at in places]  # type: ignore[misc]  # the default is the place
    print(f"\n| proof of one entry, {PROOFS:,} of them | p50 ms | p95 ms |\n|---|---:|---:|")
    _waits("out of the files", waits)
    with process("tests.bench.alone", "serve", logins.app, str(where)) as serving:
        base = f"http://127.0.0.1:{int(said(serving))}/api/v1/events"
        _waits("over HTTP", asyncio.run(_asked([f"{base}/{at}/proof" for at in places])))


async def _asked(urls: list[str]) -> list[float]:
    asked = [Asked(url) for url in urls]
    connection = await Connection.to(asked[0])
    waits = [await connection.ask(each.sent) for each in asked]
    assert connection.head[9:12] == b"200", connection.head
    connection.close()
    return waits


def _waits(name: str, waits: list[float]) -> None:
    print(f"| {name} | {statistics.median(waits):.2f} | {statistics.quantiles(waits, n=20)[18]:.2f} |")


def run() -> None:
    """Everything, in a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        floor = in_memory(list(entries.log(COUNT)), directory)
        with database_server(directory / "server") as server:
            with fresh_register(server, directory / "small") as logins:
                stored(logins, entries.log(REPLAYED), texts=True)
                seconds, memory = build(logins)
                more = f"{memory:.0f} MB at its highest"
                line(f"replay into the read models, of {REPLAYED:,} entries", seconds, REPLAYED, None, more)
            with fresh_register(server, directory / "register") as logins:
                stored(logins, entries.log(COUNT), texts=False)
                end_to_end(logins, directory, floor)
                proofs(logins, directory)
                kept = ("fsync", "server_version", "synchronous_commit")
                print("\n" + ", ".join(f"{name} {settings(logins.owner)[name]}" for name in kept))
