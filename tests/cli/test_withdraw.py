"""`register withdraw` takes one text away, tells where its words stand too, and does it once."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg import AsyncConnection

from api.cli import main
from register.governance.facts import MandateGranted
from register.intake import read_fields
from register.opening import already_opened
from register.register import Charter, Request, running
from register.store.roles import Logins
from register.world import REGISTER


class Kept:
    """An open register in which two mandates name the same holder."""

    def __init__(self, logins: Logins, data_dir: Path) -> None:
        self.logins, self.data_dir = logins, data_dir
        self.governance = ""

    async def tell(self) -> None:
        """Grant both."""
        async with await AsyncConnection.connect(self.logins.app) as conn:
            opened = await already_opened(conn)
        assert opened is not None
        charter = Charter.of(opened)
        self.governance = str(charter.governance)
        async with running(self.logins.app, charter) as register:
            for _ in range(2):
                fields = {"role": "auditor", "for": "mra", "from": "2026-01-01", "holder": "Mevrouw J."}
                said = read_fields({"mandate": str(uuid4()), **fields}, MandateGranted, {}, "nl")
                stream = charter.governance
                request = Request(
                    cause=uuid4(), actor=REGISTER, stream=stream, facts=(said.fact,), disclosures=said.disclosures
                )
                await register.record(request)

    def register(self, *arguments: str) -> Result:
        """Run a command on it."""
        environment = {"REGISTER_DATABASE_URL": self.logins.owner, "REGISTER_DATA_DIR": str(self.data_dir)}
        return CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)

    def fields(self) -> list[tuple[int, str]]:
        """The openings that are left."""
        with psycopg.connect(self.logins.app) as conn:
            return conn.execute("SELECT seq, field FROM log.openings ORDER BY 1, 2").fetchall()


@pytest.fixture
def kept(logins: Logins, tmp_path: Path) -> Kept:
    """Opened as the demo is."""
    made = Kept(logins, tmp_path / "register")
    assert made.register("init", "--charter", "data/mra/charter.json").exit_code == 0
    asyncio.run(made.tell())
    return made


GROUND = ("--ground", "avg-17", "--authority", "mra", "--on", "2026-01-15")


def test_it_is_withdrawn_once_and_where_the_words_stand_too_is_told(kept: Kept) -> None:
    entry = f"{kept.governance}.1"
    done = kept.register("withdraw", entry, "holder", *GROUND, "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["sameWords"] == [{"id": kept.governance, "seq": 2, "field": "holder"}]
    assert kept.fields() == [(2, "holder")]
    again = json.loads(kept.register("withdraw", entry, "holder", *GROUND, "--json").stdout)
    assert (again["position"], again["repeated"]) == (said["position"], True)
    told = kept.register("withdraw", f"{kept.governance}.2", "holder", *GROUND)
    assert told.stdout.splitlines()[-1].endswith("`register erase --finish`.")
    assert kept.fields() == []


def test_the_text_with_its_private_part_blacked_out_takes_its_place(kept: Kept, tmp_path: Path) -> None:
    shown = tmp_path / "shown.txt"
    shown.write_text("Mevrouw …\n", encoding="utf-8")
    done = kept.register("withdraw", f"{kept.governance}.1", "holder", *GROUND, "--instead", str(shown))
    assert done.exit_code == 0, done.output
    with psycopg.connect(kept.logins.projections) as conn:
        rows = conn.execute("SELECT text FROM read.texts WHERE text IS NOT NULL ORDER BY 1").fetchall()
    assert rows == [("Mevrouw J.",), ("Mevrouw …",)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("withdraw", "{stream}.9", "holder", *GROUND), "has no entry"),
        (("withdraw", "{stream}.1", "role", *GROUND), "has no text in field role"),
        (("withdraw", "{stream}.1", "holder", "--ground", "avg-17", "--authority", "gm9"), "no body or member"),
        (("withdraw", "{stream}.1", "holder", "--ground", "AVG 17", "--authority", "mra"), "ground"),
        (("withdraw", "{stream}.1", "holder", *GROUND[:4], "--on", "2099-01-01"), "later than today"),
        (("withdraw", "nowhere", "holder", *GROUND), "is not the address of an entry"),
    ],
)
def test_what_cannot_be_withdrawn_is_told_in_a_sentence(kept: Kept, arguments: tuple[str, ...], says: str) -> None:
    refused = kept.register(*(each.replace("{stream}", kept.governance) for each in arguments))
    assert refused.exit_code in {1, 2}
    assert says in refused.stderr
    assert len(kept.fields()) == 2


@pytest.mark.parametrize(
    ("raw", "says"),
    [(b" \n", "is empty"), ("Mevrouw \u00e9".encode("latin-1"), "is no text in UTF-8"), (b"a" * 100_001, "instead")],
)
def test_a_file_that_holds_no_text_to_stand_in_its_place_withdraws_nothing(
    kept: Kept, tmp_path: Path, raw: bytes, says: str
) -> None:
    shown = tmp_path / "shown.txt"
    shown.write_bytes(raw)
    refused = kept.register("withdraw", f"{kept.governance}.1", "holder", *GROUND, "--instead", str(shown))
    assert refused.exit_code in {1, 2}, refused.output
    assert (refused.stdout, len(refused.stderr.splitlines()[-1]) < 300) == ("", True)
    assert says in refused.stderr
    assert len(kept.fields()) == 2


def test_on_another_ground_it_is_not_withdrawn_again_and_that_is_told(kept: Kept) -> None:
    entry = f"{kept.governance}.1"
    assert kept.register("withdraw", entry, "holder", *GROUND).exit_code == 0
    refused = kept.register("withdraw", entry, "holder", "--ground", "rechter", *GROUND[2:], "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "withdrawn" in refused.stderr
