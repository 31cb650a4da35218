"""What others put under a checkpoint comes back with it: the signatures of witnesses, and the time of authorities."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from register.publishing.files import Files
from register.publishing.keys import make_keys
from register.publishing.stamping import Stamping
from register.publishing.timestamps import Authorities
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.tlog.policies import Policy
from tests.databases import fresh_register
from tests.publishing.recorded import ORIGIN, publication, record
from tests.publishing.witnessing import OurWitness, policy, served
from tests.restoring.region import Kept
from tests.restoring.test_from_log import tree
from tests.stamping.authority import Authority, listening
from tests.tlog.published import GOVERNANCE, Texts

TEXTS = Texts(300)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def witnessed(logins: Logins, tmp_path: Path) -> Iterator[tuple[Kept, Policy]]:
    """Each of three checkpoints is signed by a witness, the last one again an hour later, and stamped."""
    made = Kept(logins, tmp_path / "first")
    witness = OurWitness("archive", lambda: make_keys(made.data_dir / "keys", ORIGIN).current)
    with served(witness), listening(Authority(tmp_path / "tsa")) as told:
        named = policy(1, witness)
        for first, end in ((0, 10), (10, 260), (260, 300)):
            asyncio.run(record(logins, TEXTS, first, end))
            asyncio.run(published(made, named, NOW))
        asyncio.run(stamped(made, told.url, told.authority.root))
        asyncio.run(published(made, named, NOW + timedelta(hours=2)))
        yield made, named


async def published(kept: Kept, named: Policy, now: datetime) -> None:
    async with (
        Witnesses(named) as asked,
        publication(kept.logins, kept.data_dir, now=now, witnesses=asked) as ours,
    ):
        await ours.resume()
        while await ours.step():
            pass


async def stamped(kept: Kept, url: str, root: Path) -> None:
    ours = Stamping(kept.logins.app, Files(kept.log), Authorities.read((url,), root))
    await ours.resume()
    await ours.round()


def test_all_that_was_signed_and_stamped_comes_back_and_publishing_goes_on(
    witnessed: tuple[Kept, Policy], server: str, tmp_path: Path
) -> None:
    kept, named = witnessed
    lines = tmp_path / "witnesses"
    lines.write_text(named.text)
    before = tree(kept.log)
    assert before["checkpoint"] != before["checkpoints/300"]
    assert "checkpoints/300.1.tsr" in before
    with fresh_register(server, tmp_path / "second") as logins:
        empty = Kept(logins, tmp_path / "second")
        shutil.copytree(kept.data_dir / "keys", empty.data_dir / "keys")
        said = empty.register("restore", "--from-log", str(kept.log), REGISTER_LOG_WITNESSES=str(lines))
        assert said.exit_code == 0, said.output
        asyncio.run(published(empty, named, NOW + timedelta(hours=2)))
        asyncio.run(Stamping(logins.app, Files(empty.log), Authorities()).resume())
        assert tree(empty.log) == before
        for table, columns in (("log.checkpoints", 3), ("log.cosigned", 4)):
            was, now = kept.every(table), empty.every(table)
            assert [row[:columns] for row in now] == [row[:columns] for row in was if "waiting" not in row], table
        with psycopg.connect(logins.app) as connection:
            for line in map(json.loads, TEXTS.openings):
                row = (GOVERNANCE, line["seq"], line["field"], line["d"])
                connection.execute("INSERT INTO log.openings VALUES (%s, %s, %s, %s)", row)
        well = empty.register("verify", REGISTER_LOG_WITNESSES=str(lines))
        assert "Nothing is wrong." in well.stdout, well.output
