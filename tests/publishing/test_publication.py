"""The log is published step by step, any run goes on where another died, and a database that knows less is refused."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from register.publishing import publication as module
from register.publishing.files import Files
from register.publishing.growth import Growth
from register.publishing.keys import make_keys
from register.publishing.refusing import KeysRefused, PublishingRefused
from register.store.line import connect
from register.store.roles import Logins
from register.tlog.hashing import leaf
from register.tlog.tiles import ENTRIES, bundle_bytes, tile_bytes, tiles_of
from register.tlog.tree import Edge, kept
from tests.publishing.recorded import found_in, publication, publish, record, size_of
from tests.tlog.published import Texts

TEXTS = Texts(530)


def tree(where: Path) -> dict[str, bytes]:
    return {str(path.relative_to(where)): path.read_bytes() for path in where.rglob("*") if path.is_file()}


def changed(logins: Logins, *statements: str) -> None:
    """What only somebody with all rights can do: the triggers are off."""
    with psycopg.connect(logins.owner, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


@pytest.mark.parametrize("sizes", [(1, 2), (255, 256, 257), (300, 511, 512, 530), (70_000,)], ids=str)
def test_growing_makes_exactly_the_files_of_the_log(sizes: tuple[int, ...]) -> None:
    entries = [str(number).encode() for number in range(max(sizes))]
    nodes = kept(Edge().grown([leaf(each) for each in entries])[1])
    growth, since = Growth(), 0
    for size in sizes:
        growth.take(entries[since:size])
        expected = {
            tile: bundle_bytes(entries[tile.first : tile.first + tile.width])
            if tile.level == ENTRIES
            else tile_bytes(tile, nodes)
            for tile in tiles_of(size, since)
        }
        assert dict(growth.files()) == expected
        growth.settle()
        since = size


async def test_what_is_published_is_sound_at_every_size(logins: Logins, tmp_path: Path) -> None:
    first = 0
    for end in (1, 200, 256, 280, 530):
        await record(logins, TEXTS, first, end)
        await publish(logins, tmp_path)
        assert found_in(tmp_path) == []
        assert size_of(tmp_path) == end
        first = end
    assert sorted(Files(tmp_path / "log").names("checkpoints")) == [
        f"checkpoints/{size}" for size in (1, 200, 256, 280, 530)
    ]


async def test_a_long_log_is_published_in_steps(
    logins: Logins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 100)
    await record(logins, TEXTS, 0, 530)
    await publish(logins, tmp_path)
    assert len(list(Files(tmp_path / "log").names("checkpoints"))) == 6
    assert found_in(tmp_path) == []


async def test_publishing_again_changes_no_byte(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 280)
    await publish(logins, tmp_path)
    before = tree(tmp_path / "log")
    await publish(logins, tmp_path)
    assert tree(tmp_path / "log") == before


async def test_a_lost_directory_is_written_again_byte_for_byte(logins: Logins, tmp_path: Path) -> None:
    for first, end in ((0, 200), (200, 280), (280, 530)):
        await record(logins, TEXTS, first, end)
        await publish(logins, tmp_path)
    before = tree(tmp_path / "log")
    shutil.rmtree(tmp_path / "log")
    await publish(logins, tmp_path)
    assert tree(tmp_path / "log") == before


async def test_what_a_broken_step_laid_is_swept_away(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 280)
    await publish(logins, tmp_path)
    files = Files(tmp_path / "log")
    for name in ("tile/entries/001.p/44", "tile/0/001", "tile/entries/002.p/9", "tile/1/000.p/2"):
        files.replace(name, b"of a step that did not end")
    (tmp_path / "log.part" / "123").write_bytes(b"half")
    await publish(logins, tmp_path)
    assert found_in(tmp_path) == []
    assert list((tmp_path / "log.part").iterdir()) == []


async def test_time_does_not_run_back_with_the_clock(logins: Logins, tmp_path: Path) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    for end, moment in ((1, now), (2, now - timedelta(days=1))):
        await record(logins, TEXTS, end - 1, end)
        async with publication(logins, tmp_path, now=moment) as ours:
            await ours.resume()
            assert await ours.step()
            last = await ours.ledger.last()
            assert last is not None
            assert last.at == now


async def refusal(logins: Logins, where: Path) -> str:
    with pytest.raises(PublishingRefused) as refused:
        await publish(logins, where)
    return str(refused.value)


async def test_a_database_that_is_shorter_than_the_published_log_is_refused(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 30)
    await publish(logins, tmp_path)
    before = tree(tmp_path / "log")
    changed(
        logins,
        "DELETE FROM log.events WHERE position >= 20",
        "DELETE FROM log.commands WHERE first >= 20",
        "DELETE FROM log.openings",
        "UPDATE log.head SET next = 20",
    )
    assert "the database has 20 entries, and 30 were published" in await refusal(logins, tmp_path)
    changed(logins, "DELETE FROM log.checkpoints")
    assert "published with 30 entries, and the database knows of 0" in await refusal(logins, tmp_path)
    # Once it grew past that size with other entries, nobody can tell from the numbers alone.
    other = Texts(40)
    await record(logins, other, 20, 40)
    assert "published with 30 entries" in await refusal(logins, tmp_path)
    (tmp_path / "log" / "checkpoint").unlink()
    assert "published with 30 entries" in await refusal(logins, tmp_path)
    (tmp_path / "log" / "checkpoint").write_bytes(before["checkpoint"])
    assert tree(tmp_path / "log") == before


async def test_entries_that_do_not_lead_to_the_published_root_are_refused(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 30)
    await publish(logins, tmp_path)
    changed(logins, "UPDATE log.events SET entry = set_byte(entry, 5, get_byte(entry, 5) # 1) WHERE position = 7")
    assert "do not lead to the root that was published for the first 30" in await refusal(logins, tmp_path)


async def test_a_published_file_with_other_bytes_is_refused_and_named(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 300)
    await publish(logins, tmp_path)
    path = tmp_path / "log" / "tile" / "0" / "000"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert "tile/0/000 was published with other bytes" in await refusal(logins, tmp_path)
    path.unlink()
    await publish(logins, tmp_path)
    assert found_in(tmp_path) == []


async def test_a_checkpoint_of_another_log_and_one_that_cannot_be_read_are_refused(
    logins: Logins, tmp_path: Path
) -> None:
    await record(logins, TEXTS, 0, 30)
    await publish(logins, tmp_path)
    path = tmp_path / "log" / "checkpoint"
    whole = path.read_bytes()
    other = make_keys(tmp_path / "other", "register.example.nl/log")
    path.write_bytes(other.sign(whole.decode().partition("\n\n")[0] + "\n", 1).raw)
    assert "it is of another log" in await refusal(logins, tmp_path)
    path.write_bytes(whole[:40])
    assert "cannot be read" in await refusal(logins, tmp_path)


async def test_other_keys_do_not_go_on_with_a_log(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 3)
    await publish(logins, tmp_path)
    shutil.rmtree(tmp_path / "keys")
    with pytest.raises(KeysRefused, match="are not those that signed"):
        await publish(logins, tmp_path)


async def test_the_database_takes_no_checkpoint_that_does_not_continue(logins: Logins, tmp_path: Path) -> None:
    await record(logins, TEXTS, 0, 3)
    await publish(logins, tmp_path)
    connection = await connect(logins.app)
    try:
        for size, ahead in ((3, 1), (2, 1), (4, 1)):
            with pytest.raises(psycopg.errors.RestrictViolation):
                await connection.execute(
                    "INSERT INTO log.checkpoints SELECT %s, root, note, at + %s * interval '1 s' FROM log.checkpoints",
                    (size, ahead),
                )
    finally:
        await connection.close()
