"""What a fact must keep that the types of its fields cannot say: days exist, no code is named twice, a choice is made.

The stored form is checked with this on the way in (`stored.encode`) and on a strict way out (`stored.decode`);
bodies meet the same rules as keywords of their JSON Schema (`vocabulary.WHOLE`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import inspect

from register.decisions.facts import DecidedBy, Link, PartiesListed, Tally
from register.fact import DatedFact, Fact, Instead
from register.governance.facts import PartyNamed
from register.values import WHEN_FORM, is_civil
from register.vocabulary import fact_type

Watch = Literal["day", "codes", "struct", "structs"]


def payload(instead: Instead) -> Fact:
    """The fact that stands in the place of a corrected one; raises ValueError when it says none."""
    fact = fact_type(instead.type, instead.v)
    if fact is None:
        msg = f"no type {instead.type} version {instead.v}"
        raise ValueError(msg)
    return msgspec.convert(instead.data, fact)


def breaches(value: msgspec.Struct, path: str = "") -> Iterator[str]:
    """Every rule that a fact breaks, each with its field."""
    for name, written, watch in _watched(type(value)):
        inner = getattr(value, name)
        here = f"{path}.{written}".lstrip(".")
        if inner is None:
            continue
        if watch == "day" and not is_civil(inner):
            yield f"{here} names no day that exists"
        elif watch == "codes" and len(set(inner)) != len(inner):
            yield f"{here} names a code twice"
        elif watch == "struct" and isinstance(inner, msgspec.Struct):
            yield from breaches(inner, here)
        elif watch == "structs":
            for index, item in enumerate(inner):
                yield from breaches(item, f"{here}.{index}")
    if said := _whole(value):
        yield f"{path or 'data'}: {said}"


def _whole(value: msgspec.Struct) -> str | None:  # noqa: PLR0911  # one case a rule
    match value:
        case DatedFact(certain=False, on=None):
            return "`certain` speaks of `on`"
        case DecidedBy(body=body, each=each) if (body is None) == (each is None):
            return "one of `body` and `each`"
        case Link(to=to, at=at) if (to is None) == (at is None):
            return "one of `to` and `at`"
        case PartiesListed(members=None, count=None):
            return "`members`, `count` or both"
        case Tally() if value == Tally():
            return "no number"
        case PartyNamed(kind="political-group" | "office-holder", name=str()):
            return "the name of a group or an office holder is sealed"
        case _:
            return None


@cache
def _watched(cls: type[msgspec.Struct]) -> tuple[tuple[str, str, Watch], ...]:
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)  # noqa: S101  # a struct's type info is one
    return tuple(
        (field.name, field.encode_name, watch) for field in info.fields if (watch := _watch(field.type)) is not None
    )


def _watch(kind: Any) -> Watch | None:  # noqa: ANN401  # msgspec has no common class for these
    match kind:
        case inspect.Metadata(type=inner):
            return _watch(inner)
        case inspect.UnionType(types=types):
            return next((found for one in types if (found := _watch(one))), None)
        case inspect.StrType(pattern=pattern) if pattern == WHEN_FORM:
            return "day"
        case inspect.StructType():
            return "struct"
        case inspect.VarTupleType(item_type=item):
            return "structs" if _watch(item) == "struct" else "codes"
        case _:
            return None
