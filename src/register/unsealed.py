"""A fact with its texts in clear becomes one with its texts sealed, guided by the types of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import msgspec
from msgspec import inspect

from register.fact import Fact, Instead
from register.schemas import Json
from register.sealing import seal
from register.values import Sealed, Words
from register.vocabulary import FACTS


def payload_type(instead: Mapping[str, object]) -> type[Fact] | None:
    """The class of what a correction puts in place: the version that it names, or the newest of its type."""
    versions = {version: fact for (name, version), fact in FACTS.items() if name == instead["type"]}
    version = instead.get("v", max(versions, default=0))
    return versions.get(version) if isinstance(version, int) else None


def sealed_in(tree: Json, fact: type[Fact], lang: str, disclosures: dict[str, str]) -> object:
    """The fields of a body that its schema accepts, each text sealed; `disclosures` is filled by digest."""
    return _sealed(tree, inspect.type_info(fact), lang, disclosures)


def _sealed(value: Json, kind: inspect.Type, lang: str, disclosures: dict[str, str]) -> object:
    kind = _choice(value, kind)
    if isinstance(value, list) and isinstance(kind, inspect.VarTupleType):
        return [_sealed(inner, kind.item_type, lang, disclosures) for inner in value]
    if not isinstance(kind, inspect.StructType):
        return value
    if kind.cls is Sealed:
        return _text(value, lang, disclosures)
    assert isinstance(value, dict)  # noqa: S101  # the schema accepted it
    if kind.cls is Instead:
        return _instead(value, lang, disclosures)
    types = {field.encode_name: field.type for field in kind.fields}
    return {name: _sealed(inner, types[name], lang, disclosures) for name, inner in value.items()}


def _choice(value: Json, kind: inspect.Type) -> inspect.Type:
    """The one of several types that a value is of: a string is a name in clear where one may stand, and else a text."""
    if isinstance(kind, inspect.Metadata):
        return _choice(value, kind.type)
    if not isinstance(kind, inspect.UnionType):
        return kind
    choices = [_choice(value, one) for one in kind.types]
    if isinstance(value, str) and (names := _of(inspect.StrType, choices)):
        return names[0]
    return (_of(inspect.StructType, choices) or _of(inspect.VarTupleType, choices) or choices)[0]


def _of(kind: type[inspect.Type], choices: Iterable[inspect.Type]) -> list[inspect.Type]:
    return [one for one in choices if isinstance(one, kind)]


def _text(value: Json, lang: str, disclosures: dict[str, str]) -> Sealed:
    said = value if isinstance(value, dict) else {"text": value}
    sealed, disclosure = seal(
        str(said["text"]),
        lang=str(said.get("lang", lang)),
        words=cast("Words", said.get("words", "summary")),
    )
    disclosures[sealed.sd[0]] = disclosure
    return sealed


def _instead(value: dict[str, Json], lang: str, disclosures: dict[str, str]) -> dict[str, object]:
    fact = payload_type(value)
    assert fact is not None  # noqa: S101  # the schema accepted it
    data = sealed_in(value["data"], fact, lang, disclosures)
    plain = msgspec.json.decode(msgspec.json.encode(data))
    return {"type": fact.TYPE, "v": fact.V, "data": plain}
