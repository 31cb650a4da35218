"""Where a published log is read from: a directory, or an address, of which each file is fetched once and kept until all is restored."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from register import verify as outside
from register.publishing.files import Files

CHECKPOINT = "checkpoint"


class Directory(outside.Files):
    """The files of a log in a directory, which may grow meanwhile: its checkpoint stays the one that was read first."""

    shown: bytes | None = None

    def read(self, name: str) -> bytes | None:
        """The bytes of a file."""
        if name != CHECKPOINT:
            return super().read(name)
        self.shown = self.shown or super().read(name)
        return self.shown


class Fetched(outside.Address):
    """The files of a log at an address. What was fetched stays beside us, so that an interrupted run does not begin anew.

    If we die: a file is there whole or not at all, and nothing of it is believed before it was looked at again.
    """

    shown: bytes | None = None

    def __init__(self, url: str, folder: Path) -> None:
        """Keep the files of `url` in `folder`."""
        super().__init__(url)
        self.kept = Files(folder)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; the checkpoint, which alone is not the same for ever, is of this run."""
        raw = self.kept.read(name) if name != CHECKPOINT else self.shown
        if raw is not None:
            self.read_.add(name)
            return raw
        raw = super().read(name)
        if raw is not None and name != CHECKPOINT:
            self.kept.replace(name, raw)
        elif raw is not None:
            self.shown = raw
        return raw

    def forget(self) -> None:
        """Remove what was fetched: all is restored, or it was not sound."""
        shutil.rmtree(self.kept.root, ignore_errors=True)
        shutil.rmtree(self.kept.root.with_name(f"{self.kept.root.name}.part"), ignore_errors=True)


def files_of(where: str, folder: Path) -> outside.Files:
    """The files of a log; those of an address are kept in `folder` meanwhile."""
    if re.match(r"https?://", where):
        return Fetched(where, folder)
    return Directory(Path(where).absolute())
