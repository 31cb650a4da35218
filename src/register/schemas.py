"""The JSON Schema of every type: as it is stored, and as a person sends it. Made from the classes, never by hand."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from inspect import cleandoc
from typing import Final, get_args

import msgspec

from register.fact import DatedFact, Fact
from register.values import LANGUAGE_FORM, MAX_TEXT, Words
from register.vocabulary import FACTS, replaceable

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Schema = dict[str, Json]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
NOT_BLANK: Final = r"\S"
"""A text has at least one character that can be seen."""
WHOLE: Final[Mapping[str, Schema]] = {
    "DecidedBy": {"minProperties": 1, "maxProperties": 1},
    "Tally": {"minProperties": 1},
    "Attendance": {"minProperties": 1},
    "Link": {"oneOf": [{"required": ["to"]}, {"required": ["at"]}]},
    "PartiesListed": {"anyOf": [{"required": ["members"]}, {"required": ["count"]}]},
    "PartyNamed": {
        "anyOf": [{"properties": {"kind": {"const": "organisation"}}}, {"properties": {"name": {"type": "object"}}}]
    },
}
"""What must hold of an object as a whole, by the name of its class; `wellformed` says the same of facts."""


@cache
def entry_schema(fact: type[Fact]) -> Schema:
    """The JSON Schema (draft 2020-12) of `data` in a stored entry of this type."""
    return {"$schema": DRAFT, "$id": f"{fact.TYPE}.v{fact.V}.json", **_generated(fact)}


@cache
def body_schema(fact: type[Fact]) -> Schema:
    """The same fact as a person sends it: each sealed field is a text, or an object with `text`, `lang` and `words`."""
    schema = _everywhere(_generated(fact), _opened)
    defs = schema["$defs"]
    assert isinstance(defs, dict)  # noqa: S101  # generated so
    if "Sealed" in defs:
        defs["Sealed"] = _text()
    if isinstance(instead := defs.get("Instead"), dict):
        instead["required"] = ["data", "type"]
    return {"$schema": DRAFT, "$id": f"{fact.TYPE}.v{fact.V}.body.json", **schema}


def vocabulary() -> bytes:
    """What `schemas_digest` is made of: all entry schemas by type and version, without their explanations, as one line."""
    schemas = {
        f"{name}.v{version}": _everywhere(entry_schema(fact), _without("title", "description"))
        for (name, version), fact in FACTS.items()
    }
    return msgspec.json.encode(schemas, order="sorted")


def schemas_digest() -> str:
    """What `register.opened` says of the vocabulary: base64url SHA-256 of `vocabulary()`."""
    digest = hashlib.sha256(vocabulary()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def schema_files() -> dict[str, str]:
    """The published schemas by file name; `vocabulary.json` is what the digest is over, byte for byte."""
    files = {"vocabulary.json": vocabulary().decode()}
    for fact in FACTS.values():
        for schema in (entry_schema(fact), body_schema(fact)):
            raw = msgspec.json.encode(schema, order="deterministic")
            files[str(schema["$id"])] = msgspec.json.format(raw, indent=1).decode() + "\n"
    return files


def _generated(fact: type[Fact]) -> Schema:
    raw: Schema = msgspec.json.schema(fact)
    schema = _everywhere(raw, _present)
    defs = schema["$defs"]
    assert isinstance(defs, dict)  # noqa: S101  # generated so
    for name, rules in WHOLE.items():
        if isinstance(struct := defs.get(name), dict):
            struct.update(rules)
    if issubclass(fact, DatedFact) and isinstance(struct := defs.get(fact.__name__), dict):
        struct["dependentRequired"] = {"certain": ["on"]}
    if isinstance(instead := defs.get("Instead"), dict):
        properties = instead["properties"]
        assert isinstance(properties, dict)  # noqa: S101  # generated so
        properties["type"] = {"enum": list(replaceable(fact))}
    return schema


def _everywhere(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """The schema with a change made to each object in it, the innermost first."""

    def changed(value: Json) -> Json:
        if isinstance(value, list):
            return [changed(inner) for inner in value]
        if isinstance(value, dict):
            return change({name: changed(inner) for name, inner in value.items()})
        return value

    return change({name: changed(inner) for name, inner in schema.items()})


def _present(schema: Schema) -> Schema:
    """Absence is no value: an optional field may be left out, and is never null."""
    kept: Schema = {name: inner for name, inner in schema.items() if name != "default"}
    if isinstance(said := kept.get("description"), str):
        kept["description"] = cleandoc(said)
    if not isinstance(choices := kept.get("anyOf"), list):
        return kept
    kept["anyOf"] = present = [choice for choice in choices if choice != {"type": "null"}]
    if len(present) == 1 and isinstance(only := present[0], dict):
        del kept["anyOf"]
        return {**only, **kept}
    return kept


def _without(*names: str) -> Callable[[Schema], Schema]:
    """A sentence may be written better; what may be stored stays the same, and so does the digest."""

    def bare(schema: Schema) -> Schema:
        return {name: inner for name, inner in schema.items() if not (name in names and isinstance(inner, str))}

    return bare


def _opened(schema: Schema) -> Schema:
    """A field that is sealed or a public name: a string is the name in clear, an object is sealed."""
    choices = schema.get("anyOf")
    if not isinstance(choices, list) or {"$ref": "#/$defs/Sealed"} not in choices:
        return schema
    name = next(one for one in choices if isinstance(one, dict) and "$ref" not in one)
    return {**_text(), **name, "type": ["string", "object"]}


def _text() -> Schema:
    text: Schema = {"minLength": 1, "maxLength": MAX_TEXT, "pattern": NOT_BLANK}
    return {
        "description": "A text, in the language of the register; or a text with its own language and whose words it is.",
        "type": ["string", "object"],
        **text,
        "properties": {
            "text": {"type": "string", **text},
            "lang": {"type": "string", "maxLength": 11, "pattern": LANGUAGE_FORM},
            "words": {"enum": sorted(get_args(Words))},
        },
        "required": ["text"],
        "additionalProperties": False,
    }
