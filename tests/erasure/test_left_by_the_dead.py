"""A server that was killed leaves files that no table knows; what they hold goes too."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from click.testing import CliRunner, Result
from psycopg.conninfo import make_conninfo

from api.cli import main
from register.store.embedded import EmbeddedPostgres
from register.store.rewriting import Asked, orphans
from register.store.scratch import PREFIX
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


LOOK = """
import sys, time, psycopg
from register.store.scratch import scratch
with scratch(sys.argv[1]) as database:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("CREATE TABLE read.texts (text text)")
        conn.execute("INSERT INTO read.texts SELECT %s FROM generate_series(1, 99)", (sys.argv[2],))
        conn.execute("CHECKPOINT")
        print(conn.info.dbname, flush=True)
        time.sleep(120)
"""
"""What `register verify` does: a database of its own with the texts in it, for as long as it looks."""


def test_what_a_killed_look_at_the_log_left_goes_and_one_that_goes_on_is_named(tmp_path: Path) -> None:
    data_dir = tmp_path / "register"
    assert register(data_dir, "init", "--charter", "data/mra/charter.json").exit_code == 0
    own = next(data_dir.glob("**/postgres")).parent
    with EmbeddedPostgres(own) as server:
        program = (sys.executable, "-c", LOOK, server.dsn, WORDS)
        with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as looking:
            assert looking.stdout is not None
            name = looking.stdout.readline().strip()
            assert name.startswith(PREFIX)
            beside = register(data_dir, "erase", "--finish", "--json")
            looking.kill()
        assert f"the database {name}," in json.loads(beside.stdout.splitlines()[-1])["remains"][0]
        with connected(server) as conn:
            while conn.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", (name,)).fetchone():
                time.sleep(0.05)
        assert any("/base/" in file for file in files_with([WORDS.encode()], own))
        done = register(data_dir, "erase", "--finish", "--json")
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout.splitlines()[-1])["remains"] == []
        assert files_with([WORDS.encode()], own) == set()


def test_a_database_in_a_tablespace_of_its_own_is_looked_through_as_well(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "server") as server:
        with psycopg.connect(server.dsn, autocommit=True) as owner:
            owner.execute("SET allow_in_place_tablespaces = on")
            owner.execute("CREATE TABLESPACE beside LOCATION ''")
            owner.execute("CREATE DATABASE theirs TABLESPACE beside")
        theirs = make_conninfo(server.dsn, dbname="theirs")
        environment = {"REGISTER_DATABASE_URL": theirs, "REGISTER_DATA_DIR": str(tmp_path / "register")}
        opened, done = (
            CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False)
            for arguments in (["init", "--charter", "data/mra/charter.json"], ["erase", "--finish", "--json"])
        )
        assert (opened.exit_code, done.exit_code) == (0, 0), opened.output + done.output
        assert json.loads(done.stdout.splitlines()[-1]) == {"withdrawn": 0, "remains": []}
        with psycopg.connect(theirs, autocommit=True) as conn:
            [here] = conn.execute("SELECT pg_relation_filepath('log.openings')").fetchone() or ("",)
            left = f"{str(here).rpartition('/')[0]}/4190000"
            (tmp_path / "server" / "postgres" / left).write_bytes(b"what a server left")
            assert orphans(conn) == [left]
