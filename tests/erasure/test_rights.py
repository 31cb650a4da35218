"""On a server of an operator: what is missing is told as what to run, and after that it works; the end says what lies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg import sql
from psycopg.conninfo import make_conninfo

from api.cli import main
from tests.databases import empty_database


@pytest.fixture
def operated(server: str, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An open register whose owner is no superuser: its login, and that of the superuser."""
    with empty_database(server) as database:
        with psycopg.connect(database, autocommit=True) as superuser:
            name = superuser.info.dbname
            role = sql.Identifier(f"migrator_{name}")
            superuser.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD 'theirs'").format(role))
            superuser.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(sql.Identifier(name), role))
        owner = make_conninfo(database, user=f"migrator_{name}", password="theirs")  # noqa: S106  # made above
        assert register(owner, tmp_path, "init", "--charter", "data/mra/charter.json").exit_code == 0
        try:
            yield owner, database
        finally:
            with psycopg.connect(database, autocommit=True) as superuser:
                superuser.execute("DROP SCHEMA IF EXISTS log, read CASCADE")
                superuser.execute(sql.SQL("REASSIGN OWNED BY {} TO CURRENT_USER").format(role))
                superuser.execute(sql.SQL("DROP OWNED BY {}").format(role))
                superuser.execute(sql.SQL("DROP ROLE {}").format(role))


def register(owner: str, data_dir: Path, *arguments: str) -> Result:
    """Run a command as this owner."""
    environment = {"REGISTER_DATABASE_URL": owner, "REGISTER_DATA_DIR": str(data_dir)}
    return CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)


def test_without_rights_it_refuses_and_says_what_a_superuser_has_to_run(
    operated: tuple[str, str], tmp_path: Path
) -> None:
    owner, database = operated
    refused = register(owner, tmp_path, "erase", "--finish")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("register: rights are missing")
    (waiting,) = map(json.loads, register(owner, tmp_path, "erase", "--json").stdout.splitlines())
    assert len(waiting["missing_rights"]) == 4
    with psycopg.connect(database, autocommit=True) as superuser:
        for grant in waiting["missing_rights"]:
            assert grant in refused.stderr
            superuser.execute(grant.encode())
    done = register(owner, tmp_path, "erase", "--finish", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "withdrawn": 0,
        "remains": ["files that a server left when it died, which this login may not look for"],
    }


def test_somebody_who_still_sees_what_was_deleted_is_named(
    operated: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, database = operated
    monkeypatch.setattr("register.store.rewriting.PATIENCE", 0.5)
    with psycopg.connect(database, application_name="a long report") as looking:
        looking.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        looking.execute("SELECT count(*) FROM log.events")
        refused = register(database, tmp_path, "erase", "--finish")
    assert refused.exit_code == 1
    assert "still seen by a long report (process " in refused.stderr
    assert register(database, tmp_path, "erase", "--finish").exit_code == 0


def test_an_end_says_in_one_sentence_what_lies_out_of_reach(operated: tuple[str, str], tmp_path: Path) -> None:
    _, database = operated
    with psycopg.connect(database, autocommit=True) as superuser:
        slot = f"slot_{superuser.info.dbname}"
        superuser.execute("SELECT pg_create_physical_replication_slot(%s, true)", (slot,))
    try:
        said = register(database, tmp_path, "erase", "--finish").stdout.splitlines()[-1]
    finally:
        with psycopg.connect(database, autocommit=True) as superuser:
            superuser.execute("SELECT pg_drop_replication_slot(%s)", (slot,))
    assert said.startswith("0 withdrawn texts are nowhere")
    assert f"who reads replication slot {slot}" in said
    assert "older files of the write-ahead log, which the server keeps for somebody" in said
    assert "backups, at most 30 days old" in said
    assert said.endswith("see docs/erasure.md.")
