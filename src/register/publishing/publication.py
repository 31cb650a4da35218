"""The published log of one register as one process carries it on: first what earlier runs left undone, then step by step.

The order of a step is what makes it safe to die anywhere: the signed checkpoint in the database, then what witnesses signed there
too, then bundles, tiles, `checkpoints/<size>`, and last `checkpoint`. Nobody sees a checkpoint whose tiles are not there, and none
is signed over another root.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from register.publishing.files import Files
from register.publishing.growth import Growth
from register.publishing.keys import Keys
from register.publishing.ledger import MOST_BYTES, Kept, Ledger
from register.publishing.refusing import KeysRefused, PublishingRefused
from register.publishing.resuming import CHECKPOINT, CHECKPOINTS, resumed, shorter
from register.publishing.showing import Showing
from register.publishing.witnesses import Witnesses
from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import NotANoteError, Note
from register.tlog.tiles import ENTRIES, HEIGHT, MAX_LEVEL, WIDTH, Tile

MOST = 65_536
"""Entries that one step publishes at most."""


class Publication:
    """Give it the lock first; thrown away after any fault, since the next one finds out by itself where things are."""

    def __init__(
        self,
        ledger: Ledger,
        files: Files,
        keys: Callable[[], Keys],
        now: Callable[[], datetime] | None = None,
        witnesses: Witnesses | None = None,
    ) -> None:
        """`keys` is asked before each signature, so that a rotation needs no restart."""
        self.ledger, self.files, self._keys = ledger, files, keys
        self._now = now or (lambda: datetime.now(UTC))
        self._growth = Growth()
        self._last: Kept | None = None
        self._fresh: dict[str, bytes] = {}
        """Files of the newest size, as long as they are not laid."""
        self._showing = Showing(
            ledger, files, keys, witnesses=witnesses or Witnesses(), now=self._now, tiles=self._tile
        )

    @property
    def waiting(self) -> int:
        """The size of the newest checkpoint when too few witnesses signed it to be shown; 0 when it is shown."""
        return self._last.size if self._showing.waits and self._last is not None else 0

    @property
    def lost(self) -> bool:
        """Tell whether what was shown is not there any more: somebody took the files away."""
        return self._showing.at is not None and not self.waiting and not self.files.has(CHECKPOINT)

    async def resume(self) -> None:
        """Hold what was published against the entries, and finish what was left undone; PublishingRefused when they do not agree."""
        self.files.clear()
        last = self._last = await self.ledger.last()
        await self._same_log(last)
        if last is None:
            await self._showing.probe()
        elif await self._showing.take_up(last):
            self._growth = await resumed(self.ledger, self.files, last, shown=True)
            await self._showing.greet()
            await asyncio.to_thread(self._showing.show)
        else:
            self._growth = await resumed(self.ledger, self.files, last, shown=False)
            await self._bring(last)
        await self._sweep()

    async def step(self) -> bool:
        """Publish what there is beyond the last checkpoint, so much at most that it stays small; True when something was."""
        if self._last is not None and self._growth.published < self._last.size:
            return await self._bring(self._last)
        first, size = self._growth.edge.size, await self.ledger.size()
        if size < first:
            raise shorter(size, first)
        if size == first:
            await self._showing.idle()
            return False
        held = 0
        async for page in self.ledger.entries(first, min(size, first + MOST)):
            await asyncio.to_thread(self._growth.take, page)
            held += sum(map(len, page))
            if held >= MOST_BYTES:
                break
        kept = self._signed()
        await self.ledger.keep(kept)
        self._last = kept
        return await self._bring(kept)

    async def _bring(self, kept: Kept) -> bool:
        """Have a kept checkpoint witnessed and let the world see it, when enough have signed. Dying here: the next run goes on with it."""
        if not self._fresh:
            self._fresh = {tile.path: raw for tile, raw in self._growth.files()}
        if not await self._showing.present(kept):
            return False
        # No checkpoint speaks of these files yet: one that a broken step left with other bytes gives way.
        await asyncio.to_thread(self._lay, self.files.turn)
        await asyncio.to_thread(self._showing.show)
        self._growth.settle()
        self._fresh = {}
        return True

    def _tile(self, tile: Tile) -> bytes:
        """A tile of the newest size, for those who are to sign before it is laid."""
        raw = self._fresh.get(tile.path) or self.files.read(tile.path)
        if raw is None:
            raise LookupError(tile.path)
        return raw

    def _signed(self) -> Kept:
        """The checkpoint over what there is now; time never runs back, whatever the clock says."""
        at = self._now() if self._showing.at is None else max(self._now(), self._showing.at)
        keys, edge = self._same_keys(self._last), self._growth.edge
        root = edge.root()
        note = keys.sign(Checkpoint(keys.origin, edge.size, root).text, int(at.timestamp()))
        return Kept(edge.size, root, note.raw, at)

    def _lay(self, write: Callable[[str, bytes], bool]) -> None:
        for tile, raw in self._growth.files():
            write(tile.path, raw)

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
        if shown is not None and await self._differs(shown, last):
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

    async def _differs(self, shown: Checkpoint, last: Kept | None) -> bool:
        """Tell whether what is shown is neither kept, nor the newest root signed once more after the database was copied."""
        raw = self.files.read(CHECKPOINT) or b""
        if await self.ledger.has_said(shown.size, raw):
            return False
        again = last is not None and shown.text == Note.read(last.note).text
        return not again or not self._keys().signed(raw)

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
