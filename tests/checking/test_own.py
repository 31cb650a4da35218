"""The read models that a register answers from are those that its published entries make, row by row."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from register.store.binaries import find_binaries
from register.store.scratch import FOLDER, PREFIX, own_server, scratch
from tests.checking.conftest import Kept, told

LEFT = f"SELECT datname FROM pg_database WHERE starts_with(datname, '{PREFIX}')"
A_ROW = "stream = '{}' AND key = '{}' AND since = {}"


def row_of(kept: Kept, table: str) -> tuple[str, str, int, int]:
    """A row of a read model: its key, and the entry that made it."""
    with psycopg.connect(kept.logins.owner) as connection:
        query = f"SELECT stream::text, key, since, position FROM read.{table} ORDER BY position, key LIMIT 1"
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row


def test_every_row_is_compared_and_every_command_decided_again(kept: Kept) -> None:
    result = kept.verify("--rules")
    (checked,) = told(result)
    assert result.exit_code == 0
    assert checked["replayed"] == checked["rows"] == checked["entries"] > 500
    assert checked["decided"] == checked["commands"] > 500
    assert {"decoding", "disclosures", "replay", "rules"} <= set(checked["costs"])
    assert kept.one(f"SELECT count(*) FROM ({LEFT}) AS l") == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [("body", "body || '{\"x\": 1}'"), ("valid_from", "'1999-01-01'"), ("about", "'{nobody}'"), ("seq", "seq + 1")],
)
def test_a_changed_row_is_named_by_table_key_column_and_entry(kept: Kept, column: str, value: str) -> None:
    stream, key, since, position = row_of(kept, "governance")
    this = A_ROW.format(stream, key, since)
    copy = "CREATE TABLE public.copy AS SELECT * FROM read.governance WHERE " + this
    with (
        kept.changed(copy, "DROP TABLE public.copy"),
        kept.changed(
            f"UPDATE read.governance SET {column} = {value} WHERE {this}",
            f"UPDATE read.governance r SET {column} = c.{column} FROM public.copy c WHERE r.stream = c.stream AND r.key = c.key AND r.since = c.since",
        ),
    ):
        result = kept.verify()
    first, checked = told(result)
    assert (result.exit_code, checked["wrong"]) == (1, 1)
    assert (first["where"], first["column"], first["entry"]) == ("read.governance", column, position)
    assert first["key"] == f"stream {stream}, key {key}, since {since}"
    assert first["reason"].startswith("says ")


def test_a_row_that_is_missing_and_one_too_many_are_named(kept: Kept) -> None:
    stream, key, since, position = row_of(kept, "history")
    this = A_ROW.format(stream, key, since)
    with kept.changed(
        f"UPDATE read.history SET key = 'other' WHERE {this}",
        f"UPDATE read.history SET key = '{key}' WHERE stream = '{stream}' AND key = 'other'",
    ):
        missing, extra, _ = told(kept.verify())
    assert (missing["reason"], missing["entry"]) == ("is missing", position)
    assert (extra["reason"], extra["key"]) == (
        "is a row that no entry makes",
        f"stream {stream}, key other, since {since}",
    )


def test_gaps_positions_and_tables_of_their_own_are_looked_at(kept: Kept) -> None:
    with kept.changed("INSERT INTO read.gaps VALUES ('course', 9, 'x')", "DELETE FROM read.gaps"):
        first = told(kept.verify())[0]
    assert (first["where"], first["key"]) == ("read.gaps", "model course, position 9")
    with kept.changed("CREATE TABLE read.more (x int)", "DROP TABLE read.more"):
        first = told(kept.verify())[0]
    assert (first["where"], first["reason"]) == ("read.more", "is a table that no entry explains")
    with kept.changed("CREATE TABLE log.more (x int)", "DROP TABLE log.more"):
        first = told(kept.verify())[0]
    assert (first["where"], first["reason"]) == ("log.more", "is a table that nothing explains")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("SET account = 'somebody'", "request_hash, account"),
        ("SET account = NULL", "request_hash, account"),
        ("SET request_hash = set_byte(request_hash, 3, get_byte(request_hash, 3) # 1)", "request_hash, account"),
        ("SET request_hash = substr(request_hash, 1, 32)", "request_hash, account"),
        ("SET count = count + 1", "count"),
        ("SET first = first - 1", "first"),
        ("SET at = at - interval '1 hour'", "at"),
    ],
)
def test_what_is_remembered_of_a_command_is_what_was_remembered_first(kept: Kept, change: str, column: str) -> None:
    cause = kept.one("SELECT cause FROM log.commands WHERE account IS NOT NULL ORDER BY first DESC LIMIT 1")
    first = kept.one(f"SELECT first FROM log.commands WHERE cause = '{cause}'")
    with (
        kept.changed(
            f"CREATE TABLE public.copy AS SELECT * FROM log.commands WHERE cause = '{cause}'", "DROP TABLE public.copy"
        ),
        kept.changed(
            f"UPDATE log.commands {change} WHERE cause = '{cause}'",
            "UPDATE log.commands k SET first = c.first, count = c.count, at = c.at, request_hash = c.request_hash,"
            " account = c.account FROM public.copy c WHERE k.cause = c.cause",
        ),
    ):
        found = told(kept.verify())[0]
    assert (found["where"], found["key"], found["column"]) == ("log.commands", f"cause {cause}", column)
    assert found["entry"] == first


def test_what_it_answers_is_asked_too_when_it_runs(kept: Kept) -> None:
    (checked,) = told(kept.verify("--api", kept.edge.url, "--sample", "40"))
    assert (checked["asked"], checked["at"], checked["wrong"]) == (40, kept.edge.url, 0)


KILLED = """
import sys, time
from register.store.scratch import scratch, own_server
from pathlib import Path
with {how} as made:
    print(made, flush=True)
    time.sleep(60)
"""


def killed(how: str, environment: dict[str, str] | None = None) -> str:
    """What a look made that was killed."""
    looking = subprocess.Popen(
        [sys.executable, "-c", KILLED.format(how=how)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert looking.stdout is not None
    made = looking.stdout.readline()
    looking.kill()
    looking.wait()
    looking.stdout.close()
    return made


def test_what_a_killed_look_left_is_swept_by_the_next_and_one_that_lives_is_not(server: str) -> None:
    name = killed(f"scratch({server!r})").partition("dbname=")[2].split()[0]
    with psycopg.connect(server, autocommit=True) as connection, scratch(server) as first, scratch(server) as second:
        found = {row[0] for row in connection.execute(LEFT.encode())}
        assert name not in found
        assert {conninfo_to_dict(each)["dbname"] for each in (first, second)} == found


def test_a_server_of_a_killed_look_is_swept_with_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    programs = find_binaries()
    killed(f"own_server(Path({str(programs)!r}))")
    assert len(list(tmp_path.glob(f"{FOLDER}*"))) == 1
    with own_server(programs) as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert len(list(tmp_path.glob(f"{FOLDER}*"))) == 1
    assert list(tmp_path.glob(f"{FOLDER}*")) == []
