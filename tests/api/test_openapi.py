"""The description of the interface says what there is, to the Dutch API Design Rules; answers are as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from api.openapi import document
from api.reads import READS
from api.writes import WRITES
from tests.api.edge import Edge
from tests.api.test_reading import EXISTING, address

DOCUMENT: dict[str, Any] = json.loads(document("Secretaris"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**schema, "components": DOCUMENT["components"]}, validate_formats=True)


def test_every_read_and_write_is_in_it_and_nothing_else() -> None:
    told = {(path, method) for path, method, _ in operations()}
    feed = {("/events", "get"), ("/events/{position}/entry", "get"), ("/openings/{id}", "get")}
    expected = {(read.path, "get") for read in READS} | {(write.path, "post") for write in WRITES} | feed
    assert told == expected


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', text)):
        found: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    for name in DOCUMENT["components"]["schemas"]:
        validator({"$ref": f"#/components/schemas/{name}"})


def test_it_keeps_the_rules_for_dutch_interfaces() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", DOCUMENT["info"]["version"])
    assert DOCUMENT["info"]["contact"]["name"]
    assert DOCUMENT["servers"][0]["url"].endswith("/v1")
    for path, method, operation in operations():
        assert not path.endswith("/")
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+", path), path
        assert set(re.findall(r"\{([a-z]+)\}", path)) == {
            parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"
        }
        for parameter in operation["parameters"]:
            if parameter["in"] == "query":
                assert re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", parameter["name"])
        for status, told in operation["responses"].items():
            response = DOCUMENT["components"]["responses"][status] if "$ref" in told else told
            assert "API-Version" in response["headers"], (path, method, status)
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"]


def test_it_is_served_to_anyone(edge: Edge) -> None:
    answer = edge.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["paths"].keys() == DOCUMENT["paths"].keys()


@pytest.mark.parametrize("path", EXISTING)
def test_an_answer_is_as_it_says(edge: Edge, path: str) -> None:
    response = DOCUMENT["paths"][path]["get"]["responses"]["200"]
    schema = validator(response["content"]["application/json"]["schema"])
    for query in ({}, {"validOn": "2021-06-01"}):
        answer = edge.get(address(edge, path), **query)
        if answer.status_code == 200:
            assert [str(error) for error in schema.iter_errors(answer.json())][:3] == []


@pytest.mark.parametrize("path", EXISTING)
def test_the_query_keys_are_those_it_says(edge: Edge, path: str) -> None:
    refused = edge.get(address(edge, path), wat="1").json()["errors"]
    [message] = [error["message"] for error in refused if error["field"] == "wat"]
    taken = set(message.partition(": ")[2].rstrip(".").split(", "))
    parameters = DOCUMENT["paths"][path]["get"]["parameters"]
    assert taken == {parameter["name"] for parameter in parameters if parameter["in"] == "query"}


def test_a_problem_and_what_was_recorded_are_as_it_says(edge: Edge) -> None:
    problem = validator({"$ref": "#/components/schemas/ProblemDocument"})
    problem.validate(edge.get("/members/gm9999").json())
    body = {"title": "Beschreven", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"}
    written = DOCUMENT["paths"]["/decisions"]["post"]
    validator(written["requestBody"]["content"]["application/json"]["schema"]).validate(body)
    answer = edge.record("redactie", "/decisions", body)
    validator(written["responses"]["201"]["content"]["application/json"]["schema"]).validate(answer)
