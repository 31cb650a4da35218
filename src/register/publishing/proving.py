"""Proofs out of the published files: that an entry stands at its place under the signed checkpoint."""

from __future__ import annotations

from typing import Protocol

import msgspec

from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import Note
from register.tlog.proofs import Proof
from register.tlog.tiles import ENTRIES, WIDTH, Tile, TileNodes, entries_of
from register.tlog.tree import inclusion


class NotPublished(LookupError):
    """No checkpoint is over this entry yet, or the files are not here."""


class Readable(Protocol):
    """Files of a log, wherever they lie."""

    def read(self, name: str, /) -> bytes | None:
        """The bytes of a file, None when it is not there."""


class Prover(msgspec.Struct, frozen=True):
    """All proofs under one checkpoint, which is the newest when this was made."""

    files: Readable
    checkpoint: bytes
    size: int

    @classmethod
    def newest(cls, files: Readable) -> Prover:
        """Prove under the checkpoint that is shown now; NotPublished when there is none."""
        raw = files.read("checkpoint")
        if raw is None:
            raise NotPublished
        return cls(files, raw, Checkpoint.read(Note.read(raw).text).size)

    def proof(self, position: int) -> Proof:
        """The proof of one entry; NotPublished when it came after the checkpoint."""
        if position >= self.size:
            raise NotPublished(position)
        nodes = TileNodes(self._tile, self.size)
        return Proof(position, tuple(inclusion(position, self.size, nodes)), self.checkpoint)

    def entry(self, position: int) -> bytes:
        """The bytes of an entry, as they are published; NotPublished when it came after the checkpoint."""
        if position >= self.size:
            raise NotPublished(position)
        index, at = divmod(position, WIDTH)
        return entries_of(self._tile(Tile(ENTRIES, index, min(self.size - index * WIDTH, WIDTH))))[at]

    def _tile(self, tile: Tile) -> bytes:
        raw = self.files.read(tile.path)
        if raw is None:
            raise NotPublished(tile.path)
        return raw
