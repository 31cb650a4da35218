"""Facts from plain words: the fields of an entry as a person sends them, each text sealed so that the same words give the same seal."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from register.fact import Fact, Instead
from register.values import Sealed
from register.vocabulary import FACTS

Body = dict[str, Any]


def fact(name: str, /, **fields: Any) -> Fact:  # noqa: ANN401  # any JSON
    """A fact by its public name; a trailing underscore keeps a field apart from a Python keyword."""
    return said(FACTS[name, 1], {field.rstrip("_"): value for field, value in fields.items()})


def said(kind: type[Fact], body: Body) -> Fact:
    """The fact that a body says. No schema looks at it, so that the rules meet what a schema would have kept from them."""
    return msgspec.convert(_sealed(body, _type_of(kind)), kind)


def sealed(text: str | Body) -> Sealed:
    """The seal of a text, or of an object with its `text`, `lang` and `words`."""
    told: Body = {"text": text} if isinstance(text, str) else text
    return SEALING.get()(told)


def seal_of(told: Body, salt: str = "") -> Sealed:
    """The same words always give the same seal; with another salt, another one."""
    digest = base64.urlsafe_b64encode(hashlib.sha256((salt + told["text"]).encode()).digest()).rstrip(b"=").decode()
    return Sealed(sd=(digest,), lang=told.get("lang", "nl"), words=told.get("words", "summary"))


SEALING: ContextVar[Callable[[Body], Sealed]] = ContextVar("SEALING", default=seal_of)
"""How texts are sealed now: a test may seal them otherwise."""


@cache
def _type_of(kind: type) -> inspect.Type:
    return inspect.type_info(kind)


def _sealed(value: Any, kind: Any) -> Any:  # noqa: ANN401, PLR0911  # any JSON; one answer a type of msgspec
    match kind:
        case inspect.Metadata(type=inner):
            return _sealed(value, inner)
        case inspect.UnionType(types=types):
            if isinstance(value, str) and any(_is_string(one) for one in types):
                return value
            kinds = (inspect.StructType, inspect.VarTupleType)
            return _sealed(value, next((one for one in types if isinstance(one, kinds)), None))
        case inspect.StructType(cls=cls) if cls is Sealed:
            return value if isinstance(value, Sealed) or "_sd" in value else sealed(value)
        case inspect.StructType(cls=cls) if cls is Instead and isinstance(value, dict):
            return _instead(value)
        case inspect.StructType(fields=fields) if isinstance(value, dict):
            kinds_of = {field.encode_name: field.type for field in fields}
            return {name: _sealed(inner, kinds_of.get(name)) for name, inner in value.items()}
        case inspect.VarTupleType(item_type=item) if isinstance(value, (list, tuple)):
            return [_sealed(inner, item) for inner in value]
        case _:
            return value


def _is_string(kind: Any) -> bool:  # noqa: ANN401  # msgspec has no common class for these
    return isinstance(kind.type if isinstance(kind, inspect.Metadata) else kind, inspect.StrType)


def _instead(value: Body) -> Body:
    """A payload that takes the place of another; one that no type can read stays as it was sent."""
    version = value.get("v", 1)
    kind = FACTS.get((value["type"], version))
    data = msgspec.json.decode(msgspec.json.encode(_sealed(value["data"], _type_of(kind)))) if kind else value["data"]
    return {**value, "v": version, "data": data}
