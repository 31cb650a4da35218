"""The description of the interface says what there is, to the Dutch API Design Rules; answers are as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from babel.messages.pofile import read_po
from litestar.routes import HTTPRoute

from api.app import framework
from api.description import document
from api.description.examples import FILE, examples, gathered
from api.description.operations import TAGS
from api.description.route import HOST
from api.description.wording import LOCALE, SAYING, dutch
from api.outgoing import API_VERSION
from api.pages import page_routes
from api.posting import BASE
from api.reads import READS
from api.sentences import TITLES
from api.writes import WRITES
from register.intake import read_fields
from tests.api.described import ABOUT, DOCUMENT, departures, faults, resolved
from tests.api.edge import Edge
from tests.api.test_reading import EXISTING, address

ENGLISH: dict[str, Any] = json.loads(document(ABOUT, "en"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def nodes(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # any JSON
    """Every object of the document but those of examples."""
    if isinstance(node, dict):
        yield node
        for name, inner in node.items():
            if name not in {"example", "examples"}:
                yield from nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from nodes(inner)


def said(whole: dict[str, Any]) -> set[str]:
    """Every paragraph that the document says to people."""
    texts = [node[name] for node in nodes(whole) for name in SAYING if isinstance(node.get(name), str)]
    texts += [tag["name"] for tag in whole["tags"]]
    return {paragraph for text in texts for paragraph in text.split("\n\n")}


def test_every_route_is_described_and_every_description_is_routed(edge: Edge) -> None:
    routed = {
        (route.path_format.removeprefix(BASE), method.lower())
        for route in framework(edge.parts, page_routes).routes
        if isinstance(route, HTTPRoute) and route.path_format.startswith(f"{BASE}/")
        for method in route.methods
        if method != "OPTIONS"
    }
    assert {(path, method) for path, method, _ in operations()} == routed


def test_every_read_and_write_of_the_tables_is_in_it() -> None:
    told = {(path, method) for path, method, _ in operations()}
    assert {(read.path, "get") for read in READS} | {(write.path, "post") for write in WRITES} < told


def test_every_reference_leads_somewhere() -> None:
    for node in nodes(DOCUMENT):
        if isinstance(node.get("$ref"), str):
            assert isinstance(resolved(node), dict)


def test_every_schema_is_used() -> None:
    text = json.dumps(DOCUMENT)
    schemas = DOCUMENT["components"]["schemas"]
    assert [name for name in schemas if f'"#/components/schemas/{name}"' not in text] == []


# The rules of the Dutch API Design Rules 2.2 that a document can show, each by its name there.


def test_core_doc_openapi_and_semver() -> None:
    assert re.fullmatch(r"3\.\d+\.\d+", DOCUMENT["openapi"])
    assert re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", DOCUMENT["info"]["version"])
    assert DOCUMENT["info"]["version"] == API_VERSION


def test_core_doc_openapi_contact_and_licence() -> None:
    contact = DOCUMENT["info"]["contact"]
    assert contact == {"name": ABOUT.contact, "email": ABOUT.email, "url": f"https://{ABOUT.host}/"}
    assert DOCUMENT["info"]["license"]["identifier"] == "EUPL-1.2"


def test_core_uri_version_and_transport() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == [f"https://{ABOUT.host}{BASE}"]
    assert BASE.endswith(f"/v{API_VERSION.partition('.')[0]}")


def test_core_no_trailing_slash_and_path_segments_kebab_case() -> None:
    for path in DOCUMENT["paths"]:
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+|/openapi\.json", path), path


def test_core_query_keys_camel_case() -> None:
    for path, method, operation in operations():
        names = [
            parameter["name"] for parameter in map(resolved, operation["parameters"]) if parameter["in"] == "query"
        ]
        assert [name for name in names if not re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", name)] == [], (
            path,
            method,
        )


def test_core_http_methods() -> None:
    assert {method for _, method, _ in operations()} <= {"get", "post", "put", "patch", "delete"}


def test_core_version_header_on_every_answer() -> None:
    for path, method, operation in operations():
        for status, response in operation["responses"].items():
            assert resolved(resolved(response)["headers"]["API-Version"])["required"], (path, method, status)


def test_core_error_handling_problem_details() -> None:
    for path, method, operation in operations():
        for status, response in operation["responses"].items():
            if status < "400":
                continue
            [(media_type, content)] = resolved(response)["content"].items()
            assert media_type == "application/problem+json", (path, method, status)
            assert {"status", "title", "detail"} <= set(resolved(content["schema"])["required"])


def test_core_error_handling_invalid_input() -> None:
    assert [path for path, _, operation in operations() if "400" not in operation["responses"]] == []


def test_core_date_time() -> None:
    for node in nodes(DOCUMENT["components"]["schemas"]):
        form = node.get("format")
        assert not isinstance(form, str) or form not in {"time", "date-time-local"}
        for name, schema in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            if re.search(r"^(date|datum)$|[a-z](Date|Datum)", name):
                assert schema.get("format") == "date", name


def test_schemas_are_named_in_upper_camel_case_and_properties_in_lower() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)
        for property_ in schema.get("properties", {}):
            assert re.fullmatch(r"_sd|[a-z][A-Za-z0-9]*", property_), (name, property_)


# What the rules leave open and this interface promises.


def test_every_operation_has_a_name_a_heading_and_a_sentence() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(names)) == len(names)
    for path, method, operation in operations():
        assert re.fullmatch(r"[a-z][A-Za-z0-9]*", operation["operationId"]), (path, method)
        assert operation["summary"].endswith("."), (path, method)
        assert len(operation["tags"]) == 1
    assert {tag for _, _, operation in operations() for tag in operation["tags"]} == {
        tag["name"] for tag in DOCUMENT["tags"]
    }
    assert {path.split("/")[1] for path in DOCUMENT["paths"]} == TAGS.keys()


def unbounded(schema: dict[str, Any]) -> list[str]:
    """What a schema leaves without a bound."""
    found = []
    for node in nodes(schema):
        kinds = node.get("type", ())
        kinds = {kinds} if isinstance(kinds, str) else set(kinds)
        if "string" in kinds and not node.keys() & {"maxLength", "enum", "const"}:
            found.append(f"a string without maxLength: {node}")
        if "integer" in kinds and not {"minimum", "maximum"} <= node.keys():
            found.append(f"a number without bounds: {node}")
        if "array" in kinds and "maxItems" not in node:
            found.append(f"a list without maxItems: {node}")
        if "object" in kinds and len(node) > 1 and node.get("additionalProperties") is not False:
            found.append(f"an object that takes anything: {node}")
    return found


def test_everything_that_is_sent_is_bounded_and_nothing_unknown_is_taken() -> None:
    for _, _, operation in operations():
        for parameter in map(resolved, operation["parameters"]):
            assert unbounded(parameter["schema"]) == [], parameter["name"]
        if "requestBody" in operation:
            assert unbounded(operation["requestBody"]["content"]["application/json"]["schema"]) == []
    for name, schema in DOCUMENT["components"]["schemas"].items():
        if name.startswith("Sent"):
            assert unbounded(schema) == [], name


def test_who_writes_signs_in_and_who_reads_does_not() -> None:
    for _, method, operation in operations():
        assert operation["security"] == ([] if method == "get" else [{"account": []}])


def test_what_the_address_says_is_not_in_the_body() -> None:
    for write in WRITES:
        schema = resolved(DOCUMENT["paths"][write.path]["post"]["requestBody"]["content"]["application/json"]["schema"])
        assert not write.filled & schema["properties"].keys(), write.path
        assert not write.filled & set(schema.get("required", ())), write.path


# Its words.


def test_it_is_in_dutch_and_in_english() -> None:
    titles = {english: nl for nl, english in TITLES.values()}
    with (LOCALE / "nl" / "LC_MESSAGES" / "description.po").open("rb") as source:
        catalogue = {str(message.id) for message in read_po(source) if message.id}
    english = said(ENGLISH) - titles.keys()
    assert sorted(english - catalogue) == [], "say these in Dutch in api/locale/nl/LC_MESSAGES/description.po"
    assert sorted(catalogue - english) == [], "nobody says these any more"
    assert said(DOCUMENT) == {dutch()[text] for text in said(ENGLISH)}


def test_it_names_fields_as_they_are_sent() -> None:
    assert [
        text for text in said(ENGLISH) if re.search(r"`[a-z]+_[a-z_]+`|\bNone\b(?!-)", text.replace("If-None", ""))
    ] == []


# Its examples.


def test_the_examples_are_what_the_shipped_history_says() -> None:
    assert FILE.read_text(encoding="utf-8") == gathered(), "make generate"


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.fact.TYPE)
def test_an_example_is_taken_by_the_document_and_by_the_intake(write: Any) -> None:  # noqa: ANN401  # a row of the table
    content = DOCUMENT["paths"][write.path]["post"]["requestBody"]["content"]["application/json"]
    assert ("example" in content) == (write.fact.TYPE in examples())
    if "example" in content:
        assert faults(content["schema"], content["example"]) == []
        filled = {name: value for name, value in examples()[write.fact.TYPE].items() if name in write.filled}
        numbers = dict.fromkeys(write.filled, 1) if write.place == "entry" or write.names == "seat" else {}
        codes = dict.fromkeys(write.filled, "gm0363") if write.place == "governance" else {}
        read_fields(content["example"], write.fact, {**codes, **numbers, **filled}, "nl")


# What is answered.


def test_it_is_served_to_anyone_in_two_languages(edge: Edge) -> None:
    dutch_ = edge.get("/openapi.json")
    assert dutch_.status_code == 200
    assert dutch_.headers["access-control-allow-origin"] == "*"
    assert dutch_.headers["content-language"] == "nl"
    assert dutch_.json()["paths"] == DOCUMENT["paths"]
    assert dutch_.json()["servers"] == [{"url": f"https://127.0.0.1:{edge.port}{BASE}"}]
    english = httpx.get(f"{edge.url}{BASE}/openapi.json", headers={"Accept-Language": "en"})
    assert english.headers["content-language"] == "en"
    assert english.json()["paths"] == ENGLISH["paths"]


@pytest.mark.parametrize("host", ["register.example.org", "register.example.org:8443", "[::1]:8000", "127.0.0.1:8000"])
def test_the_host_of_a_request_is_named_in_it(host: str) -> None:
    assert HOST.fullmatch(host) is not None


@pytest.mark.parametrize("host", ["", "a b", 'a"b', "a/b", "a@b", "a:b", "[a]", "a\nb", "é", "a" * 300])
def test_what_is_no_host_is_not_named_in_it(host: str) -> None:
    assert HOST.fullmatch(host) is None


@pytest.mark.parametrize("path", EXISTING)
def test_an_answer_is_as_it_says(edge: Edge, path: str) -> None:
    answered = edge.get(address(edge, path))
    assert departures(answered) == []
    assert answered.status_code == 200
    assert departures(edge.get(address(edge, path), validOn="2021-06-01")) == []


def test_a_departure_from_the_document_is_found(edge: Edge) -> None:
    answer = edge.get("/members/gm0363")
    for spoiled in (
        httpx.Response(200, headers=answer.headers, json={**answer.json(), "more": 1}, request=answer.request),
        httpx.Response(200, headers=answer.headers, json={"code": "gm0363"}, request=answer.request),
        httpx.Response(418, headers=answer.headers, json=answer.json(), request=answer.request),
        httpx.Response(200, json=answer.json(), request=answer.request),
        httpx.Response(404, headers=answer.headers, json=answer.json(), request=answer.request),
    ):
        assert departures(spoiled) != []


@pytest.mark.parametrize("path", EXISTING)
def test_the_query_keys_are_those_it_says(edge: Edge, path: str) -> None:
    refused = edge.get(address(edge, path), wat="1").json()["errors"]
    [message] = [error["message"] for error in refused if error["field"] == "wat"]
    taken = set(message.partition(": ")[2].rstrip(".").split(", "))
    parameters = DOCUMENT["paths"][path]["get"]["parameters"]
    assert taken == {parameter["name"] for parameter in parameters if parameter["in"] == "query"}
