"""A register comes back from its published log: the same bytes, the same root, and nothing is signed otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest

from register.publishing.keys import make_keys
from register.verify import Files, Log
from tests.publishing.recorded import ORIGIN, found_in
from tests.restoring.region import Kept, keys_of


def tree(where: Path) -> dict[str, bytes]:
    return {str(path.relative_to(where)): path.read_bytes() for path in where.rglob("*") if path.is_file()}


def published(kept: Kept) -> int:
    return Log(Files(kept.log), []).run().size


def test_an_empty_database_gets_every_entry_at_its_position_with_what_stands_beside_it(kept: Kept, empty: Kept) -> None:
    size = published(kept)
    said = empty.told("restore", "--from-log", str(kept.log))
    assert (said["entries"], said["entriesAdded"], said["checkpointsAdded"]) == (size, size, 4)
    was, now = kept.rows(), empty.rows()
    assert now["log.events"] == was["log.events"][:size]
    assert now["log.commands"] == [row for row in was["log.commands"] if row[1] < size]
    assert [row[:3] for row in now["log.checkpoints"]] == [row[:3] for row in was["log.checkpoints"]]
    assert now["log.head"][0][1:] == (size, max(row[2] for row in now["log.events"]))


def test_publishing_goes_on_and_signs_nothing_again(kept: Kept, empty: Kept) -> None:
    before = tree(kept.log)
    empty.told("restore", "--from-log", str(kept.log))
    empty.publish()
    assert tree(empty.log) == before
    assert found_in(empty.data_dir) == []


def test_again_it_changes_nothing(kept: Kept, empty: Kept) -> None:
    empty.told("restore", "--from-log", str(kept.log))
    before = empty.rows()
    said = empty.told("restore", "--from-log", str(kept.log))
    assert (said["entriesAdded"], said["checkpointsAdded"]) == (0, 0)
    assert empty.rows() == before


@pytest.mark.parametrize("size", [1, 40, 41, 42, 255, 256, 257, 300])
def test_an_older_copy_of_the_database_gets_what_it_misses(kept: Kept, size: int) -> None:
    before = kept.rows()
    kept.cut(size)
    kept.told("restore", "--from-log", str(kept.log))
    now, whole = kept.rows(), published(kept)
    assert now["log.events"] == before["log.events"][:whole]
    assert now["log.commands"] == [row for row in before["log.commands"] if row[1] < whole]
    assert [row[:3] for row in now["log.checkpoints"]] == [row[:3] for row in before["log.checkpoints"]]
    kept.publish()
    assert found_in(kept.data_dir) == []


def test_a_database_that_holds_another_history_is_refused_with_the_first_place_where_it_differs(kept: Kept) -> None:
    kept.cut(280)
    kept.change("UPDATE log.events SET entry = entry || '\\x20' WHERE position >= 123")
    assert "entry 123 of the log is another one" in kept.refused("restore", "--from-log", str(kept.log))


def test_a_log_that_is_not_sound_is_refused_with_what_is_wrong_in_which_file(kept: Kept, empty: Kept) -> None:
    copy = empty.data_dir / "copy"
    for name, reason in (
        ("tile/entries/000", "tile/entries/000, entry "),
        ("tile/0/000", "tile/0/000, entry "),
        ("checkpoint", "checkpoint"),
    ):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(kept.log, copy)
        raw = (copy / name).read_bytes()
        (copy / name).write_bytes(raw[:40] + bytes([raw[40] ^ 1]) + raw[41:])
        assert f"is not sound: {reason}" in empty.refused("restore", "--from-log", str(copy))
    (copy / "checkpoint").unlink()
    assert "checkpoint: is missing" in empty.refused("restore", "--from-log", str(copy))


def test_a_log_of_unknown_keys_is_refused_and_one_of_named_keys_is_not(kept: Kept, empty: Kept, tmp_path: Path) -> None:
    shutil.rmtree(empty.data_dir / "keys")
    assert "whose log this is" in empty.refused("restore", "--from-log", str(kept.log))
    stranger = make_keys(tmp_path / "strange", ORIGIN).current[0].vkey
    assert "by a key that was not given" in empty.refused("restore", "--from-log", str(kept.log), "--key", stranger)
    assert empty.told("restore", "--from-log", str(kept.log), *keys_of(kept))["entries"] == published(kept)


def test_beside_a_register_that_runs_it_is_refused(kept: Kept, empty: Kept) -> None:
    with psycopg.connect(empty.logins.app) as running:
        running.execute("SELECT pg_advisory_lock(7253118020)")
        assert "a register is running" in empty.refused("restore", "--from-log", str(kept.log))


def test_an_older_copy_of_the_log_than_what_was_published_here_is_refused(kept: Kept) -> None:
    older = kept.data_dir / "older"
    shutil.copytree(kept.log, older)
    sizes = sorted(int(path.name) for path in (older / "checkpoints").iterdir())
    (older / "checkpoints" / str(sizes[-1])).unlink()
    shutil.copy(older / "checkpoints" / str(sizes[-2]), older / "checkpoint")
    kept.cut(40)
    assert "holds another" not in (said := kept.refused("restore", "--from-log", str(older)))
    assert "belongs to no log of" in said or "restore from" in said


def test_without_a_log_and_a_backup_it_says_what_to_name(empty: Kept) -> None:
    result = empty.register("restore")
    assert (result.exit_code, "--from-log" in result.output) == (2, True)
