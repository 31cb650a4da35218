"""A log as it grows: the files that came to be since it was published last, without reading any that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

from register.tlog.hashing import leaf
from register.tlog.tiles import ENTRIES, HEIGHT, MAX_LEVEL, WIDTH, Tile, bundle_bytes, tiles_of
from register.tlog.tree import Edge, Nodes


class Growth:
    """What growing needs: the right edge, and what stands in the tiles and the bundle that are not full yet."""

    def __init__(self) -> None:
        """Nothing was published."""
        self.edge = Edge()
        self.published = 0
        self._rows: list[list[bytes]] = [[] for _ in range(MAX_LEVEL + 1)]
        """By level of tiles: the hashes of the last tile, when it is not full, and all after it."""
        self._entries: list[bytes] = []
        """Those of the last bundle, when it is not full, and all after it."""

    @classmethod
    def after(cls, size: int, nodes: Nodes) -> Self:
        """A log of which so many entries were published, all in full bundles: ValueError when the last one is not full."""
        if size % WIDTH:
            raise ValueError(size)
        growth = cls()
        growth.edge, growth.published = Edge.of(size, nodes), size
        for level, row in enumerate(growth._rows):
            row += [nodes(level * HEIGHT, at) for at in range(_settled(size, level), size >> level * HEIGHT)]
        return growth

    def take(self, entries: Sequence[bytes]) -> None:
        """Entries that follow on those before."""
        self.edge, made = self.edge.grown([leaf(each) for each in entries])
        # Tiles hold every eighth level; the levels between are made anew by who reads them.
        for row in made[::HEIGHT]:
            self._rows[row.level // HEIGHT] += row.hashes
        self._entries += entries

    def files(self) -> Iterator[tuple[Tile, bytes]]:
        """The files that the log has now and had not when it was published last: bundles, then tiles level by level."""
        for tile in tiles_of(self.edge.size, since=self.published):
            at = tile.first - _settled(self.published, tile.level)
            if tile.level == ENTRIES:
                yield tile, bundle_bytes(self._entries[at : at + tile.width])
            else:
                yield tile, b"".join(self._rows[tile.level][at : at + tile.width])

    def settle(self) -> None:
        """All those files are there: forget what is in full ones."""
        for level, row in enumerate((self._entries, *self._rows), ENTRIES):
            del row[: _settled(self.edge.size, level) - _settled(self.published, level)]
        self.published = self.edge.size


def _settled(size: int, level: int) -> int:
    """How many hashes of a level, or how many entries, stand in full tiles of a log of so many entries."""
    return (size >> HEIGHT * max(level, 0)) // WIDTH * WIDTH
