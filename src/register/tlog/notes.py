"""Signed notes (C2SP signed-note v1.0.0): a text, an empty line, and a line for each signature."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Final

import msgspec

ED25519: Final = 0x01
COSIGNED_ED25519: Final = 0x04
COSIGNED_ML_DSA_44: Final = 0x06
DASH: Final = "\u2014 "
MOST_SIGNATURES: Final = 100


class NotANoteError(ValueError):
    """What was given is no signed note, or not one that these keys sign."""


class Key(msgspec.Struct, frozen=True):
    """A public key under a name: what signs with it is known by the name and four bytes."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as it is given to others: its name, its id and itself."""
        return f"{self.name}+{self.id.hex()}+{_base64(bytes([self.type]) + self.public)}"

    @classmethod
    def read(cls, vkey: str) -> Key:
        """A key as others give it; NotANoteError when it is none, or its id is that of another."""
        name, _, rest = vkey.partition("+")
        id_, _, coded = rest.partition("+")
        raw = _decoded(coded)
        if not is_name(name) or len(raw) < 2:  # noqa: PLR2004  # a type and a key
            msg = "a verifier key is name+id+base64"
            raise NotANoteError(msg)
        key = cls(name, raw[0], raw[1:])
        if key.id.hex() != id_:
            msg = f"the key of {name} has another id than it says"
            raise NotANoteError(msg)
        return key


class Signature(msgspec.Struct, frozen=True):
    """A line under a note: who signed, with which key, and the signature."""

    name: str
    id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """As it stands under a note."""
        return f"{DASH}{self.name} {_base64(self.id + self.signature)}\n"


class Note(msgspec.Struct, frozen=True):
    """A text with its signatures; `text` ends with a line feed."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def raw(self) -> bytes:
        """As it is served: the same for everybody, for ever."""
        return (self.text + "\n" + "".join(each.line for each in self.signatures)).encode()

    @classmethod
    def read(cls, raw: bytes) -> Note:
        """A note as it was served; NotANoteError with what is wrong."""
        try:
            said = raw.decode()
        except UnicodeDecodeError as fault:
            msg = "a note is UTF-8"
            raise NotANoteError(msg) from fault
        if any(character < " " and character != "\n" for character in said):
            msg = "a note holds no control characters"
            raise NotANoteError(msg)
        text, empty, signed = said.rpartition("\n\n")
        if not empty or not signed.endswith("\n"):
            msg = "a note is a text, an empty line, and lines that are signatures"
            raise NotANoteError(msg)
        lines = signed.splitlines()
        if len(lines) > MOST_SIGNATURES:
            msg = f"a note has at most {MOST_SIGNATURES} signatures"
            raise NotANoteError(msg)
        return cls(text + "\n", tuple(_signature(line) for line in lines))


Verifies = Callable[[str, bytes], bool]
"""Tells whether a signature (without the id of its key) is one of this text."""


def signed_by(note: Note, keys: Mapping[Key, Verifies]) -> tuple[Key, ...]:
    """Those of the keys that signed; a signature of a known key that is wrong is an error, one of an unknown key is passed over."""
    by_id = {(key.name, key.id): key for key in keys}
    found: dict[Key, None] = {}
    for each in note.signatures:
        key = by_id.get((each.name, each.id))
        if key is None:
            continue
        if not keys[key](note.text, each.signature):
            msg = f"the signature of {key.name} is not one of this text"
            raise NotANoteError(msg)
        found[key] = None
    return tuple(found)


def is_name(name: str) -> bool:
    """Tell whether a key may have this name: not empty, no space of any kind, no plus sign."""
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def signed(text: str, signatures: Iterable[Signature]) -> Note:
    """A note over a text; ValueError when the text has not the form of one."""
    if not text.endswith("\n"):
        msg = "the text of a note ends with a line feed"
        raise ValueError(msg)
    return Note(text, tuple(signatures))


def _signature(line: str) -> Signature:
    name, _, coded = line.removeprefix(DASH).partition(" ")
    raw = _decoded(coded)
    if not line.startswith(DASH) or not is_name(name) or len(raw) < 5:  # noqa: PLR2004  # an id and a signature
        msg = "a line under a note is a dash, a name, and the signature in base64"
        raise NotANoteError(msg)
    return Signature(name, raw[:4], raw[4:])


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decoded(coded: str) -> bytes:
    try:
        raw = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError) as fault:
        msg = "what should be base64 is not"
        raise NotANoteError(msg) from fault
    if _base64(raw) != coded:
        msg = "base64 has one form here, with its padding"
        raise NotANoteError(msg)
    return raw
