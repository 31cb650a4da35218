"""The published log of one register as one process carries it on: first what earlier runs left undone, then step by step.

The order of a step is what makes it safe to die anywhere: bundles, tiles, then the signed checkpoint in the database, then
`checkpoints/<size>`, then `checkpoint`. Nobody sees a checkpoint whose tiles are not there, and none is signed twice for one size.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files as resources

from register.publishing.files import Files
from register.publishing.growth import Growth
from register.publishing.keys import Keys
from register.publishing.ledger import MOST_BYTES, Kept, Ledger
from register.publishing.refusing import KeysRefused, PublishingRefused
from register.publishing.resuming import CHECKPOINT, CHECKPOINTS, resumed, shorter
from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import NotANoteError, Note
from register.tlog.tiles import ENTRIES, HEIGHT, MAX_LEVEL, WIDTH, Tile

MOST = 65_536
"""Entries that one step publishes at most."""


class Publication:
    """Give it the lock first; thrown away after any fault, since the next one finds out by itself where things are."""

    def __init__(
        self, ledger: Ledger, files: Files, keys: Callable[[], Keys], now: Callable[[], datetime] | None = None
    ) -> None:
        """`keys` is asked before each signature, so that a rotation needs no restart."""
        self.ledger, self.files, self._keys = ledger, files, keys
        self._now = now or (lambda: datetime.now(UTC))
        self._growth = Growth()
        self._last: Kept | None = None

    async def resume(self) -> None:
        """Hold what was published against the entries, and finish what was left undone; PublishingRefused when they do not agree."""
        self.files.clear()
        last = await self.ledger.last()
        await self._same_log(last)
        if last is not None:
            self._growth = await resumed(self.ledger, self.files, last)
            await asyncio.to_thread(self._show, last)
        await self._sweep()

    async def step(self) -> bool:
        """Publish what there is beyond the last checkpoint, so much at most that it stays small; True when something was."""
        first, size = self._growth.edge.size, await self.ledger.size()
        if size < first:
            raise shorter(size, first)
        if size == first:
            return False
        held = 0
        async for page in self.ledger.entries(first, min(size, first + MOST)):
            await asyncio.to_thread(self._growth.take, page)
            held += sum(map(len, page))
            if held >= MOST_BYTES:
                break
        # No checkpoint speaks of these files yet: one that a broken step left with other bytes gives way.
        await asyncio.to_thread(self._lay, self.files.turn)
        kept = self._signed()
        # Dying here: what was laid is laid again, or swept away.
        await self.ledger.keep(kept)
        # Dying here: the next one shows what was kept.
        await asyncio.to_thread(self._show, kept)
        self._growth.settle()
        return True

    def _signed(self) -> Kept:
        """The checkpoint over what there is now; time never runs back, whatever the clock says."""
        at = self._now() if self._last is None else max(self._now(), self._last.at)
        keys, edge = self._same_keys(self._last), self._growth.edge
        root = edge.root()
        note = keys.sign(Checkpoint(keys.origin, edge.size, root).text, int(at.timestamp()))
        return Kept(edge.size, root, note.raw, at)

    def _lay(self, write: Callable[[str, bytes], bool]) -> None:
        for tile, raw in self._growth.files():
            write(tile.path, raw)

    def _show(self, kept: Kept) -> None:
        """Let the world see a checkpoint that is kept."""
        self.files.put(f"{CHECKPOINTS}/{kept.size}", kept.note)
        self.files.turn("verify.py", resources("register").joinpath("verify.py").read_bytes())
        self.files.turn("policy", self._keys().policy.encode())
        self.files.turn(CHECKPOINT, kept.note)
        self._last = kept

    async def _same_log(self, last: Kept | None) -> None:
        """Refuse to go on from a database that knows less than was published, or something else."""
        known, size = last.size if last else 0, await self.ledger.size()
        shown = self._shown()
        sizes = [int(name) for name in self._kept_names() if name.isdigit()]
        if (most := max([shown.size if shown else 0, *sizes])) > known:
            msg = (
                f"log/ holds the log as it was published with {most} entries, and the database knows of {known}: "
                "it is of an older backup, or of another register. Restore the entries that are published, or, when they "
                "are lost, say so in public and begin a log with another name"
            )
            raise PublishingRefused(msg)
        if size < known:
            raise shorter(size, known)
        if shown is not None and await self._differs(shown):
            msg = f"log/{CHECKPOINT} is not the checkpoint that the database kept of that size: it is of another log"
            raise PublishingRefused(msg)
        self._same_keys(last)

    def _same_keys(self, last: Kept | None) -> Keys:
        """The keys of now, of which some have signed what was published last; KeysRefused when they are strangers to it."""
        keys = self._keys()
        if last is not None and (not keys.signed(last.note) or _origin(last.note) != keys.origin):
            msg = f"the keys are not those that signed the log {_origin(last.note)}; put those back from their copy"
            raise KeysRefused(msg)
        return keys

    def _kept_names(self) -> list[str]:
        return [name.rpartition("/")[2] for name in self.files.names(CHECKPOINTS)]

    def _shown(self) -> Checkpoint | None:
        raw = self.files.read(CHECKPOINT)
        if raw is None:
            return None
        try:
            return Checkpoint.read(Note.read(raw).text)
        except NotANoteError as fault:
            msg = f"log/{CHECKPOINT} cannot be read: {fault}; remove it, and it is written again from the database"
            raise PublishingRefused(msg) from None

    async def _differs(self, shown: Checkpoint) -> bool:
        kept = await self.ledger.of_size(shown.size)
        return kept is None or kept.note != self.files.read(CHECKPOINT)

    async def _sweep(self) -> None:
        """Take away what a broken step laid and no checkpoint speaks of, all of it just behind the edge."""
        size = self._growth.published
        for level in (ENTRIES, *range(MAX_LEVEL + 1)):
            height = HEIGHT * max(level, 0)
            for index in range((size >> height) // WIDTH, ((size + MOST) >> height) // WIDTH + 1):
                full = Tile(level, index)
                if self.files.has(full.path):
                    self.files.remove(full.path)
                for name in list(self.files.names(f"{full.path}.p")):
                    first = full.first + int(name.rpartition("/")[2])
                    if not await self.ledger.within(first << height, first + 1 << height):
                        self.files.remove(name)


def _origin(note: bytes) -> str:
    return Checkpoint.read(Note.read(note).text).origin
