"""Building every read model anew from 100,000 entries, beside reading and decoding them, and beside COPY out of the log.

The three take turns on the same server; medians of the rounds, ratios to the floors, and the memory that a build takes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

import psycopg

from projections.models import NAMES
from projections.texts.projector import seals
from register import stored
from register.decisions import facts as d
from register.decisions import standing as s
from register.fact import Fact
from register.governance import facts as g
from register.sealing import seal
from register.store.replay import replay
from register.store.roles import Logins
from register.values import Evidence, Sealed, Stance, Voice
from tests.bench.floor import settings
from tests.databases import database_server, fresh_register

ENTRIES = int(os.environ.get("REGISTER_BENCH_ENTRIES", "100000"))
ROUNDS = int(os.environ.get("REGISTER_BENCH_ROUNDS", "3"))
ENOUGH = 60.0
"""Seconds after which no further round is begun."""
REGISTER = UUID("00000000-0000-4000-8000-000000000001")
GOVERNANCE = str(uuid5(REGISTER, "governance"))
MEMBERS = tuple(f"gm{n:04}" for n in range(1, 36))
PARTS = ("p1", "p2", "p3")
STANCES: tuple[Stance, ...] = ("joins", "departs", "joins-with-reservation")
BUILD = """
import asyncio, sys, time
from zoneinfo import ZoneInfo
from projections.models import every
from projections.rebuild import rebuild

began = time.perf_counter()
built = asyncio.run(rebuild(sys.argv[1], ZoneInfo("Europe/Amsterdam"), every()))
assert not built.missed, built.missed[:3]
memory = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")) if sys.platform == "linux" else "0 0"
print(time.perf_counter() - began, int(memory.split()[1]) / 1024)
"""


class Texts:
    """Seals for the history; the openings are kept for the log."""

    def __init__(self) -> None:
        self.openings: dict[str, str] = {}

    def text(self, words: str) -> Sealed:
        """A sealed text."""
        sealed, disclosure = seal(words, lang="nl", words="summary")
        self.openings[sealed.sd[0]] = disclosure
        return sealed


def history(random: Random, texts: Texts) -> Iterator[tuple[str, Fact]]:
    """A region, then decisions of some fifty entries each, twenty at a time, as clerks and members make them."""
    for code in MEMBERS:
        yield GOVERNANCE, g.MemberAdmitted(member=code, name=f"Gemeente {code}", kind="municipality", from_="2017")
        yield GOVERNANCE, g.SubregionJoined(member=code, subregion=f"regio{random.randrange(7)}", from_="2017")
    running: list[tuple[str, Iterator[Fact]]] = []
    number = 0
    while True:
        while len(running) < 20:
            number += 1
            running.append((str(uuid5(REGISTER, f"decision {number}")), decision(random, texts, number)))
        where, facts = random.choice(running)
        fact = next(facts, None)
        if fact is None:
            running.remove((where, facts))
        else:
            yield where, fact


def decision(random: Random, texts: Texts, number: int) -> Iterator[Fact]:
    """One decision from its proposal to its positions, a standpoint that is weighed, and now and then a correction."""
    day = f"{2021 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}"
    cited = (Evidence(grade="minutes", page="3", at=texts.text(f"https://example.nl/{number}")),)
    yield d.DecisionProposed(
        title=texts.text(f"Besluit {number} over de begroting van de regio"), kind="decision", on=day, evidence=cited,
        question=texts.text("Stemt de vergadering in?"), decided_by=d.DecidedBy(body="mra-av"), class_="not-stated",
    )  # fmt: skip
    for part in PARTS:
        yield d.PartAdded(part=part, n=1, title=texts.text(f"Onderdeel {part}"), evidence=cited)
    yield d.PartiesListed(list="course-for", basis="seats-in-force", members=MEMBERS)
    yield d.VoteHeld(ballot=1, how="roll-call", unit="member", names="all", on=day, evidence=cited)
    yield d.VotesRecorded(ballot=1, votes=tuple(d.Vote(voter=code, choice="for") for code in MEMBERS))
    yield d.OutcomeRecorded(verb="adopted", on=day, sets=tuple(d.PartVersion(part=part, n=1) for part in PARTS))
    yield d.JustificationGiven(text=texts.text("Zo is het in de vergadering gezegd."), on=day)
    for code in MEMBERS:
        stance = random.choices(STANCES, (80, 10, 10))[0]
        yield s.PositionRecorded(
            member=code, stance=stance, voice=Voice(as_="own", layer="seat"), on=day, part=random.choice((None, *PARTS)),
            reason=texts.text("Omdat het college dat zo ziet.") if stance != "joins" else None,
        )  # fmt: skip
    voice = Voice(as_="joint", layer="executive", members=MEMBERS[:3])
    yield s.MinorityStandpointRecorded(voice=voice, text=texts.text("Wij zien het anders."), on=day, parts=("p1",))
    yield s.MinorityStandpointWeighed(
        standpoint=45, outcome="noted", by="mra-av", reason=texts.text("Gehoord."), on=day
    )
    yield s.PositionRevised(position=10, stance="joins", on=day)
    yield d.EvidenceAdded(of=8, evidence=cited)
    if number % 10 == 0:
        yield d.DecisionCorrected(corrects=9, kind="clerical", grounds=texts.text("Verkeerd overgenomen."))
    yield d.DecisionConfirmed(up_to=8)


def told(logins: Logins, entries: int) -> None:
    """Write the history into the log, as the owner, without the rules."""
    texts = Texts()
    seqs: dict[str, int] = {}
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    with psycopg.connect(logins.owner) as conn:
        openings: list[tuple[str, int, str, str]] = []
        columns = "position, time, known, stream, cause, seq, v, kind, type, entry"
        with conn.cursor().copy(f"COPY log.events ({columns}) FROM STDIN") as copy:
            for position, (where, fact) in zip(range(entries), history(Random(1), texts), strict=False):
                seqs[where] = seqs.get(where, 0) + 1
                time_ = begin + timedelta(seconds=position)
                cause = str(uuid5(REGISTER, str(position)))
                entry = stored.Envelope(
                    by="import", cause=cause, for_="mra-av", id=where, seq=seqs[where], time=time_, data=fact
                )
                raw = stored.encode(entry)
                copy.write_row((position, time_, time_, where, cause, seqs[where], fact.V, fact.KIND, fact.TYPE, raw))
                openings += [(where, seqs[where], field, texts.openings[digest]) for field, digest in _seals(fact)]
        with conn.cursor().copy("COPY log.openings (stream, seq, field, disclosure) FROM STDIN") as copy:
            for opening in openings:
                copy.write_row(opening)
        conn.execute("UPDATE log.head SET next = %s, known = %s", (entries, begin + timedelta(seconds=entries - 1)))
        conn.commit()
        conn.autocommit = True
        conn.execute("VACUUM ANALYZE log.events")
        conn.execute("ANALYZE log.openings")


def _seals(fact: Fact) -> Iterator[tuple[str, str]]:
    return ((field, sealed.sd[0]) for field, sealed in seals(fact))


def build(logins: Logins) -> tuple[float, float]:
    """Seconds, and MB at its highest, of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, logins.projections], check=True, capture_output=True, text=True, cwd=_ROOT
    )
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def read_and_decode(logins: Logins) -> float:
    """Seconds to read every entry and decode it, with nothing done with it."""
    began = time.perf_counter()
    for page in replay(logins.projections, columns=("entry",)):
        for (raw,) in page:
            stored.trusted(raw)
    return time.perf_counter() - began


def copy_out(logins: Logins) -> float:
    """Seconds to get the bytes of every entry out of the server, as fast as it gives them."""
    began = time.perf_counter()
    with (
        psycopg.connect(logins.projections) as conn,
        conn.cursor().copy("COPY (SELECT entry FROM log.events ORDER BY position) TO STDOUT (FORMAT binary)") as copy,
    ):
        for _ in copy:
            pass
    return time.perf_counter() - began


def run() -> None:
    """Print what it takes, and what that is beside the floors."""
    with (
        tempfile.TemporaryDirectory() as directory,
        database_server(Path(directory) / "server") as server,
        fresh_register(server, Path(directory) / "register") as logins,
    ):
        told(logins, ENTRIES)
        builds: list[float] = []
        memory: list[float] = []
        floors: dict[str, tuple[Callable[[Logins], float], list[float]]] = {
            "read and decode": (read_and_decode, []),
            "COPY, bytes only": (copy_out, []),
        }
        begun = time.perf_counter()
        while len(builds) < ROUNDS and time.perf_counter() - begun < ENOUGH:
            seconds, most = build(logins)
            builds.append(seconds)
            memory.append(most)
            for measure, found in floors.values():
                found.append(measure(logins))
        _print(logins, statistics.median(builds), statistics.median(memory), {n: f for n, (_, f) in floors.items()})


def _print(logins: Logins, built: float, memory: float, floors: dict[str, list[float]]) -> None:
    rounds = min(map(len, floors.values()))
    with psycopg.connect(logins.owner) as conn:
        print(f"{ENTRIES:,} entries, {rounds} rounds, medians; {settings(logins.owner)}")
        rows = conn.execute(
            "SELECT sum(c.reltuples)::bigint, pg_size_pretty(sum(pg_total_relation_size(c.oid))) FROM pg_class c"
            " WHERE c.relnamespace = 'read'::regnamespace AND c.relkind = 'r'"
        ).fetchone()
    assert rows is not None
    print(f"{'':<34}{'entries/s':>12}{'of the floor':>14}{'MB':>8}")
    for name, times in floors.items():
        print(f"{name:<34}{ENTRIES / statistics.median(times):>12,.0f}{'1.00':>14}")
    for name, times in floors.items():
        ratio = statistics.median(times) / built
        print(f"{'built, beside ' + name:<34}{ENTRIES / built:>12,.0f}{ratio:>14.2f}{memory:>8.0f}")
    print(f"{len(NAMES)} read models, {rows[0]:,} rows, {rows[1]} with their indexes")


_ROOT = Path(__file__).parents[2]
