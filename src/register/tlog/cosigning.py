"""Signatures of a log and of its witnesses (C2SP tlog-cosignature v1.1.0): Ed25519 and ML-DSA-44, with the time of signing."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from register.tlog.checkpoints import Checkpoint
from register.tlog.notes import COSIGNED_ED25519, COSIGNED_ML_DSA_44, ED25519, Key, NotANoteError, Signature, Verifies

_TIME = 8  # bytes before a timed signature


def ed25519_key(name: str, private: Ed25519PrivateKey, type_: int = ED25519) -> Key:
    """The public half of a key of a log (type 1) or of a witness (type 4)."""
    return Key(name, type_, private.public_key().public_bytes_raw())


def ml_dsa_key(name: str, private: MLDSA44PrivateKey) -> Key:
    """The public half of a key that signs whatever the next decades bring."""
    return Key(name, COSIGNED_ML_DSA_44, private.public_key().public_bytes_raw())


def sign(text: str, name: str, private: Ed25519PrivateKey) -> Signature:
    """A log signs a text with Ed25519."""
    key = ed25519_key(name, private)
    return Signature(name, key.id, private.sign(text.encode()))


def cosign(text: str, name: str, private: Ed25519PrivateKey, seconds: int) -> Signature:
    """A witness signs that it saw no longer log by this time."""
    key = ed25519_key(name, private, COSIGNED_ED25519)
    return Signature(name, key.id, seconds.to_bytes(_TIME) + private.sign(_timed(text, seconds)))


def cosign_ml_dsa(text: str, name: str, private: MLDSA44PrivateKey, seconds: int) -> Signature:
    """A log or witness signs with ML-DSA-44. Such a signature is another one each time: sign once and keep the bytes."""
    key = ml_dsa_key(name, private)
    return Signature(name, key.id, seconds.to_bytes(_TIME) + private.sign(_subtree(text, name, seconds)))


def verifier(key: Key) -> Verifies:
    """What tells whether a key signed; NotANoteError for a kind of key that is not known here."""
    match key.type:
        case 0x01:
            return lambda text, signature: _ed25519(key, text.encode(), signature)
        case 0x04:
            return lambda text, signature: _ed25519(key, _timed(text, time_of(signature)), signature[_TIME:])
        case 0x06:
            return lambda text, signature: _ml_dsa(key, text, signature)
        case _:
            msg = f"the key of {key.name} is of a kind that is not known here"
            raise NotANoteError(msg)


def time_of(signature: bytes) -> int:
    """When a witness signed, in seconds since 1970."""
    return int.from_bytes(signature[:_TIME])


def _timed(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _subtree(text: str, name: str, seconds: int) -> bytes:
    """What ML-DSA signs: the whole of a log as a subtree from its beginning. Lines that others add to a checkpoint are not covered."""
    log = Checkpoint.read(text)
    start = 0
    return b"".join(
        (
            b"subtree/v1\n\0",
            len(name.encode()).to_bytes(1),
            name.encode(),
            seconds.to_bytes(8),
            len(log.origin.encode()).to_bytes(1),
            log.origin.encode(),
            start.to_bytes(8),
            log.size.to_bytes(8),
            log.root,
        )
    )


def _ed25519(key: Key, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _ml_dsa(key: Key, text: str, signature: bytes) -> bool:
    try:
        message = _subtree(text, key.name, time_of(signature))
        MLDSA44PublicKey.from_public_bytes(key.public).verify(signature[_TIME:], message)
    except (InvalidSignature, ValueError, OverflowError):
        return False
    return True
