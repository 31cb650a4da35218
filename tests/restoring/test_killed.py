"""A restore that is killed anywhere is gone on with by the next one, and what comes of it is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import psycopg

from tests.restoring.region import Kept, openings

ROOT = Path(__file__).parents[2]
RESTORES = """
import sys
from register.restoring import appending, texts

appending.BATCH = texts.BATCH = 3
from api.cli import main

print("begun", flush=True)
main(sys.argv[1:])
"""


def killed(kept: Kept, until: int, after: float, *arguments: str) -> bool:
    """Restore in a process that is killed so many seconds after it has stored so many entries and texts; tells whether it was."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("REGISTER_")},
        "REGISTER_DATABASE_URL": kept.logins.owner,
        "REGISTER_DATA_DIR": str(kept.data_dir),
    }
    command = [sys.executable, "-c", RESTORES, "restore", *arguments]
    with (
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE) as process,
        psycopg.connect(kept.logins.owner, autocommit=True) as owner,
    ):
        while process.poll() is None and stored(owner) < until:
            time.sleep(0.002)
        time.sleep(after)
        process.kill()
        process.wait()
        # Its session may still be ending, with the lock that it holds.
        while owner.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1548183428"
        ).fetchone() != (0,):
            time.sleep(0.01)
        return process.returncode == -signal.SIGKILL


def stored(owner: psycopg.Connection[tuple[int]]) -> int:
    row = owner.execute("SELECT (SELECT count(*) FROM log.events) + (SELECT count(*) FROM log.openings)").fetchone()
    return row[0] if row else 0


def test_killed_anywhere_the_next_run_goes_on(kept: Kept, empty: Kept) -> None:
    kept.publish()
    backup = kept.data_dir / "backup"
    kept.told("backup", str(backup))
    arguments = (str(backup), "--from-log", str(kept.log))
    random, reached, deaths = Random(4), list[int](), 0
    whole = len(kept.every("log.events")) + len(openings(kept))
    while (done := reached[-1] if reached else 0) < whole and deaths < 12:
        deaths += killed(empty, done + random.randrange(1, 90), random.uniform(0, 0.01), *arguments)
        with psycopg.connect(empty.logins.owner) as owner:
            reached.append(stored(owner))
    assert deaths >= 5
    assert len(set(reached)) >= 5
    empty.told("restore", *arguments)
    was, now = kept.rows(), empty.rows()
    assert now["log.events"] == was["log.events"]
    assert now["log.commands"] == was["log.commands"]
    assert now["log.openings"] == was["log.openings"]
    assert now["log.head"][0][1:] == was["log.head"][0][1:]
    assert [row[:3] for row in now["log.checkpoints"]] == [row[:3] for row in was["log.checkpoints"]]
