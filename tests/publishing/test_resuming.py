"""A start reads the end of the log alone, however long it is; what it goes on from is what was signed, and all of it is mended when asked."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from register.publishing import resuming as module
from register.publishing.files import Files
from register.publishing.growth import Growth
from register.publishing.ledger import Ledger
from register.store.roles import Logins
from register.tlog.tiles import Tile, TileNodes
from tests.publishing.recorded import found_in, publication, publish, record, size_of
from tests.publishing.test_publication import changed, refusal, tree
from tests.tlog.published import Texts

TEXTS = Texts(600)
SIZES = (200, 300, 530)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that a start reads again: all of the third bundle of what is published here, and some more."""
    monkeypatch.setattr(module, "AGAIN", 20)


@pytest.fixture
async def log(logins: Logins, tmp_path: Path) -> Path:
    """What was published at a few sizes."""
    first = 0
    for end in SIZES:
        await record(logins, TEXTS, first, end)
        await publish(logins, tmp_path)
        first = end
    return tmp_path


class Counting(Ledger):
    """A database that counts what is read of it."""

    read = 0

    async def entries(self, first: int, end: int) -> AsyncIterator[list[bytes]]:
        async for page in super().entries(first, end):
            self.read += len(page)
            yield page


async def read_at_start(logins: Logins, where: Path) -> int:
    """Entries that a start reads."""
    async with publication(logins, where) as ours:
        counting = Counting(ours.ledger._connection)  # noqa: SLF001  # the same connection, which holds the lock
        ours.ledger = counting
        await ours.resume()
        return counting.read


async def test_a_start_reads_the_end_of_the_log_alone(logins: Logins, log: Path) -> None:
    before = tree(log / "log")
    assert await read_at_start(logins, log) == 530 - 256
    assert tree(log / "log") == before


@pytest.mark.parametrize("name", ["tile/0/001", "tile/1/000.p/2"])
@pytest.mark.parametrize("how", ["gone", "cut short"])
async def test_without_its_edge_all_of_it_is_read_and_written_again(
    logins: Logins, log: Path, name: str, how: str
) -> None:
    before, path = tree(log / "log"), log / "log" / name
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
        assert f"{name} was published with other bytes" in await refusal(logins, log)
        path.unlink()
    # The first level is read where a bundle begins that is not read again; here that is before this tile.
    assert await read_at_start(logins, log) == (530 if name == "tile/1/000.p/2" else 530 - 256)
    assert tree(log / "log") == before


async def test_a_lost_file_of_long_ago_is_written_again_once_no_checkpoint_is_shown(logins: Logins, log: Path) -> None:
    before = tree(log / "log")
    (log / "log" / "tile/entries/000").unlink()
    assert await read_at_start(logins, log) == 530 - 256
    assert found_in(log)[0].file == "tile/entries/000"
    (log / "log" / "checkpoint").unlink()
    assert await read_at_start(logins, log) == 530
    assert tree(log / "log") == before


async def test_an_edge_that_does_not_lead_to_the_signed_root_is_never_gone_on_from(logins: Logins, log: Path) -> None:
    path = log / "log" / "tile/1/000.p/2"
    path.write_bytes(bytes(64))
    assert "tile/1/000.p/2 was published with other bytes" in await refusal(logins, log)
    assert size_of(log) == 530


async def test_what_changed_long_ago_in_the_database_is_not_in_what_is_signed_next(logins: Logins, log: Path) -> None:
    """What is published goes on from what was published; that the database says otherwise, `register verify` names."""
    changed(logins, "UPDATE log.events SET entry = set_byte(entry, 5, get_byte(entry, 5) # 1) WHERE position = 7")
    await record(logins, TEXTS, 530, 600)
    await publish(logins, log)
    assert size_of(log) == 600
    assert found_in(log) == []
    shutil.rmtree(log / "log" / "tile")
    assert "do not lead to the root that was published for the first 200" in await refusal(logins, log)


async def test_what_changed_lately_in_the_database_is_refused(logins: Logins, log: Path) -> None:
    changed(logins, "UPDATE log.events SET entry = set_byte(entry, 5, get_byte(entry, 5) # 1) WHERE position = 520")
    assert "do not lead to the root that was published for the first 530" in await refusal(logins, log)


@pytest.mark.parametrize(("start", "size"), [(0, 3), (256, 530), (512, 66_000), (65_536, 66_000), (65_792, 66_000)])
def test_going_on_from_the_tiles_makes_the_files_that_going_on_in_memory_makes(start: int, size: int) -> None:
    entries = [str(number).encode() for number in range(size)]
    once, tiles = Growth(), dict[Tile, bytes]()
    once.take(entries)
    tiles = dict(once.files())
    again = Growth.after(start, TileNodes(cache(tiles.__getitem__), size))
    again.take(entries[start:])
    assert again.edge == once.edge
    made = dict(again.files())
    assert made.items() <= tiles.items()
    assert {tile for tile in tiles if tile.first << 8 * max(tile.level, 0) >= start} <= set(made)


def test_going_on_begins_where_a_bundle_does() -> None:
    with pytest.raises(ValueError, match="300"):
        Growth.after(300, TileNodes(lambda _: b"", 300))


def test_files_that_are_no_tiles_are_not_looked_at(tmp_path: Path) -> None:
    files = Files(tmp_path)
    with pytest.raises(LookupError):
        module._tile(files, Tile(0, 0))  # noqa: SLF001  # what is told when a tile is not there
