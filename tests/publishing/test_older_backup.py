"""What witnesses saw keeps a database of an older backup from signing another log."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psycopg
import pytest

from register.publishing.refusing import PublishingRefused
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from tests.publishing.asked import TEXTS, publish
from tests.publishing.recorded import record
from tests.publishing.witnessing import PATIENT, OurWitness, always, policy
from tests.tlog.published import Texts


def older(logins: Logins, size: int) -> None:
    """The database as it was in a backup, and the files with it."""
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in (
            "DELETE FROM log.events WHERE position >= %s",
            "DELETE FROM log.commands WHERE first >= %s",
            "DELETE FROM log.cosigned WHERE size > %s",
            "DELETE FROM log.checkpoints WHERE size > %s",
            "UPDATE log.head SET next = %s",
        ):
            connection.execute(statement, (size,))
        connection.execute("DELETE FROM log.openings")


def rows(logins: Logins) -> list[tuple[object, ...]]:
    with psycopg.connect(logins.owner) as connection:
        return connection.execute("SELECT size FROM log.checkpoints").fetchall()


@pytest.mark.parametrize("left", [0, 5])
async def test_a_database_of_an_older_backup_is_refused_by_what_a_witness_saw(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness], left: int
) -> None:
    """Directory and database were both put back, so that nothing here can tell."""
    async with Witnesses(policy(1, *pair), deadline=PATIENT) as asked:
        for first, end in ((0, 5), (5, 30)):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked)
        await asyncio.to_thread(older, logins, left)
        (tmp_path / "log").rename(tmp_path / "put away")
        await record(logins, Texts(40), left, 40)
        before = len(rows(logins))
        for _ in range(2):
            async with Witnesses(policy(1, *pair), deadline=PATIENT) as anew:
                with pytest.raises(PublishingRefused, match="saw 30 entries of it, and"):
                    await publish(logins, tmp_path, anew)
                # And it stays so for as long as this process lives, also when that one no longer answers.
                pair[0].behave = pair[1].behave = always(500)
                with pytest.raises(PublishingRefused, match="older backup"):
                    await publish(logins, tmp_path, anew)
                pair[0].behave = pair[1].behave = lambda _: None
    assert len(rows(logins)) == before, "nothing was signed"
    assert not (tmp_path / "log" / "checkpoint").exists()


@pytest.mark.parametrize("answer", [None, always(409)], ids=["as specified", "409 without a size"])
async def test_another_log_of_the_same_size_is_refused(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness], answer: object
) -> None:
    await record(logins, TEXTS, 0, 5)
    async with Witnesses(policy(1, *pair), deadline=PATIENT) as asked:
        await publish(logins, tmp_path, asked)
        pair[0].root = b"another root of that size, surely"[:32]
        if answer is not None:
            # Some programs answer a fork so, and tell their size only to who says that it is nothing.
            pair[0].behave = lambda body: None if body.startswith(b"old 0") else (409, "text/plain", b"")
        await record(logins, TEXTS, 5, 6)
        async with Witnesses(policy(1, *pair), deadline=PATIENT) as anew:
            with pytest.raises(PublishingRefused, match="the witness archive saw another log"):
                await publish(logins, tmp_path, anew)
    assert rows(logins) == [(5,)]
