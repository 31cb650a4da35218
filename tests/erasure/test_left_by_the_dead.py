"""A server that was killed leaves files that no table knows; what they hold goes too."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import psycopg
from click.testing import CliRunner, Result

from api.cli import main
from register.store.embedded import EmbeddedPostgres
from register.store.rewriting import Asked
from tests.erasure.planting import files_with

WORDS = "zomerklokjesveldenpadvinder"


def register(data_dir: Path, *arguments: str) -> Result:
    """Run a command on the register of a data directory."""
    environment = {"REGISTER_DATA_DIR": str(data_dir)}
    return CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)


def test_what_a_killed_server_left_of_a_table_goes(tmp_path: Path) -> None:
    data_dir = tmp_path / "register"
    assert register(data_dir, "init", "--charter", "data/mra/charter.json").exit_code == 0
    own = next(data_dir.glob("**/postgres")).parent
    with EmbeddedPostgres(own) as server:
        building = psycopg.connect(server.dsn)
        building.execute("CREATE TABLE read.next_texts (text text)")
        building.execute("INSERT INTO read.next_texts SELECT %s FROM generate_series(1, 99)", (WORDS,))
        other = connected(server)
        other.execute("SELECT pg_switch_wal()")  # on disk, so that the recovery writes it into the table again
        os.kill(building.info.backend_pid, signal.SIGKILL)  # the server takes that for a crash, and begins anew
        building.close()
        gone(other)
        again = connected(server)
        assert again.execute("SELECT to_regclass('read.next_texts')").fetchone() == (None,)
        again.execute("CHECKPOINT")
        assert any("/base/" in file for file in files_with([WORDS.encode()], own))
        again.close()
        done = register(data_dir, "erase", "--finish")
        assert done.exit_code == 0, done.output
        assert files_with([WORDS.encode()], own) == set()


def connected(server: EmbeddedPostgres) -> Asked:
    """A session as soon as the server gives one."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return psycopg.connect(server.dsn, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def gone(conn: Asked) -> None:
    """Wait until the server has ended a session, as it does with each when one of them crashes."""
    deadline = time.monotonic() + 30
    with contextlib.suppress(psycopg.OperationalError):
        while time.monotonic() < deadline:
            conn.execute("SELECT 1")
            time.sleep(0.05)
    conn.close()
