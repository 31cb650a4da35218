"""The floor: what PostgreSQL itself does with bare single-row inserts, driven by its own pgbench."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from register.store.binaries import NoPostgres, find_binaries

TABLE = """
    CREATE SEQUENCE log.bare_position MINVALUE 0;
    CREATE TABLE log.bare (LIKE log.events INCLUDING DEFAULTS);
    ALTER TABLE log.bare ADD PRIMARY KEY (position), ADD UNIQUE (stream, seq)
"""
INSERT = """\
INSERT INTO log.bare (position, time, known, stream, cause, seq, v, kind, type, entry)
VALUES (nextval('log.bare_position'), now(), now(), gen_random_uuid(), gen_random_uuid(), 1, 1, 'decision',
'position.recorded', convert_to(repeat('x', 685), 'UTF8'));
"""
SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")


def find_pgbench() -> Path | None:
    """The program beside the server's, or any other on this machine."""
    places = [shutil.which("pgbench"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)]
    with suppress(NoPostgres):
        places.insert(0, find_binaries() / "pgbench")
    return next((Path(place) for place in places if place and Path(place).exists()), None)


def make_floor(owner: str, directory: Path) -> Path:
    """A table of the same columns and the two indexes that nobody can do without; returns the script for pgbench."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(TABLE.encode())
    script = directory / "bare.sql"
    script.write_text(INSERT.replace("\n", " ") + "\n")
    return script


def bare_inserts(pgbench: Path, owner: str, script: Path, clients: int, seconds: float) -> float:
    """Inserts a second by so many clients, each with its own transaction."""
    where = {key: str(value) for key, value in conninfo_to_dict(owner).items()}
    places = [f"--{name}={where[key]}" for key, name in NAMES if key in where]
    load = ("-c", str(clients), "-j", str(min(clients, 2)), "-T", str(max(1, round(seconds))))
    done = subprocess.run(
        [pgbench, "-n", "-M", "prepared", "-f", script, *load, *places, where["dbname"]],
        capture_output=True,
        text=True,
        check=True,
        env={"PGPASSWORD": where.get("password", "")},
    )
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


NAMES = (("host", "host"), ("port", "port"), ("user", "username"))


def settings(owner: str) -> dict[str, str]:
    """What the server says of its own durability."""
    with psycopg.connect(owner) as connection:
        rows = connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", (list(SETTINGS),))
        return dict(rows.fetchall())
