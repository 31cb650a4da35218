"""An entry as bytes, and back: the only file that knows the format. These bytes are for ever.

One line of canonical JSON (RFC 8785) in a restricted profile: keys sorted, integers below 2^53, strings in one form, nothing absent written.
The bytes are made once, by `encode`; they are what is stored, hashed and served, and are never made again from the fact.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from register.fact import Fact, Instead, Kind, written_as
from register.values import CODE, UUID_FORM, Id, Number, Seq
from register.vocabulary import FACTS, Types, replaceable
from register.wellformed import breaches, payload
from register.writing import is_written

MAX_ENTRY = 65_535
"""The longest entry in bytes; a bundle of entries gives each a length of two bytes."""

By = Annotated[str, Meta(pattern=rf"^(?:import|register|{UUID_FORM[1:-1]})$", max_length=36)]
Time = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{6}Z$",
        max_length=27,
    ),
]


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """A fact with what is known of its writing: by which mandate, for whom, from which command, where in which stream, when."""

    by: str
    cause: str
    for_: str
    id: str
    seq: int
    time: datetime
    data: Fact

    @property
    def kind(self) -> Kind:
        """The kind of stream, which follows from the fact."""
        return self.data.KIND


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename=written_as):
    """The entry as it is written; `data` stays raw until its type is known."""

    by: By
    cause: Id
    data: msgspec.Raw
    for_: Annotated[str, Meta(pattern=CODE, max_length=64)]
    id: Id
    seq: Seq
    stream: Kind
    time: Time
    type: Annotated[str, Meta(max_length=64)]
    v: Number


class NotAnEntryError(ValueError):
    """Bytes that this register could not have written; the sentence says why."""


class EntryTooLongError(NotAnEntryError):
    """A fact that would make an entry of more than `MAX_ENTRY` bytes."""


UPCASTS: dict[type[Fact], Callable[[Fact], Fact]] = {}
"""From the class of an old version to the function that says the same in the next one; applied until none is left."""

_ENCODER = msgspec.json.Encoder(order="sorted")
_LINE = msgspec.json.Decoder(_Line)


@cache
def _decoder(fact: type[Fact]) -> msgspec.json.Decoder[Fact]:
    return msgspec.json.Decoder(fact)


def encode(envelope: Envelope, types: Types = FACTS) -> bytes:
    """The one line that is stored. It is read back before it is handed out: what no reader would accept is never written.

    Raises NotAnEntryError when the envelope or its fact does not keep the format.
    """
    fact = envelope.data
    if envelope.time.tzinfo is None:
        msg = "the time of an entry is in UTC, and says so"
        raise NotAnEntryError(msg)
    line = _Line(
        by=envelope.by,
        cause=envelope.cause,
        data=msgspec.Raw(_ENCODER.encode(fact)),
        for_=envelope.for_,
        id=envelope.id,
        seq=envelope.seq,
        stream=fact.KIND,
        time=_written_time(envelope.time),
        type=fact.TYPE,
        v=fact.V,
    )
    raw = _ENCODER.encode(line)
    if len(raw) > MAX_ENTRY:
        msg = f"an entry has at most {MAX_ENTRY} bytes; this one has {len(raw)}"
        raise EntryTooLongError(msg)
    _must_be_sound(raw, *_read(raw, types))
    return raw


def _written_time(time: datetime) -> str:
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def decode(raw: bytes, types: Types = FACTS) -> Envelope:
    """Read an entry strictly and bring its fact to the newest version; raises NotAnEntryError for anything `encode` could not have made."""
    if len(raw) > MAX_ENTRY:
        msg = f"an entry has at most {MAX_ENTRY} bytes; this one has {len(raw)}"
        raise EntryTooLongError(msg)
    envelope, line = _read(raw, types)
    _must_be_sound(raw, envelope, line)
    return msgspec.structs.replace(envelope, data=newest(envelope.data))


def trusted(raw: bytes) -> Envelope:
    """Read an entry that this database stored, without proving its form again."""
    envelope, _ = _read(raw, FACTS)
    return msgspec.structs.replace(envelope, data=newest(envelope.data)) if UPCASTS else envelope


def newest(fact: Fact) -> Fact:
    """The same fact in its newest version."""
    while upcast := UPCASTS.get(type(fact)):
        fact = upcast(fact)
    return fact


def _read(raw: bytes, types: Types) -> tuple[Envelope, _Line]:
    try:
        line = _LINE.decode(raw)
        data = _decoder(_class_of(line, types)).decode(line.data)
        time = datetime.fromisoformat(line.time)
    except NotAnEntryError:
        raise
    except ValueError as fault:
        msg = f"the entry cannot be read: {fault}"
        raise NotAnEntryError(msg) from fault
    envelope = Envelope(by=line.by, cause=line.cause, for_=line.for_, id=line.id, seq=line.seq, time=time, data=data)
    return envelope, line


def _class_of(line: _Line, types: Types) -> type[Fact]:
    fact = types.get((line.type, line.v))
    if fact is None or line.stream != fact.KIND:
        msg = f"no type {line.type} version {line.v} in a stream of kind {line.stream}"
        raise NotAnEntryError(msg)
    return fact


def _must_be_sound(raw: bytes, envelope: Envelope, line: _Line) -> None:
    """Refuse what can be read but was not written so: another form of the same, or a fact that breaks a rule of the format."""
    fact = envelope.data
    again = msgspec.structs.replace(line, data=msgspec.Raw(_ENCODER.encode(fact)))
    if _ENCODER.encode(again) != raw:
        msg = "the entry is not canonical: a key out of order, a null, an empty value, a space or a number in another form"
        raise NotAnEntryError(msg)
    if b"\\" in raw or b"\x7f" in raw or not (raw.isascii() or is_written(raw.decode("utf-8"))):
        msg = "a string of the entry holds a character that may not stand there, or is not in normal form C"
        raise NotAnEntryError(msg)
    instead = getattr(fact, "instead", None)
    if isinstance(instead, Instead):
        _must_replace(fact, instead)
    if broken := next(breaches(fact), None):
        raise NotAnEntryError(broken)


def _must_replace(fact: Fact, instead: Instead) -> None:
    try:
        other = payload(instead)
    except ValueError as fault:
        msg = f"instead cannot be read: {fault}"
        raise NotAnEntryError(msg) from fault
    if other.TYPE not in replaceable(type(fact)) or _ENCODER.encode(other) != _ENCODER.encode(instead.data):
        msg = f"instead is not a payload in canonical form of a type in a stream of kind {fact.KIND}"
        raise NotAnEntryError(msg)
    if broken := next(breaches(other, "instead.data"), None):
        raise NotAnEntryError(broken)
