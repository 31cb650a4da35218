"""One long log, published as it grew by the publisher itself, and copies of it in which a single thing is not as it was."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from register.publishing.keys import make_keys
from register.store.roles import Logins
from tests.publishing.recorded import ORIGIN, publish, record
from tests.tlog.published import Texts

SIZES = (1, 255, 256, 300, 530, 65_536, 69_999, 70_000)
"""Those at which a checkpoint was published; at the last one the tiles of every level are partial."""
SIZE = SIZES[-1]
BATCH = 10_000


class Large(msgspec.Struct, frozen=True):
    """A published log, and what was recorded in it."""

    log: Path
    entries: Sequence[bytes]
    classic: str
    """The Ed25519 key, which every tool knows."""
    lasting: str
    """The ML-DSA-44 key."""

    def but(self, where: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
        """A copy of the log in which one file is another; the copy shares the disk of what it has in common."""
        shutil.copytree(self.log, where, copy_function=os.link)
        changed = change((self.log / name).read_bytes())
        (where / name).unlink()
        (where / name).write_bytes(changed)
        return where


async def publish_large(logins: Logins, where: Path) -> Large:
    """Record and publish, from size to size."""
    texts = Texts(SIZE)
    for since, size in pairwise((0, *SIZES)):
        for first in range(since, size, BATCH):
            await record(logins, texts, first, min(size, first + BATCH))
        await publish(logins, where)
    classic, lasting = make_keys(where / "keys", ORIGIN).current
    return Large(where / "log", texts.entries, classic.vkey, lasting.vkey)


def other_byte(at: int) -> Callable[[bytes], bytes]:
    """Change one byte: one bit of it."""

    def change(raw: bytes) -> bytes:
        changed = bytearray(raw)
        changed[at] ^= 1
        return bytes(changed)

    return change


def other_signature(line: int) -> Callable[[bytes], bytes]:
    """Change the last byte of one of the signatures below a note, so that it still has the form of one."""

    def change(raw: bytes) -> bytes:
        lines = raw.decode().split("\n")
        at = lines.index("") + 1 + line
        head, _, coded = lines[at].rpartition(" ")
        signature = other_byte(-1)(base64.b64decode(coded))
        lines[at] = f"{head} {base64.b64encode(signature).decode()}"
        return "\n".join(lines).encode()

    return change


def other_size(raw: bytes) -> bytes:
    """A checkpoint that speaks of one entry less than was signed."""
    return raw.replace(b"\n%d\n" % SIZE, b"\n%d\n" % (SIZE - 1))


TAMPERED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "the signature of the checkpoint": ("checkpoint", other_signature(0)),
    "the size in the checkpoint": ("checkpoint", other_size),
    "an entry": ("tile/entries/100", other_byte(50)),
    "an entry of the last bundle": ("tile/entries/273.p/112", other_byte(-1)),
    "a hash of an entry": ("tile/0/100", other_byte(40)),
    "the last hash of an entry": ("tile/0/273.p/112", other_byte(-1)),
    "a hash one level higher": ("tile/1/000", other_byte(70)),
    "the last hash one level higher": ("tile/1/001.p/17", other_byte(-1)),
    "the only hash two levels higher": ("tile/2/000.p/1", other_byte(0)),
    "an earlier checkpoint": ("checkpoints/530", other_signature(0)),
}
"""What was changed: its file, and how."""
