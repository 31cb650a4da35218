"""An entry as bytes, and back: the only file that knows the format. These bytes are for ever.

One line of canonical JSON (RFC 8785) in a restricted profile: keys sorted, integers below 2^53, strings in one form, nothing absent written.
The bytes are made once, by `encode`; they are what is stored, hashed and served, and are never made again from the fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from register.fact import Fact, Kind, written_as
from register.values import CODE, UUID_FORM, Id, Number, Seq
from register.vocabulary import fact_type
from register.writing import is_written

MAX_ENTRY = 65_535
"""The longest entry in bytes; a bundle of entries gives each a length of two bytes."""

TIME_FORM: Final = "%Y-%m-%dT%H:%M:%S.%fZ"

By = Annotated[str, Meta(pattern=rf"^(?:import|register|{UUID_FORM[1:-1]})$", max_length=36)]
Time = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$",
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


UPCASTS: dict[type[Fact], Callable[[Fact], Fact]] = {}
"""From the class of an old version to the function that says the same in the next one; applied until none is left."""

_ENCODER = msgspec.json.Encoder(order="sorted")
_LINE = msgspec.json.Decoder(_Line)
_ESCAPE = re.compile(rb'\\[^"\\n]')


@cache
def _decoder(fact: type[Fact]) -> msgspec.json.Decoder[Fact]:
    return msgspec.json.Decoder(fact)


def encode(envelope: Envelope) -> bytes:
    """The one line that is stored; raises NotAnEntryError when it would be too long or hold a string in another form."""
    fact = envelope.data
    line = _Line(
        by=envelope.by,
        cause=envelope.cause,
        data=msgspec.Raw(_ENCODER.encode(fact)),
        for_=envelope.for_,
        id=envelope.id,
        seq=envelope.seq,
        stream=fact.KIND,
        time=envelope.time.astimezone(UTC).strftime(TIME_FORM),
        type=fact.TYPE,
        v=fact.V,
    )
    raw = _ENCODER.encode(line)
    _must_be_plain(raw)
    return raw


def decode(raw: bytes) -> Envelope:
    """Read an entry strictly and bring its fact to the newest version; raises NotAnEntryError for anything `encode` could not have made."""
    envelope, line = _read(raw)
    if _ENCODER.encode(msgspec.structs.replace(line, data=msgspec.Raw(_ENCODER.encode(envelope.data)))) != raw:
        msg = "the entry is not canonical: a key out of order, a null, an empty value, a space or a number in another form"
        raise NotAnEntryError(msg)
    _must_be_plain(raw)
    return msgspec.structs.replace(envelope, data=newest(envelope.data))


def trusted(raw: bytes) -> Envelope:
    """Read an entry that this database stored, without proving its form again."""
    envelope, _ = _read(raw)
    return msgspec.structs.replace(envelope, data=newest(envelope.data)) if UPCASTS else envelope


def newest(fact: Fact) -> Fact:
    """The same fact in its newest version."""
    while upcast := UPCASTS.get(type(fact)):
        fact = upcast(fact)
    return fact


def _read(raw: bytes) -> tuple[Envelope, _Line]:
    try:
        line = _LINE.decode(raw)
        fact = fact_type(line.type, line.v)
        if fact is None or line.stream != fact.KIND:
            msg = f"no type {line.type} version {line.v} in a stream of kind {line.stream}"
            raise NotAnEntryError(msg)
        data = _decoder(fact).decode(line.data)
        time = datetime.strptime(line.time, TIME_FORM).replace(tzinfo=UTC)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as fault:
        if isinstance(fault, NotAnEntryError):
            raise
        msg = f"the entry cannot be read: {fault}"
        raise NotAnEntryError(msg) from fault
    envelope = Envelope(by=line.by, cause=line.cause, for_=line.for_, id=line.id, seq=line.seq, time=time, data=data)
    return envelope, line


def _must_be_plain(raw: bytes) -> None:
    if len(raw) > MAX_ENTRY:
        msg = f"an entry has at most {MAX_ENTRY} bytes; this one has {len(raw)}"
        raise NotAnEntryError(msg)
    if _ESCAPE.search(raw) or not is_written(raw.decode("utf-8")):
        msg = "a string of the entry holds a control character or is not in normal form C"
        raise NotAnEntryError(msg)
