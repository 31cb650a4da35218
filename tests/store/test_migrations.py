"""The shape of the database is what the files say, applied once and never behind anyone's back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import msgspec
import psycopg
import pytest

from register.store.migrations import Migration, MigrationRefused, migrate, shipped

EXTRA = "CREATE TABLE log.extra (a int)"


def names(owner: str, migrations: list[Migration] | None = None) -> list[str]:
    with psycopg.connect(owner, autocommit=True) as connection:
        return migrate(connection, migrations)


def with_extra(sql: str = EXTRA) -> list[Migration]:
    files = shipped()
    return [*files, Migration(len(files) + 1, "extra", sql)]


def test_each_file_is_applied_once(owner: str) -> None:
    assert names(owner) == [migration.name for migration in shipped()]
    assert names(owner) == []
    assert names(owner, with_extra()) == ["extra"]


def test_a_changed_file_is_refused(owner: str) -> None:
    names(owner)
    files = shipped()
    tampered = [msgspec.structs.replace(files[0], sql=files[0].sql + " "), *files[1:]]
    with pytest.raises(MigrationRefused, match=r"migration 1 \(log\) was changed"):
        names(owner, tampered)


def test_a_database_of_a_newer_version_is_refused(owner: str) -> None:
    names(owner, with_extra())
    with pytest.raises(MigrationRefused, match="does not know"):
        names(owner)


def test_a_file_left_out_is_refused(owner: str) -> None:
    names(owner, with_extra())
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DELETE FROM log.migrations WHERE number = 1")
    with pytest.raises(MigrationRefused, match="left out"):
        names(owner, with_extra())
    with pytest.raises(MigrationRefused, match="not numbered"):
        names(owner, shipped()[1:])


def test_a_failing_file_leaves_nothing_behind(owner: str) -> None:
    names(owner)
    with pytest.raises(psycopg.errors.UndefinedTable):
        names(owner, with_extra(f"{EXTRA}; DROP TABLE log.nowhere"))
    assert names(owner, with_extra()) == ["extra"], "and can be tried again"


def test_two_processes_migrate_one_after_the_other(owner: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(lambda _: names(owner), range(4)))
    assert sorted(map(len, applied)) == [0, 0, 0, len(shipped())]
