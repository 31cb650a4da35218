"""Any number of processes may write; the head row orders them, without a gap and without a loss."""

from __future__ import annotations

import subprocess
import sys
from uuid import UUID, uuid4

from register.store.roles import Logins
from tests.faults.checking import check

COMMANDS = 30
PROGRAM = (sys.executable, "-m", "tests.faults.writing")


def test_eight_writers_in_three_processes(logins: Logins) -> None:
    shared = uuid4()
    processes = [
        subprocess.Popen(
            [*PROGRAM, logins.app, str(shared), str(uuid4()), str(writers), str(COMMANDS)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for writers in (3, 3, 2)
    ]
    lines = [line.split() for process in processes for line in process.communicate(timeout=120)[0].splitlines()]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(lines) == 8 * COMMANDS
    asked = {UUID(cause): int(count) for cause, _, count in lines}
    stored = check(logins.owner, asked, {UUID(cause): int(first) for cause, first, _ in lines})
    assert stored == asked
