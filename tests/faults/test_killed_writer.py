"""Killed at any wait of the write path: what was acknowledged is there once, the rest wholly or not at all."""

from __future__ import annotations

import re
import subprocess
import sys

from psycopg.conninfo import conninfo_to_dict

from register.store.roles import Logins


def test_killed_at_every_wait(logins: Logins) -> None:
    role = str(conninfo_to_dict(logins.app)["user"])
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", logins.owner, logins.app, role],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    waits = [int(number) for number in re.findall(r"killed at each of (\d+) waits", done.stdout)]
    assert len(waits) == 2
    assert min(waits) >= 15, done.stdout
    print(done.stdout)  # noqa: T201 - how many deaths there were
