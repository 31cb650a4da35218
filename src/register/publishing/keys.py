"""The keys with which the log is signed: in files of their own, never in the database; made, shown, and replaced with an overlap.

Every pair signs with Ed25519, which all checkers know, and with ML-DSA-44, which is to hold where that one no longer does.
Two pairs sign while one takes over from the other. What signed once and no longer does is kept as a public key only.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from register.private import read_private, write_private
from register.publishing.refusing import KeysRefused
from register.tlog.cosigning import cosign_ml_dsa, ed25519_key, ml_dsa_key, sign, verifier
from register.tlog.notes import Key, NotANoteError, Note, Verifies, is_name, signed, signed_by

SEED = 32
HEAD = "PRIVATE+KEY+"
FORMER = "former"
OVERLAP = 2


class Pair(msgspec.Struct, frozen=True):
    """The two keys that a log signs with, as their seeds; the name of both is the origin of the log."""

    name: str
    classic: bytes
    lasting: bytes

    @classmethod
    def new(cls, name: str) -> Pair:
        """Two keys that nobody has."""
        return cls(name, secrets.token_bytes(SEED), secrets.token_bytes(SEED))

    @classmethod
    def read(cls, raw: bytes) -> Pair:
        """A pair out of its file; ValueError when it is none."""
        classic, lasting = raw.decode("ascii").splitlines()
        pair = cls(classic.split("+")[2], _seed(classic), _seed(lasting))
        if pair.raw != raw:
            msg = "the names and ids do not belong to the keys"
            raise ValueError(msg)
        return pair

    @property
    def raw(self) -> bytes:
        """As it is kept: a line each, with the id of the public key, so that a file says which key it is."""
        return "".join(
            _line(key, seed) for key, seed in zip(self.keys, (self.classic, self.lasting), strict=True)
        ).encode()

    @property
    def keys(self) -> tuple[Key, Key]:
        """The public halves."""
        return ed25519_key(self.name, self._classic), ml_dsa_key(self.name, self._lasting)

    @property
    def _classic(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.classic)

    @property
    def _lasting(self) -> MLDSA44PrivateKey:
        return MLDSA44PrivateKey.from_seed_bytes(self.lasting)

    def sign(self, text: str, seconds: int) -> Note:
        """A text with both signatures."""
        return signed(
            text, (sign(text, self.name, self._classic), cosign_ml_dsa(text, self.name, self._lasting, seconds))
        )


class Keys(msgspec.Struct, frozen=True):
    """Those that sign now, the oldest pair first, and those that did."""

    pairs: tuple[Pair, ...]
    former: tuple[Key, ...] = ()

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self.pairs[0].name

    @property
    def current(self) -> tuple[Key, ...]:
        """The public keys that sign now."""
        return tuple(key for pair in self.pairs for key in pair.keys)

    def sign(self, text: str, seconds: int) -> Note:
        """A text with the signatures of all: made once, and kept."""
        return signed(text, [each for pair in self.pairs for each in pair.sign(text, seconds).signatures])

    def signed(self, raw: bytes) -> tuple[Key, ...]:
        """Those of the keys, current or former, that signed a note; none when it is no note or a signature is wrong."""
        keys: Mapping[Key, Verifies] = {key: verifier(key) for key in (*self.current, *self.former)}
        try:
            return signed_by(Note.read(raw), keys)
        except NotANoteError:
            return ()

    def sign_nothing(self, text: str) -> Note:
        """A log without entries, which every log goes on from; with the signatures that say no time, so that it is no claim of today."""
        return signed(text, [pair.sign(text, 0).signatures[0] for pair in self.pairs])

    def told(self, witnesses: str = "quorum none\n") -> str:
        """What checkers are told of the log (C2SP tlog-policy): its keys, and the lines about its witnesses."""
        return "".join(f"log {key.vkey}\n" for key in self.current) + witnesses


def read_keys(directory: Path) -> Keys | None:
    """The keys in a directory, None when there are none; KeysRefused when a file is not one of keys."""
    pairs: list[Pair] = []
    for path in sorted(directory.glob("log-*.key"), key=_number):
        raw = read_private(path)
        try:
            pairs.append(Pair.read(raw or b""))
        except (ValueError, binascii.Error, IndexError):
            msg = f"keys/{path.name} does not hold the two keys of a log; put the file back from its copy"
            raise KeysRefused(msg) from None
    if not pairs:
        return None
    if len({pair.name for pair in pairs}) > 1:
        msg = f"the keys in {directory.name}/ are of logs with different names; leave only those of this log there"
        raise KeysRefused(msg)
    former = (read_private(directory / FORMER) or b"").decode("ascii").split()
    return Keys(tuple(pairs), tuple(map(Key.read, former)))


def make_keys(directory: Path, origin: str) -> Keys:
    """The keys in a directory; made when there are none. Two that do so at once end up with the same."""
    while (found := read_keys(directory)) is None:
        _add(directory, 1, Pair.new(_name(origin)))
    return found


def rotate(directory: Path) -> Keys:
    """A second pair, which signs beside the first from the next checkpoint on."""
    keys = _there(directory)
    if len(keys.pairs) >= OVERLAP:
        msg = "two pairs of keys sign already; end that overlap first with `register keys rotate --finish`"
        raise KeysRefused(msg)
    last = max(map(_number, directory.glob("log-*.key")))
    _add(directory, last + 1, Pair.new(keys.origin))
    return _there(directory)


def finish(directory: Path, checkpoint: bytes | None) -> Keys:
    """The older pair no longer signs and is gone, its public half kept; KeysRefused unless the newer one signed a checkpoint."""
    keys = _there(directory)
    if len(keys.pairs) < OVERLAP:
        msg = "one pair of keys signs, so there is no overlap to end; begin one with `register keys rotate`"
        raise KeysRefused(msg)
    *older, newest = keys.pairs
    if checkpoint is None or not set(newest.keys) <= set(keys.signed(checkpoint)):
        msg = "the newer keys have not signed a checkpoint yet; publish one first, with an entry that is recorded"
        raise KeysRefused(msg)
    former = [*keys.former, *(key for pair in older for key in pair.keys)]
    # Dying between the two leaves a pair that signs and is also among the former: done again, it goes.
    write_private(directory / FORMER, "".join(f"{key.vkey}\n" for key in dict.fromkeys(former)).encode())
    for path in sorted(directory.glob("log-*.key"), key=_number)[: len(older)]:
        path.unlink()
    return _there(directory)


def _there(directory: Path) -> Keys:
    keys = read_keys(directory)
    if keys is None:
        msg = f"there are no keys in {directory}; make them with `register keys make`"
        raise KeysRefused(msg)
    return keys


def _name(origin: str) -> str:
    if not is_name(origin) or not origin.isascii():
        msg = f"{origin!r} cannot be the name of a log: it has a space, a plus sign or a letter beyond ASCII"
        raise KeysRefused(msg)
    return origin


def _add(directory: Path, number: int, pair: Pair) -> None:
    """Put a pair in its file, unless another one came first."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = directory / f".new-{os.getpid()}-{secrets.token_hex(4)}"
    write_private(beside, pair.raw)
    try:
        # A link fails when the name is taken, so the first one wins.
        os.link(beside, directory / f"log-{number}.key")
    except FileExistsError:
        return
    finally:
        beside.unlink()


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("log-"))


def _line(key: Key, seed: bytes) -> str:
    return f"{HEAD}{key.name}+{key.id.hex()}+{base64.b64encode(bytes([key.type]) + seed).decode()}\n"


def _seed(line: str) -> bytes:
    raw = base64.b64decode(line.removeprefix(HEAD).split("+", 2)[2], validate=True)
    return raw[1:]
