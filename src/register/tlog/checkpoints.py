"""Checkpoints (C2SP tlog-checkpoint v1.0.0): how long the log is and what its root is, as the text of a note."""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

from register.tlog.hashing import SIZE
from register.tlog.notes import NotANoteError, is_name

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class Checkpoint(msgspec.Struct, frozen=True):
    """A log of `size` entries under the name `origin`."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """What a note says of a log; NotANoteError when it says nothing of one. Lines that others may add are passed over."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1]:  # noqa: PLR2004  # three lines and the end of the last
            msg = "a checkpoint has three lines: origin, size and root"
            raise NotANoteError(msg)
        origin, size, coded = lines[:3]
        try:
            root = base64.b64decode(coded, validate=True)
        except (binascii.Error, ValueError):
            root = b""
        if not is_name(origin) or not _SIZE.fullmatch(size) or len(root) != SIZE:
            msg = "a checkpoint has three lines: origin, size and root"
            raise NotANoteError(msg)
        return cls(origin, int(size), root)
