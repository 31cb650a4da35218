"""What a fact must keep that the types of its fields cannot say: days exist, no code is named twice, a choice is made.

The stored form is checked with this on the way in (`stored.encode`) and on a strict way out (`stored.decode`);
bodies meet the same rules as keywords of their JSON Schema (`schemas.WHOLE`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, Literal

import msgspec
from msgspec import inspect

from register.decisions.facts import DecidedBy, Link, PartiesListed, Tally
from register.fact import DatedFact, Fact, Instead
from register.governance.facts import PartyNamed
from register.meetings.facts import AgendaItemPlaced, Attendance
from register.values import WHEN_FORM, is_civil
from register.vocabulary import fact_type

Watch = Literal["day", "codes", "struct", "structs"]
Watched = tuple[tuple[str, str, Watch], ...]


def payload(instead: Instead) -> Fact:
    """The fact that stands in the place of a corrected one; raises ValueError when it says none."""
    fact = fact_type(instead.type, instead.v)
    if fact is None:
        msg = f"no type {instead.type} version {instead.v}"
        raise ValueError(msg)
    return msgspec.convert(instead.data, fact)


def breaches(value: msgspec.Struct, path: str = "") -> Iterator[str]:
    """Every rule that a fact breaks, each with its field."""
    watched, rule = _plan(type(value))
    for name, written, watch in watched:
        inner = getattr(value, name)
        if inner is not None:
            yield from _broken(inner, watch, f"{path}.{written}" if path else written)
    if rule is not None and (said := rule(value)):
        yield f"{path or 'data'}: {said}"


def _broken(inner: Any, watch: Watch, here: str) -> Iterator[str]:  # noqa: ANN401  # what it is, `watch` says
    if watch == "day":
        if not is_civil(inner):
            yield f"{here} names no day that exists"
    elif watch == "codes":
        if len(set(inner)) != len(inner):
            yield f"{here} names a code twice"
    elif watch == "structs":
        for index, item in enumerate(inner):
            yield from breaches(item, f"{here}.{index}")
    elif isinstance(inner, msgspec.Struct):
        yield from breaches(inner, here)


_RULES: Final[dict[type[msgspec.Struct], Callable[[Any], str | None]]] = {
    DecidedBy: lambda it: "one of `body` and `each`" if (it.body is None) == (it.each is None) else None,
    Link: lambda it: "one of `to` and `at`" if (it.to is None) == (it.at is None) else None,
    PartiesListed: lambda it: "`members`, `count` or both" if it.members is None and it.count is None else None,
    Tally: lambda it: "no number" if it == Tally() else None,
    Attendance: lambda it: "no number" if it == Attendance() else None,
    AgendaItemPlaced: lambda it: "`numbered` is only ever false" if it.numbered else None,
    PartyNamed: lambda it: (
        "the name of a group or an office holder is sealed"
        if it.kind != "organisation" and isinstance(it.name, str)
        else None
    ),
}
"""What must hold of an object as a whole, by its class."""


def _dated(fact: DatedFact) -> str | None:
    if fact.certain:
        return "`certain` is only ever false"
    return "`certain` speaks of `on`" if fact.certain is False and fact.on is None else None


@cache
def _plan(cls: type[msgspec.Struct]) -> tuple[Watched, Callable[[Any], str | None] | None]:
    """The fields of a class that can break a rule, and the rule for the whole; made once, since every entry passes here."""
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)  # noqa: S101  # a struct's type info is one
    watched: list[tuple[str, str, Watch]] = [
        (field.name, field.encode_name, watch) for field in info.fields if (watch := _watch(field.type)) is not None
    ]
    return tuple(watched), _RULES.get(cls, _dated if issubclass(cls, DatedFact) else None)


def _watch(kind: Any) -> Watch | None:  # noqa: ANN401, PLR0911  # one case a type; msgspec has no common class for these
    match kind:
        case inspect.Metadata(type=inner):
            return _watch(inner)
        case inspect.UnionType(types=types):
            return next((found for one in types if (found := _watch(one))), None)
        case inspect.StrType(pattern=pattern) if pattern == WHEN_FORM:
            return "day"
        case inspect.StructType(cls=cls):
            return "struct" if any(_plan(cls)) else None
        case inspect.VarTupleType(item_type=inspect.StructType(cls=cls)):
            return "structs" if any(_plan(cls)) else None
        case inspect.VarTupleType():
            return "codes"
        case _:
            return None
