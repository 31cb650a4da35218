"""While nothing comes the log is signed again every hour, over the same root; what was signed before stays kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from register.publishing.keys import finish, rotate
from register.publishing.showing import FRESH
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.tlog.notes import Note
from tests.publishing.asked import TEXTS, publish, signed_by
from tests.publishing.recorded import found_in, record
from tests.publishing.test_publication import changed, tree
from tests.publishing.witnessing import PATIENT, OurWitness, always, policy

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def test_a_log_without_news_is_signed_again_every_hour_over_the_same_root(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    await record(logins, TEXTS, 0, 5)
    path = tmp_path / "log" / "checkpoint"
    async with Witnesses(policy(2, *pair), deadline=PATIENT) as asked:
        await publish(logins, tmp_path, asked, NOW)
        first = path.read_bytes()
        await publish(logins, tmp_path, asked, NOW + FRESH - timedelta(seconds=1))
        assert path.read_bytes() == first
        pair[0].behave = always(500)
        await publish(logins, tmp_path, asked, NOW + FRESH)
        again = Note.read(path.read_bytes())
        assert again.raw != first
        assert again.text == Note.read(first).text
        assert signed_by(tmp_path, asked) == {"archive", "press"}, "what one signed before still holds"
        assert (tmp_path / "log" / "checkpoints" / "5").read_bytes() == first
        await record(logins, TEXTS, 5, 6)
        await publish(logins, tmp_path, asked, NOW)
    with psycopg.connect(logins.owner) as connection:
        rows = connection.execute(
            "SELECT size, at FROM log.checkpoints UNION ALL SELECT size, at FROM log.cosigned ORDER BY size, at"
        ).fetchall()
    assert rows == [(5, NOW), (5, NOW), (5, NOW + FRESH), (6, NOW + FRESH), (6, NOW + FRESH)]


async def test_a_log_without_witnesses_is_signed_again_every_hour_as_well(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 5)
    async with Witnesses() as nobody:
        await publish(logins, tmp_path, nobody, NOW)
        first = tree(tmp_path / "log")
        rotate(tmp_path / "keys")
        await publish(logins, tmp_path, nobody, NOW + FRESH)
        assert found_in(tmp_path) == []
        # The newer keys have signed, so the older ones can go, although nothing was recorded.
        finish(tmp_path / "keys", (tmp_path / "log" / "checkpoint").read_bytes())
        await publish(logins, tmp_path, nobody, NOW + 2 * FRESH)
    last = tree(tmp_path / "log")
    assert {name for name in first if first[name] != last[name]} == {"checkpoint", "policy"}


async def test_what_was_signed_again_after_the_database_was_copied_is_kept_again(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    """The same entries, so no other log: a database of an hour ago goes on, and shows nothing older than what was shown."""
    await record(logins, TEXTS, 0, 5)
    path = tmp_path / "log" / "checkpoint"
    async with Witnesses(policy(2, *pair), deadline=PATIENT) as asked:
        await publish(logins, tmp_path, asked, NOW)
        await publish(logins, tmp_path, asked, NOW + FRESH)
        shown = path.read_bytes()
        changed(logins, "DELETE FROM log.cosigned WHERE kind = 'again'")
        await publish(logins, tmp_path, asked, NOW)
        assert path.read_bytes() == shown
        await publish(logins, tmp_path, asked, NOW + 2 * FRESH)
        assert path.read_bytes() != shown
    with psycopg.connect(logins.owner) as connection:
        rows = connection.execute("SELECT number, kind, at FROM log.cosigned ORDER BY number").fetchall()
    assert rows == [(0, "shown", NOW), (1, "again", NOW + FRESH), (2, "again", NOW + 2 * FRESH)]
