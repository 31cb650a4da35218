"""The hashes of a log (RFC 6962, section 2.1): a first byte keeps an entry apart from the hash of two hashes."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

SIZE: Final = 32
"""Bytes of a hash."""

EMPTY: Final = sha256(b"").digest()
"""The root of a log without entries."""


def leaf(entry: bytes) -> bytes:
    """The hash of one entry, of its bytes as they are stored."""
    return sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes."""
    return sha256(b"\x01" + left + right).digest()
