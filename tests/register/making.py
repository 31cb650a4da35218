"""Facts of every type, and bodies that say them, for properties that must hold of all of them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from register import values
from register.fact import Fact
from register.values import Sealed
from register.vocabulary import FACTS, replaceable
from register.writing import is_written

TYPES = sorted(FACTS.values(), key=lambda fact: (fact.TYPE, fact.V))
"""Every class that a running register writes, in the order of their names."""


def ids() -> st.SearchStrategy[str]:
    """Ids of streams, commands and mandates."""
    return st.uuids(version=4).map(str)


def _days() -> st.SearchStrategy[str]:
    day = st.dates(date(1000, 1, 1), date(9999, 12, 31)).map(date.isoformat)
    span = st.tuples(day, day).filter(lambda two: two[0] < two[1]).map("/".join)
    return st.one_of(day, day.map(lambda one: one[:7]), day.map(lambda one: one[:4]), span)


def texts() -> st.SearchStrategy[str]:
    """Texts as people write them, in the form in which they are sealed."""
    return st.text(
        st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"),
        min_size=1,
        max_size=20,
    ).filter(lambda text: bool(text.strip()) and is_written(text))


def _seals() -> st.SearchStrategy[Sealed]:
    return st.builds(
        lambda raw, lang, words: Sealed(sd=(_digest(raw),), lang=lang, words=words),
        st.binary(max_size=4),
        st.sampled_from(["nl", "en", "fy-NL", "zh-Hant"]),
        st.sampled_from(["quoted", "summary", "translated"]),
    )


def _digest(raw: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


def _strings(info: inspect.StrType) -> st.SearchStrategy[str]:
    if info.pattern == values.WHEN_FORM:
        return _days()
    assert info.pattern, "a string in clear has a form"
    longest = info.max_length or 0
    made = st.from_regex(info.pattern, fullmatch=True)
    return made.filter(lambda text: len(text) <= longest and "\n" not in text and is_written(text))


def _type(kind: Any, text: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:  # noqa: ANN401, C901, PLR0911  # one case a type of msgspec
    match kind:
        case inspect.Metadata(type=inner):
            return _type(inner, text)
        case inspect.StrType():
            return _strings(kind)
        case inspect.IntType(ge=least, le=most):
            return st.integers(least, most)
        case inspect.BoolType():
            return st.booleans()
        case inspect.LiteralType(values=choices):
            return st.sampled_from(sorted(choices, key=str))
        case inspect.VarTupleType(item_type=item):
            if isinstance(item, inspect.StructType):
                return st.lists(_type(item, text), min_size=1, max_size=2)
            return st.lists(_type(item, text), min_size=1, max_size=3, unique=True)
        case inspect.UnionType(types=types):
            present = [one for one in types if not isinstance(one, inspect.NoneType)]
            if len(present) > 1:  # a public name in clear, or sealed: a sealed one is never a plain string
                text = text.map(lambda said: {"text": said} if isinstance(said, str) else said)
            return st.one_of(*(_type(one, text) for one in present))
        case inspect.StructType(cls=cls) if cls is Sealed:
            return text
        case inspect.StructType():
            return _struct(kind, text)
        case _:
            raise AssertionError(kind)


def _struct(info: inspect.StructType, text: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    needed = {one.encode_name: _type(one.type, text) for one in info.fields if one.required}
    spare = {
        one.encode_name: (st.just(value=False) if one.name in {"certain", "numbered"} else _type(one.type, text))
        for one in info.fields
        if not one.required
    }
    made = st.fixed_dictionaries(needed, optional=spare)
    return made.map(_MENDED.get(info.cls.__name__, _dated))


def _dated(fields: dict[str, Any]) -> dict[str, Any]:
    return fields if "on" in fields else {k: v for k, v in fields.items() if k != "certain"}


def _either(first: str, second: str, default: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def mended(fields: dict[str, Any]) -> dict[str, Any]:
        kept = {k: v for k, v in fields.items() if k != second or first not in fields}
        return kept if first in kept or second in kept else {**kept, first: default}

    return mended


_MENDED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "DecidedBy": _either("body", "each", "pv27-ps"),
    "Link": _either("to", "at", "00000000-0000-4000-8000-000000000000.7"),
    "PartiesListed": lambda fields: fields if fields.keys() & {"members", "count"} else {**fields, "count": 16},
    "PartyNamed": lambda fields: {**fields, "kind": "organisation"} if isinstance(fields["name"], str) else fields,
    "Tally": lambda fields: fields or {"for": 8},
    "Attendance": lambda fields: fields or {"present": 33},
}


def trees(fact: type[Fact], text: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a fact by their written names, with `text` where a field is sealed."""
    info = inspect.type_info(fact)
    assert isinstance(info, inspect.StructType)
    if all(one.name != "instead" or "Instead" not in str(one.type) for one in info.fields):
        return _struct(info, text)
    rest = inspect.StructType(cls=fact, fields=tuple(f for f in info.fields if f.name != "instead"))
    payloads = st.sampled_from([FACTS[name, 1] for name in replaceable(fact)]).flatmap(
        lambda other: trees(other, text).map(lambda data: {"type": other.TYPE, "v": other.V, "data": data})
    )
    return st.tuples(_struct(rest, text), st.none() | payloads).map(
        lambda two: two[0] | ({"instead": two[1]} if two[1] else {})
    )


def facts(fact: type[Fact]) -> st.SearchStrategy[Fact]:
    """Facts of a class, as they would be stored."""
    return trees(fact, _seals().map(msgspec.to_builtins)).map(
        lambda tree: msgspec.json.decode(msgspec.json.encode(tree), type=fact)
    )


def bodies(fact: type[Fact]) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies that say a fact of a class, its texts in clear."""
    spoken = texts().flatmap(
        lambda text: st.sampled_from([text, {"text": text}, {"text": text, "lang": "en", "words": "quoted"}])
    )
    return trees(fact, spoken)
