"""The directory of a published log: a file is there whole or not at all, and never becomes another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident


class Files:
    """Files below a directory, by their names in the log.

    What is being written lies beside the directory, not in it, so that whoever looks at the log sees only what is whole.
    """

    def __init__(self, root: Path) -> None:
        """Below `root`, which is made with the first file; `root.part` must lie on the same disk."""
        self.root = root
        self._part = root.with_name(root.name + ".part")

    def clear(self) -> None:
        """Remove what a killed writer left half written; only who is the one writer may do so."""
        self._part.mkdir(parents=True, exist_ok=True)
        for left in self._part.iterdir():
            left.unlink()

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None when it is not there."""
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def has(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return (self.root / name).is_file()

    def put(self, name: str, raw: bytes) -> bool:
        """Write a file that is to stay: False when the same bytes are there, FileExistsError when other bytes are."""
        there = self.read(name)
        if there is None:
            self.replace(name, raw)
            return True
        if there != raw:
            msg = f"log/{name} was published with other bytes"
            raise FileExistsError(msg)
        return False

    def turn(self, name: str, raw: bytes) -> bool:
        """Have a file say this from now on; False when it does already."""
        if self.read(name) == raw:
            return False
        self.replace(name, raw)
        return True

    def replace(self, name: str, raw: bytes) -> None:
        """Write a file in the place of what is there. If we die here: the old one is there, or the new one."""
        self._part.mkdir(parents=True, exist_ok=True)
        beside = self._part / f"{os.getpid()}-{get_ident()}"  # stamps are laid while a step is
        with beside.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        path = self.root / name
        _make(path.parent)
        beside.replace(path)
        _sync(path.parent)

    def remove(self, name: str) -> None:
        """Take away a file that no checkpoint speaks of."""
        path = self.root / name
        path.unlink()
        _sync(path.parent)

    def names(self, folder: str) -> Iterator[str]:
        """The files in a folder of the log, without those in folders below it."""
        try:
            found = sorted(each.name for each in os.scandir(self.root / folder) if each.is_file())
        except (FileNotFoundError, NotADirectoryError):
            return
        yield from (f"{folder}/{name}" for name in found)


def _make(directory: Path) -> None:
    """Make a directory and those above it, each surely on the disk before anything is put in it."""
    if directory.is_dir():
        return
    _make(directory.parent)
    directory.mkdir(exist_ok=True)
    _sync(directory.parent)


def _sync(directory: Path) -> None:
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
