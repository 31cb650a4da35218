"""The files of a published log, and the kinds of change to them: each says where it is, and is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.tamper.places import Place, SaysTheSame


class Files:
    """The files of a published log, changed one at a time."""

    def __init__(self, log: Path, random: Random) -> None:
        """`log` is its directory."""
        self.log, self.random = log, random
        found = sorted(path.relative_to(log).as_posix() for path in log.rglob("*") if path.is_file())
        self.names = [name for name in found if name not in {"verify.py", "policy"}]
        self.raw = {name: (log / name).read_bytes() for name in self.names}

    @contextmanager
    def with_bytes(self, name: str, raw: bytes | None) -> Iterator[Place]:
        """A file with other bytes, or without the file."""
        path = self.log / name
        before = path.read_bytes() if path.exists() else None
        if before == raw:
            raise SaysTheSame
        _put(path, raw)
        try:
            yield Place(name)
        finally:
            _put(path, before)

    def removed(self) -> tuple[str, bytes | None]:
        """A file that is gone; not a part of a tile that became full since, which may be gone (C2SP tlog-tiles)."""
        must = [
            name for name in self.names if name.partition(".p/")[0] == name or name.partition(".p/")[0] not in self.raw
        ]
        return self.random.choice(must), None

    def truncated(self) -> tuple[str, bytes | None]:
        """A file without its end."""
        name = self.random.choice(self.names)
        return name, self.raw[name][: self.random.randrange(len(self.raw[name]))]

    def duplicated(self) -> tuple[str, bytes | None]:
        """A file once more, under the next number."""
        name = self.random.choice([each for each in self.names if each.rpartition("/")[2].isdigit()])
        head, _, number = name.rpartition("/")
        while (other := f"{head}/{int(number) + self.random.randrange(1, 9):0{len(number)}}") in self.raw:
            pass
        return other, self.raw[name]

    def extra(self) -> tuple[str, bytes | None]:
        """A file that belongs to nothing."""
        folder = self.random.choice(["", "tile/", "tile/0/", "tile/entries/", "checkpoints/"])
        return f"{folder}{self.random.randbytes(4).hex()}", self.random.randbytes(self.random.randrange(1, 300))

    def entries(self, turn: Callable[[list[bytes], Random], None]) -> tuple[str, bytes | None]:
        """A bundle of which the entries were turned about."""
        name = self.random.choice([each for each in self.names if each.startswith("tile/entries/")])
        held = list(_held(self.raw[name]))
        turn(held, self.random)
        return name, b"".join(len(entry).to_bytes(2) + entry for entry in held)


def _put(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def _held(bundle: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2])
        yield bundle[at + 2 : at + 2 + length]
        at += 2 + length


def swap(held: list[bytes], random: Random) -> None:
    """Two entries change places; where there is only one, nothing does."""
    if len(held) == 1:
        return
    one, other = random.sample(range(len(held)), 2)
    held[one], held[other] = held[other], held[one]


def drop(held: list[bytes], random: Random) -> None:
    """An entry is gone."""
    del held[random.randrange(len(held))]


def double(held: list[bytes], random: Random) -> None:
    """An entry stands there twice."""
    at = random.randrange(len(held))
    held.insert(random.randrange(len(held) + 1), held[at])
