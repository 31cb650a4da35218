"""deploy/backup-and-restore.md can be followed: its commands, as they stand there, bring a register back and no erased text."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid5

import httpx
import psycopg
import pytest
from psycopg import AsyncConnection

from register.charter.facts import DisclosureWithdrawn, WithdrawnText
from register.opening import already_opened
from register.register import Charter, running
from register.store.binaries import find_binaries
from register.store.roles import Logins, prepare
from tests.databases import empty_database
from tests.register.recording import Clerk, region

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "deploy" / "backup-and-restore.md").read_text(encoding="utf-8")
SECTIONS = {
    part.partition("\n")[0].lstrip("# "): re.findall(r"(?ms)^```sh\n(.*?)^```$", part)
    for part in re.split(r"(?m)^(?=##+ )", PAGE)
}
ERASED = "Woont in de Kerkstraat op nummer zeven"


class Operator:
    """Somebody with a shell who has this page."""

    def __init__(self, where: Path) -> None:
        self.backups, self.safe, self.data_dir = where / "backups", where / "safe", where / "data"
        self.database = self.day = ""
        self.log = self.data_dir / "log"
        self.backups.mkdir()

    @property
    def environment(self) -> dict[str, str]:
        programs = [str(Path(sys.executable).parent), str(find_binaries({})), "/usr/local/bin", "/usr/bin", "/bin"]
        named = os.environ.get("REGISTER_PG_BIN")
        return {
            "PATH": ":".join([named, *programs] if named else programs),
            "REGISTER_DATABASE_URL": self.database,
            "REGISTER_DATA_DIR": str(self.data_dir),
            "BACKUPS": str(self.backups),
            "SAFE": str(self.safe),
            "LOG": str(self.log),
            "DAY": self.day,
        }

    def does(self, section: str, number: int = 0) -> str:
        """A block of commands of a section, which must end well."""
        done = subprocess.run(
            ["sh", "-eu", "-c", SECTIONS[section][number]],
            env=self.environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def serves(self) -> tuple[str, str]:
        """Serve until all is published, and stop: everything that was told, and why nothing was."""
        command = [sys.executable, "-m", "api", "serve", "--port", "0", "--json"]
        with subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as serving:
            assert serving.stdout is not None
            assert serving.stderr is not None
            said = serving.stdout.readline()
            if not said:
                return "", serving.stderr.read()
            url = json.loads(said)["address"]
            until = time.monotonic() + 60
            while (checks := httpx.get(f"{url}/health/ready").json().get("checks", {})) and time.monotonic() < until:
                if checks.get("published") == checks.get("log", -2) + 1 and checks.get("behind") == 0:
                    break
                time.sleep(0.1)
            told = re.sub(r"<[^>]*>", "", "".join(httpx.get(url + each).text for each in shown(url)))
            serving.send_signal(signal.SIGTERM)
            assert serving.wait(30) == 0
            return told, ""


def shown(url: str) -> Iterator[str]:
    """Where the erased text could be read: answers, pages, search and openings, today and at every moment that was ever known."""
    items = httpx.get(f"{url}/api/v1/events?limit=1000").json()["items"]
    moments = ["", *sorted({item["entry"]["time"] for item in items})]
    (decision,) = {item["entry"]["id"] for item in items if item["entry"]["stream"] == "decision"}
    for moment in moments:
        at = {"knownAt": moment} if moment else {}
        for address in (
            f"/api/v1/decisions/{decision}/positions",
            f"/besluiten/{decision}",
            f"/api/v1/decisions/{decision}/events",
        ):
            yield f"{address}?{urlencode(at)}"
        for address in ("/api/v1/search", "/zoeken"):
            yield f"{address}?{urlencode({'q': 'Kerkstraat', **at})}"
    yield f"/openings/{decision}"
    yield "/koers"


@pytest.fixture
def operator(server: str, tmp_path: Path) -> Iterator[Operator]:
    """With a region that has decided something and published it; it is backed up as the page says."""
    made = Operator(tmp_path)
    with empty_database(server) as made.database:
        logins = prepare(made.database, made.data_dir)
        asyncio.run(recorded(logins))
        forgotten(logins)
        told, refused = made.serves()
        assert (ERASED in told, refused) == (True, "")
        made.does("Once, and after each rotation of the keys")
        made.does("Each day")
        made.day = next(made.backups.glob("texts-*")).name.removeprefix("texts-")
        yield made


def test_nothing_is_kept_until_it_is_older_than_thirty_days_also_when_no_backup_can_be_made(tmp_path: Path) -> None:
    made, day = Operator(tmp_path), 24 * 3600
    for name, age in (("made-this-time-thirty-days-ago", 30 * day - 60), (".unfinished", 40 * day), ("kept", 28 * day)):
        (made.backups / name).mkdir()
        (made.backups / name / "openings.jsonl").write_bytes(b"{}")
        then = time.time() - age
        os.utime(made.backups / name, (then, then))
    environment = made.environment | {"PATH": "/usr/bin:/bin"}  # where no register is
    command = ["sh", "-eu", "-c", SECTIONS["Each day"][0]]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 127
    assert {path.name for path in made.backups.iterdir()} == {"kept"}


async def recorded(logins: Logins) -> None:
    async with region(logins) as clerk:
        stream = await clerk.decision()
        await clerk.record("gm0001", stream, clerk.position("gm0001", "departs", ERASED))


async def withdrawn(logins: Logins) -> None:
    """The reason is withdrawn, by a command."""
    async with await AsyncConnection.connect(logins.app) as app:
        opened = await already_opened(app)
        rows = await (await app.execute("SELECT stream::text, seq FROM log.openings WHERE field = 'reason'")).fetchall()
    assert opened is not None
    ((stream, seq),) = rows
    async with running(logins.app, Charter.of(opened)) as register:
        clerk = Clerk(register, {"administrator": str(uuid5(register.id, "first administrator"))})
        fact = DisclosureWithdrawn(
            of=WithdrawnText(id=stream, seq=seq, field="reason"), ground="avg-17", authority="av", on="2026-01-01"
        )
        await clerk.record("administrator", register.id, fact)


def forgotten(logins: Logins) -> None:
    """What is kept of requests over HTTP: these came another way, and `register verify` would say so."""
    with psycopg.connect(logins.owner) as owner:
        owner.execute("UPDATE log.commands SET request_hash = NULL, account = NULL WHERE account IS NOT NULL")


def erased(operator: Operator) -> str:
    """What is told after the reason was withdrawn."""
    logins = prepare(operator.database, operator.data_dir)
    asyncio.run(withdrawn(logins))
    forgotten(logins)
    told, refused = operator.serves()
    assert (ERASED in told, refused) == (False, "")
    return told


def lost(operator: Operator) -> None:
    """The database as it is after it was made anew."""
    with psycopg.connect(operator.database, autocommit=True) as owner:
        owner.execute("SET lock_timeout TO '30s'")
        owner.execute("DROP SCHEMA log CASCADE")
        owner.execute("DROP SCHEMA read CASCADE")


def entries(operator: Operator) -> list[tuple[object, ...]]:
    with psycopg.connect(operator.database) as owner:
        return owner.execute("SELECT * FROM log.events ORDER BY position").fetchall()


def well(operator: Operator) -> None:
    """What the page says to look at afterwards; the second says of the register that it is not running."""
    assert "Nothing is wrong." in operator.does("Afterwards")


def test_a_lost_database_comes_back_and_what_was_erased_does_not(operator: Operator) -> None:
    told, before = erased(operator), entries(operator)
    operator.does("Each month: look whether it can be restored")
    lost(operator)
    shutil.copytree(operator.log, operator.backups / "mirror")
    shutil.rmtree(operator.data_dir)
    operator.log = operator.backups / "mirror"
    operator.does("The database is lost", 0)
    assert "1 stay out" in operator.does("The database is lost", 1)
    assert entries(operator) == before
    assert operator.serves() == (told, "")
    well(operator)


def test_an_older_dump_is_not_served_before_it_has_what_was_published(operator: Operator) -> None:
    told, before = erased(operator), entries(operator)
    lost(operator)
    operator.does("The database was restored from an older dump or base backup", 0)
    with psycopg.connect(operator.database) as owner:
        assert owner.execute("SELECT count(*) FROM log.openings WHERE field = 'reason'").fetchone() == (1,)
    assert "Nothing is served" in operator.serves()[1]
    operator.does("The database was restored from an older dump or base backup", 1)
    assert entries(operator) == before
    assert operator.serves() == (told, "")
    well(operator)


def test_a_register_ends_whose_database_is_put_back_under_it(operator: Operator) -> None:
    erased(operator)
    command = [sys.executable, "-m", "api", "serve", "--port", "0", "--json"]
    with (
        (operator.backups / "lines").open("w+") as lines,
        subprocess.Popen(
            command, cwd=ROOT, env=operator.environment, stdout=subprocess.PIPE, stderr=lines, text=True
        ) as serving,
    ):
        assert serving.stdout is not None
        try:
            url = json.loads(serving.stdout.readline())["address"]
            assert httpx.get(f"{url}/health/live").status_code == 200
            lost(operator)
            operator.does("The database was restored from an older dump or base backup", 0)
            assert serving.wait(60) == 1
        finally:
            serving.kill()
        assert "Nothing is served" in (operator.backups / "lines").read_text()


def test_a_lost_directory_of_the_log_is_written_again(operator: Operator) -> None:
    before = {path: path.read_bytes() for path in operator.log.rglob("*") if path.is_file()}
    shutil.rmtree(operator.log)
    operator.serves()
    assert {path: path.read_bytes() for path in operator.log.rglob("*") if path.is_file()} == before


def test_backups_are_deleted_after_thirty_days(operator: Operator) -> None:
    old, young = operator.backups / "texts-2026-01-01", operator.backups / "texts-2026-01-02"
    for each, days in ((old, 30), (young, 28)):
        (each / "log").mkdir(parents=True)
        then = time.time() - days * 86_400
        os.utime(each, times=(then, then))
    shutil.rmtree(operator.backups / f"texts-{operator.day}")
    operator.does("Each day")
    assert (old.exists(), young.exists()) == (False, True)


def test_every_command_of_the_page_is_run_by_a_test() -> None:
    ran = {
        ("Once, and after each rotation of the keys", 1),
        ("Each day", 1),
        ("Each month: look whether it can be restored", 1),
        ("The database is lost", 2),
        ("The database was restored from an older dump or base backup", 2),
        ("Afterwards", 1),
    }
    assert {(section, len(blocks)) for section, blocks in SECTIONS.items() if blocks} == ran
