"""Run as a program: so many single bytes, so many of each other kind; prints the seed and what was found of each kind."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from time import monotonic

import structlog

from tests.databases import database_server
from tests.tamper.trials import Trials, told_register

SEED = 20261122


def main() -> int:
    """0 when every change was found and its place named, and nothing was found on the untouched register."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").strip())
    asked.add_argument("--bytes", type=int, default=1000, help="single bytes that are changed (1000)")
    asked.add_argument("--each", type=int, default=25, help="changes of each other kind (25)")
    asked.add_argument("--seed", type=int, default=SEED, help=f"what they are drawn with ({SEED})")
    said = asked.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        with (
            database_server(directory / "server") as server,
            told_register(server, directory / "register") as logins,
        ):
            trials = Trials(logins, directory / "register", said.seed)
            try:
                return _told(trials, said.bytes, said.each)
            finally:
                trials.close()


def _told(trials: Trials, count: int, each: int) -> int:
    began = monotonic()
    before = trials.look()
    trials.run("one byte", trials.one_byte, count)
    for kind, make in trials.kinds().items():
        trials.run(kind, make, each)
    after = trials.look()
    _print(f"seed {trials.seed}, {len(trials.bytes)} bytes in files and rows, {monotonic() - began:.0f} s")
    _print(f"{'kind':<30}{'made':>6}{'found':>7}{'named':>7}{'refused':>9}{'same':>6}")
    for kind, tally in trials.tallies.items():
        _print(f"{kind:<30}{tally.made:>6}{tally.found:>7}{tally.named:>7}{tally.refused:>9}{tally.same:>6}")
    _print("where: " + ", ".join(f"{where} {number}" for where, number in trials.places.most_common()))
    _print(
        "refused: PostgreSQL itself took no such value; same: another way to write the same value; both were drawn anew"
    )
    _print(f"on the untouched register: {len(before)} before, {len(after)} after")
    for tally in trials.tallies.values():
        for missed in tally.missed:
            _print(f"NOT NAMED  {missed}")
    whole = all(tally.made == tally.found == tally.named for tally in trials.tallies.values())
    return 0 if whole and not before and not after else 1


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
