"""The tree over a log: roots, and proofs that an entry is in it and that a longer log continues a shorter one.

What is asked of the log is always the hash of a complete subtree: `nodes(level, index)` is the hash over the 2**level entries that
begin at entry index * 2**level. Nothing here needs more of them than the logarithm of the size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from register.tlog.hashing import EMPTY, node

Nodes = Callable[[int, int], bytes]


def root(size: int, nodes: Nodes) -> bytes:
    """The hash over the first `size` entries."""
    return span(0, size, nodes) if size else EMPTY


def span(start: int, end: int, nodes: Nodes) -> bytes:
    """The hash over entries start..end-1; `start` is a multiple of the greatest power of two below their number, as in every proof."""
    count = end - start
    level = count.bit_length() - 1
    if count == 1 << level:
        return nodes(level, start >> level)
    split = start + (1 << level)
    return node(span(start, split, nodes), span(split, end, nodes))


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes that lead from entry `index` to the root of `size` entries, its nearest neighbour first; IndexError outside the log."""
    if not 0 <= index < size:
        raise IndexError(index)
    return _path(index, 0, size, nodes)


def _path(index: int, start: int, end: int, nodes: Nodes) -> list[bytes]:
    if end - start == 1:
        return []
    split = start + _left(end - start)
    if index < split:
        return [*_path(index, start, split, nodes), span(split, end, nodes)]
    return [*_path(index, split, end, nodes), span(start, split, nodes)]


def consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The hashes that show that the log of `new` entries begins with that of `old`; none from nothing, and none to itself."""
    if not 0 <= old <= new:
        raise IndexError(old)
    return [] if old in {0, new} else _subproof(old, 0, new, whole=True, nodes=nodes)


def _subproof(old: int, start: int, end: int, *, whole: bool, nodes: Nodes) -> list[bytes]:
    """`whole` while the old log is the whole of what is looked at, so that its hash is known to who asks."""
    if old == end - start:
        return [] if whole else [span(start, end, nodes)]
    split = _left(end - start)
    if old <= split:
        return [*_subproof(old, start, start + split, whole=whole, nodes=nodes), span(start + split, end, nodes)]
    rest = _subproof(old - split, start + split, end, whole=False, nodes=nodes)
    return [*rest, span(start, start + split, nodes)]


def _left(count: int) -> int:
    """The greatest power of two below a number."""
    return 1 << ((count - 1).bit_length() - 1)


class Row(msgspec.Struct, frozen=True):
    """Complete subtrees side by side: those of 2**level entries, from the one with the number `first` on."""

    level: int
    first: int
    hashes: list[bytes]


class Edge(msgspec.Struct, frozen=True):
    """The right edge of a log: the hashes of the complete subtrees side by side, the largest first. All that growing needs."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, size: int, nodes: Nodes) -> Edge:
        """The edge of a log that is there."""
        peaks: list[bytes] = []
        start = 0
        for level in range(size.bit_length() - 1, -1, -1):
            if size >> level & 1:
                peaks.append(nodes(level, start >> level))
                start += 1 << level
        return cls(size, tuple(peaks))

    def root(self) -> bytes:
        """The hash over everything so far."""
        if not self.peaks:
            return EMPTY
        *rest, top = self.peaks
        for peak in reversed(rest):
            top = node(peak, top)
        return top

    def grown(self, leaves: Sequence[bytes]) -> tuple[Edge, list[Row]]:
        """The edge after some more leaves, with every complete subtree that came to be, level by level."""
        made: list[Row] = []
        peaks, last = list(self.peaks), list[bytes]()
        level, first, row = 0, self.size, list(leaves)
        while row:
            made.append(Row(level, first, row))
            # A subtree that had no neighbour yet gets one now; the last of this level may still have none.
            pairs = [peaks.pop(), *row] if first & 1 else row
            if len(pairs) & 1:
                last.append(pairs[-1])
            row = list(map(node, pairs[0::2], pairs[1::2]))
            level, first = level + 1, first >> 1
        return Edge(self.size + len(leaves), (*peaks, *reversed(last))), made


def kept(rows: Iterable[Row]) -> Nodes:
    """Nodes out of memory: what `grown` made, by level and index; KeyError for a subtree that is not complete."""
    by_place = {(row.level, row.first + at): top for row in rows for at, top in enumerate(row.hashes)}
    return lambda level, index: by_place[level, index]
