"""Text on one side, its seal on the other: a salted digest stands in the log, the opening lies outside it and can be deleted.

The form is that of an SD-JWT disclosure: `["<salt>","text","<the text>"]` in base64url, and the digest is SHA-256 over those ASCII characters.
Without the 32 random bytes of salt a digest tells nothing about even the shortest text.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from functools import cache
from typing import cast

import msgspec
from msgspec import inspect

from register.values import MAX_TEXT, Sealed, Words
from register.writing import FORBIDDEN, is_written

SALT_BYTES = 32


class BrokenSealError(ValueError):
    """An opening does not belong to the seal that it is held against."""


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _from_base64url(text: str) -> bytes:
    """The bytes behind base64url without padding; raises ValueError for any other way to write them."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _base64url(raw) != text:
        msg = "not base64url without padding"
        raise ValueError(msg)
    return raw


def digest_of(disclosure: str) -> str:
    """The 43 characters that stand in the log for a disclosure."""
    return _base64url(hashlib.sha256(disclosure.encode("ascii")).digest())


def disclosed(text: str, salt: bytes) -> str:
    """The disclosure of a text under a salt; only documents and tests choose a salt, `seal` draws one."""
    return _base64url(msgspec.json.encode([_base64url(salt), "text", text]))


def seal(text: str, *, lang: str, words: Words) -> tuple[Sealed, str]:
    """Seal a text: what stands in the log, and the disclosure that opens it. The text must be `is_written` and not blank."""
    if not text.strip() or len(text) > MAX_TEXT or not is_written(text):
        msg = "a text to be sealed is not blank, not too long and in normal form"
        raise ValueError(msg)
    disclosure = disclosed(text, secrets.token_bytes(SALT_BYTES))
    return Sealed(sd=(digest_of(disclosure),), lang=lang, words=words), disclosure


def opened(sealed: Sealed, disclosure: str) -> str:
    """The text behind a seal; raises BrokenSealError when the disclosure is not the one that was sealed.

    Normal form and stacked marks are not asked for again: they are checked when a text is sealed,
    and what counts as either grows with each version of Unicode. The digest proves that this is what was sealed.
    """
    try:
        matches = digest_of(disclosure) == sealed.sd[0]
        salt, name, text = msgspec.json.decode(_from_base64url(disclosure), type=tuple[str, str, str])
        genuine = name == "text" and len(_from_base64url(salt)) == SALT_BYTES
    except ValueError as fault:
        msg = "the opening is not a disclosure"
        raise BrokenSealError(msg) from fault
    if not matches:
        msg = "the opening does not belong to this seal"
        raise BrokenSealError(msg)
    if not genuine or not text or FORBIDDEN.search(text):
        msg = "what was sealed is not a text of this register"
        raise BrokenSealError(msg)
    return text


def seals_in(value: msgspec.Struct, path: str = "") -> Iterator[tuple[str, Sealed]]:
    """Every seal in a fact with its field, dotted as it stands in the entry: `reason`, `evidence.0.at`, `instead.data.title`."""
    for name, written in _places(type(value)):
        inner = getattr(value, name)
        if inner is not None:
            yield from _seals(inner, f"{path}.{written}" if path else written)


def _seals(inner: object, here: str) -> Iterator[tuple[str, Sealed]]:
    match inner:
        case Sealed():
            yield here, inner
        case msgspec.Struct():
            yield from seals_in(inner, here)
        case dict() if "_sd" in inner:
            yield here, msgspec.convert(inner, Sealed)
        case dict():
            for name, item in cast("dict[str, object]", inner).items():
                yield from _seals(item, f"{here}.{name}")
        case tuple() | list():
            for index, item in enumerate(cast("tuple[object, ...]", inner)):
                yield from _seals(item, f"{here}.{index}")
        case _:
            return


@cache
def _places(cls: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """The fields of a class in which a seal can stand, with their written names; made once, since every entry passes here."""
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)  # noqa: S101  # a struct's type info is one
    return tuple((field.name, field.encode_name) for field in info.fields if _may_hold(field.type))


def _may_hold(kind: inspect.Type) -> bool:
    match kind:
        case inspect.Metadata(type=inner) | inspect.VarTupleType(item_type=inner):
            return _may_hold(inner)
        case inspect.UnionType(types=types):
            return any(map(_may_hold, types))
        case inspect.StructType(cls=cls):
            return cls is Sealed or bool(_places(cls))
        case _:
            return isinstance(kind, inspect.DictType)  # the payload of a correction
