"""The root of a log (RFC 6962, section 2.1) from its entries, one a line, with nothing of this project and only the standard library.

    python root.py entries.jsonl        prints the number of entries and the root in hexadecimal

An entry is the line without its line feed, exactly as it was published.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def leaf(entry: bytes) -> bytes:
    """The hash of one entry: a zero byte keeps it apart from the hash of two others."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(entries: list[bytes]) -> bytes:
    """The hash of all entries in their order: the left part is the greatest power of two that leaves something to the right.

    Built from the left, as a log grows: complete trees stand side by side, and two of one size become one of the next.
    """
    trees: list[tuple[int, bytes]] = []
    for entry in entries:
        size, top = 1, leaf(entry)
        while trees and trees[-1][0] == size:
            top = node(trees.pop()[1], top)
            size *= 2
        trees.append((size, top))
    if not trees:
        return hashlib.sha256(b"").digest()
    top = trees.pop()[1]
    while trees:
        top = node(trees.pop()[1], top)
    return top


def entries_in(text: bytes) -> list[bytes]:
    """The lines of a file; each ends with a line feed, which is no part of the entry."""
    return text.split(b"\n")[:-1] if text.endswith(b"\n") else text.split(b"\n") if text else []


if __name__ == "__main__":
    entries = entries_in(Path(sys.argv[1]).read_bytes())
    sys.stdout.write(f"{len(entries)} {root(entries).hex()}\n")
