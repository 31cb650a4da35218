"""A proof that anybody can keep (C2SP tlog-proof): where an entry stands in a log, the hashes to the root, and the signed checkpoint."""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

from register.tlog.hashing import SIZE
from register.tlog.notes import NotANoteError

HEAD = "c2sp.org/tlog-proof@v1\n"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,17})")
MOST_HASHES = 63


class Proof(msgspec.Struct, frozen=True):
    """Entry `index` is in the log that `checkpoint` (its bytes as they were served) speaks of."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def raw(self) -> bytes:
        """As it is saved in a file."""
        lines = "".join(f"{base64.b64encode(each).decode()}\n" for each in self.hashes)
        return f"{HEAD}index {self.index}\n{lines}\n".encode() + self.checkpoint

    @classmethod
    def read(cls, raw: bytes) -> Proof:
        """A proof out of a file; NotANoteError when it is none."""
        head, empty, checkpoint = raw.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
            hashes = tuple(base64.b64decode(line, validate=True) for line in lines[2:])
        except (UnicodeDecodeError, binascii.Error, ValueError):
            lines, hashes = [], ()
        found = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
        sound = all(len(each) == SIZE for each in hashes) and len(hashes) <= MOST_HASHES
        if not empty or found is None or lines[0] + "\n" != HEAD or not sound:
            msg = "a proof is its version, the index, hashes, an empty line and a checkpoint"
            raise NotANoteError(msg)
        return cls(int(found[1]), hashes, checkpoint)
