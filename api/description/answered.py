"""The schemas of everything that is answered, as the structs say it that are answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from typing import Any, Final

import msgspec
from msgspec import inspect

from api.decision_reads import StruckProblem
from api.events import Entry, Feed, OpeningLine
from api.posting import Recorded
from api.problems import ProblemDocument
from api.reading import Listed
from api.reads import READS

Json = dict[str, Any]

HERE: Final = "#/components/schemas/"


def told_schemas() -> dict[str, Json]:
    """Every schema by its name; not that of a list, since each list has its own."""
    return {name: schema for name, schema in _answered()[1].items() if name != Listed.__name__}


def answered(answers: Any) -> Json:  # noqa: ANN401  # whatever msgspec can write a schema of
    """The schema of an answer."""
    return _answered()[0][answers]


def listed(answers: Any) -> Json:  # noqa: ANN401  # as above
    """The schema of one page of a list."""
    page = _answered()[1][Listed.__name__]
    items = {"type": "array", "items": answered(answers)}
    return {**page, "properties": {**page["properties"], "items": items}}


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
