"""What an answer must look like by the description of the interface; the client of the tests holds every answer to it."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import httpx
import jsonschema_rs

from api.description import About, document

ABOUT = About("Secretaris", "register@example.org", "register.example.org")
DOCUMENT: dict[str, Any] = json.loads(document(ABOUT))
BASE = "/api/v1"


def resolved(node: Any) -> Any:  # noqa: ANN401  # any JSON
    """What a reference leads to, or the thing itself."""
    while isinstance(node, dict) and "$ref" in node:
        reference = node["$ref"]
        node = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]
    return node


def closed(schema: Any) -> Any:  # noqa: ANN401  # any JSON
    """The same schemas, but nothing may be answered that they do not name; a client is told to expect more, a test is not."""
    if isinstance(schema, list):
        return [closed(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: closed(inner) for name, inner in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        told.setdefault("additionalProperties", False)
    return told


COMPONENTS = {"schemas": closed(DOCUMENT["components"]["schemas"])}


@cache
def validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of a schema, which is given as JSON."""
    whole = {**closed(json.loads(schema)), "components": COMPONENTS}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def faults(schema: Any, value: object) -> list[str]:  # noqa: ANN401  # any JSON Schema
    """What is wrong with a value, at most three faults."""
    found = validator(json.dumps(schema)).iter_errors(value)
    return [
        f"{'/'.join(map(str, fault.instance_path))}: {fault.message[:300]}"
        for fault, _ in zip(found, "abc", strict=False)
    ]


def described_path(path: str) -> str | None:
    """The address of the document that a path is; one without parameters before one with."""
    for known in sorted(DOCUMENT["paths"], key=lambda known: known.count("{")):
        if re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", known), path):
            return str(known)
    return None


def departures(answer: httpx.Response) -> list[str]:
    """In what an answer differs from what the document says of it; nothing for what the document does not describe."""
    request = answer.request
    known = described_path(request.url.path.removeprefix(BASE))
    method = "get" if request.method == "HEAD" else request.method.lower()
    if known is None or method not in DOCUMENT["paths"][known]:
        return []
    responses = DOCUMENT["paths"][known][method]["responses"]
    if str(answer.status_code) not in responses:
        return [f"{method} {known} is not said to answer {answer.status_code}"]
    response = resolved(responses[str(answer.status_code)])
    return [
        f"{method} {known} {answer.status_code}: {fault}"
        for fault in (*_headers(response, answer), *_body(response, answer))
    ]


def _headers(response: Any, answer: httpx.Response) -> list[str]:  # noqa: ANN401  # any JSON
    told = {name: resolved(header) for name, header in response["headers"].items()}
    missing = [f"no {name}" for name, header in told.items() if header["required"] and name not in answer.headers]
    values = {name: answer.headers[name] for name in told if name in answer.headers}
    whole = {name: told[name]["schema"].get("type") == "integer" for name in told}
    wrong = [
        f"{name}: {fault}"
        for name, value in values.items()
        for fault in faults(told[name]["schema"], int(value) if whole[name] else value)
    ]
    return missing + wrong


def _body(response: Any, answer: httpx.Response) -> list[str]:  # noqa: ANN401  # any JSON
    if answer.request.method == "HEAD" or "content" not in response:
        return ["has a body"] if answer.content else []
    [(media_type, content)] = response["content"].items()
    if answer.headers["content-type"].partition(";")[0] != media_type:
        return [f"is {answer.headers['content-type']}, not {media_type}"]
    return faults(content["schema"], answer.json() if media_type.endswith("json") else answer.text)


def must_be_described(answer: httpx.Response) -> None:
    """Fail when an answer is not as the document says."""
    answer.read()
    assert departures(answer) == []
