"""Where a log was left: its right edge out of the published files, held against the root that was signed, in bounded time.

Entries since the last full tiles before the last step are read again, with every file and every kept root since.
What lies before is proven to be what was signed by that root, as far as growing needs it; the rest is for `register verify`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import cache, partial

from register.publishing.files import Files
from register.publishing.growth import Growth
from register.publishing.ledger import Kept, Ledger
from register.publishing.refusing import PublishingRefused
from register.tlog.hashing import SIZE
from register.tlog.tiles import WIDTH, Tile, TileNodes

CHECKPOINT = "checkpoint"
CHECKPOINTS = "checkpoints"
AGAIN = 65_536
"""Entries at the end of a log that every start reads again: those of the longest step."""


async def resumed(ledger: Ledger, files: Files, last: Kept, *, shown: bool) -> Growth:
    """The log as it was published last. All of it is gone over, and written again, when its edge is not there or no `checkpoint` is.

    When the last checkpoint was not `shown`, what came with it is grown, and no file of it is laid yet.
    """
    start = max(0, last.size - AGAIN) // WIDTH * WIDTH
    if start and files.has(CHECKPOINT):
        try:
            # The step that was not shown began behind `start`, so the size before it is in files.
            laid = last.size if shown else await ledger.before(last.size)
            nodes = TileNodes(cache(partial(_tile, files)), laid)
            growth = await asyncio.to_thread(Growth.after, start, nodes)
            return await _retraced(ledger, files, growth, last, shown=shown)
        except (LookupError, PublishingRefused):
            # Going over everything mends what is missing, and says which root or file is not what it was.
            pass
    return await _retraced(ledger, files, Growth(), last, shown=shown)


def _tile(files: Files, tile: Tile) -> bytes:
    raw = files.read(tile.path)
    if raw is None or len(raw) != tile.width * SIZE:
        raise LookupError(tile.path)
    return raw


async def _retraced(ledger: Ledger, files: Files, growth: Growth, last: Kept, *, shown: bool) -> Growth:
    """Go over the entries from here on: each kept root is theirs, and every file is there with its bytes."""
    rows: deque[Kept] = deque()
    async for page in ledger.entries(growth.edge.size, last.size):
        rest = page
        while rest:
            if not rows:
                rows.extend(await ledger.after(growth.edge.size))
            count = rows[0].size - growth.edge.size
            await asyncio.to_thread(growth.take, rest[:count])
            rest = rest[count:]
            if growth.edge.size == rows[0].size:
                kept = rows.popleft()
                await asyncio.to_thread(_again, files, growth, kept, lay=shown or kept.size < last.size)
    if growth.edge.size != last.size:
        raise shorter(growth.edge.size, last.size)
    return growth


def _again(files: Files, growth: Growth, kept: Kept, *, lay: bool) -> None:
    if growth.edge.root() != kept.root:
        msg = (
            f"the entries of the database do not lead to the root that was published for the first {kept.size}: one of them is "
            "not what it was. `register verify` names it; restore it, nothing is published until then"
        )
        raise PublishingRefused(msg)
    if not lay:
        return
    try:
        for tile, raw in growth.files():
            files.put(tile.path, raw)
        files.put(f"{CHECKPOINTS}/{kept.size}", kept.shown)
    except FileExistsError as fault:
        msg = f"{fault}; `register verify` says more; remove the file, and it is written again from the database"
        raise PublishingRefused(msg) from None
    growth.settle()


def shorter(size: int, published: int) -> PublishingRefused:
    """A database that lacks entries."""
    return PublishingRefused(
        f"the database has {size} entries, and {published} were published: it is of an older backup. "
        "Restore the entries that are published; nothing is published until then"
    )
