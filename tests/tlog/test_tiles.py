"""The files of a published log: their names, how full they are, and that every hash can be had from them alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.tlog.hashing import leaf
from register.tlog.tiles import (
    ENTRIES,
    MAX_ENTRY,
    Tile,
    TileNodes,
    bundle_bytes,
    entries_of,
    grouped,
    tile_bytes,
    tiles_of,
)
from register.tlog.tree import Edge, Nodes, consistency, inclusion, kept, root


@pytest.mark.parametrize(
    ("number", "name"), [(0, "000"), (7, "007"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")]
)
def test_a_number_is_written_in_groups_of_three(number: int, name: str) -> None:
    assert grouped(number) == name


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(ENTRIES, 0), "tile/entries/000"),
        (Tile(ENTRIES, 273, 112), "tile/entries/273.p/112"),
    ],
)
def test_a_tile_has_its_name(tile: Tile, path: str) -> None:
    assert tile.path == path


def test_a_log_of_seventy_thousand_entries_has_partial_tiles_at_three_levels() -> None:
    tiles = list(tiles_of(70_000))
    assert [tile.path for tile in tiles if tile.width < 256] == [
        "tile/entries/273.p/112",
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]
    assert len([tile for tile in tiles if tile.level == 0 and tile.width == 256]) == 273


def test_a_full_tile_begins_one_a_level_higher() -> None:
    assert [tile.path for tile in tiles_of(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    assert list(tiles_of(0)) == []
    assert list(tiles_of(300, since=300)) == []


@settings(max_examples=60, deadline=None)
@given(sizes=st.tuples(st.integers(0, 70_000), st.integers(0, 70_000)))
def test_what_a_log_had_and_what_it_got_is_all_that_it_has(sizes: tuple[int, int]) -> None:
    old, new = sorted(sizes)
    full = {tile for tile in tiles_of(new) if tile.width == 256}
    had, got = set(tiles_of(old)), set(tiles_of(new, since=old))
    assert full <= had | got
    assert {tile for tile in tiles_of(new) if tile.width < 256} <= had | got
    assert not {tile for tile in got & had if tile.width == 256}


@pytest.fixture(scope="module")
def large() -> tuple[list[bytes], dict[Tile, bytes], Nodes]:
    """A log of 70,000 entries as tiles, with the subtrees that it was made from."""
    leaves = [leaf(str(number).encode()) for number in range(70_000)]
    nodes = kept(Edge().grown(leaves)[1])
    tiles = {tile: tile_bytes(tile, nodes) for tile in tiles_of(len(leaves)) if tile.level >= 0}
    return leaves, tiles, nodes


def test_every_hash_is_had_from_the_tiles_alone(large: tuple[list[bytes], dict[Tile, bytes], Nodes]) -> None:
    leaves, tiles, made = large
    nodes = TileNodes(tiles.__getitem__, len(leaves))
    for level, index in [(0, 0), (0, 69_999), (3, 8749), (7, 545), (8, 272), (12, 16), (16, 0)]:
        assert nodes(level, index) == made(level, index)
    assert root(len(leaves), nodes) == root(len(leaves), made)
    assert inclusion(69_999, len(leaves), nodes) == inclusion(69_999, len(leaves), made)
    assert consistency(255, len(leaves), nodes) == consistency(255, len(leaves), made)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert entries_of(bundle_bytes(entries)) == entries


@given(st.lists(st.binary(min_size=1, max_size=9), min_size=1, max_size=5), st.data())
def test_a_bundle_that_breaks_off_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    whole = bundle_bytes(entries)
    ends = {len(bundle_bytes(entries[:count])) for count in range(len(entries) + 1)}
    cut = data.draw(st.integers(1, len(whole) - 1).filter(lambda at: at not in ends))
    with pytest.raises(ValueError, match="breaks off"):
        entries_of(whole[:cut])


def test_an_entry_is_not_longer_than_its_length_can_say() -> None:
    assert len(bundle_bytes([b"x" * MAX_ENTRY])) == MAX_ENTRY + 2
    with pytest.raises(ValueError, match="65535"):
        bundle_bytes([b"x" * (MAX_ENTRY + 1)])
