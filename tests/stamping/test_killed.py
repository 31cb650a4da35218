"""A process that is killed while it has a checkpoint stamped leaves nothing that the next one does not finish or throw away."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from register.publishing.files import Files
from register.store.roles import Logins
from tests.publishing.recorded import found_in, publish
from tests.stamping.authority import Authority, Listening, listening, needs_openssl, verified
from tests.stamping.dying import POINTS
from tests.stamping.test_stamping import FIRST, one_round, published, rows, stamping, stamps

pytestmark = needs_openssl
ROOT = Path(__file__).parents[2]


def killed(conninfo: str, log: Path, told: Listening, point: str) -> None:
    program = [sys.executable, "-m", "tests.stamping.dying"]
    command = [*program, conninfo, str(log), told.url, str(told.authority.root), point]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -signal.SIGKILL


@pytest.mark.parametrize("point", POINTS)
async def test_the_next_process_finishes_it_wherever_one_was_killed(logins: Logins, tmp_path: Path, point: str) -> None:
    await published(logins, tmp_path, 10)
    with listening(Authority(tmp_path / "tsa")) as told:
        killed(logins.app, tmp_path / "log", told, point)
        kept, shown = point != "answered", point == "written"
        assert (rows(logins), stamps(tmp_path)) == ([(10, 1)] if kept else [], [FIRST] if shown else [])
        # The publisher that starts again clears what was half written, and looks at all that is published.
        await publish(logins, tmp_path)
        await one_round(stamping(logins, tmp_path, told))
        assert len(told.authority.asked) == (1 if kept else 2)
        assert (rows(logins), stamps(tmp_path)) == ([(10, 1)], [FIRST])
        assert verified(tmp_path / "log" / "checkpoints" / "10", tmp_path / "log" / FIRST, told.authority.root)[0]
    assert found_in(tmp_path) == []
    assert list((tmp_path / "log.part").iterdir()) == []
    assert Files(tmp_path / "log").has(FIRST)
