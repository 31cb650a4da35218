"""The description of this interface as an OpenAPI 3.1 document, made from the tables of reads, writes and problems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from inspect import getdoc
from typing import Any

import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from api.events import Feed
from api.keys import KEYS, KNOWN_AT, PAGE, PAGE_SIZE_KEY, VALID_ON, Key
from api.outgoing import API_VERSION
from api.posting import BASE, Recorded
from api.problems import MEDIA_TYPE, FieldError
from api.reading import Read
from api.reads import READS
from api.sentences import TITLES
from api.writes import WRITES, Write
from register.schemas import body_schema
from register.values import CODE, UUID_FORM

Json = dict[str, Any]

HEADERS: Json = {
    "API-Version": {"schema": {"type": "string"}, "description": "The version of this description."},
    "X-Request-Id": {"schema": {"type": "string"}, "description": "The id of this request in the log of the server."},
}
READ_HEADERS: Json = {
    **HEADERS,
    "Log-Position": {"schema": {"type": "integer"}, "description": "The last log entry that the answer reflects."},
    "ETag": {"schema": {"type": "string"}, "description": "Position and variant; ask again with If-None-Match."},
}
LINK: Json = {"Link": {"schema": {"type": "string"}, "description": "first, prev, next and last page (RFC 8288)."}}
PARAMETERS: dict[str, Json] = {
    "id": {"type": "string", "pattern": UUID_FORM},
    "code": {"type": "string", "pattern": CODE},
    "seq": {"type": "integer", "minimum": 1},
    "address": {"type": "string", "pattern": rf"{UUID_FORM[:-1]}[.][1-9][0-9]*$"},
    "position": {"type": "integer", "minimum": 0},
}


class ProblemDocument(msgspec.Struct, frozen=True):
    """What went wrong, with every error of the request at once."""

    status: int
    title: str
    detail: str
    errors: tuple[FieldError, ...]


@cache
def document(contact: str) -> bytes:
    """The document; `contact` is the function that answers for the register."""
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Decision register",
                "version": API_VERSION,
                "description": "Who joins the course of a region, who departs from it, and why.",
                "contact": {"name": contact},
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            },
            "servers": [{"url": BASE}],
            "paths": _paths(),
            "components": {
                "schemas": _schemas(),
                "responses": {str(status): _problem(status) for status in TITLES},
                "securitySchemes": {"demo": {"type": "http", "scheme": "basic"}},
            },
        },
        order="deterministic",
    )


def _paths() -> dict[str, Json]:
    paths: dict[str, Json] = {}
    for read in READS:
        paths.setdefault(read.path, {})["get"] = _read(read)
    for write in WRITES:
        paths.setdefault(write.path, {})["post"] = _write(write)
    paths["/events"] = {
        "get": _get("Every entry in the order in which it was stored.", [KEYS["after"], KEYS["limit"]], Feed)
    }
    entry = _get("The bytes of one entry as they are stored.", [], None, "position")
    paths["/events/{position}/entry"] = {"get": entry}
    texts = _get("The texts that are sealed in a stream, as JSON lines.", [], None, "id")
    texts["responses"]["200"]["content"] = {"application/jsonl": {"schema": {"type": "string"}}}
    paths["/openings/{id}"] = {"get": texts}
    return paths


def _read(read: Read) -> Json:
    keys = [*(KEYS[name] for name in read.keys), VALID_ON, KNOWN_AT]
    told = _get(
        read.meaning, [*keys, PAGE, PAGE_SIZE_KEY] if read.listed else keys, read.answers, *_parameters(read.path)
    )
    if read.listed:
        content = {"schema": _list_of(_reference(read.answers))}
        told["responses"]["200"] |= {"headers": {**READ_HEADERS, **LINK}, "content": {"application/json": content}}
    if read.path.startswith("/decisions/{id}"):
        told["responses"]["410"] = _refused(410)
    return told


def _get(meaning: str, keys: Iterable[Key], answers: Any, *parameters: str) -> Json:  # noqa: ANN401  # a struct of msgspec
    schema = _reference(answers) if answers is not None else {"type": "object"}
    return {
        "summary": meaning,
        "parameters": [*map(_in_path, parameters), *map(_in_query, keys)],
        "responses": {
            "200": {
                "description": meaning,
                "headers": READ_HEADERS,
                "content": {"application/json": {"schema": schema}},
            },
            "304": {"description": "Nothing changed since the answer with this ETag.", "headers": HEADERS},
            **{str(status): _refused(status) for status in ((400, 404, 406, 503) if parameters else (400, 406, 503))},
        },
        "security": [],
    }


def _write(write: Write) -> Json:
    meaning = (getdoc(write.fact) or write.fact.TYPE).partition("\n")[0]
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A UUID, a new one for each fact; the same request again gets the same answer.",
        "schema": {"type": "string", "format": "uuid"},
    }
    location = {"schema": {"type": "string"}, "description": "Where what was recorded can be read."}
    return {
        "summary": meaning,
        "parameters": [*map(_in_path, write.parameters), key],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": _body_of(write)}}}},
        "responses": {
            "201": {
                "description": "Recorded, now or by an earlier request with this key.",
                "headers": {**HEADERS, "Location": location},
                "content": {"application/json": {"schema": _reference(Recorded)}},
            },
            **{str(status): _refused(status) for status in (400, 401, 403, 404, 406, 409, 413, 415, 422, 503)},
        },
        "security": [{"demo": []}],
    }


def _refused(status: int) -> Json:
    return {"$ref": f"#/components/responses/{status}"}


def _problem(status: int) -> Json:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {"description": TITLES[status][1], "headers": HEADERS, "content": content}


def _in_path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": PARAMETERS[name]}


def _in_query(key: Key) -> Json:
    return {"name": key.name, "in": "query", "required": False, "description": key.meaning, "schema": key.schema}


def _parameters(path: str) -> list[str]:
    return re.findall(r"\{([a-z]+)\}", path)


def _reference(answers: Any) -> Json:  # noqa: ANN401  # a struct of msgspec
    return {"$ref": f"#/components/schemas/{answers.__name__}"}


def _list_of(item: Json) -> Json:
    number: Json = {"type": "integer"}
    properties: Json = {
        "items": {"type": "array", "items": item},
        **dict.fromkeys(("total", "page", "pageSize", "position"), number),
        "validOn": {"type": "string", "format": "date"},
        "knownAt": {"type": "string", "format": "date-time"},
    }
    return {"type": "object", "properties": properties, "required": [name for name in properties if name != "knownAt"]}


def _body_of(write: Write) -> str:
    return f"#/components/schemas/{write.fact.TYPE}.body"


def _schemas() -> dict[str, Json]:
    """The schemas of everything that is answered, and of every body."""
    types = [*{id(read.answers): read.answers for read in READS}.values(), Feed, Recorded, ProblemDocument]
    _, answered = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    return {name: _present(schema) for name, schema in answered.items()} | _bodies()


def _bodies() -> dict[str, Json]:
    """The schema of each body with its parts; a part that reads the same in every fact stands there once.

    A part that differs is named after its fact, and so is every part that leads to one that differs.
    """
    apart: set[str] = set()
    while True:
        found: dict[str, Json] = {}
        differing: set[str] = set()
        for write in WRITES:
            body: Json = dict(body_schema(write.fact))
            names = {part: _part(write, part, apart) for part in body["$defs"]}
            found[f"{write.fact.TYPE}.body"] = _renamed({"$ref": body["$ref"]}, names)
            for part, schema in body["$defs"].items():
                if found.setdefault(names[part], renamed := _renamed(schema, names)) != renamed:
                    differing.add(part)
        if not differing:
            return found
        apart |= differing


def _part(write: Write, part: str, apart: set[str]) -> str:
    return f"{write.fact.TYPE}.{part}" if part in apart else f"body.{part}"


def _renamed(schema: Any, names: dict[str, str]) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(schema, list):
        return [_renamed(inner, names) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _renamed(inner, names) for key, inner in schema.items()}
    if isinstance(reference := schema.get("$ref"), str):
        told["$ref"] = f"#/components/schemas/{names[reference.removeprefix('#/$defs/')]}"
    return told


def _present(schema: Any) -> Any:  # noqa: ANN401  # any JSON
    """What has no value is absent from an answer, never null, and so has no default."""
    if isinstance(schema, list):
        return [_present(inner) for inner in schema if inner != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _present(inner) for key, inner in schema.items() if key != "default"}
    if len(kept.get("anyOf", ())) == 1:
        return {**kept.pop("anyOf")[0], **kept}
    return kept


def openapi_route(contact: str) -> HTTPRouteHandler:
    """`/api/v1/openapi.json`, for anyone."""

    @get(f"{BASE}/openapi.json", name="get_openapi", include_in_schema=False)
    async def openapi() -> Response[bytes]:
        return Response(
            document(contact), media_type="application/json", headers={"Cache-Control": "public, max-age=300"}
        )

    return openapi
