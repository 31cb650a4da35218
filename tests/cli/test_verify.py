"""`register verify` finds whatever was changed, in the published log and in the database, and `register keys` shows who signs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from api.cli import main
from register.publishing.keys import make_keys
from register.store.roles import Logins
from tests.publishing.recorded import ORIGIN, publish, record
from tests.tlog.published import GOVERNANCE, Texts

TEXTS = Texts(300)


class Kept:
    """A published register with its data directory."""

    def __init__(self, logins: Logins, data_dir: Path) -> None:
        self.logins, self.data_dir = logins, data_dir

    def register(self, *arguments: str, **settings: str) -> Result:
        """Run a command on it."""
        environment = {"REGISTER_DATABASE_URL": self.logins.owner, "REGISTER_DATA_DIR": str(self.data_dir), **settings}
        return CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)

    def change(self, statement: str) -> None:
        """What only somebody with all rights can do: the triggers are off."""
        with psycopg.connect(self.logins.owner, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement.encode())


@pytest.fixture
def kept(logins: Logins, tmp_path: Path) -> Kept:
    """Of 300 entries with texts 290 are published."""
    data_dir = tmp_path / "register"

    async def tell() -> None:
        await record(logins, TEXTS, 0, 280)
        await publish(logins, data_dir)
        await record(logins, TEXTS, 280, 290)
        await publish(logins, data_dir)
        await record(logins, TEXTS, 290, 300)

    asyncio.run(tell())
    with psycopg.connect(logins.app) as connection:
        for line in map(json.loads, TEXTS.openings):
            row = (GOVERNANCE, line["seq"], line["field"], line["d"])
            connection.execute("INSERT INTO log.openings VALUES (%s, %s, %s, %s)", row)
    return Kept(logins, data_dir)


def told(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_log_and_its_database_that_are_sound(kept: Kept) -> None:
    result = kept.register("verify")
    assert result.exit_code == 0, result.output
    assert "290 entries" in result.stdout
    assert "(Ed25519)" in result.stdout
    assert "(ML-DSA-44)" in result.stdout
    assert "300 rows, 300 commands and 299 texts" in result.stdout
    assert "10 entries are not published yet." in result.stdout
    assert "Nothing is wrong." in result.stdout
    (checked,) = told(kept.register("verify", "--json"))
    assert (checked["entries"], checked["checkpoints"], checked["wrong"]) == (290, 2, 0)


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("SET entry = set_byte(entry, 40, get_byte(entry, 40) # 1)", None),
        ("SET stream = gen_random_uuid()", "stream"),
        ("SET cause = gen_random_uuid()", "cause"),
        ("SET type = 'theme.lost'", "type"),
        ("SET v = 2", "v"),
        ("SET kind = 'decision'", "kind"),
        ("SET time = time - interval '1 hour'", "time"),
        ("SET known = known + interval '1 hour'", "known"),
    ],
)
def test_a_row_that_was_changed_is_the_first_thing_that_is_named(
    kept: Kept, statement: str, column: str | None
) -> None:
    kept.change(f"UPDATE log.events {statement} WHERE position IN (77, 205)")
    result = kept.register("verify", "--json")
    assert result.exit_code == 1
    first, *_, checked = told(result)
    assert (first["where"], first["entry"], first.get("column")) == ("log.events", 77, column)
    assert checked["wrong"] >= 2


def test_rows_that_are_gone_are_named(kept: Kept) -> None:
    kept.change("DELETE FROM log.events WHERE position >= 250")
    kept.change("UPDATE log.head SET next = 250")
    first = told(kept.register("verify", "--json"))[0]
    assert first == {"where": "log.events", "entry": 250, "reason": "is missing, with all up to entry 289"}


def test_a_text_that_opens_another_seal_is_named(kept: Kept) -> None:
    kept.change(
        "UPDATE log.openings SET disclosure = (SELECT disclosure FROM log.openings WHERE seq = 6) WHERE seq = 5"
    )
    result = kept.register("verify")
    assert result.exit_code == 1
    place = f"stream {GOVERNANCE}, seq 5, field name"
    assert f"WRONG log.openings, entry 5, {place}: does not open field name of entry 5" in result.stdout


def test_a_changed_byte_of_a_file_is_named(kept: Kept) -> None:
    path = kept.data_dir / "log" / "tile" / "entries" / "000"
    raw = path.read_bytes()
    path.write_bytes(raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:])
    result = kept.register("verify", "--json")
    assert result.exit_code == 1
    assert told(result)[0]["where"] == "tile/entries/000"


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("verify.py", lambda raw: raw.replace(b"return 1", b"return 0"), "is not the one of this version"),
        ("verify.py", None, "is missing"),
        ("policy", lambda raw: raw + b"strange\n", "cannot be read"),
        ("policy", lambda raw: raw.replace(b"log ", b"# log "), "names no key of the log"),
        (
            "policy",
            lambda raw: raw + b"log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
            "names a key that is none of this log: example.com/foo+530d903a+",
        ),
    ],
)
def test_what_is_given_to_outsiders_beside_the_log_is_looked_at(
    kept: Kept, name: str, change: Callable[[bytes], bytes] | None, reason: str
) -> None:
    """Both are taken by whoever checks, so whoever changes them would check for them."""
    path = kept.data_dir / "log" / name
    raw = path.read_bytes()
    path.unlink() if change is None else path.write_bytes(change(raw))
    result = kept.register("verify", "--json")
    (first, _checked) = told(result)
    assert (result.exit_code, first["where"]) == (1, name)
    assert reason in first["reason"]


def test_a_log_elsewhere_is_checked_with_the_keys_that_are_given(kept: Kept, tmp_path: Path) -> None:
    where = str(kept.data_dir / "log")
    keys = [f"--key={key.vkey}" for key in make_keys(kept.data_dir / "keys", ORIGIN).current]
    assert kept.register("verify", where, *keys).exit_code == 0
    stranger = make_keys(tmp_path / "strange", ORIGIN).current[0].vkey
    result = kept.register("verify", where, "--key", stranger)
    assert (result.exit_code, "by a key that was not given" in result.stdout) == (1, True)
    result = kept.register("verify", str(tmp_path / "nowhere"))
    assert (result.exit_code, result.stderr) == (1, f"register: no log is published in {tmp_path / 'nowhere'}\n")


def test_keys_are_made_shown_and_replaced(kept: Kept, tmp_path: Path) -> None:
    shown = told(kept.register("keys", "show", "--json"))[0]
    assert shown["origin"] == ORIGIN
    assert [key.partition("+")[0] for key in shown["sign"]] == [ORIGIN, ORIGIN]
    assert kept.register("keys", "rotate", "--finish").exit_code == 1
    assert len(told(kept.register("keys", "rotate", "--json"))[0]["sign"]) == 4
    assert "have not signed" in kept.register("keys", "rotate", "--finish").stderr
    # The newer keys sign with the next checkpoint; until then the older ones are enough.
    assert kept.register("verify").exit_code == 0
    asyncio.run(publish(kept.logins, kept.data_dir))
    assert kept.register("verify").exit_code == 0
    after = told(kept.register("keys", "rotate", "--finish", "--json"))[0]
    assert after["signedBefore"] == shown["sign"]
    assert kept.register("verify").exit_code == 0
    other = Kept(kept.logins, tmp_path / "other")
    assert "set REGISTER_LOG_ORIGIN first" in other.register("keys", "make").stderr
    assert "there are no keys" in other.register("keys", "show").stderr
    made = other.register("keys", "make", REGISTER_LOG_ORIGIN="a.example.nl/log")
    assert "The log a.example.nl/log is signed with:" in made.stdout
    assert other.register("keys", "make", REGISTER_LOG_ORIGIN="b.example.nl/log").exit_code == 1
