"""A published log in a directory, made from entries that a register could have written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from register.charter.facts import RegisterOpened
from register.fact import Fact
from register.governance.facts import ThemeNamed
from register.sealing import seal
from register.stored import Envelope, encode
from register.tlog.checkpoints import Checkpoint
from register.tlog.cosigning import cosign_ml_dsa, ed25519_key, ml_dsa_key, sign
from register.tlog.hashing import leaf
from register.tlog.notes import signed
from register.tlog.tiles import ENTRIES, WIDTH, bundle_bytes, tile_bytes, tiles_of
from register.tlog.tree import Edge, kept, root
from tests.register.lines import OPENED

ORIGIN = "register.example.nl/log"
CLASSIC = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
LASTING = MLDSA44PrivateKey.from_seed_bytes(b"l" * 32)
KEYS = (ed25519_key(ORIGIN, CLASSIC).vkey, ml_dsa_key(ORIGIN, LASTING).vkey)
START = datetime(2026, 11, 21, 10, tzinfo=UTC)
GOVERNANCE = str(uuid5(NAMESPACE_OID, "governance"))


class Texts:
    """Entries of a register that names themes, and the texts that open their seals."""

    def __init__(self, count: int) -> None:
        """So many entries, the opening of the register first."""
        opened = msgspec.convert(OPENED, RegisterOpened)
        self.openings: list[bytes] = []
        self.entries = [encode(_envelope(0, "register", opened))]
        for number in range(1, count):
            name, disclosure = seal(f"Thema {number}", lang="nl", words="quoted")
            fact = ThemeNamed(code=f"thema-{number}", name=name)
            self.entries.append(encode(_envelope(number, GOVERNANCE, fact)))
            line = {"d": disclosure, "field": "name", "seq": number}
            self.openings.append(json.dumps(line, separators=(",", ":")).encode())


def _envelope(number: int, stream: str, fact: Fact) -> Envelope:
    first = stream == "register"
    return Envelope(
        by="register",
        cause=str(uuid5(NAMESPACE_OID, f"command {number}")),
        for_="mra",
        id=str(OPENED["id"]) if first else stream,
        seq=1 if first else number,
        time=START + timedelta(milliseconds=number),
        data=fact,
    )


def publish(directory: Path, entries: Sequence[bytes], *sizes: int) -> None:
    """Write the log as it grew from size to size; the last is its size now."""
    nodes = kept(Edge().grown([leaf(each) for each in entries])[1])
    since = 0
    for size in sizes or (len(entries),):
        for tile in tiles_of(size, since):
            part = entries[tile.first : tile.first + tile.width]
            _write(directory / tile.path, bundle_bytes(part) if tile.level == ENTRIES else tile_bytes(tile, nodes))
        text = Checkpoint(ORIGIN, size, root(size, nodes)).text
        note = signed(text, (sign(text, ORIGIN, CLASSIC), cosign_ml_dsa(text, ORIGIN, LASTING, 1_795_000_000 + size)))
        _write(directory / "checkpoint", note.raw)
        _write(directory / "checkpoints" / str(size), note.raw)
        since = size
    assert len(entries) <= since + WIDTH * WIDTH


def _write(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
