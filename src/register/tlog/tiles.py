"""The files of a published log (C2SP tlog-tiles, as of August 2026): tiles of 256 hashes, bundles of 256 entries, and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from register.tlog.hashing import SIZE, node
from register.tlog.tree import Nodes

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
"""Hashes in a full tile, entries in a full bundle."""
MAX_LEVEL: Final = 7
"""A tile above this level would be over more entries than a log can have."""
MAX_ENTRY: Final = 0xFFFF


class Tile(msgspec.Struct, frozen=True):
    """The place of a tile, or of the bundle over the same entries (`level` -1): its number at its level, and how full it is."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its name below the log: tile/0/x001/x234/067, with .p/112 behind it when it is not full."""
        level = "entries" if self.level < 0 else str(self.level)
        part = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{level}/{grouped(self.index)}{part}"

    @property
    def first(self) -> int:
        """The number of its first hash among those of its level, or of its first entry."""
        return self.index * WIDTH


ENTRIES: Final = -1
"""The level of a bundle."""


def grouped(number: int) -> str:
    """A number in groups of three digits, an x before each but the last."""
    groups: list[str] = []
    while True:
        number, rest = divmod(number, 1000)
        groups.append(f"{rest:03}")
        if not number:
            break
    return "/".join([f"x{group}" for group in reversed(groups[1:])] + [groups[0]])


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """The tiles and bundles of a log of `size` entries that one of `since` entries did not have, bundles first, then level by level."""
    for level in (ENTRIES, *range(MAX_LEVEL + 1)):
        there, before = size >> HEIGHT * max(level, 0), since >> HEIGHT * max(level, 0)
        if there == before:
            if level >= 0:
                return
            continue
        yield from (Tile(level, index) for index in range(before // WIDTH, there // WIDTH))
        if there % WIDTH:
            yield Tile(level, there // WIDTH, there % WIDTH)


def tile_bytes(tile: Tile, nodes: Nodes) -> bytes:
    """What stands in a tile: its hashes, one behind the other."""
    return b"".join(nodes(tile.level * HEIGHT, tile.first + at) for at in range(tile.width))


def bundle_bytes(entries: Sequence[bytes]) -> bytes:
    """What stands in a bundle: each entry behind its length; ValueError for one that is too long."""
    try:
        return b"".join([len(entry).to_bytes(2) + entry for entry in entries])
    except OverflowError:
        msg = f"an entry of a log has at most {MAX_ENTRY} bytes"
        raise ValueError(msg) from None


def entries_of(bundle: bytes) -> list[bytes]:
    """The entries of a bundle; ValueError when it breaks off."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2])
        at += 2
        if at + length > len(bundle):
            msg = "the bundle breaks off in an entry"
            raise ValueError(msg)
        entries.append(bundle[at : at + length])
        at += length
    return entries


TileReader = Callable[[Tile], bytes]
"""Gives the bytes of a tile, wherever it is kept; LookupError when it is not there."""


class TileNodes:
    """Nodes out of tiles: reads the tile that a subtree stands in, and makes the levels between two tiles anew."""

    def __init__(self, read: TileReader, size: int) -> None:
        """`read` gives the bytes of a tile; `size` says how full the last tile of each level is."""
        self._read = read
        self._size = size

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        tile_level, above = divmod(level, HEIGHT)
        first = index << above
        hashes = self._hashes(tile_level, first // WIDTH)
        at = first % WIDTH
        row = [hashes[SIZE * place : SIZE * (place + 1)] for place in range(at, at + (1 << above))]
        while len(row) > 1:
            row = [node(row[place], row[place + 1]) for place in range(0, len(row), 2)]
        return row[0]

    def _hashes(self, level: int, index: int) -> bytes:
        there = (self._size >> HEIGHT * level) - index * WIDTH
        return self._read(Tile(level, index, min(there, WIDTH)))
