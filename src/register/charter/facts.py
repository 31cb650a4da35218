"""What happens to the register itself; the first entry of every log is `register.opened`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from register.fact import Fact, Instead, Kind
from register.values import Code, CorrectionKind, Count, Digest, Id, Language, PublicName, Sealed, Seq, When


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The region that this register is for."""

    code: Code
    name: PublicName


class Predecessor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The log that this one continues, as it stood when it was closed."""

    origin: Annotated[str, Meta(pattern=r"^[a-z0-9.-]{1,200}(?:/[a-z0-9./-]{0,100})?$", max_length=302)]
    root: Digest
    size: Count


class RegisterOpened(Fact, frozen=True, kw_only=True):
    """A register was opened for a region; every id derived from a source key is derived from `id`."""

    TYPE: ClassVar[str] = "register.opened"
    KIND: ClassVar[Kind] = "register"

    id: Id
    format: Literal[1]
    hash: Literal["sha-256"]
    region: Region
    time_zone: Annotated[
        str,
        Meta(
            pattern=r"^[A-Z][A-Za-z_-]{1,30}(?:/[A-Z][A-Za-z_-]{1,30}){1,2}$",
            max_length=95,
            description="Name in the time zone database: Europe/Amsterdam.",
        ),
    ]
    lang: Language
    contact: Annotated[PublicName, Meta(description="A function, never a person.")]
    vocabulary: Digest
    continues: Predecessor | None = None


class VocabularyPublished(Fact, frozen=True, kw_only=True):
    """The set of types that the register accepts was widened; `vocabulary` is the digest of its JSON Schemas."""

    TYPE: ClassVar[str] = "vocabulary.published"
    KIND: ClassVar[Kind] = "register"

    vocabulary: Digest


class WithdrawnText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The place of a sealed text: stream, entry and field."""

    id: Id
    seq: Seq
    field: Annotated[str, Meta(pattern=r"^[a-z][A-Za-z0-9]*(?:[.][A-Za-z0-9]+){0,7}$", max_length=120)]


class DisclosureWithdrawn(Fact, frozen=True, kw_only=True):
    """A sealed text is withheld from now on, at every known time, on a legal ground."""

    TYPE: ClassVar[str] = "disclosure.withdrawn"
    KIND: ClassVar[Kind] = "register"

    of: WithdrawnText
    ground: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$",
            max_length=64,
            description="Code of the legal ground, for example avg-17.",
        ),
    ]
    authority: Code
    on: When
    instead: Sealed | None = None


class RegisterClosed(Fact, frozen=True, kw_only=True):
    """The register takes no more entries; `successor` is where it goes on."""

    TYPE: ClassVar[str] = "register.closed"
    KIND: ClassVar[Kind] = "register"

    on: When
    successor: Sealed | None = None


class RegisterCorrected(Fact, frozen=True, kw_only=True):
    """Entry `corrects` of this stream was wrong; `instead` is what it should have said. What ids and days rest on never changes."""

    TYPE: ClassVar[str] = "register.corrected"
    KIND: ClassVar[Kind] = "register"

    corrects: Seq
    kind: CorrectionKind
    grounds: Sealed
    instead: Instead | None = None


CharterFact = RegisterOpened | VocabularyPublished | DisclosureWithdrawn | RegisterCorrected | RegisterClosed
