"""Text on one side, its seal on the other: a salted digest stands in the log, the opening lies outside it and can be deleted.

The form is that of an SD-JWT disclosure: `["<salt>","text","<the text>"]` in base64url, and the digest is SHA-256 over those ASCII characters.
Without the 32 random bytes of salt a digest tells nothing about even the shortest text.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping

import msgspec
from msgspec import inspect

from register.values import MAX_TEXT, Sealed, Words
from register.writing import is_written

SALT_BYTES = 32


class BrokenSealError(ValueError):
    """An opening does not belong to the seal that it is held against."""


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def digest_of(disclosure: str) -> str:
    """The 43 characters that stand in the log for a disclosure."""
    return _base64url(hashlib.sha256(disclosure.encode("ascii")).digest())


def seal(text: str, *, lang: str, words: Words) -> tuple[Sealed, str]:
    """Seal a text: what stands in the log, and the disclosure that opens it. The text must be `is_written` and not empty."""
    if not text or len(text) > MAX_TEXT or not is_written(text):
        msg = "a text to be sealed is not empty, not too long and in normal form"
        raise ValueError(msg)
    disclosure = _base64url(msgspec.json.encode([_base64url(secrets.token_bytes(SALT_BYTES)), "text", text]))
    return Sealed(sd=(digest_of(disclosure),), lang=lang, words=words), disclosure


def opened(sealed: Sealed, disclosure: str) -> str:
    """The text behind a seal; raises BrokenSealError when the disclosure is not the one that was sealed."""
    try:
        matches = digest_of(disclosure) == sealed.sd[0]
        salt, name, text = msgspec.json.decode(_from_base64url(disclosure), type=tuple[str, str, str])
        genuine = matches and name == "text" and len(_from_base64url(salt)) == SALT_BYTES and is_written(text)
    except ValueError as fault:
        msg = "the opening is not a disclosure"
        raise BrokenSealError(msg) from fault
    if not genuine:
        msg = "the opening does not belong to this seal"
        raise BrokenSealError(msg)
    return text


def seals_in(value: object, path: str = "") -> Iterator[tuple[str, Sealed]]:
    """Every seal in a fact with its field, dotted as it stands in the entry: `reason`, `evidence.0.at`, `instead.data.title`."""
    if isinstance(value, Sealed):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for field in inspect.type_info(type(value)).fields:  # type: ignore[attr-defined]  # a struct's type info has fields
            yield from seals_in(getattr(value, field.name), f"{path}.{field.encode_name}".lstrip("."))
    elif isinstance(value, Mapping):
        if "_sd" in value:
            yield path, msgspec.convert(value, Sealed)
        else:
            for name, inner in value.items():
                yield from seals_in(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from seals_in(inner, f"{path}.{index}".lstrip("."))
