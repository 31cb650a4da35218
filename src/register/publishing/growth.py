"""A log as it grows: the files that came to be since it was published last, without reading any that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from register.tlog.hashing import leaf
from register.tlog.tiles import ENTRIES, HEIGHT, WIDTH, Tile, bundle_bytes, tile_bytes, tiles_of
from register.tlog.tree import Edge


class Growth:
    """What growing needs: the right edge, and what stands in the tiles and the bundle that are not full yet."""

    def __init__(self) -> None:
        """Nothing was published."""
        self.edge = Edge()
        self.published = 0
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._entries: list[bytes] = []
        """Those of the last bundle, when it is not full, and all after it."""

    def take(self, entries: Sequence[bytes]) -> None:
        """Entries that follow on those before."""
        self.edge, made = self.edge.grown(leaf(each) for each in entries)
        # Tiles hold every eighth level; the levels between are made anew by who reads them.
        self._nodes.update(((level, index), top) for level, index, top in made if level % HEIGHT == 0)
        self._entries += entries

    def files(self) -> Iterator[tuple[Tile, bytes]]:
        """The files that the log has now and had not when it was published last: bundles, then tiles level by level."""
        first = self.published // WIDTH * WIDTH
        for tile in tiles_of(self.edge.size, since=self.published):
            if tile.level == ENTRIES:
                at = tile.first - first
                yield tile, bundle_bytes(self._entries[at : at + tile.width])
            else:
                yield tile, tile_bytes(tile, lambda level, index: self._nodes[level, index])

    def settle(self) -> None:
        """All those files are there: forget what is in full ones."""
        size, first = self.edge.size, self.published // WIDTH * WIDTH
        del self._entries[: size // WIDTH * WIDTH - first]
        self._nodes = {
            (level, index): top
            for (level, index), top in self._nodes.items()
            if index >= (size >> level) // WIDTH * WIDTH
        }
        self.published = size
