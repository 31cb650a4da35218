"""What was signed of a checkpoint beyond the first time is kept as it was: the database takes nothing else, and a changed row is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from api.checking.bookkeeping import bookkeeping
from api.checking.cosigned import cosigned
from register.publishing.keys import make_keys
from register.publishing.showing import FRESH
from register.publishing.witnesses import Witnesses
from register.store.roles import Logins
from register.verify import Files as Looked
from register.verify import Log, policy_of
from tests.publishing.asked import TEXTS, publish
from tests.publishing.recorded import ORIGIN, record
from tests.publishing.witnessing import PATIENT, OurWitness, policy

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def test_the_database_takes_no_note_over_anything_but_the_last_checkpoint(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    async with Witnesses(policy(1, *pair), deadline=PATIENT) as asked:
        for first, end in ((0, 5), (5, 9)):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked)
    row = "SELECT size, number, kind, note, at FROM log.cosigned WHERE size = 9"
    with psycopg.connect(logins.app, autocommit=True) as connection:
        for size, number, kind, ago, note in (
            (9, 1, "shown", 0, "note"),
            (9, 1, "waiting", 0, "note"),
            (9, 0, "again", 0, "note"),
            (9, 2, "again", 0, "note"),
            (9, 1, "again", 1, "note"),
            (5, 1, "again", 0, "note"),
            (9, 1, "again", 0, "overlay(note placing 'x' from 3)"),
            (9, 1, "again", 0, "'register.example.nl/log'::bytea"),
        ):
            with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.UniqueViolation)):
                connection.execute(
                    f"INSERT INTO log.cosigned SELECT %s, %s, %s, {note}, at - %s * interval '1 s' FROM ({row}) r".encode(),  # noqa: S608  # the cases are above
                    (size, number, kind, ago),
                )
        done = connection.execute(f"INSERT INTO log.cosigned SELECT 9, 1, 'again', note, at FROM ({row}) r".encode())  # noqa: S608  # as above
        assert done.rowcount == 1


async def test_every_changed_row_of_what_was_signed_is_named(
    logins: Logins, tmp_path: Path, pair: tuple[OurWitness, OurWitness]
) -> None:
    async with Witnesses(policy(1, *pair), deadline=PATIENT) as asked:
        for hours, (first, end) in enumerate(((0, 5), (5, 9))):
            await record(logins, TEXTS, first, end)
            await publish(logins, tmp_path, asked, NOW + 2 * hours * FRESH)
            await publish(logins, tmp_path, asked, NOW + (2 * hours + 1) * FRESH)
        wanted = policy_of(asked.policy.text.encode())
    log = Log(
        Looked(tmp_path / "log"), [key.vkey for key in make_keys(tmp_path / "keys", ORIGIN).current], policy=wanted
    )
    assert log.run().findings == []
    with psycopg.connect(logins.owner) as connection:
        connection.execute("SET session_replication_role = replica")
        assert [*cosigned(connection, log)] == []
        for size, number, change, column in (
            (5, 0, "note = overlay(note placing 'x' from 40)", "note"),
            (5, 1, "note = overlay(note placing 'x' from octet_length(note) - 9)", "note"),
            (9, 1, "note = (SELECT note FROM log.cosigned WHERE size = 5 AND number = 0)", "note"),
            (9, 0, "kind = 'waiting'", None),
            (9, 0, "kind = 'again'", None),
            (9, 1, "kind = 'waiting'", "kind"),
            (5, 1, "number = 2", "number"),
            (9, 1, "at = at + interval '1 s'", "at"),
            (9, 0, "at = at - interval '1 s'", "at"),
        ):
            with connection.transaction(force_rollback=True):
                changed = f"UPDATE log.cosigned SET {change} WHERE size = %s AND number = %s"  # noqa: S608  # the cases are above
                connection.execute(changed.encode(), (size, number))
                found = [*cosigned(connection, log), *bookkeeping(connection, log, None).wrong]
                assert found, change
                if column is not None:
                    assert any((each.where, each.column) == ("log.cosigned", column) for each in found), change
        with connection.transaction(force_rollback=True):
            connection.execute("DELETE FROM log.cosigned WHERE size = 9 AND number = 1")
            assert any(each.where == "checkpoint" for each in cosigned(connection, log))
