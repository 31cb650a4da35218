"""The schemas of everything that is sent: each fact as the intake checks it, and what of it a body holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, cast

from api.description.answered import HERE, Json
from api.keys import HIDDEN
from api.writes import WRITES, Write
from register.fact import Fact
from register.schemas import NOT_BLANK, body_schema
from register.vocabulary import FACTS

SENT: Final = "Sent"
"""Before the name of everything that is sent: a `Voice` in an answer may have more than one in a body."""
TEXT: Final = rf"^[^{HIDDEN}]*[^{HIDDEN}\s][^{HIDDEN}]*$"
"""A text with at least one character that can be seen and none that hides what a reader sees."""


def sent_schemas() -> dict[str, Json]:
    """Every schema by its name."""
    return dict(_sent())


def body_of(write: Write) -> Json:
    """The schema of the body of a write: its fact without what the address says."""
    name = SENT + write.fact.__name__
    if not write.filled:
        return {"$ref": HERE + name}
    whole = sent_schemas()[name]
    kept = {field: schema for field, schema in whole["properties"].items() if field not in write.filled}
    required = [field for field in whole.get("required", ()) if field not in write.filled]
    rest = {keyword: inner for keyword, inner in whole.items() if keyword not in {"properties", "required"}}
    return {**rest, "properties": kept, **({"required": required} if required else {})}


@cache
def _sent() -> tuple[tuple[str, Json], ...]:
    """The schema of each fact as it is sent, with its parts; a part that reads the same in every fact stands there once."""
    found: dict[str, Json] = {}
    kinds = {write.fact.KIND for write in WRITES}
    for fact in (each for each in FACTS.values() if each.KIND in kinds):
        for part, schema in _parts(fact):
            if found.setdefault(part, schema) != schema:
                msg = f"{part} reads otherwise in {fact.TYPE} than in another fact; give it a name of its own"
                raise ValueError(msg)
    return tuple(found.items())


def _parts(fact: type[Fact]) -> Iterator[tuple[str, Json]]:
    for part, schema in _definitions(fact).items():
        yield _sent_name(part, fact), _instead(fact, schema) if part == "Instead" else _asked(schema, fact)


def _sent_name(part: str, fact: type[Fact]) -> str:
    match part:
        case "Instead":
            return f"{SENT}{part}Of{fact.KIND.capitalize()}"
        case "Sealed":
            return SENT + "Text"
        case _:
            return SENT + part


def _definitions(fact: type[Fact]) -> Mapping[str, Json]:
    return cast("Mapping[str, Json]", body_schema(fact)["$defs"])


def _instead(fact: type[Fact], schema: Json) -> Json:
    """The payload that takes the place of a corrected one, by its type; the version may be left out."""
    types = schema["properties"]["type"]["enum"]
    choices = [_payload(other) for other in FACTS.values() if other.TYPE in types and other.KIND == fact.KIND]
    return {"description": schema["description"], "oneOf": choices}


def _payload(fact: type[Fact]) -> Json:
    properties = {
        "type": {"const": fact.TYPE},
        "v": {"const": fact.V},
        "data": {"$ref": HERE + SENT + fact.__name__},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": ["data", "type"],
        "additionalProperties": False,
    }


def _asked(schema: Any, fact: type[Fact]) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(schema, list):
        return [_asked(inner, fact) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _asked(inner, fact) for key, inner in schema.items() if key != "title" or not isinstance(inner, str)}
    if told.get("pattern") == NOT_BLANK:
        told["pattern"] = TEXT
    if isinstance(reference := told.get("$ref"), str):
        told["$ref"] = HERE + _sent_name(reference.removeprefix("#/$defs/"), fact)
    return told
