"""A register serves nothing from a database that is older than what was published, and no text that the log withdraws."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import psycopg
import pytest

from api.doctor import examine
from api.house import before_anybody_is_answered, house
from projections.follow import Follower
from register.publishing.files import Files
from register.restoring.refusing import RestoreRefused
from tests.projections.telling import ZONE, Teller
from tests.restoring.region import Kept, openings, withdraw

CHARTER = (
    '{"region":{"code":"proef","name":"Proefregio"},"timeZone":"Europe/Amsterdam","lang":"nl","contact":"Secretaris"}'
)
TEXTS = "SELECT stream::text, seq, field FROM read.texts WHERE text IS NOT NULL"


async def served(kept: Kept) -> None:
    """Start it, and let the read models take in all there is."""
    start(kept)
    async with Follower(kept.logins.projections, ZONE) as follower:
        size = len(kept.every("log.events"))
        assert await follower.reached(size - 1, asyncio.get_running_loop().time() + 60)


def readable(kept: Kept) -> set[tuple[str, int, str]]:
    with psycopg.connect(kept.logins.owner) as owner:
        return set(owner.execute(TEXTS).fetchall())


def start(kept: Kept) -> None:
    """What every start does before anybody is answered."""
    before_anybody_is_answered(kept.logins, kept.data_dir)


async def opened(kept: Kept) -> None:
    async with house(kept.logins, kept.data_dir):
        pytest.fail("it would be served")


def refusal(kept: Kept) -> str:
    with pytest.raises(RestoreRefused) as refused:
        asyncio.run(opened(kept))
    return str(refused.value)


def test_an_older_database_is_not_served_until_it_has_what_was_published(kept: Kept) -> None:
    size = max(int(path.name) for path in (kept.log / "checkpoints").iterdir())
    kept.cut(150)
    said = refusal(kept)
    assert f"published with {size} entries" in said
    assert f"`register restore --from-log {kept.log}`" in said
    # It grew past that size without anything being published: the numbers of entries alone would not tell.
    kept.change(f"UPDATE log.head SET next = {size + 5}")  # noqa: S608  # a number
    assert f"published with {size} entries" in refusal(kept)
    kept.change("UPDATE log.head SET next = 150")
    # With a checkpoint that is gone or cannot be read, the kept ones tell.
    (kept.log / "checkpoint").write_text("nothing")
    assert f"published with {size} entries" in refusal(kept)
    shutil.copy(kept.log / "checkpoints" / str(size), kept.log / "checkpoint")
    kept.told("restore", "--from-log", str(kept.log))
    start(kept)


def test_the_commands_that_serve_or_open_say_so_in_one_sentence(kept: Kept, empty: Kept, tmp_path: Path) -> None:
    shutil.copytree(kept.log, empty.log)
    charter = tmp_path / "charter.json"
    charter.write_text(CHARTER)
    for command in (("serve", "--port", "0"), ("init", "--charter", str(charter))):
        assert "Nothing is served" in empty.refused(*command)
    assert empty.rows()["log.events"] == []


def test_a_text_that_came_back_with_an_older_copy_goes_before_anybody_is_answered(teller: Teller, kept: Kept) -> None:
    asyncio.run(served(kept))
    texts, before = readable(kept), kept.rows()["log.openings"]
    gone = withdraw(teller, 3)
    asyncio.run(served(kept))
    assert readable(kept) == texts - gone
    # The openings and the read model of before, as a dump has them.
    kept.change("DELETE FROM log.openings")
    with psycopg.connect(kept.logins.owner) as owner:
        for row in before:
            owner.execute("INSERT INTO log.openings VALUES (%s, %s, %s, %s)", row)
        owner.execute("UPDATE read.texts SET text = 'wat er stond' WHERE text IS NULL")
    assert readable(kept) == texts
    start(kept)
    assert readable(kept) == texts - gone
    assert not openings(kept) & gone


def test_a_start_reads_few_rows_of_a_long_log(kept: Kept) -> None:
    asyncio.run(served(kept))
    kept.change("ANALYZE log.events")
    read = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE schemaname = 'log' AND relname = 'events'"
    with psycopg.connect(kept.logins.owner, autocommit=True) as owner:
        owner.execute("SELECT pg_stat_force_next_flush()")
        before = owner.execute(read).fetchone()
        start(kept)
        owner.execute("SELECT pg_stat_force_next_flush()")
        assert owner.execute(read).fetchone() == before


def test_the_doctor_says_that_it_is_older_and_which_texts_came_back(teller: Teller, kept: Kept) -> None:
    withdraw(teller, 2)
    kept.publish()
    found = {finding.what: finding for finding in examine(kept.logins, Files(kept.log))}
    assert found["withdrawn texts"].says == "2, and none of them can be read"
    assert found["what was published"].well
    with psycopg.connect(kept.logins.owner) as owner:
        owner.execute("INSERT INTO log.openings SELECT w.*, 'x' FROM log.events e, log.withdrawn_by(e.entry) w")
    size = max(int(path.name) for path in (kept.log / "checkpoints").iterdir())
    kept.change(f"DELETE FROM log.checkpoints WHERE size = {size}")  # noqa: S608  # a number
    found = {finding.what: finding for finding in examine(kept.logins, Files(kept.log))}
    assert found["withdrawn texts"].says.startswith("2 can still be read")
    assert f"published with {size} entries" in found["what was published"].says
    assert not found["withdrawn texts"].well
    assert not found["what was published"].well
