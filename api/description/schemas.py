"""Every schema of the document: what is answered, as its struct says, and what is sent, as the intake checks it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc
from typing import Any, Final, cast

import msgspec
from msgspec import inspect

from api.decision_reads import StruckProblem
from api.events import Entry, Feed, OpeningLine
from api.keys import HIDDEN
from api.posting import Recorded
from api.problems import ProblemDocument
from api.reading import Listed
from api.reads import READS
from api.writes import WRITES, Write
from register.fact import Fact
from register.schemas import NOT_BLANK, body_schema
from register.vocabulary import FACTS

Json = dict[str, Any]

HERE: Final = "#/components/schemas/"
SENT: Final = "Sent"
"""Before the name of everything that is sent: a `Voice` in an answer may have more than one in a body."""
TEXT: Final = rf"^[^{HIDDEN}]*[^{HIDDEN}\s][^{HIDDEN}]*$"
"""A text with at least one character that can be seen and none that hides what a reader sees."""


def components() -> dict[str, Json]:
    """Every schema by its name."""
    told = _answered()[1] | dict(_sent())
    return {name: told[name] for name in sorted(told) if name != Listed.__name__}  # each list has its own


def answered(answers: Any) -> Json:  # noqa: ANN401  # whatever msgspec can write a schema of
    """The schema of an answer."""
    return _answered()[0][answers]


def listed(answers: Any) -> Json:  # noqa: ANN401  # as above
    """The schema of one page of a list."""
    page = _answered()[1][Listed.__name__]
    items = {"type": "array", "items": answered(answers)}
    return {**page, "properties": {**page["properties"], "items": items}}


def sent(write: Write) -> Json:
    """The schema of the body of a write: its fact without what the address says."""
    if not write.filled:
        return {"$ref": HERE + SENT + write.fact.__name__}
    whole = dict(_sent())[SENT + write.fact.__name__]
    kept = {name: schema for name, schema in whole["properties"].items() if name not in write.filled}
    required = [name for name in whole.get("required", ()) if name not in write.filled]
    return {**whole, "properties": kept, "required": required} if required else _without_required(whole, kept)


def _without_required(whole: Json, kept: Json) -> Json:
    return {name: inner for name, inner in whole.items() if name != "required"} | {"properties": kept}


@cache
def _answered() -> tuple[dict[Any, Json], dict[str, Json]]:
    """The reference to each type that is answered, and the schemas by name."""
    others = (Feed, Entry, OpeningLine, Recorded, ProblemDocument, StruckProblem, Listed)
    types = list(dict.fromkeys([*(read.answers for read in READS), *others]))
    references, found = msgspec.json.schema_components(types, ref_template="{name}")
    told = {_plain_name(name): _told(schema) for name, schema in found.items()}
    for described in inspect.multi_type_info(types):
        _moments(described, told)
    told["FeedItem"]["properties"]["entry"] = {"$ref": HERE + "Entry"}  # there it is raw: the stored line itself
    return {answers: _told(reference) for answers, reference in zip(types, references, strict=True)}, told


def _moments(kind: Any, told: Mapping[str, Json]) -> None:  # noqa: ANN401  # msgspec has no common class for these
    """Say of each moment that it is one; msgspec says so only of a field that insists on a time zone."""
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            names = {_plain_name(cls.__name__), _plain_name(f"{cls.__module__}.{cls.__qualname__}")}
            for field in fields:
                for name in names & told.keys():
                    property_ = told[name]["properties"].get(field.encode_name, {})
                    if _is_moment(field.type) and "format" not in property_:
                        property_["format"] = "date-time"
                _moments(field.type, told)
        case inspect.UnionType(types=types):
            for inner in types:
                _moments(inner, told)
        case inspect.VarTupleType(item_type=item) | inspect.CollectionType(item_type=item):
            _moments(item, told)
        case _:
            return


def _is_moment(kind: inspect.Type) -> bool:
    return isinstance(kind, inspect.DateTimeType) or (
        isinstance(kind, inspect.UnionType) and any(map(_is_moment, kind.types))
    )


def _plain_name(name: str) -> str:
    """UpperCamelCase; a name that two modules use is told apart by the read model that it belongs to."""
    return "".join(
        part[0].upper() + part[1:]
        for part in re.split(r"[._]", name)
        if part not in {"api", "projections", "register", "row"}
    )


def _told(schema: Any) -> Any:  # noqa: ANN401  # any JSON
    """What has no value is absent from an answer, never null, and so has no default."""
    if isinstance(schema, list):
        return [_told(inner) for inner in schema if inner != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _told(inner)
        for key, inner in schema.items()
        if key != "default" and not (key == "title" and isinstance(inner, str))
    }
    if isinstance(said := kept.get("description"), str):
        kept["description"] = cleandoc(said)
    if isinstance(reference := kept.get("$ref"), str):
        kept["$ref"] = HERE + _plain_name(reference)
    if len(kept.get("anyOf", ())) == 1:
        return {**kept.pop("anyOf")[0], **kept}
    return kept


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
