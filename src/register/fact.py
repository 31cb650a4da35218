"""What every fact shares: its public name, its version, the kind of stream it lives in, and how its fields are written."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

import msgspec
from msgspec import Meta

from register.values import Evidences, Number, OnlyFalse, When

Kind = Literal["register", "governance", "meeting", "dossier", "decision"]
KINDS: tuple[str, ...] = get_args(Kind)


def written_as(field: str) -> str:
    """The name of a field in an entry: lowerCamelCase, without the underscore that keeps a Python keyword apart."""
    head, *rest = field.rstrip("_").split("_")
    return head + "".join(word.capitalize() for word in rest)


class Fact(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename=written_as,
):
    """Something that happened. A field without a value is absent: never null, never empty.

    `TYPE` and `V` are stored names and never follow the class name; no fact inherits from another fact.
    """

    TYPE: ClassVar[str]
    V: ClassVar[int] = 1
    KIND: ClassVar[Kind]

    evidence: Evidences | None = None


class DatedFact(Fact, frozen=True, kw_only=True):
    """A fact with the day on which it happened; without it, the fact holds from the day the register learned it.

    `certain` is only ever false: the source does not state the day, it was inferred.
    """

    on: When | None = None
    certain: OnlyFalse | None = None


class Instead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole payload that takes the place of a corrected one; it has the same type and is read by its own type."""

    type: Annotated[str, Meta(pattern=r"^[a-z][a-z.-]{2,63}$", max_length=64)]
    v: Number
    data: dict[str, Any]
